/** Where the person is, and whom to call there. Built in, so that the numbers are there when the server is not. */

import { REGIONS } from "./generated/help_lines";
import type { Region } from "./generated/help_lines";
import type { Say } from "./words";

export { REGIONS };
export type { Region };

export function regionOf(id: string | null | undefined): Region | undefined {
  const wanted = id?.toUpperCase();
  return REGIONS.find((region) => region.id === wanted);
}

/** The region's name in the language of the page. */
export function regionName(region: Region, lang: string): string {
  return /^en\b/i.test(lang)
    ? region.name
    : (new Intl.DisplayNames(lang, { type: "region" }).of(region.id) ?? region.name);
}

/** "call 999", or, where nobody knows where the person is, "call your emergency number". */
export function callWords(region: Region | undefined, say: Say): string {
  return region ? say("call", { number: region.emergency }) : say("call_yours");
}
