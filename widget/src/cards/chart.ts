/** Numbers over time: one small panel a series, so that two units never share an axis, and the numbers as a table. */

import { html, nothing, svg } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context";
import type { ChartMessage } from "../message";
import { icon } from "../views/icons";
import { table } from "./table";

type Series = ChartMessage["series"][number];

const WIDTH = 320;
const HEIGHT = 132;
const LEFT = 34;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 24;

export function chartCard(message: ChartMessage, context: Context): TemplateResult {
  const { say } = context.words;
  const columns = [
    { key: "x", label: say("when") },
    ...message.series.map((one, place) => ({ key: `s${place}`, label: titled(one) })),
    ...(message.notes?.length ? [{ key: "note", label: say("note_column") }] : []),
  ];
  const rows = message.x.map((x, at) => ({
    x,
    note: message.notes?.[at] ?? "",
    ...Object.fromEntries(message.series.map((one, place) => [`s${place}`, String(one.values[at] ?? "")])),
  }));
  return html`${message.title ? html`<h3>${message.title}</h3>` : nothing}
    <p>${message.text}</p>
    ${message.series.map((one) => panel(one, message.x))}
    <details class="numbers">
      <summary><span>${say("numbers")}</span>${icon("down")}</summary>
      ${table(message.title, columns, rows)}
    </details>`;
}

function titled(series: Series): string {
  return series.unit ? `${series.name} (${series.unit})` : series.name;
}

function panel(series: Series, x: readonly string[]): TemplateResult {
  const values = series.values.slice(0, Math.max(x.length, 1));
  const top = nice(Math.max(series.max ?? 0, ...values.map((value) => value ?? 0)));
  const across = (at: number) => LEFT + (values.length > 1 ? (at * (WIDTH - LEFT - RIGHT)) / (values.length - 1) : 0);
  const up = (value: number) => HEIGHT - BOTTOM - (Math.max(0, value) / top) * (HEIGHT - TOP - BOTTOM);
  const grid = [0, top / 2, top];
  const marks = values.flatMap((value, at) => (value === null ? [] : [{ x: across(at), y: up(value) }]));
  return html`<figure class="series">
    <figcaption>${titled(series)}</figcaption>
    <svg class="chart-svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${titled(series)}>
      ${grid.map(
        (value) => svg`<line class="grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${up(value)} y2=${up(value)}></line>
          <text class="tick" x=${LEFT - 6} y=${up(value) + 4} text-anchor="end">${String(value)}</text>`,
      )}
      ${runs(values, across, up).map((points) => svg`<polyline class="line" points=${points}></polyline>`)}
      ${marks.length <= 31 ? marks.map((at) => svg`<circle class="dot" cx=${at.x} cy=${at.y} r="3"></circle>`) : nothing}
      <text class="tick" x=${LEFT} y=${HEIGHT - 7}>${x[0] ?? ""}</text>
      <text class="tick" x=${WIDTH - RIGHT} y=${HEIGHT - 7} text-anchor="end">${x.length > 1 ? x.at(-1) : ""}</text>
    </svg>
  </figure>`;
}

/** A missing value breaks the line: what was not written down is not drawn. */
function runs(values: Series["values"], across: (at: number) => number, up: (value: number) => number): string[] {
  const found: string[][] = [[]];
  values.forEach((value, at) => {
    if (value === null) found.push([]);
    else found.at(-1)?.push(`${round(across(at))},${round(up(value))}`);
  });
  return found.filter((run) => run.length > 1).map((run) => run.join(" "));
}

/** The next round number that has a round half: 1, 2, 4, 6, 8, 10, 20 and so on. */
export function nice(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = value / power;
  return power * (step > 1 ? Math.ceil(step / 2) * 2 : 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
