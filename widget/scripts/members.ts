import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Files whose objects travel or are kept as JSON: their field names are their meaning. */
const WIRE = ["api.ts", "message.ts", "outbox.ts", "parse.ts", "generated"];
/** What a host page or the browser calls by name. */
const PUBLIC = [
  "show",
  "hide",
  "ask",
  "connectedCallback",
  "disconnectedCallback",
  "attributeChangedCallback",
  "observedAttributes",
];

/** A pattern of the names of our own class members, which the build may shorten. A name that is also a text is left alone. */
export function members(folder: string): RegExp {
  const names = new Set<string>();
  const texts = new Set<string>(PUBLIC);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(ts|json)$/.test(file)) continue;
    const wire = WIRE.some((one) => file.startsWith(one)) || file.endsWith(".json");
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.Latest, true);
    visit(source, wire, names, texts);
  }
  return new RegExp(`^(${[...names].filter((name) => !texts.has(name)).join("|")})$`);
}

function visit(node: ts.Node, wire: boolean, names: Set<string>, texts: Set<string>): void {
  // `value["name"]`: a name that is written as a text anywhere must stay.
  if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) {
    texts.add(node.text);
    // The slots of the words are filled by name.
    for (const [, slot] of node.text.matchAll(/\{(\w+)\}/g)) texts.add(slot ?? "");
  }
  const member = ts.isClassElement(node) || ts.isTypeElement(node);
  if (member && node.name && ts.isIdentifier(node.name)) (wire ? texts : names).add(node.name.text);
  if (wire && ts.isPropertyAssignment(node)) texts.add(node.name.getText().replace(/"/g, ""));
  ts.forEachChild(node, (child) => visit(child, wire, names, texts));
}
