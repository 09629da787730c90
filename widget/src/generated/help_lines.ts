/* Made from bot/content/help_lines.yml and bot/content/places.yml by widget/scripts/generate.mjs. Do not edit. */

export interface Region {
  readonly id: string;
  readonly name: string;
  readonly emergency: string;
  /** Time zones, or their beginnings, by which a clock guesses the place; parted by blanks. */
  readonly zones: string;
}

export const REGIONS: readonly Region[] = [
  { id: "GB", name: "United Kingdom", emergency: "999", zones: "Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man" },
  { id: "IE", name: "Ireland", emergency: "112", zones: "Europe/Dublin" },
  { id: "US", name: "United States", emergency: "911", zones: "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Detroit America/Anchorage America/Boise America/Indiana America/Kentucky America/North_Dakota Pacific/Honolulu" },
  { id: "CA", name: "Canada", emergency: "911", zones: "America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/Regina America/St_Johns America/Montreal America/Moncton" },
  { id: "AU", name: "Australia", emergency: "000", zones: "Australia" },
  { id: "NZ", name: "New Zealand", emergency: "111", zones: "Pacific/Auckland Pacific/Chatham" },
  { id: "IN", name: "India", emergency: "112", zones: "Asia/Kolkata Asia/Calcutta" },
  { id: "EU", name: "European Union", emergency: "112", zones: "Europe/Vienna Europe/Brussels Europe/Sofia Europe/Zagreb Asia/Nicosia Europe/Prague Europe/Copenhagen Europe/Tallinn Europe/Helsinki Europe/Paris Europe/Berlin Europe/Athens Europe/Budapest Europe/Rome Europe/Riga Europe/Vilnius Europe/Luxembourg Europe/Malta Europe/Amsterdam Europe/Warsaw Europe/Lisbon Europe/Bucharest Europe/Bratislava Europe/Ljubljana Europe/Madrid Europe/Stockholm" },
];
