/** Links. An address of another kind than those allowed stays text. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import { linkAddress } from "../links";

export function link(label: string, url: string, context: Context): TemplateResult {
  const href = linkAddress(url, context.base);
  if (!href) return html`${label}`;
  if (!href.startsWith("http")) return html`<a href=${href}>${label}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"
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
  return html`${buttons.map(
    ({ title, payload }) =>
      html`<button
        type="button"
        class=${look}
        aria-disabled=${context.free ? nothing : "true"}
        @click=${() => context.send(payload, title)}
      >
        ${title}
      </button>`,
  )}`;
}
