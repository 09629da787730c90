import { transform } from "lightningcss";
import type { Plugin } from "vite";

/** Takes the line breaks and indents out of css`` and html`` texts, which no minifier of scripts looks into. */
export function squeeze(): Plugin {
  return {
    name: "squeeze-templates",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id)) return null;
      return { code: id.includes("/styles/") ? code.replace(/css`[^`]*`/g, style) : markup(code), map: null };
    },
  };
}

function style(text: string): string {
  const code = Buffer.from(text.slice(4, -1));
  const made = transform({ filename: "part.css", code, minify: true });
  return `css\`${made.code.toString()}\``;
}

/** White space inside a template becomes one blank; HTML reads it the same. Nested templates are followed by counting. */
function markup(code: string): string {
  let out = "";
  let place = 0;
  const open = /\b(?:html|svg)`/g;
  for (let found = open.exec(code); found; found = open.exec(code)) {
    out += code.slice(place, found.index);
    const [text, end] = template(code, found.index + found[0].length);
    out += found[0] + text;
    place = open.lastIndex = end;
  }
  return out + code.slice(place);
}

/** From behind an opening back quote to behind the closing one. */
function template(code: string, start: number): [string, number] {
  let out = "";
  let at = start;
  while (at < code.length) {
    if (code[at] === "`") return [`${out}\``, at + 1];
    if (code.startsWith("${", at)) {
      const end = expression(code, at + 2);
      out += "${" + markup(code.slice(at + 2, end)) + "}";
      at = end + 1;
    } else if (/\s/.test(code[at] ?? "")) {
      const from = at;
      while (/\s/.test(code[at] ?? "")) at += 1;
      // A line break between two tags is there for whoever reads the source; what must stay apart stands on one line.
      const between = /[>}]$/.test(out) && /^(<|\$\{|`)/.test(code.slice(at));
      const layout = code.slice(from, at).includes("\n") && (between || code[at] === ">" || out === "");
      out += layout ? "" : " ";
    } else {
      out += code[at];
      at += 1;
    }
  }
  throw new Error("a template without an end");
}

/** The place of the brace that closes an expression; strings and templates inside it are stepped over. */
function expression(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    const sign = code[at];
    if (sign === "`") at = template(code, at + 1)[1] - 1;
    else if (sign === '"' || sign === "'") at = code.indexOf(sign, at + 1);
    else if (sign === "{") depth += 1;
    else if (sign === "}" && depth-- === 0) return at;
  }
  throw new Error("an expression without an end");
}
