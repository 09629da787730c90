import { css } from "./css";

/** Launcher, dialog, and the parts of the panel. */
export const layout = css`
  .launcher {
    box-shadow: 0 0.4em 1.4em rgb(20 40 34 / 22%);
    border-radius: 2em;
    padding: 0.5em 1.25em 0.5em 0.6em;
  }
  .root:not([data-mode="inline"]) .launcher {
    position: fixed;
    bottom: 1em;
    inset-inline-end: 1em;
    z-index: 2147483000;
    max-width: calc(100vw - 2em);
  }
  .root[data-mode="inline"] .launcher {
    font-size: 1.1em;
    width: 100%;
  }
  .dialog {
    border: 0;
    color: inherit;
    background: none;
  }
  .dialog[open] {
    display: block;
    position: fixed;
    z-index: 2147483000;
    inset: auto;
    bottom: 5em;
    inset-inline-end: 1em;
    width: min(var(--stridewell-width, 27em), calc(100vw - 2em));
    height: min(46em, calc(100vh - 6.5em));
    max-width: none;
    max-height: none;
    border-radius: calc(var(--radius) * 1.25);
    box-shadow: 0 0.4em 1.4em rgb(20 40 34 / 22%);
  }
  .dialog:modal {
    inset: 0;
    width: 100%;
    height: 100%;
    height: var(--seen, 100dvh);
    top: var(--seen-top, 0);
    border-radius: 0;
    box-shadow: none;
  }
  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    container: panel / inline-size;
    background: var(--page);
    color: var(--ink);
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 1.25);
    overflow: hidden;
  }
  .dialog:modal .panel {
    border: 0;
    border-radius: 0;
  }
  /* Keeps its size: larger letters are for what is read, and must not push it off a small screen. */
  .head {
    display: flex;
    align-items: center;
    font-size: medium;
    gap: 0.75em;
    padding: max(0.6em, env(safe-area-inset-top)) 0.5em 0.6em;
    padding-inline-start: 1em;
    border-bottom: 1px solid var(--line);
    background: var(--card);
  }
  .names {
    flex: 1;
    min-width: 0;
  }
  .head h2 {
    font-size: 1.2em;
  }
  .head p {
    line-height: 1.3;
  }
  .middle {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  .talk {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
  }
  .scroller {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 0 1em 1.25em;
  }
  .scroller:focus-visible {
    outline-offset: -4px;
  }
  /* The focus is put here after every message where a keyboard would cover the screen: no frame for that. */
  .scroller[data-quiet]:focus-visible {
    outline: none;
  }
  .messages {
    list-style: none;
    display: flex;
    flex-direction: column;
    gap: 1em;
    padding-top: 0.75em;
  }
  .theirs {
    display: flex;
    flex-direction: column;
    gap: 0.75em;
  }
  .mine {
    align-self: flex-end;
    max-width: 88%;
    text-align: end;
  }
  .mine .bubble {
    display: inline-block;
    padding: 0.6em 1em;
    border-radius: var(--radius) var(--radius) 0.25em var(--radius);
    background: var(--mine);
    text-align: start;
    white-space: pre-wrap;
  }
  .unsent {
    display: block;
  }
  .replies {
    margin-top: 0.1em;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(8.5em, 1fr));
  }
  .tiles .chip {
    border-radius: 0.75em;
    padding: 0.4em 0.7em;
    font-size: 0.95em;
  }
  .where {
    margin-top: 1.25em;
    padding-top: 1em;
    border-top: 1px solid var(--line);
  }
  .where p {
    margin-bottom: 0.5em;
  }
  .may-dictate {
    padding: 0.75em 1em 0;
    border-top: 1px solid var(--line);
    background: var(--card);
  }
  .may-dictate .options {
    margin-top: 0.4em;
  }
  .mic[aria-pressed="true"] {
    color: var(--on);
    background: var(--danger-fill);
    border-radius: 50%;
    --on: var(--on-level);
  }
  @container panel (max-width: 25em) {
    .head {
      gap: 0.4em;
    }
  }
  @container panel (max-width: 21em) {
    .head {
      gap: 0;
    }
    .head .mark {
      display: none;
    }
    .box {
      gap: 0.25em;
    }
    .box textarea {
      padding-inline: 0.75em;
    }
    .box textarea::placeholder {
      font-size: 0.88em;
    }
  }
  /* On a short screen what is pinned must leave room for what is read under it. */
  @media (max-height: 40rem) {
    .pinned {
      padding-block: 0.4em;
      font-size: 0.9em;
      line-height: 1.35;
    }
    .pinned .acts {
      margin-top: 0.4em;
      flex-wrap: nowrap;
    }
    .pinned .calls:not(.many) {
      flex-direction: row;
    }
    .pinned .calls > .call,
    .pinned .acts > * {
      flex: 1;
      min-height: 44px;
      padding: 0.25em 0.5em;
      font-size: 1em;
    }
  }
  .proposed {
    margin-top: 0.75em;
  }
  .status {
    margin-top: 1em;
    text-align: center;
  }
  .scroller > .sos:not([open]) {
    position: sticky;
    top: 0;
    z-index: 1;
  }
  .scroller {
    scroll-padding-top: 3.5em;
  }
  .scroller:has(.pinned) {
    scroll-padding-top: 12em;
  }
  .sos {
    margin-inline: -1em;
    padding: 0 1em;
    border-bottom: 1px solid var(--line);
    background: var(--raised);
    font-size: 0.9em;
    font-weight: 600;
  }
  .sos summary {
    min-height: 3.1em;
  }
  .sos a {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: 3.1em;
    color: var(--danger-ink);
  }
  .root[data-look] .sos summary {
    color: var(--ink);
  }
  .sos > summary .icon:first-child {
    color: var(--danger-ink);
  }
  .panel .numbers-list {
    list-style: none;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(13em, 1fr));
    gap: 0 1.5em;
    padding: 0.25em 0 0.75em;
    font-weight: 400;
  }
  .numbers-list li {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 1em;
    border-bottom: 1px solid var(--line);
  }
  .numbers-list a {
    display: inline-flex;
    align-items: center;
    justify-content: flex-end;
    min-height: 3.1em;
    min-width: 3.1em;
    font-weight: 700;
    color: var(--danger-ink);
  }
  .pinned {
    position: sticky;
    top: 0;
    z-index: 1;
    margin-inline: -1em;
    padding: 0.75em 1em;
    background: var(--danger-soft);
    border-inline-start: 0.4em solid var(--danger-fill);
    border-bottom: 1px solid var(--danger-fill);
  }
  .pinned .what {
    display: flex;
    gap: 0.4em;
    font-weight: 700;
    margin-block: 0.1em 0.5em;
    color: var(--danger-ink);
  }
  .pinned .acts {
    margin-top: 0.5em;
  }
  .waiting {
    margin-top: 1em;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75em;
    min-height: 2em;
  }
  .dots {
    display: inline-flex;
    gap: 0.25em;
    padding: 0.75em 0.9em;
    border-radius: var(--radius);
    background: var(--card);
    border: 1px solid var(--line);
  }
  .dots i {
    width: 0.45em;
    height: 0.45em;
    border-radius: 50%;
    background: var(--soft);
    animation: beat 1.3s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes beat {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  .card.setback {
    display: grid;
    justify-items: start;
    gap: 0.6em;
    width: 100%;
    margin-top: 1em;
    border-inline-start: 0.4em solid var(--urgent-fill);
  }
  .setback .numbers-list {
    width: 100%;
  }
  .unseen-answer {
    position: absolute;
    z-index: 2;
    bottom: 6.5em;
    inset-inline: 0;
    width: max-content;
    margin-inline: auto;
    border-radius: 2em;
    box-shadow: 0 0.4em 1.4em rgb(20 40 34 / 22%);
  }
  .composer {
    padding: 0.6em 0.75em 0.4em;
    padding-bottom: max(0.4em, env(safe-area-inset-bottom));
    border-top: 1px solid var(--line);
    background: var(--card);
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: 0.5em;
  }
  .box textarea {
    flex: 1;
    min-width: 0;
    max-height: 8.5em;
    resize: none;
    line-height: 1.4;
    border-radius: 1.4em;
    padding-inline: 1em;
    overflow-y: auto;
  }
  .box textarea::placeholder {
    white-space: nowrap;
    color: var(--soft);
    opacity: 1;
  }
  .send {
    flex: none;
    width: 2.75em;
    justify-content: center;
    padding: 0;
    border-radius: 50%;
  }
  [dir="rtl"] .send .icon {
    transform: scaleX(-1);
  }
  .keys,
  .low {
    font-size: 0.8em;
    padding: 0.25em 1em 0;
  }
  .sheet {
    position: absolute;
    inset: 0;
    z-index: 3;
    overflow-y: auto;
    overscroll-behavior: contain;
    display: flex;
    flex-direction: column;
    gap: 1.4em;
    padding: 1em 1.25em 1.5em;
    background: var(--page);
  }
  .sheet > * {
    flex: none;
  }
  .field h4,
  .field > label:not(.check) {
    display: block;
    margin-bottom: 0.4em;
    font-weight: 700;
  }
  .field .small {
    margin-block: 0.25em 0.5em;
  }
  .field .row-button + .small {
    margin-top: 1em;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(10em, 1fr));
    gap: 0.5em;
  }
  .sure {
    display: grid;
    gap: 0.75em;
  }
  @media (max-height: 30rem) {
    .head {
      padding-block: 0.1em;
    }
    .head .mark,
    .head p,
    .keys {
      display: none;
    }
    .head h2 {
      padding-inline-start: 0.25em;
    }
    .composer {
      padding-block: 0.25em;
    }
    .box textarea {
      max-height: 4.2em;
    }
    .panel .scroller > * {
      position: static;
    }
    .panel .scroller {
      scroll-padding: 0;
    }
    .unseen-answer {
      bottom: 4.5em;
    }
  }
  @media (pointer: coarse) {
    .keys {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .mine .bubble {
      border: 1px solid;
    }
    .dots i {
      background: CanvasText;
    }
  }
`;
