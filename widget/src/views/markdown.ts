/** The Markdown subset as elements: paragraphs, lists, bold, italic, links. There is no way from it to markup. */

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import { link } from "./links";

const INLINE = /\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*|\[([^\]]+)\]\(([^)\s]+)\)/;
const ITEM = /^\s*(?:([-*])|\d+[.)])\s+(.*)$/;
const DEEPEST = 4;

type Part = TemplateResult | string;
interface List {
  ordered: boolean;
  items: string[];
}

export function markdown(source: string, context: Context): TemplateResult[] {
  const parts = source.split(/\n\s*\n/).filter((part) => part.trim());
  return parts.flatMap((part) => blocks(part.split("\n")).map((block) => shown(block, context)));
}

function blocks(lines: readonly string[]): (string | List)[] {
  const found: (string | List)[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    const item = ITEM.exec(line);
    if (item) {
      const ordered = !item[1];
      if (typeof last === "object" && last.ordered === ordered) last.items.push(item[2] ?? "");
      else found.push({ ordered, items: [item[2] ?? ""] });
    } else if (typeof last === "object" && /^\s{2,}\S/.test(line)) {
      last.items.push(`${last.items.pop() ?? ""} ${line.trim()}`);
    } else if (typeof last === "string") {
      found[found.length - 1] = `${last} ${line.trim()}`;
    } else {
      found.push(line.trim());
    }
  }
  return found;
}

function shown(block: string | List, context: Context): TemplateResult {
  if (typeof block === "string") return html`<p>${inline(block, context)}</p>`;
  const items = block.items.map((item) => html`<li>${inline(item, context)}</li>`);
  return block.ordered
    ? html`<ol>
        ${items}
      </ol>`
    : html`<ul>
        ${items}
      </ul>`;
}

export function inline(words: string, context: Context, depth = 0): Part[] {
  const parts: Part[] = [];
  let rest = words;
  for (let match = INLINE.exec(rest); match && depth < DEEPEST; match = INLINE.exec(rest)) {
    const [whole, bold, italic, label, url] = match;
    parts.push(rest.slice(0, match.index));
    if (bold !== undefined) parts.push(html`<strong>${inline(bold, context, depth + 1)}</strong>`);
    else if (italic !== undefined) parts.push(html`<em>${inline(italic, context, depth + 1)}</em>`);
    else parts.push(link(label ?? "", url ?? "", context));
    rest = rest.slice(match.index + whole.length);
  }
  parts.push(rest);
  return parts;
}
