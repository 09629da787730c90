/** What stands under a card: the evidence, the sources, and what can be done with it. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { Message, Source } from "../message";
import { icon } from "../views/icons";
import { button, link } from "../views/links";
import type { Word } from "../words";
import { feedback } from "./feedback";

/** The evidence in words, the sources closed. Nothing where the message names neither. */
export function evidence(message: Message, context: Context): TemplateResult | typeof nothing {
  const { say } = context.words;
  const sources = message.sources ?? [];
  const grade = say(`evidence_${message.evidence}` as Word);
  if (!sources.length && !grade) return nothing;
  const label = sources.length ? say("sources_count", { count: sources.length }) : say("sources");
  return html`<details class="evidence">
    <summary>
      <span>${label}</span>
      ${grade ? html`<span class="grade">${grade}</span>` : nothing} ${icon("down")}
    </summary>
    ${
      sources.length
        ? html`<ol>
            ${sources.map((source) => html`<li>${sourceLine(source, context)}</li>`)}
          </ol>`
        : nothing
    }
    ${
      message.checked_on
        ? html`<p class="small">${say("checked", { date: context.words.date(message.checked_on) })}</p>`
        : nothing
    }
  </details>`;
}

function sourceLine(source: Source, context: Context): TemplateResult {
  const more = [source.publisher, source.year].filter(Boolean).join(", ");
  const title = source.url ? link(source.title, source.url, context) : source.title;
  return html`${title}${more ? html`<span class="small block">${more}</span>` : nothing}`;
}

const TAKEN: readonly Message["type"][] = ["answer", "exercise", "table", "chart", "plan", "summary"];

/** Copy, print, listen, and whether it helped. Only under what is worth it. */
export function tools(message: Message, context: Context): TemplateResult | typeof nothing {
  if (!TAKEN.includes(message.type)) return nothing;
  const { say } = context.words;
  const copied = context.copied(message.id);
  const speaking = context.speech.speaking === message.id;
  const printable =
    message.type === "summary" || message.type === "chart" || message.type === "plan" || message.type === "exercise";
  const keepable = message.type === "summary" || message.type === "plan";
  return html`<div class="tools">
      ${button("tool", say(copied ?? "copy"), () => void context.copy(message))}
      ${printable ? button("tool", say("print"), () => context.print(message)) : nothing}
      ${keepable ? button("tool", say(context.sharing ? "share" : "save_card"), () => void context.share(message)) : nothing}
      ${
        context.speech.possible
          ? button("tool", say(speaking ? "stop" : "listen"), () => context.listen(message))
          : nothing
      }
    </div>
    ${message.type === "answer" ? feedback(message, context) : nothing}`;
}
