/** The options: place, text size, colours, reading aloud, keeping a copy, forgetting. Lies over the messages. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Chat } from "../chat";
import { REGIONS, regionName } from "../region";
import type { Word } from "../words";
import { icon } from "./icons";
import { numbers } from "./panel";

export const SIZES = 4;
export const LOOKS = ["auto", "light", "dark"] as const;
export type Look = (typeof LOOKS)[number];

export function sheet(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<section class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title">
    <h3 id="sheet-title" tabindex="-1">${say("options")}</h3>
    ${where(chat)} ${chooser("size", sizes(), String(chat.settings.size), (value) => chat.setSize(Number(value)), chat)}
    ${chooser("look", looks(), chat.look, (value) => chat.setLook(value as Look), chat)} ${aloud(chat)} ${keep(chat)}
    ${forget(chat)}
    <p class="small about">${say("about")}</p>
    <button type="button" class="primary done" @click=${chat.toggleSheet}>${say("done")}</button>
  </section>`;
}

function where(chat: Chat): TemplateResult {
  const { say } = chat.words;
  const chosen = chat.place?.id ?? "";
  return html`<div class="field">
    <label for="region">${say("where")}</label>
    <select id="region" aria-describedby="region-help" @change=${chat.onRegion}>
      <option value="" ?selected=${!chosen}>${say("where_none")}</option>
      ${REGIONS.map(
        (region) =>
          html`<option value=${region.id} ?selected=${region.id === chosen}>
            ${regionName(region, chat.words.lang)} (${region.emergency})
          </option>`,
      )}
    </select>
    <p class="small" id="region-help">${say("where_help")}</p>
    ${chosen
      ? nothing
      : html`<details class="all-numbers">
          <summary><span>${say("sos")}</span>${icon("down")}</summary>
          ${numbers(chat)}
        </details>`}
  </div>`;
}

const sizes = (): [string, Word][] => Array.from({ length: SIZES }, (_, size) => [String(size), `size_${size}` as Word]);
const looks = (): [string, Word][] => LOOKS.map((look) => [look, `look_${look}`]);

function chooser(
  name: "size" | "look",
  options: readonly [string, Word][],
  chosen: string,
  choose: (value: string) => void,
  chat: Chat,
): TemplateResult {
  const { say } = chat.words;
  return html`<fieldset class="field">
    <legend>${say(name)}</legend>
    <div class="segments">
      ${options.map(
        ([value, label]) =>
          html`<label class="segment ${name}-${value}"
            ><input type="radio" name=${name} .checked=${value === chosen} @change=${() => choose(value)} /><span
              >${say(label)}</span
            ></label
          >`,
      )}
    </div>
  </fieldset>`;
}

function aloud(chat: Chat): TemplateResult | typeof nothing {
  if (!chat.context.canSpeak) return nothing;
  const { say } = chat.words;
  return html`<div class="field">
    <label class="check"
      ><input type="checkbox" id="aloud" .checked=${chat.settings.aloud} @change=${chat.onAloud} /><span>${say("aloud")}</span></label
    >
    <p class="small">${say("aloud_help")}</p>
  </div>`;
}

function keep(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<div class="field" role="group" aria-labelledby="keep-title">
    <p class="legend" id="keep-title">${say("keep")}</p>
    <div class="pair">
      <button type="button" class="row-button" @click=${chat.saveAll}>${icon("save")}<span>${say("save")}</span></button>
      <button type="button" class="row-button" @click=${chat.printAll}>
        ${icon("print")}<span>${say("print_all")}</span>
      </button>
    </div>
  </div>`;
}

function forget(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<div class="field" role="group" aria-labelledby="forget-title">
    <p class="legend" id="forget-title">${say("forget")}</p>
    ${chat.sure
      ? html`<div class="sure">
          <p class="strong" id="sure" tabindex="-1">${say("forget_sure")}</p>
          <p>${say("forget_what")}</p>
          <div class="pair">
            <button type="button" class="danger" @click=${chat.forget}>${say("forget_yes")}</button>
            <button type="button" class="row-button" @click=${chat.askForget}>${say("forget_no")}</button>
          </div>
        </div>`
      : html`<p class="small">${say("forget_help")}</p>
          <button type="button" class="row-button" id="forget" @click=${chat.askForget}>${say("forget")}</button>`}
  </div>`;
}
