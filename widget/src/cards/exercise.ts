/** One exercise: picture, steps, how much, what to take care of. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import { pictureAddress } from "../links";
import type { ExerciseMessage } from "../message";
import { icon } from "../views/icons";

const DOSE = ["sets", "reps", "hold", "how_often", "note"] as const;

export function exerciseCard(message: ExerciseMessage, context: Context): TemplateResult {
  const { say } = context.words;
  const dose = DOSE.flatMap((key) => (message.dose[key] ? [{ key, words: message.dose[key] }] : []));
  return html`${picture(message, context)}
    <p class="label">${say("exercise")}</p>
    ${message.title ? html`<h3>${message.title}</h3>` : nothing}
    ${
      message.steps.length
        ? html`<h4>${say("how")}</h4>
            <ol class="steps">
              ${message.steps.map((step) => html`<li>${step}</li>`)}
            </ol>`
        : nothing
    }
    ${
      dose.length
        ? html`<h4>${say("dose")}</h4>
            <dl class="dose">
              ${dose.map(
                ({ key, words }) =>
                  html`<div>
                    <dt>${say(key)}</dt>
                    <dd>${words}</dd>
                  </div>`,
              )}
            </dl>`
        : nothing
    }
    ${
      message.cautions.length
        ? html`<div class="cautions">
            <h4>${icon("notice")}<span>${say("cautions")}</span></h4>
            <ul>
              ${message.cautions.map((caution) => html`<li>${caution}</li>`)}
            </ul>
          </div>`
        : nothing
    }
    ${change("easier", message.easier, context)} ${change("harder", message.harder, context)}`;
}

function change(
  name: "easier" | "harder",
  words: string | undefined,
  context: Context,
): TemplateResult | typeof nothing {
  if (!words) return nothing;
  return html`<h4>${context.words.say(name)}</h4>
    <p>${words}</p>`;
}

/** Room for the picture is kept before it comes, so that nothing jumps. */
function picture(message: ExerciseMessage, context: Context): TemplateResult | typeof nothing {
  const src = message.image ? pictureAddress(message.image.src, context.base) : null;
  if (!src || !message.image) return nothing;
  const { alt } = message.image;
  if (context.broken(src)) return html`<p class="small">${context.words.say("no_picture", { alt })}</p>`;
  return html`<div class="picture">
    <img
      src=${src}
      alt=${alt}
      width="400"
      height="180"
      decoding="async"
      referrerpolicy="no-referrer"
      @error=${() => context.pictureFailed(src)}
    />
  </div>`;
}
