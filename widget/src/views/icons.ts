/** Small drawings. All are decoration: what they mean stands beside them in words, or in the name of the button. */

import { html, svg } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  options: "M4 7h9M19 7h1M4 17h1M11 17h9M13 7a3 3 0 1 0 6 0 3 3 0 1 0-6 0M5 17a3 3 0 1 0 6 0 3 3 0 1 0-6 0",
  send: "M5 12h13M12 5.5l6.5 6.5-6.5 6.5",
  phone:
    "M7.5 4H5a1 1 0 0 0-1 1.2C5 13 11 19 18.8 20a1 1 0 0 0 1.2-1v-2.6a1 1 0 0 0-.8-1l-3-.7a1 1 0 0 0-1 .3l-1.3 1.5a13 13 0 0 1-5.4-5.4L10 9.8a1 1 0 0 0 .3-1l-.7-3.9a1 1 0 0 0-1-.9z",
  copy: "M9 9h10v11H9zM15 9V5H5v11h4",
  print: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  speaker: "M4 10v4h3l5 4V6L7 10zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  stop: "M7 7h10v10H7z",
  up: "M7 20V10l4.5-6.5c1.5 0 2.2 1 2 2.5L13 9h5.5a1.7 1.7 0 0 1 1.6 2.2l-2 7A2.5 2.5 0 0 1 15.7 20zM7 20H4V10h3",
  notice: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 8v5M12 16.5v.1",
  alarm: "M12 3.5L2.5 20h19zM12 10v4.5M12 17.2v.1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  book: "M4 5.5c3-1.2 5.5-1 8 .6 2.5-1.6 5-1.8 8-.6V19c-3-1.2-5.5-1-8 .6-2.5-1.6-5-1.8-8-.6zM12 6.1v13.5",
  care: "M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.4 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z",
} as const;

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<path d=${PATHS[name]}></path>`}
  </svg>`;
}

/** The mark: a path that winds uphill like a spine, and the sun it leads to. */
export function mark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
    ${svg`<rect class="mark-ground" width="40" height="40" rx="12"></rect>
      <path class="mark-path" d="M13 33c0-6 14-6 14-12.5S14.5 15 15.5 9.5"></path>
      <circle class="mark-sun" cx="26" cy="10" r="4"></circle>`}
  </svg>`;
}
