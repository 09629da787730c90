/** One message as its card. */

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { Message } from "../message";
import { alertCard } from "./alert";
import { answerCard, choicesCard, noticeCard, textCard } from "./answer";
import { chartCard } from "./chart";
import { exerciseCard } from "./exercise";
import { evidence, tools } from "./foot";
import { keepsakes } from "./keepsakes";
import { planCard, summaryCard } from "./plan";
import { questionCard } from "./question";
import { tableCard } from "./table";

/** `live`: the person has said nothing since, so its buttons still stand. */
export function card(message: Message, context: Context, live: boolean): TemplateResult {
  return html`<div
    class="card ${message.type} ${message.type === "alert" ? message.level : ""}"
    data-type=${message.type}
  >
    ${body(message, context, live)} ${keepsakes(message, context)} ${evidence(message, context)}
    ${tools(message, context)}
  </div>`;
}

function body(message: Message, context: Context, live: boolean): TemplateResult {
  switch (message.type) {
    case "answer":
      return answerCard(message, context);
    case "choices":
      return choicesCard(message, context, live);
    case "alert":
      return alertCard(message, context, live);
    case "question":
      return questionCard(message, context, live);
    case "exercise":
      return exerciseCard(message, context);
    case "table":
      return tableCard(message);
    case "chart":
      return chartCard(message, context);
    case "plan":
      return planCard(message, context);
    case "summary":
      return summaryCard(message);
    case "notice":
      return noticeCard(message, context);
    default:
      return textCard(message, context);
  }
}
