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
    transition: background-color 0.15s;
  }
  button:hover,
  .download:hover {
    background: var(--accent-soft);
  }
  button[aria-disabled="true"] {
    cursor: default;
    opacity: 0.65;
  }
  .primary,
  .primary:hover,
  .send,
  .send:hover {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .danger,
  .danger:hover {
    background: var(--danger-fill);
    border-color: var(--danger-fill);
    color: var(--on-danger);
  }
  .chip {
    border-radius: 1.4em;
    border-color: var(--accent);
    background: var(--card);
  }
  .choice {
    border-color: var(--accent);
    justify-content: center;
    min-width: 4.5em;
  }
  .stack .choice {
    justify-content: flex-start;
    width: 100%;
  }
  .row-button {
    width: 100%;
    border-color: var(--line);
    background: transparent;
  }
  .quiet,
  .tool {
    border-color: transparent;
    background: transparent;
    color: var(--soft);
    font-weight: 500;
  }
  .tool {
    min-height: 2.5em;
    padding: 0.25em 0.6em;
    font-size: 0.875em;
    gap: 0.35em;
  }
  .tool.down .icon {
    transform: rotate(180deg);
  }
  .icon-button {
    min-width: 2.75em;
    justify-content: center;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: var(--ink);
  }
  .icon-button .icon {
    width: 1.45em;
    height: 1.45em;
  }
  select,
  textarea,
  input[type="text"] {
    width: 100%;
    min-height: 2.75em;
    padding: 0.55em 0.75em;
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
    transition: transform 0.15s;
  }
  details[open] > summary .icon:last-child {
    transform: rotate(180deg);
  }
  .call {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 700;
  }
  .stack,
  .weeks {
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
  @media (forced-colors: active) {
    button,
    .call,
    .download {
      border: 1px solid ButtonText;
    }
  }
`;
