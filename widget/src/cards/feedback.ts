/** Whether an answer helped, and if not, why. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { Message } from "../message";
import { button } from "../views/links";
import type { Word } from "../words";

const REASONS: readonly Word[] = ["why_topic", "why_hard", "why_long", "why_wrong"];

export function feedback(message: Message, context: Context): TemplateResult | typeof nothing {
  const id = message.id;
  if (!id) return nothing;
  const { say } = context.words;
  const opinion = context.opinion(id);
  if (opinion === "thanks") return html`<p class="feedback told small" tabindex="-1">${say("thanks")}</p>`;
  if (opinion === "why") return why(id, context);
  return html`<div class="feedback" role="group" aria-label=${say("helpful")}>
    <span class="small">${say(opinion === "failed" ? "not_told" : "helpful")}</span>
    ${button("tool", say("yes"), () => void context.rate(id, true))}
    ${button("tool", say("no"), () => void context.rate(id, false))}
  </div>`;
}

function why(id: string, context: Context): TemplateResult {
  const { say } = context.words;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const reasons = form.getAll("reason").map(String);
    const own = String(form.get("own") ?? "").trim();
    void context.rate(id, false, [...reasons, own].filter(Boolean).join(". "), form.has("readable"));
  };
  return html`<form class="feedback why" @submit=${send}>
    <fieldset>
      <legend class="told" tabindex="-1">${say("why")}</legend>
      ${REASONS.map(
        (reason) =>
          html`<label class="check"><input type="checkbox" name="reason" value=${say(reason)} />${say(reason)}</label>`,
      )}
    </fieldset>
    <label for=${`own-${id}`}>${say("why_other")}</label>
    <textarea id=${`own-${id}`} name="own" rows="2" maxlength="800"></textarea>
    <label class="check"><input type="checkbox" name="readable" />${say("may_be_read")}</label>
    <button type="submit" class="choice">${say("tell")}</button>
  </form>`;
}
