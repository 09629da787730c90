import { css } from "./css";

/** The element itself, out of reach of the host's style sheets, and the plain elements in it. */
export const base = css`
  :host {
    all: initial !important;
    display: block !important;
    font-size: medium !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
  .root {
    --radius: var(--stridewell-radius, 1em);
    --heading: var(
      --stridewell-heading-font,
      "Iowan Old Style",
      "Palatino Linotype",
      Palatino,
      "URW Palladio L",
      P052,
      Georgia,
      serif
    );
    font-family: var(--stridewell-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
    font-size: 1em;
    line-height: 1.55;
    overflow-wrap: anywhere;
    color: var(--ink);
    --fill: var(--accent);
    --on: var(--on-accent);
    -webkit-text-size-adjust: 100%;
  }
  .root[data-size="1"] {
    font-size: 1.15em;
  }
  .root[data-size="2"] {
    font-size: 1.35em;
  }
  .root[data-size="3"] {
    font-size: 1.6em;
  }
  .root[data-mode="inline"],
  .in-place,
  .holder {
    height: 100%;
  }
  .root[data-mode="inline"]:has(.in-place) {
    height: var(--stridewell-height, 42rem);
  }
  fieldset {
    border: 0;
  }
  h2,
  h3 {
    font-family: var(--heading);
    font-weight: 700;
    line-height: 1.25;
  }
  h3 {
    font-size: 1.2em;
  }
  h4 {
    font-size: 1em;
    font-weight: 700;
    line-height: 1.4;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }
  .small {
    font-size: 0.875em;
    color: var(--soft);
  }
  .block {
    display: block;
  }
  .strong {
    font-weight: 700;
  }
  .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark {
    flex: none;
    width: 2.5em;
    height: 2.5em;
  }
  .mark-ground {
    fill: var(--accent);
  }
  .mark-path {
    fill: none;
    stroke: var(--on-accent);
    stroke-width: 4;
    stroke-linecap: round;
  }
  .mark-sun {
    fill: var(--sun);
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
