import { css } from "./css";

/** One card for each kind of message. */
export const cards = css`
  .card {
    padding: 1em 1.2em;
    border: 1px solid var(--line);
    border-radius: 0.25em var(--radius) var(--radius);
    background: var(--card);
  }
  .card h3 {
    margin-bottom: 0.4em;
  }
  .card h4 {
    margin-block: 1em 0.4em;
  }
  .prose {
    max-width: 38em;
  }
  .prose > * + * {
    margin-top: 0.75em;
  }
  .card ul,
  .card ol {
    padding-inline-start: 1.4em;
  }
  .card ul {
    list-style: disc;
  }
  .card li + li {
    margin-top: 0.4em;
  }
  .card li::marker {
    color: var(--accent);
    font-weight: 700;
  }
  .label {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-bottom: 0.4em;
    font-size: 0.875em;
    font-weight: 700;
    color: var(--accent);
  }
  .asked {
    font-weight: 600;
    font-size: 1.05em;
    margin-bottom: 0.75em;
  }
  .card .was-offered {
    color: var(--soft);
  }
  .related {
    margin-top: 1em;
    padding-top: 0.1em;
    border-top: 1px solid var(--line);
  }
  .notice {
    background: var(--raised);
    border-color: transparent;
  }
  .notice .label {
    color: var(--ink);
  }
  .card.alert {
    padding: 0;
    overflow: hidden;
    border-width: 2px;
  }
  .alert-head {
    padding: 0.75em 1.2em 0.9em;
  }
  .alert-head h3 {
    margin: 0;
    font-size: 1.3em;
  }
  .level {
    display: flex;
    align-items: center;
    gap: 0.5em;
    font-weight: 700;
  }
  .alert-head .level {
    font-size: 0.95em;
    margin-bottom: 0.1em;
  }
  .alert-body {
    display: flex;
    flex-direction: column;
    gap: 1em;
    padding: 1em 1.2em 1.2em;
  }
  .calls {
    flex-direction: column;
  }
  .calls:not(.many) .call {
    font-size: 1.1em;
    min-height: 3em;
  }
  .many .call {
    justify-content: flex-start;
  }
  .ack {
    justify-content: center;
  }
  .emergency,
  .urgent,
  .see_doctor {
    --on: var(--on-level);
    --fill: var(--danger-fill);
    --back: var(--danger-soft);
  }
  .urgent {
    --fill: var(--urgent-fill);
    --back: var(--urgent-soft);
  }
  .see_doctor {
    --fill: var(--doctor-fill);
    --back: var(--doctor-soft);
  }
  .card.alert {
    border-color: var(--fill);
    background: var(--back);
  }
  .alert-head {
    background: var(--fill);
    color: var(--on);
  }
  .card.alert > .evidence {
    margin: 0 1.2em 0.5em;
  }
  .progress {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
    margin-bottom: 0.9em;
  }
  progress {
    width: 100%;
    accent-color: var(--accent);
  }
  .card.question .quiet {
    margin-top: 0.5em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    padding-inline: 0.25em;
  }
  .picture {
    margin: -1em -1.2em 0.9em;
    padding: 0.6em;
    border-radius: 0.25em var(--radius) 0 0;
    background: var(--page);
    border-bottom: 1px solid var(--line);
  }
  .picture img {
    display: block;
    width: 100%;
    height: auto;
    aspect-ratio: 400 / 180;
    object-fit: contain;
    color: var(--soft);
    font-size: 0.875em;
  }
  .card .steps {
    list-style: none;
    padding: 0;
    counter-reset: step;
  }
  .steps li {
    counter-increment: step;
    position: relative;
    padding-inline-start: 2.4em;
    min-height: 1.8em;
  }
  .card .steps li + li {
    margin-top: 0.6em;
  }
  .steps li::before {
    content: counter(step);
    position: absolute;
    inset-inline-start: 0;
    top: 0;
    width: 1.6em;
    height: 1.6em;
    line-height: 1.6em;
    border-radius: 50%;
    text-align: center;
    font-weight: 700;
    background: var(--accent-soft);
    color: var(--accent);
  }
  .dose {
    border-radius: 0.75em;
    background: var(--raised);
    padding: 0.25em 0.9em;
  }
  .dose > div {
    display: flex;
    gap: 1em;
    padding-block: 0.5em;
  }
  .dose > div + div {
    border-top: 1px solid var(--line);
  }
  dt {
    flex: 0 0 6.5em;
    font-weight: 600;
    color: var(--soft);
  }
  dd {
    flex: 1;
  }
  .cautions {
    margin-top: 1em;
    padding: 0.9em 1em;
    border-radius: 0.75em;
    border-inline-start: 0.3em solid var(--urgent-fill);
    background: var(--urgent-soft);
  }
  .card .cautions h4 {
    display: flex;
    align-items: center;
    gap: 0.4em;
    margin: 0 0 0.4em;
    color: var(--urgent-ink);
  }
  .cells {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.95em;
  }
  caption {
    text-align: start;
    font-family: var(--heading);
    font-size: 1.15em;
    font-weight: 700;
    line-height: 1.3;
    padding-bottom: 0.6em;
  }
  th,
  td {
    padding: 0.6em 0.6em;
    text-align: start;
    vertical-align: top;
    border-bottom: 1px solid var(--line);
    overflow-wrap: break-word;
    font-weight: 400;
  }
  thead th {
    font-weight: 700;
    color: var(--soft);
    border-bottom: 2px solid var(--edge);
  }
  tbody th {
    font-weight: 700;
  }
  .cell-label {
    display: none;
  }
  .evidence > summary > span:first-child {
    flex: none;
  }
  /* Short words stay side by side on a phone too; only letters that are very large fold them. */
  @container panel (max-width: 29.5em) {
    .brief {
      font-size: 0.875em;
      line-height: 1.35;
      hyphens: auto;
      overflow-wrap: anywhere;
    }
    .brief th,
    .brief td {
      padding: 0.45em 0.2em;
    }
    .brief th:first-child {
      padding-inline-start: 0;
    }
    .brief tr > :last-child {
      padding-inline-end: 0;
    }
  }
  @container panel (max-width: 29.5em) {
    .wordy,
    .wordy caption,
    .wordy tbody,
    .wordy tr,
    .wordy th,
    .wordy td {
      display: block;
      width: 100%;
    }
    .wordy thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .wordy tr {
      margin-bottom: 0.5em;
      padding: 0.4em 0.9em;
      border-radius: 0.75em;
      background: var(--raised);
    }
    .wordy th,
    .wordy td {
      padding: 0.25em 0;
      border: 0;
    }
    .wordy tbody th {
      font-size: 1.05em;
    }
    .wordy .cell-label {
      display: inline;
      margin-inline-end: 0.4em;
      color: var(--soft);
      font-weight: 600;
    }
  }
  @container panel (max-width: 21.5em) {
    .brief,
    .brief caption,
    .brief tbody,
    .brief tr,
    .brief th,
    .brief td {
      display: block;
      width: 100%;
    }
    .brief thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .brief tr {
      margin-bottom: 0.5em;
      padding: 0.4em 0.9em;
      border-radius: 0.75em;
      background: var(--raised);
    }
    .brief th,
    .brief td {
      padding: 0.25em 0;
      border: 0;
    }
    .brief tbody th {
      font-size: 1.05em;
    }
    .brief .cell-label {
      display: inline;
      margin-inline-end: 0.4em;
      color: var(--soft);
      font-weight: 600;
    }
  }
  .card.chart > p {
    margin-bottom: 0.75em;
  }
  .series {
    margin-bottom: 0.75em;
  }
  figcaption {
    font-weight: 600;
    font-size: 0.9em;
  }
  .chart-svg {
    display: block;
    width: 100%;
    height: auto;
    max-width: 34em;
    margin-top: 0.25em;
  }
  .grid {
    stroke: var(--line);
    stroke-width: 1;
  }
  .tick {
    fill: var(--soft);
    font-size: 12px;
  }
  .chart-svg .line {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .dot {
    fill: var(--card);
    stroke: var(--accent);
    stroke-width: 2;
  }
  .weeks {
    border: 1px solid var(--line);
    border-radius: 0.75em;
    overflow: hidden;
  }
  .week + .week {
    border-top: 1px solid var(--line);
  }
  .week > summary {
    padding: 0 0.9em;
    font-weight: 700;
    border-radius: 0.75em;
    outline-offset: -3px;
  }
  .week[open] > summary {
    background: var(--raised);
    border-radius: 0;
  }
  .week > summary > .minutes {
    margin-inline-start: auto;
  }
  .week > summary > .minutes + .icon {
    margin-inline-start: 0;
  }
  .card .days {
    list-style: none;
    padding: 0.25em 0.9em;
  }
  .days li {
    display: grid;
    grid-template-columns: 1fr auto;
    padding-block: 0.5em;
  }
  .card .days li + li {
    margin: 0;
    border-top: 1px solid var(--line);
  }
  .day {
    font-weight: 600;
  }
  .what {
    grid-area: 2 / 1 / 3 / 3;
  }
  .minutes {
    color: var(--accent);
    font-weight: 700;
    white-space: nowrap;
  }
  .download {
    margin-top: 0.9em;
  }
  .section + .section {
    margin-top: 0.25em;
    padding-top: 0.1em;
    border-top: 1px solid var(--line);
  }
  .section + .section,
  .section {
    padding-bottom: 0.75em;
  }
  .evidence {
    margin-top: 0.9em;
    border-top: 1px solid var(--line);
    font-size: 0.9em;
  }
  .evidence > summary {
    min-height: 3.1em;
    font-weight: 600;
    color: var(--soft);
    padding-block: 0.4em;
  }
  .evidence > * + p,
  .evidence > ol {
    margin-block: 0.5em;
  }
  .grade {
    padding: 0.1em 0.6em;
    border-radius: 1em;
    background: var(--accent-soft);
    color: var(--ink);
    font-weight: 500;
  }
  .tools,
  .feedback,
  .replies,
  .new-tab {
    user-select: none;
  }
  .keepsakes {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em;
    margin-top: 0.8em;
  }
  .keepsakes > :is(p, form) {
    flex-basis: 100%;
    margin: 0;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    margin-block: 0.4em -0.4em;
    margin-inline: -0.5em;
  }
  .feedback {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em;
    margin-block: 0.4em -0.4em;
  }
  .evidence + .tools {
    margin-top: 0;
    border-top: 1px solid var(--line);
    margin-inline: 0;
  }
  .why {
    flex-direction: column;
    align-items: stretch;
    gap: 0.5em;
    padding-top: 0.5em;
  }
  .why legend {
    padding: 0;
    font-weight: 700;
  }
  .why .choice {
    align-self: flex-start;
  }
  @media (forced-colors: active) {
    .dose,
    .cautions {
      border: 1px solid;
    }
    .chart-svg * {
      stroke: CanvasText;
    }
  }
`;
