/** The style sheet of the shadow tree. It is adopted, so that a strict content security policy holds. */

import { base } from "./base";
import { cards } from "./cards";
import { controls } from "./controls";
import { layout } from "./layout";
import { print } from "./print";
import { declarations, DARK, LIGHT } from "./tokens";

const dark = `color-scheme:dark;${declarations(DARK, "dark-")}`;
const colours = `
.root{color-scheme:light;${declarations(LIGHT, "")}}
@media (prefers-color-scheme:dark){.root[data-look="auto"]{${dark}}}
.root[data-look="dark"]{${dark}}
@media print{.root[data-look]{color-scheme:light;${declarations(LIGHT, "")}--page:#fff}}`;

let made: CSSStyleSheet | undefined;

/** One sheet, shared by every element of the page. */
export function styleSheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync([base, colours, controls, layout, cards, print].join(""));
  }
  return made;
}
