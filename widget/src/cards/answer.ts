/** Plain words: an answer, a greeting, a choice of topics, an honest "I cannot". */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { AnswerMessage, ChoicesMessage, NoticeMessage, TextMessage } from "../message";
import { icon } from "../views/icons";
import { sayButtons } from "../views/links";
import { markdown } from "../views/markdown";
import type { Word } from "../words";

export function answerCard(message: AnswerMessage, context: Context): TemplateResult {
  return html`${message.title ? html`<h3>${message.title}</h3>` : nothing}
    <div class="prose">${markdown(message.body, context)}</div>
    ${
      message.see_also?.length
        ? html`<div class="related">
            <h4>${context.words.say("related")}</h4>
            <div class="stack">${sayButtons(message.see_also, context, "row-button")}</div>
          </div>`
        : nothing
    }`;
}

export function textCard(message: TextMessage, context: Context): TemplateResult {
  return html`<div class="prose">${markdown(message.text, context)}</div>`;
}

export function choicesCard(message: ChoicesMessage, context: Context, live: boolean): TemplateResult {
  return html`<p class="asked">${message.text}</p>
    ${
      live
        ? html`<div class="stack" role="group" aria-label=${context.words.say("choose")}>
            ${sayButtons(message.options, context, "choice")}
          </div>`
        : html`<ul class="was-offered">
            ${message.options.map((option) => html`<li>${option.title}</li>`)}
          </ul>`
    }`;
}

export function noticeCard(message: NoticeMessage, context: Context): TemplateResult {
  const { say } = context.words;
  const label = say(`notice_${message.reason}` as Word) || say("notice");
  return html`<p class="label">${icon("notice")}<span>${label}</span></p>
    <div class="prose">${markdown(message.text, context)}</div>`;
}
