/** The buttons that take something along or bring it back, and what comes of them. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { Message, Tool } from "../message";
import { button } from "../views/links";

export function keepsakes(message: Message, context: Context): TemplateResult | typeof nothing {
  const tools = "tools" in message ? (message.tools ?? []) : [];
  if (!tools.length) return nothing;
  const { keepsakes: kept } = context;
  const { said, phrase, asking } = kept.of(message.id);
  const back = tools.find(({ kind }) => kind === "back");
  return html`<div class="keepsakes">
    ${tools.map((tool) => button("row-button", tool.title, () => kept.press(tool, message)))}
    ${phrase ? shown(phrase, context) : nothing} ${asking && back ? form(back, message.id, context) : nothing}
    ${said ? html`<p class="small">${said}</p>` : nothing}
  </div>`;
}

function shown(phrase: string, { words: { say } }: Context): TemplateResult {
  return html`<p class="strong phrase" tabindex="-1">${phrase}</p>
    <p class="small">${say("phrase_note")}</p>`;
}

function form(tool: Tool, id: string, { words: { say }, keepsakes: kept }: Context): TemplateResult {
  return html`<form class="field" @submit=${(event: SubmitEvent) => kept.comeBack(event, tool, id)}>
    <label for=${`phrase-${id}`}>${say("phrase_label")}</label>
    <input
      id=${`phrase-${id}`}
      type="text"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      required
      maxlength="200"
    />
    <button type="submit" class="solid"><span>${say("phrase_go")}</span></button>
  </form>`;
}
