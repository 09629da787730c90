/** The chat itself: head, emergency line, messages, message box. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { acknowledge, calls } from "../cards/alert";
import { card } from "../cards/index";
import type { Chat } from "../chat";
import type { Entry } from "../message";
import type { Word } from "../words";
import { callWords, REGIONS, regionName } from "../region";
import { telephone } from "../links";
import { icon, mark } from "./icons";
import { button, sayButtons } from "./links";
import { sheet } from "./sheet";
import { composer } from "./composer";
import { where } from "./where";

export function panel(chat: Chat): TemplateResult {
  const covered = chat.sheetOpen;
  return html`<div class="panel" lang=${chat.words.lang} dir=${chat.words.direction} @keydown=${chat.onKey}>
    ${head(chat)}
    <div class="middle">
      <div class="talk" ?inert=${covered}>
        <div
          class="scroller"
          tabindex="0"
          role="region"
          aria-label=${chat.words.say("conversation")}
          @scroll=${chat.onScroll}
          @blur=${(event: FocusEvent) => (event.target as Element).removeAttribute("data-quiet")}
        >
          ${pinned(chat) ?? (chat.alarmed ? nothing : sos(chat))}
          <ol class="messages" aria-busy=${chat.waiting === "no" ? "false" : "true"}>
            ${chat.entries.map((entry, place) => item(entry, place, chat))}
          </ol>
          ${where(chat)} ${suggestions(chat)} ${waiting(chat)} ${setback(chat)}
          ${chat.statuses.map((words) => html`<p class="status small">${words}</p>`)}
        </div>
        ${
          chat.unseen
            ? button("unseen-answer solid", chat.words.say("new_answer"), chat.showNewest, { drawing: "down" })
            : nothing
        }
        ${composer(chat)}
      </div>
      ${covered ? sheet(chat) : nothing}
    </div>
    ${chat.announcer.log} ${chat.announcer.alarm}
  </div>`;
}

function head(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<div class="head">
    ${mark()}
    <div class="names">
      <h2>${chat.frame.option("heading") ?? say("name")}</h2>
      <p class="small">${say("tagline")}</p>
    </div>
    <button
      type="button"
      class="icon-button"
      id="options"
      aria-label=${say("options")}
      aria-expanded=${String(chat.sheetOpen)}
      @click=${chat.toggleSheet}
    >
      ${icon("options")}
    </button>
    ${
      chat.frame.closable
        ? html`<button type="button" class="icon-button" aria-label=${say("close")} @click=${() => chat.frame.hide()}>
            ${icon("close")}
          </button>`
        : nothing
    }
  </div>`;
}

/** The way to help that needs no server: one number where we know the place, all of them where we do not. */
function sos(chat: Chat): TemplateResult {
  const { say } = chat.words;
  const region = chat.place;
  if (region) {
    const call = say("call", { number: region.emergency });
    return html`<p class="sos">
      <a href=${telephone(region.emergency)}>${icon("phone")}${say("sos_call", { call })}</a>
    </p>`;
  }
  return html`<details class="sos">
    <summary>${icon("phone")}<span>${say("sos")}</span>${icon("down")}</summary>
    ${numbers(chat)}
  </details>`;
}

export function numbers(chat: Chat): TemplateResult {
  return html`<p class="small">${chat.words.say("sos_where")}</p>
    <ul class="numbers-list">
      ${REGIONS.map(
        (region) =>
          html`<li>
            <span>${regionName(region, chat.words.lang)}</span>
            <a
              href=${telephone(region.emergency)}
              aria-label="${regionName(region, chat.words.lang)}: ${region.emergency}"
              >${region.emergency}</a
            >
          </li>`,
      )}
    </ul>`;
}

/** An emergency stays in sight until the person has read it and put it away. */
function pinned(chat: Chat): TemplateResult | undefined {
  const found = chat.pinned;
  if (!found) return undefined;
  const { say } = chat.words;
  const actions = found.alert.actions.filter(({ url }) => url.startsWith("tel:"));
  const place = chat.entries.findIndex((entry) => entry.from === "assistant" && entry.message === found.alert);
  return html`<section class="pinned emergency" aria-label=${say("emergency")}>
    <div lang="en" dir="ltr">
      <p class="what">${icon("alarm")}<span>${found.alert.title}</span></p>
      ${actions.length < 3 ? calls({ ...found.alert, actions }, chat) : nothing}
    </div>
    ${actions.length < 3 ? nothing : sos(chat)}
    ${
      chat.lastSaid > place
        ? html`<div class="acts">
            ${button("quiet", say("show_advice"), chat.showAdvice)}
            ${found.read ? button("quiet", say("dismiss"), chat.dismiss) : acknowledge(found.alert, chat)}
          </div>`
        : nothing
    }
  </section>`;
}

function item(entry: Entry, place: number, chat: Chat): TemplateResult {
  const { say } = chat.words;
  if (entry.from === "user") {
    return html`<li class="mine">
      <span class="sr">${say("you")}</span>
      <div class="bubble" dir="auto">${entry.text}</div>
      ${entry.sent || chat.waiting !== "no" ? nothing : html`<span class="small unsent">${say("waiting")}</span>`}
    </li>`;
  }
  const live = place > chat.lastSaid;
  const { message } = entry;
  const acknowledged = message.type === "alert" ? message.ack_payload : "";
  const replies = (message.quick_replies ?? []).filter(({ payload }) => payload !== acknowledged);
  return html`<li class="theirs" data-id=${message.id} lang="en" dir="ltr">
    <span class="sr" lang=${chat.words.lang}>${say("bot")}</span>
    ${card(message, chat, live)}
    ${
      live && replies.length
        ? html`<div class="replies ${place === 0 ? "tiles" : ""}" role="group" aria-label=${say("suggested")}>
            ${sayButtons(replies, chat)}
          </div>`
        : nothing
    }
  </li>`;
}

/** The question that the page proposes, until something has been said. */
function suggestions(chat: Chat): TemplateResult | typeof nothing {
  const start = chat.frame.option("start");
  if (!start || chat.lastSaid >= 0 || !chat.entries.length) return nothing;
  return html`<div class="replies proposed">${sayButtons([{ title: start, payload: start }], chat)}</div>`;
}

function waiting(chat: Chat): TemplateResult | typeof nothing {
  if (chat.waiting === "no" || chat.setback) return nothing;
  const { say } = chat.words;
  return html`<div class="waiting">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    ${chat.waiting === "slow" ? html`<span class="small">${say("slow")}</span>` : nothing}
    ${chat.waiting === "late" ? trouble(say("late"), "retry", true, chat) : nothing}
  </div>`;
}

function setback(chat: Chat): TemplateResult | typeof nothing {
  const found = chat.setback;
  if (!found) return nothing;
  const retry = { no: undefined, again: "retry", soon: "retry_now" }[found.retry] as Word | undefined;
  return trouble(chat.setbackWords(found), retry, found.kind !== "refused", chat);
}

/** Words about a trouble, what to do in an emergency, and perhaps a button that tries again. */
function trouble(words: string, retry: Word | undefined, emergency: boolean, chat: Chat): TemplateResult {
  return html`<div class="card setback emergency">
    <p>${words}</p>
    ${emergency ? emergencyLine(chat) : nothing}
    ${retry ? button("choice", chat.words.say(retry), chat.retry) : nothing}
  </div>`;
}

/** Whom to call, with the number as a link; every number where we do not know the place. */
function emergencyLine(chat: Chat): TemplateResult {
  const { say } = chat.words;
  const region = chat.place;
  const call = callWords(region, say);
  return html`<p class="strong">${say("if_emergency", { call })}</p>
    ${
      region
        ? html`<a class="call solid" href=${telephone(region.emergency)}
            >${icon("phone")}<span>${region.emergency}</span></a
          >`
        : numbers(chat)
    }`;
}
