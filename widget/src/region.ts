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

/** All regions, with the one that the clock's time zone belongs to first. It puts in order, and never decides. */
export function nearestFirst(zone: string | undefined): readonly Region[] {
  const fits = (one: string) => zone === one || zone?.startsWith(`${one}/`);
  const near = REGIONS.find(({ zones }) => zones.split(" ").some(fits));
  return near ? [near, ...REGIONS.filter((region) => region !== near)] : REGIONS;
}

/** The time zone of this device's clock, where the browser tells it. */
export function timeZone(): string | undefined {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || undefined;
  } catch {
    return undefined;
  }
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
