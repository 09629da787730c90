/** What is taken along: a walking plan, and a summary to show a clinician. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import { linkAddress } from "../links";
import type { PlanMessage, SummaryMessage } from "../message";
import { icon } from "../views/icons";

type Week = PlanMessage["weeks"][number];
const OPEN_WEEKS = 1;

export function planCard(message: PlanMessage, context: Context): TemplateResult {
  const { say } = context.words;
  const file = message.download ? linkAddress(message.download, context.base) : null;
  return html`${message.title ? html`<h3>${message.title}</h3>` : nothing}
    <div class="weeks">${message.weeks.map((week, place) => weekOf(week, place, context))}</div>
    ${
      file?.startsWith("http")
        ? html`<a class="download" href=${file} download referrerpolicy="no-referrer">${say("download")}</a>`
        : nothing
    }`;
}

function weekOf(week: Week, place: number, context: Context): TemplateResult {
  const { say } = context.words;
  const minutes = Math.max(0, ...week.days.map((day) => day.minutes ?? 0));
  return html`<details class="week" ?open=${place < OPEN_WEEKS}>
    <summary>
      <span>${week.label}</span>${minutes ? html`<span class="minutes">${say("minutes", { minutes })}</span>` : nothing}
      ${icon("down")}
    </summary>
    <ul class="days">
      ${week.days.map(
        ({ day, what, minutes }) =>
          html`<li>
            <span class="day">${day}</span> <span class="what">${what}</span>
            ${minutes ? html`<span class="minutes">${say("minutes", { minutes })}</span>` : nothing}
          </li>`,
      )}
    </ul>
  </details>`;
}

export function summaryCard(message: SummaryMessage): TemplateResult {
  return html`${message.title ? html`<h3>${message.title}</h3>` : nothing}
  ${message.sections.map(
    ({ heading, lines }) =>
      html`<section class="section">
        ${heading ? html`<h4>${heading}</h4>` : nothing}
        <ul>
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>
      </section>`,
  )}`;
}
