import { css } from "./css";

/** Buttons, fields and what opens and closes. Main controls are 44 px at least. */
export const controls = css`
  button,
  select,
  textarea,
  input {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button,
  .call,
  .download {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: 2.75em;
    padding: 0.5em 1em;
    border: 1px solid var(--edge);
    border-radius: 0.75em;
    background: var(--card);
    color: var(--accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  button:hover {
    background: var(--accent-soft);
  }
  button[aria-disabled="true"] {
    cursor: default;
    opacity: 0.65;
  }
  .solid,
  .solid:hover {
    background: var(--fill);
    border-color: var(--fill);
    color: var(--on);
    justify-content: center;
  }
  .chip {
    border-radius: 1.4em;
    border-color: var(--accent);
  }
  .choice {
    border-color: var(--accent);
    justify-content: center;
    min-width: 4.5em;
  }
  .stack .choice {
    justify-content: flex-start;
  }
  .row-button {
    border-color: var(--line);
    background: none;
    font-weight: 500;
  }
  .quiet,
  .tool,
  .icon-button {
    border-color: transparent;
    background: none;
    color: var(--soft);
    font-weight: 500;
  }
  .tool {
    min-height: 3.15em;
    min-width: 3.15em;
    justify-content: center;
    padding: 0.25em 0.6em;
    font-size: 0.875em;
  }
  .icon-button {
    min-width: 2.75em;
    justify-content: center;
    padding: 0;
  }
  select,
  textarea {
    width: 100%;
    min-height: 2.75em;
    padding: 0.5em 0.75em;
    border: 1px solid var(--edge);
    border-radius: 0.75em;
    background: var(--card);
    color: var(--ink);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: 2.75em;
    cursor: pointer;
  }
  input[type="checkbox"] {
    flex: none;
    width: 1.35em;
    height: 1.35em;
    accent-color: var(--accent);
  }
  summary {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-height: 2.75em;
    cursor: pointer;
    list-style: none;
    border-radius: 0.5em;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .icon:last-child {
    margin-inline-start: auto;
  }
  details[open] > summary .icon:last-child {
    transform: rotate(180deg);
  }
  .stack {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
  }
  .options,
  .replies,
  .calls,
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
`;
