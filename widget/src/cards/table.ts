/** A table. Where the panel is too narrow for columns of long words, each row becomes a small list of its own. */

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { TableMessage } from "../message";
import { text } from "../parse";

type Column = TableMessage["columns"][number];
/** Characters of a cell above which columns side by side on a phone would be towers of single words. */
const LONG_CELL = 48;

type Row = Readonly<Record<string, unknown>>;

export function tableCard(message: TableMessage): TemplateResult {
  return table(message.caption, message.columns, message.rows);
}

/** The roles are said outright: a table that is laid out as lists would lose them in some browsers. */
export function table(caption: string, columns: readonly Column[], rows: readonly Row[]): TemplateResult {
  const wordy = columns.length > 4 || rows.some((row) => columns.some(({ key }) => text(row[key]).length > LONG_CELL));
  return html`<table role="table" class="cells ${wordy ? "wordy" : "brief"}">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(({ label }) => html`<th scope="col" role="columnheader">${label}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${columns.map((column, place) => cell(column, row, place))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function cell(column: Column, row: Row, place: number): TemplateResult {
  const words = text(row[column.key]);
  if (place === 0) return html`<th scope="row" role="rowheader">${words}</th>`;
  // The label is for the eye alone: a screen reader says the column's head by itself.
  return html`<td role="cell">
    <span class="cell-label" aria-hidden="true">${column.label}</span><span>${words}</span>
  </td>`;
}
