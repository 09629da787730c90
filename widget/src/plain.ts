/** A message as headings, paragraphs and list items without any markup: for copying, saving, printing and reading aloud. */

import type { Entry, Message } from "./message";
import type { Words } from "./words";

export interface Block {
  readonly kind: "heading" | "text" | "item";
  readonly text: string;
}

const heading = (text: string | undefined): Block[] => (text ? [{ kind: "heading", text }] : []);
const paragraph = (text: string | undefined): Block[] => (text ? [{ kind: "text", text }] : []);
const items = (texts: readonly string[]): Block[] => texts.map((text) => ({ kind: "item", text }));

export function blocksOf(message: Message, words: Words): Block[] {
  return [...own(message, words), ...foot(message, words)];
}

function own(message: Message, words: Words): Block[] {
  const { say } = words;
  switch (message.type) {
    case "answer":
      return [...heading(message.title), ...markdownBlocks(message.body)];
    case "alert": {
      const calls = message.actions.map((action) => `${action.label} (${action.url.replace(/^tel:/, "")})`);
      return [...heading(`${say(message.level)}: ${message.title}`), ...items(calls), ...markdownBlocks(message.body)];
    }
    case "exercise": {
      const dose = DOSE.flatMap((key) => (message.dose[key] ? [`${say(key)}: ${message.dose[key]}`] : []));
      return [
        ...heading(message.title),
        ...items(message.steps),
        ...items(dose),
        ...(message.cautions.length ? [...paragraph(say("cautions")), ...items(message.cautions)] : []),
        ...paragraph(message.easier && `${say("easier")}: ${message.easier}`),
        ...paragraph(message.harder && `${say("harder")}: ${message.harder}`),
      ];
    }
    case "table": {
      const row = (one: Record<string, unknown>) => message.columns.map(({ key, label }) => `${label}: ${one[key] ?? ""}`);
      return [...heading(message.caption), ...items(message.rows.map((one) => row(one).join("; ")))];
    }
    case "chart": {
      const at = (place: number) =>
        message.series.map((one) => `${one.name} ${one.values[place] ?? ""} ${one.unit ?? ""}`.trim());
      return [...heading(message.title), ...items(message.x.map((x, place) => `${x}: ${at(place).join("; ")}`))];
    }
    case "plan":
      return [
        ...heading(message.title),
        ...message.weeks.flatMap((week) => [
          ...paragraph(week.label),
          ...items(week.days.map((day) => dayText(day, words))),
        ]),
      ];
    case "summary":
      return [
        ...heading(message.title),
        ...message.sections.flatMap((section) => [...paragraph(section.heading), ...items(section.lines)]),
      ];
    case "choices":
      return [...paragraph(message.text), ...items(message.options.map((option) => option.title))];
    default:
      return markdownBlocks(message.text);
  }
}

export const DOSE = ["sets", "reps", "hold", "how_often", "note"] as const;

/** One day of a plan in one line. */
export function dayText(day: { day: string; what: string; minutes?: number | null }, words: Words): string {
  const minutes = day.minutes ? `, ${words.say("minutes", { minutes: day.minutes })}` : "";
  return `${day.day}: ${day.what}${minutes}`;
}

function foot(message: Message, words: Words): Block[] {
  const sources = (message.sources ?? []).map((source) =>
    [source.title, source.publisher, source.year, source.url].filter(Boolean).join(", "),
  );
  const checked = message.checked_on ? words.say("checked", { date: words.date(message.checked_on) }) : "";
  return sources.length ? [...paragraph(words.say("sources")), ...items(sources), ...paragraph(checked)] : [];
}

/** The Markdown subset without its marks. */
export function markdownBlocks(source: string): Block[] {
  const lines = source.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const item = /^(?:[-*]|\d+[.)])\s+(.*)$/.exec(line);
    return { kind: item ? "item" : "text", text: unmarked(item?.[1] ?? line) };
  });
}

function unmarked(line: string): string {
  return line
    .replace(/\*\*(.+?)\*\*/g, "$1")
    .replace(/\*([^*\s][^*]*?)\*/g, "$1")
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "$1 ($2)");
}

export function textOf(blocks: readonly Block[]): string {
  const lines = blocks.map(({ kind, text }, place) => {
    const gap = kind === "item" || place === 0 ? "" : "\n";
    return `${gap}${kind === "item" ? "- " : ""}${text}`;
  });
  return lines.join("\n");
}

/** The whole conversation, each part with who said it. */
export function blocksOfAll(entries: readonly Entry[], words: Words): Block[] {
  return entries.flatMap((entry) =>
    entry.from === "user"
      ? [...heading(words.say("you")), ...paragraph(entry.text)]
      : [...heading(words.say("bot")), ...blocksOf(entry.message, words)],
  );
}
