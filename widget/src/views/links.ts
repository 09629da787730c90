/** Links. An address of another kind than those allowed stays text. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import { linkAddress } from "../links";
import { icon } from "./icons";
import type { Icon } from "./icons";

export function link(label: string, url: string, context: Context): TemplateResult {
  const href = linkAddress(url, context.base);
  if (!href) return html`${label}`;
  if (!href.startsWith("http")) return html`<a href=${href}>${label}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer"
    >${label}<span class="new-tab">&nbsp;${context.words.say("new_tab")}</span></a
  >`;
}

/** Buttons that say something for the person. Nothing where there are none. */
export function sayButtons(
  buttons: readonly { title: string; payload: string }[] | undefined,
  context: Context,
  look = "chip",
): TemplateResult | typeof nothing {
  if (!buttons?.length) return nothing;
  return html`${buttons.map(({ title, payload }) =>
    button(look, title, () => context.say(payload, title), { off: !context.free }),
  )}`;
}

/** A button with words and perhaps a drawing. `id` and `off` are set where they are needed. */
export function button(
  look: string,
  label: string,
  act: () => void,
  { drawing, id, off }: { drawing?: Icon; id?: string; off?: boolean } = {},
): TemplateResult {
  return html`<button
    type="button"
    class=${look}
    id=${id ?? nothing}
    aria-disabled=${off ? "true" : nothing}
    @click=${act}
  >
    ${drawing ? icon(drawing) : nothing}<span>${label}</span>
  </button>`;
}
