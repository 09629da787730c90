/** Small drawings. All are decoration: what they mean stands beside them in words, or in the name of the button. */

import { html, svg } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  options: "M4 8h16M4 16h16M9 5v6M15 13v6",
  send: "M5 12h13M12 6l6 6-6 6",
  phone: "M6 3h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
  notice: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 8v5M12 16v.1",
  alarm: "M12 4L3 20h18zM12 10v5M12 17v.1",
  mic: "M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  check: "M5 12l5 5 9-10",
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
