/** Taking something away from the page: as words, to the clipboard, into a file, onto paper. */

import type { Words } from "./words";

const LEFT_OUT =
  ".tools, .keepsakes, .feedback, .progress, .chart-svg, .new-tab, [aria-hidden='true'], button, textarea";
const OWN_LINE = "P, H2, H3, H4, LI, CAPTION, FIGCAPTION, DIV, SUMMARY, DT";

/** A card as plain words: headings, paragraphs and lists on lines of their own, also what is folded away. */
export function textOf(card: Element): string {
  return walk(card)
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function walk(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? "").replace(/\s+/g, " ");
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return "";
  const inner = Array.from(node.childNodes, walk).join("");
  if (node.matches("LI")) {
    const list = node.parentElement;
    const mark = list?.matches("OL:not(.messages, .evidence *)")
      ? `${Array.from(list.children).indexOf(node) + 1}.`
      : "-";
    return list?.matches(".messages") ? `\n${inner.trim()}\n` : `\n${mark} ${inner.trim()}`;
  }
  if (node.matches("H3, H4, CAPTION")) return `\n\n${inner.trim()}\n`;
  if (node.matches("DT")) return `\n${inner.trim()}: `;
  if (node.matches("TR")) {
    return `\n${Array.from(node.children, (cell) => walk(cell).trim())
      .filter(Boolean)
      .join("; ")}`;
  }
  if (node.matches("A[href^='http']")) return `${inner.trim()} (${node.getAttribute("href") ?? ""})`;
  return node.matches(OWN_LINE) ? `\n${inner}\n` : inner;
}

/** Puts words on the clipboard. False where the browser does not let us, as on a page that is not served over HTTPS. */
export async function copy(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
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

const PAPER = `body{font:12pt/1.45 Georgia,serif;max-width:42em}.icon,.tools,.feedback,button,.cell-label{display:none}
img,.chart-svg{width:24em}.chart-svg *{fill:none;stroke:#000}.chart-svg text{fill:#000;stroke:none}.keepsakes{display:none}.mine{font-weight:bold}th,td{border:1px solid;text-align:start}`;
const LONGEST_PRINT_MS = 120_000;

/** Prints copies of what stands on the page, in a frame of their own: nothing of the host page comes along or is changed. */
export function print(parts: readonly Element[], words: Words): void {
  const frame = document.createElement("iframe");
  frame.title = words.say("name");
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden";
  document.body.append(frame);
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!view) return;
  const page = view.document;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(PAPER);
  page.adoptedStyleSheets = [sheet];
  page.title = words.say("name");
  page.documentElement.lang = words.lang;
  page.documentElement.dir = words.direction;
  for (const part of parts) page.body.append(page.importNode(part, true));
  page.querySelectorAll("details").forEach((folded) => (folded.open = true));
  const done = () => frame.remove();
  view.addEventListener("afterprint", done);
  view.focus();
  view.print();
  // A browser that never says when it is done must not keep the frame for ever.
  setTimeout(done, LONGEST_PRINT_MS);
}
