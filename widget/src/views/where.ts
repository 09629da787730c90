/** The one question of the page itself: where the person is, so that one number stands there and not eight. */

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Chat } from "../chat";
import { nearestFirst, regionName, timeZone } from "../region";
import { button } from "./links";

export function where(chat: Chat): TemplateResult | typeof nothing {
  if (!chat.asksPlace) return nothing;
  const { say, lang } = chat.words;
  const regions = nearestFirst(timeZone());
  const shown = chat.allPlaces ? regions : regions.slice(0, 1);
  return html`<div class="where" role="group" aria-labelledby="where-asked">
    <p id="where-asked">${say("where_asked")}</p>
    <div class="options">
      ${shown.map((region) => button("chip", regionName(region, lang), () => chat.choosePlace(region)))}
      ${chat.allPlaces ? nothing : button("quiet", say("where_other"), chat.showPlaces, { id: "other-places" })}
      ${chat.allPlaces ? button("quiet", say("where_none"), () => chat.choosePlace(undefined)) : nothing}
    </div>
  </div>`;
}
