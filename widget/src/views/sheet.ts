/** The options: place, text size, colours, reading aloud, keeping a copy, forgetting. Lies over the messages. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Chat } from "../chat";
import { REGIONS, regionName } from "../region";
import type { Word } from "../words";
import { button } from "./links";

export const SIZES = 4;
export const LOOKS = ["auto", "light", "dark"] as const;
export type Look = (typeof LOOKS)[number];

export function sheet(chat: Chat): TemplateResult {
  const { say, lang } = chat.words;
  const regions = REGIONS.map((region): Choice => [region.id, `${regionName(region, lang)} (${region.emergency})`]);
  const sizes = Array.from({ length: SIZES }, (_, size): Choice => [String(size), say(`size_${size}` as Word)]);
  const looks = LOOKS.map((look): Choice => [look, say(`look_${look}`)]);
  return html`<section class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title">
    <h3 id="sheet-title" tabindex="-1">${say("options")}</h3>
    ${field("where", [["", say("where_none")], ...regions], chat.place?.id ?? "", chat.setRegion, chat)}
    ${field("size", sizes, String(chat.settings.size), chat.setSize, chat)}
    ${field("look", looks, chat.look, chat.setLook, chat)} ${aloud(chat)} ${keep(chat)} ${forget(chat)}
    <p class="small">${say("about")}</p>
    ${button("solid", say("done"), chat.toggleSheet)}
  </section>`;
}

type Choice = readonly [value: string, label: string];

function field(
  name: "where" | "size" | "look",
  choices: readonly Choice[],
  chosen: string,
  choose: (value: string) => void,
  { words: { say } }: Chat,
): TemplateResult {
  return html`<div class="field">
    <label for=${name}>${say(name)}</label>
    <select
      id=${name}
      aria-describedby=${name === "where" ? "where-help" : nothing}
      @change=${(event: Event) => choose(valueOf(event))}
    >
      ${choices.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select>
    ${name === "where" ? html`<p class="small" id="where-help">${say("where_help")}</p>` : nothing}
  </div>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}

function aloud(chat: Chat): TemplateResult | typeof nothing {
  if (!chat.speech.possible) return nothing;
  const { say } = chat.words;
  return html`<div class="field">
    <label class="check"
      ><input type="checkbox" id="aloud" .checked=${chat.settings.aloud} @change=${chat.onAloud} /><span
        >${say("aloud")}</span
      ></label
    >
    <p class="small">${say("aloud_help")}</p>
  </div>`;
}

function keep(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<div class="field">
    <h4>${say("keep")}</h4>
    <div class="pair">
      ${button("row-button", say("save"), chat.saveAll)} ${button("row-button", say("print_all"), chat.printAll)}
    </div>
  </div>`;
}

function forget(chat: Chat): TemplateResult {
  const { say } = chat.words;
  return html`<div class="field">
    <h4>${say("begin_again")}</h4>
    ${
      chat.sure
        ? nothing
        : html`<p class="small">${say("start_over_help")}</p>
            ${button("row-button", say("start_over"), chat.startOver, { id: "start-over", off: !chat.free })}`
    }
    ${
      chat.sure
        ? html`<div class="card sure">
            <p class="strong" id="sure" tabindex="-1">${say("forget_sure")}</p>
            <p>${say("forget_what")}</p>
            <div class="pair">
              ${button("emergency solid", say("forget_yes"), chat.forget)}
              ${button("row-button", say("forget_no"), chat.askForget)}
            </div>
          </div>`
        : html`<p class="small">${say("forget_help")}</p>
            ${button("row-button", say("forget"), chat.askForget, { id: "forget" })}`
    }
  </div>`;
}
