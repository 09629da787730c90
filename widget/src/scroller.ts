/** Scrolling: the start of a new answer comes into view, and nothing moves under the eyes of somebody who reads above. */

const NEAR = 120;
const GAP = 12;

type Wish = { kind: "end" } | { kind: "message"; id: string; smooth: boolean } | { kind: "keep"; top: number };

export class Scroller {
  private wish: Wish | null = null;
  private newest = "";

  constructor(private readonly holder: HTMLElement) {}

  /** Wants the end in view after the next rendering. */
  toEnd(): void {
    this.wish = { kind: "end" };
  }

  /** Wants a new message in view, if the person was at the end. False where they were reading above. */
  follow(id: string): boolean {
    this.newest = id;
    if (!this.nearEnd()) return false;
    this.wish = { kind: "message", id, smooth: this.element !== null };
    return true;
  }

  toNewest(): void {
    this.toMessage(this.newest);
  }

  toMessage(id: string): void {
    this.wish = { kind: "message", id, smooth: true };
    this.settle();
  }

  /** Wants the same place after the next rendering, which moves the list to another part of the page. */
  keep(): void {
    if (this.element) this.wish = { kind: "keep", top: this.element.scrollTop };
  }

  nearEnd(): boolean {
    const box = this.element;
    return !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR || this.wish?.kind === "end";
  }

  /** Does what was wanted, now that the page is rendered. */
  settle(): void {
    const box = this.element;
    const wish = this.wish;
    if (!box || !wish || !box.clientHeight) return;
    this.wish = null;
    if (wish.kind === "keep") box.scrollTop = wish.top;
    else if (wish.kind === "end") box.scrollTop = box.scrollHeight;
    else this.reveal(box, wish.id, wish.smooth);
  }

  private reveal(box: HTMLElement, id: string, smooth: boolean): void {
    const item = box.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (!item) return;
    const pinned = box.querySelector<HTMLElement>(".pinned");
    const covered = pinned && getComputedStyle(pinned).position === "sticky" ? pinned.offsetHeight : 0;
    const top = box.scrollTop + item.getBoundingClientRect().top - box.getBoundingClientRect().top - covered - GAP;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ top, behavior: smooth && !still ? "smooth" : "auto" });
  }

  private get element(): HTMLElement | null {
    return this.holder.querySelector(".scroller");
  }
}
