/** The message box. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Chat } from "../chat";
import { icon } from "./icons";
import { button } from "./links";

export const LONGEST = 2000;
const WARN_AT = 200;

export function composer(chat: Chat): TemplateResult {
  const { say } = chat.words;
  const left = LONGEST - chat.draft.length;
  return html`${chat.dictation.asking ? mayDictate(chat) : nothing}
    <form class="composer" autocomplete="off" novalidate @submit=${chat.onSubmit}>
      <label class="sr" for="words">${say("ask")}</label>
      <div class="box">
        <textarea
          id="words"
          rows="1"
          enterkeyhint="send"
          inputmode=${chat.wantsNumber ? "decimal" : nothing}
          aria-describedby="keys"
          placeholder=${say("ask_hint")}
          .value=${chat.draft}
          @input=${chat.onInput}
          @keydown=${chat.onWordsKey}
        ></textarea>
        ${
          chat.dictation.possible
            ? html`<button
                type="button"
                class="icon-button mic"
                aria-label=${say(chat.dictation.listening ? "dictate_stop" : "dictate")}
                aria-pressed=${chat.dictation.listening}
                @click=${chat.dictate}
              >
                ${icon("mic")}
              </button>`
            : nothing
        }
        <button type="submit" class="send solid" aria-disabled=${chat.waiting === "no" ? nothing : "true"}>
          ${icon("send")}<span class="sr">${say("send")}</span>
        </button>
      </div>
      <p class="small ${left < WARN_AT ? "low" : "keys"}" id="keys">
        ${left < WARN_AT ? say("too_long", { left }) : say("keys")}
      </p>
    </form>`;
}

/** Asked once, and only where the browser cannot do it on the device. */
function mayDictate(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<div class="may-dictate" role="group" aria-labelledby="dictate-asked">
    <p class="small" id="dictate-asked">${say("dictate_asked")}</p>
    <div class="options">
      ${button("choice", say("dictate_yes"), chat.mayDictate, { id: "may-dictate" })}
      ${button("quiet", say("dictate_no"), chat.dictate)}
    </div>
  </div>`;
}

/** The box grows with what is written, up to what the style sheet allows. */
export function grow(box: HTMLTextAreaElement): void {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
