/** Taking something away from the page: to the clipboard, into a file, onto paper. */

import type { Block } from "./plain";
import type { Words } from "./words";

/** Puts words on the clipboard. False where the browser does not let us. */
export async function copy(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyByHand(words);
  }
}

/** The way of browsers and pages that have no clipboard of the newer kind. */
function copyByHand(words: string): boolean {
  const box = document.createElement("textarea");
  box.value = words;
  box.readOnly = true;
  box.style.position = "fixed";
  box.style.opacity = "0";
  document.body.append(box);
  box.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    box.remove();
  }
}

/** Offers words as a text file. */
export function save(words: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([words], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Prints on a page of its own, so that nothing of the host page comes along and nothing of it is changed. */
export function print(blocks: readonly Block[], words: Words): void {
  const title = words.say("name");
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden";
  document.body.append(frame);
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  if (!page || !view) {
    frame.remove();
    return;
  }
  page.title = title;
  page.documentElement.lang = words.lang;
  page.documentElement.dir = words.direction;
  page.body.style.cssText = "font:12pt/1.45 Georgia,serif;max-width:42em;margin:0 auto";
  page.body.append(...elements(page, [{ kind: "heading", text: title }, ...blocks]));
  const done = () => frame.remove();
  view.addEventListener("afterprint", done);
  view.focus();
  view.print();
  // A browser that never says when it is done must not keep the page for ever.
  setTimeout(done, 120_000);
}

function elements(page: Document, blocks: readonly Block[]): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const { kind, text } of blocks) {
    const element = page.createElement(kind === "heading" ? "h2" : kind === "item" ? "li" : "p");
    element.textContent = text;
    const last = found.at(-1);
    if (kind !== "item") found.push(element);
    else if (last?.tagName === "UL") last.append(element);
    else {
      const list = page.createElement("ul");
      list.append(element);
      found.push(list);
    }
  }
  return found;
}
