/* Made from bot/content/help_lines.yml by widget/scripts/generate.mjs. Do not edit. */

export interface Region {
  readonly id: string;
  readonly name: string;
  readonly emergency: string;
  readonly sameDay: string;
}

export const REGIONS: readonly Region[] = [
  { id: "GB", name: "United Kingdom", emergency: "999", sameDay: "111" },
  { id: "IE", name: "Ireland", emergency: "112", sameDay: "" },
  { id: "US", name: "United States", emergency: "911", sameDay: "" },
  { id: "CA", name: "Canada", emergency: "911", sameDay: "811" },
  { id: "AU", name: "Australia", emergency: "000", sameDay: "1800 022 222" },
  { id: "NZ", name: "New Zealand", emergency: "111", sameDay: "0800 611 116" },
  { id: "IN", name: "India", emergency: "112", sameDay: "" },
  { id: "EU", name: "European Union", emergency: "112", sameDay: "" },
];
