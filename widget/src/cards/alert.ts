/** A warning sign. Three levels, said in words before colour: emergency, urgent, see a doctor. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import { linkAddress } from "../links";
import type { AlertMessage } from "../message";
import { nearestFirst, timeZone } from "../region";
import { icon } from "../views/icons";
import { button } from "../views/links";
import { markdown } from "../views/markdown";

export function alertCard(message: AlertMessage, context: Context, live: boolean): TemplateResult {
  const { say } = context.words;
  return html`<div class="alert-head">
      <p class="level">
        ${icon(message.level === "see_doctor" ? "notice" : "alarm")}<span>${say(message.level)}</span>
      </p>
      <h3>${message.title}</h3>
    </div>
    <div class="alert-body">
      ${calls(message, context)}
      <div class="prose">${markdown(message.body || message.text, context)}</div>
      ${live ? acknowledge(message, context) : nothing}
    </div>`;
}

/** What can be called or opened, telephone numbers first. */
export function calls(message: AlertMessage, context: Context): TemplateResult | typeof nothing {
  const found = message.actions.flatMap(({ label, url }) => {
    const href = linkAddress(url, context.base);
    return href && /^(tel|https):/.test(href) ? [{ label, href }] : [];
  });
  if (!found.length) return nothing;
  const numbers = found.filter(({ href }) => href.startsWith("tel:"));
  // Where the place is not known there is a button for each: the likeliest comes first, and none is left out.
  if (numbers.length > 2) {
    const near = `tel:${nearestFirst(timeZone())[0]?.emergency ?? ""}`;
    numbers.sort((one, other) => Number(other.href === near) - Number(one.href === near));
  }
  const others = found.filter(({ href }) => !href.startsWith("tel:"));
  return html`<div class="calls ${found.length > 3 ? "many" : ""}">
    ${numbers.map(({ label, href }) => html`<a class="call solid" href=${href}>${icon("phone")}<span>${label}</span></a>`)}
    ${others.map(
      ({ label, href }) =>
        html`<a class="call" href=${href} target="_blank" rel="noopener noreferrer"
          ><span>${label} ${context.words.say("new_tab")}</span></a
        >`,
    )}
  </div>`;
}

/** What the button says that a person presses who has read the alert: the message's own words, or ours. */
export function ackLabel({ ack_payload: payload, quick_replies: replies }: AlertMessage, { words }: Context): string {
  return replies?.find((reply) => reply.payload === payload)?.title ?? words.say("ack");
}

/** The button that says "I have read this". Nothing where the message has none. */
export function acknowledge(message: AlertMessage, context: Context): TemplateResult | typeof nothing {
  if (!message.ack_payload) return nothing;
  const label = ackLabel(message, context);
  return button("ack", label, () => context.say(message.ack_payload, label), { drawing: "check", off: !context.free });
}
