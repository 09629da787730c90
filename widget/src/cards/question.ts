/** One step of a symptom check or a journey. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { QuestionMessage } from "../message";
import { sayButtons } from "../views/links";

export function questionCard(message: QuestionMessage, context: Context, live: boolean): TemplateResult {
  const { say } = context.words;
  const step = say("step", { step: message.step, of: message.of });
  return html`${
      message.of > 1
        ? html`<div class="progress">
            <span class="small">${step}</span>
            <progress aria-label=${step} value=${message.step} max=${message.of}></progress>
          </div>`
        : nothing
    }
    <p class="asked">${message.text}</p>
    ${live ? answers(message, context) : nothing}`;
}

function answers(message: QuestionMessage, context: Context): TemplateResult {
  const { say } = context.words;
  const skip = message.skip_payload ? [{ title: say("skip"), payload: message.skip_payload }] : [];
  const options = message.options ?? [];
  return html`${
    options.length
      ? html`<div class=${options.some(({ title }) => title.length > 24) ? "stack" : "options"} role="group">
          ${sayButtons(options, context, "choice")}
        </div>`
      : nothing
  }
  ${sayButtons(skip, context, "quiet")}`;
}
