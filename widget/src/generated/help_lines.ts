/* Made from bot/content/help_lines.yml by widget/scripts/generate.mjs. Do not edit. */

export interface Region {
  readonly id: string;
  readonly name: string;
  readonly emergency: string;
}

export const REGIONS: readonly Region[] = [
  { id: "GB", name: "United Kingdom", emergency: "999" },
  { id: "IE", name: "Ireland", emergency: "112" },
  { id: "US", name: "United States", emergency: "911" },
  { id: "CA", name: "Canada", emergency: "911" },
  { id: "AU", name: "Australia", emergency: "000" },
  { id: "NZ", name: "New Zealand", emergency: "111" },
  { id: "IN", name: "India", emergency: "112" },
  { id: "EU", name: "European Union", emergency: "112" },
];
