/** Scrolling: the start of a new answer comes into view, and nothing moves under the eyes of somebody who reads above. */

const NEAR = 120;
const GAP = 12;

export class Scroller {
  private wish: ((box: HTMLElement) => void) | null = null;
  private newest = "";

  constructor(private readonly holder: HTMLElement) {}

  /** Wants the end in view after the next rendering. */
  toEnd(): void {
    this.wish = (box) => (box.scrollTop = box.scrollHeight);
  }

  /** Wants a new message in view, `always` or if the person was at the end. False where they were reading above. */
  follow(id: string, always = false): boolean {
    this.newest = id;
    const near = always || this.nearEnd();
    if (near) this.to(messageOf(id));
    return near;
  }

  toNewest(): void {
    this.toMessage(this.newest);
  }

  toMessage(id: string): void {
    this.to(messageOf(id));
    this.settle();
  }

  /** Wants the start of something in view after the next rendering. */
  to(selector: string): void {
    this.wish = (box) => reveal(box, selector);
  }

  /** Whether any of a message can be seen. */
  inSight(id: string): boolean {
    const box = this.element?.getBoundingClientRect();
    const item = this.element?.querySelector(messageOf(id))?.getBoundingClientRect();
    return !box || !item || (item.bottom > box.top + GAP && item.top < box.bottom - GAP);
  }

  /** Wants the same place after the next rendering, which moves the list to another part of the page. */
  keep(): void {
    const top = this.element?.scrollTop ?? 0;
    this.wish = (box) => (box.scrollTop = top);
  }

  nearEnd(): boolean {
    const box = this.element;
    return !box || this.wish !== null || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  /** Does what was wanted, now that the page is rendered. */
  settle(): void {
    const box = this.element;
    if (!box?.clientHeight) return;
    this.wish?.(box);
    this.wish = null;
  }

  private get element(): HTMLElement | null {
    return this.holder.querySelector(".scroller");
  }
}

export function messageOf(id: string): string {
  return `[data-id="${CSS.escape(id)}"]`;
}

function reveal(box: HTMLElement, selector: string): void {
  const item = box.querySelector(selector);
  if (!item) return;
  let covered = GAP;
  for (const bar of box.querySelectorAll<HTMLElement>(".sos, .pinned")) {
    if (getComputedStyle(bar).position === "sticky") covered += bar.offsetHeight;
  }
  const top = box.scrollTop + item.getBoundingClientRect().top - box.getBoundingClientRect().top - covered;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  box.scrollTo({ top, behavior: still ? "auto" : "smooth" });
}
