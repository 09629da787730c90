/** From the attributes of the script tag to an element on the page. */

import { OPTIONS } from "./element";

/** Adds the element to the page, unless one is there already or the tag says data-auto="off". */
export function embed(script: HTMLScriptElement | null, tag: string): void {
  const data = script?.dataset;
  if (!data || data["auto"] === "off") return;
  const add = () => {
    if (document.querySelector(tag)) return;
    const element = document.createElement(tag);
    for (const name of OPTIONS) {
      const value = data[name];
      if (value) element.setAttribute(name, value);
    }
    document.body.append(element);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", add);
  else add();
}
