/** From whatever came over the wire to a message that can be shown. Never throws; what does not fit is left out. */

import type { Message } from "./message";

const LONGEST = 8000;
const MOST = 130;

type Fields = Record<string, unknown>;

/**
 * What a value must be: "" any words, "!" words that are needed, 0 a number or null, [shape] a list, {...} an object with these
 * and no other fields. An object without something needed is no object; a list leaves out what is none.
 */
type Shape = "" | "!" | 0 | readonly [Shape] | { readonly [field: string]: Shape };

const BUTTONS: Shape = [{ title: "!", payload: "!" }];

const COMMON: Shape = {
  id: "",
  text: "",
  topic: "",
  evidence: "",
  checked_on: "",
  quick_replies: BUTTONS,
  tools: [{ kind: "!", path: "!", title: "!" }],
  sources: [{ id: "", title: "!", publisher: "", year: 0, url: "" }],
};

const SHAPES: Readonly<Record<Message["type"], { readonly [field: string]: Shape }>> = {
  text: {},
  answer: { title: "", body: "", see_also: BUTTONS },
  choices: { options: BUTTONS },
  alert: { level: "", title: "", body: "", actions: [{ label: "!", url: "!" }], ack_payload: "" },
  question: { step: 0, of: 0, kind: "", options: BUTTONS, skip_payload: "" },
  exercise: {
    title: "",
    image: { src: "!", alt: "!" },
    steps: ["!"],
    dose: { sets: "", reps: "", hold: "", how_often: "", note: "" },
    cautions: ["!"],
    easier: "",
    harder: "",
  },
  // The cells of a table have names of their own: they are read where they are shown.
  table: { caption: "", columns: [{ key: "!", label: "!" }] },
  chart: { title: "", x: [""], series: [{ name: "", unit: "", max: 0, values: [0] }], notes: [""] },
  plan: { title: "", weeks: [{ label: "", days: [{ day: "", what: "", minutes: 0 }] }], download: "" },
  summary: { title: "", sections: [{ heading: "", lines: ["!"] }] },
  notice: { reason: "" },
};

/** The message, or null where there is nothing to show. An unknown type or a later version becomes its plain text. */
export function parse(raw: unknown): Message | null {
  if (!isFields(raw)) return null;
  const type = raw["type"] as Message["type"];
  const own = raw["v"] === 1 && Object.hasOwn(SHAPES, type) ? (fit(raw, SHAPES[type]) as Fields) : { type: "text" };
  const message = { type, ...(fit(raw, COMMON) as Fields), ...own } as Message & Fields;
  message.stands_down = raw["stands_down"] === true;
  repair(message, raw);
  return message.text || message.title || message.caption ? message : null;
}

/** What a card cannot do without. */
function repair(message: Message & Fields, raw: Fields): void {
  switch (message.type) {
    case "answer":
      message.body ||= message.text;
      break;
    case "alert":
      // A level that nobody knows is taken seriously.
      if (!["emergency", "urgent", "see_doctor"].includes(message.level)) message.level = "urgent";
      message.title ||= message.text;
      break;
    case "question":
      message.step ||= 1;
      message.of ||= 1;
      break;
    case "table":
      message.rows = (Array.isArray(raw["rows"]) ? raw["rows"] : [])
        .filter(isFields)
        .slice(0, MOST) as typeof message.rows;
      break;
  }
}

/** The value in a shape; null where it does not fit. */
function fit(value: unknown, shape: Shape): unknown {
  if (shape === 0) return typeof value === "number" && Number.isFinite(value) ? value : null;
  if (typeof shape === "string") return text(value) || (shape ? null : "");
  if (isList(shape)) {
    const found = (Array.isArray(value) ? value : []).slice(0, MOST).map((one) => fit(one, shape[0]));
    // The places of numbers and of words that may be empty count: a diary has days without an entry.
    return shape[0] === 0 || shape[0] === "" ? found : found.filter((one) => one !== null);
  }
  if (!isFields(value)) return Object.values(shape).includes("!") ? null : fit({}, shape);
  const fields = Object.entries(shape).map(([name, inner]) => [name, fit(value[name], inner), inner]);
  return fields.some(([, found, inner]) => found === null && inner === "!") ? null : Object.fromEntries(fields);
}

/** The words of a value: a text, shortened where it is monstrous, or a number; anything else is empty. */
export function text(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
