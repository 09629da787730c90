/** From whatever came over the wire to a message that can be shown. Never throws; what does not fit is left out. */

import type { Button, Evidence, Message, Source } from "./message";
import { TYPES } from "./message";

const LONGEST = 8000;
const MOST = 130;

type Fields = Record<string, unknown>;

/** The message, or null where there is nothing to show. An unknown type or a later version becomes its plain text. */
export function parse(raw: unknown): Message | null {
  if (!isFields(raw)) return null;
  const words = text(raw["text"]);
  const type = text(raw["type"]);
  const common = {
    v: 1 as const,
    id: text(raw["id"]),
    text: words,
    sources: list(raw["sources"], source),
    evidence: text(raw["evidence"]) as Evidence,
    checked_on: text(raw["checked_on"]),
    quick_replies: buttons(raw["quick_replies"]),
    topic: text(raw["topic"]),
    urgency: text(raw["urgency"]),
  };
  const known = raw["v"] === 1 && TYPES.includes(type as Message["type"]);
  const own = known ? OWN[type as Message["type"]](raw, words) : null;
  if (!own && !words) return null;
  return { ...common, ...(own ?? { type: "text" }) } as Message;
}

/** What each type has of its own; null where too little came to show it as what it says it is. */
const OWN: Record<Message["type"], (raw: Fields, words: string) => Fields | null> = {
  text: () => ({ type: "text" }),
  answer: (raw, words) => ({
    type: "answer",
    title: text(raw["title"]),
    body: text(raw["body"]) || words,
    see_also: buttons(raw["see_also"]),
  }),
  choices: (raw) => ({ type: "choices", options: buttons(raw["options"]) }),
  alert: (raw, words) => ({
    type: "alert",
    level: oneOf(raw["level"], ["emergency", "urgent", "see_doctor"]) ?? "urgent",
    title: text(raw["title"]) || words,
    body: text(raw["body"]),
    actions: list(raw["actions"], (one) => pick(one, ["label", "url"])),
    ack_payload: text(raw["ack_payload"]),
  }),
  question: (raw) => ({
    type: "question",
    step: count(raw["step"]),
    of: count(raw["of"]),
    kind: oneOf(raw["kind"], ["yes_no", "choice", "number", "text"]) ?? "text",
    options: buttons(raw["options"]),
    skip_payload: text(raw["skip_payload"]),
  }),
  exercise: (raw) => ({
    type: "exercise",
    title: text(raw["title"]),
    image: pick(raw["image"], ["src", "alt"]),
    steps: list(raw["steps"], text),
    dose: isFields(raw["dose"]) ? raw["dose"] : {},
    cautions: list(raw["cautions"], text),
    easier: text(raw["easier"]),
    harder: text(raw["harder"]),
  }),
  table: (raw) => {
    const columns = list(raw["columns"], (one) => pick(one, ["key", "label"]));
    const rows = list(raw["rows"], (row) => (isFields(row) ? row : null));
    return columns.length ? { type: "table", caption: text(raw["caption"]), columns, rows } : null;
  },
  chart: (raw) => {
    const series = list(raw["series"], line).slice(0, 3);
    return series.length ? { type: "chart", title: text(raw["title"]), x: texts(raw["x"]), series } : null;
  },
  plan: (raw) => ({
    type: "plan",
    title: text(raw["title"]),
    weeks: list(raw["weeks"], week),
    download: text(raw["download"]),
  }),
  summary: (raw) => ({ type: "summary", title: text(raw["title"]), sections: list(raw["sections"], section) }),
  notice: (raw) => ({ type: "notice", reason: text(raw["reason"]) }),
};

/** The words of a value: a text, shortened where it is monstrous, or a number; anything else is empty. */
export function text(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}

function list<T>(value: unknown, read: (one: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  const found = value.slice(0, MOST).map(read);
  return found.filter((one): one is Awaited<T> & T => one !== null && one !== undefined && one !== "");
}

/** All of them, the empty ones too: their places count. */
function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, MOST).map(text) : [];
}

function pick<K extends string>(value: unknown, keys: readonly K[]): Record<K, string> | null {
  if (!isFields(value)) return null;
  const found = Object.fromEntries(keys.map((key) => [key, text(value[key])])) as Record<K, string>;
  return keys.every((key) => found[key]) ? found : null;
}

function buttons(value: unknown): Button[] {
  return list(value, (one) => pick(one, ["title", "payload"]));
}

function source(value: unknown): Source | null {
  if (!isFields(value) || !text(value["title"])) return null;
  const year = value["year"];
  return {
    id: text(value["id"]),
    title: text(value["title"]),
    publisher: text(value["publisher"]),
    url: text(value["url"]),
    ...(typeof year === "number" ? { year } : {}),
  };
}

function line(value: unknown): Fields | null {
  if (!isFields(value) || !Array.isArray(value["values"])) return null;
  const values = value["values"].slice(0, MOST).map(number);
  return { name: text(value["name"]), unit: text(value["unit"]), max: number(value["max"]), values };
}

function week(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  const days = list(value["days"], (day) =>
    isFields(day) ? { day: text(day["day"]), what: text(day["what"]), minutes: number(day["minutes"]) } : null,
  );
  return { label: text(value["label"]), days };
}

function section(value: unknown): Fields | null {
  return isFields(value) ? { heading: text(value["heading"]), lines: list(value["lines"], text) } : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function count(value: unknown): number {
  return Math.max(1, Math.round(number(value) ?? 1));
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | null {
  return known.includes(value as T) ? (value as T) : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
