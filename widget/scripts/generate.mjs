// What is written elsewhere in the project and needed here: the message types (JSON Schema), the emergency numbers
// (help_lines.yml, places.yml), and a right-to-left pseudo-language made from the English words, which proves that nothing is hard-coded.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { parse } from "yaml";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), "utf8");
const write = (path, text) => writeFileSync(here(path), text);
const made = (source) => `/* Made from ${source} by widget/scripts/generate.mjs. Do not edit. */\n`;

const SCHEMA = "bot/channel/message.v1.schema.json";
const schema = JSON.parse(read(`../../${SCHEMA}`));
const types = await compile(schema, "Message", {
  bannerComment: made(SCHEMA),
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
});
write("../src/generated/message.ts", types);

const LINES = "bot/content/help_lines.yml";
const lines = Object.entries(parse(read(`../../${LINES}`)));
const PLACES = "bot/content/places.yml";
const places = parse(read(`../../${PLACES}`)).regions;
const regions = lines.map(([id, region]) => {
  const fields = [region.name, region.emergency.number, places[id].zones.join(" ")].map((one) => JSON.stringify(one));
  return `  { id: "${id}", name: ${fields[0]}, emergency: ${fields[1]}, zones: ${fields[2]} },\n`;
});
write(
  "../src/generated/help_lines.ts",
  `${made(`${LINES} and ${PLACES}`)}
export interface Region {
  readonly id: string;
  readonly name: string;
  readonly emergency: string;
  /** Time zones, or their beginnings, by which a clock guesses the place; parted by blanks. */
  readonly zones: string;
}

export const REGIONS: readonly Region[] = [
${regions.join("")}];
`,
);

// Every run of letters is turned round by the two marks; {slots} stay as they are.
const [TURN, END] = ["\u202e", "\u202c"];
const turned = (text) => text.replace(/\{\w+\}|[\p{L}\p{N}]+/gu, (run) => (run[0] === "{" ? run : TURN + run + END));
const english = JSON.parse(read("../src/words/en.json"));
const pseudo = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, turned(text)]));
const written = JSON.stringify(pseudo, null, 2).replaceAll(TURN, "\\u202e").replaceAll(END, "\\u202c");
write("../src/words/ar-XB.json", `${written}\n`);
