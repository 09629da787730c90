import { css } from "./css";

/** On paper the whole chat stands in the flow of the page, in dark on light, without what can only be pressed. */
export const print = css`
  @media print {
    .root[data-look] {
      font-size: 10.5pt;
    }
    .root[data-mode="inline"]:has(.in-place),
    .in-place,
    .holder,
    .panel,
    .dialog[open],
    .dialog:modal {
      display: block;
      position: static;
      width: auto;
      height: auto;
      overflow: visible;
      border: 0;
      box-shadow: none;
      container: none;
    }
    .middle,
    .talk,
    .scroller,
    .pinned {
      position: static;
      display: block;
      overflow: visible;
    }
    .messages,
    .theirs {
      display: block;
    }
    .messages > li,
    .theirs > .card {
      margin-bottom: 0.8em;
    }
    .card,
    .week,
    .cautions,
    .picture,
    tr,
    .mine {
      break-inside: avoid;
    }
    .card:is(.table, .plan, .summary, .answer, .chart) {
      break-inside: auto;
    }
    .picture img {
      max-width: 22em;
    }
    .prose,
    .mine {
      max-width: none;
    }
    details::details-content {
      content-visibility: visible;
      block-size: auto;
    }
    .launcher,
    .new-tab,
    progress,
    .composer,
    .sos,
    .where,
    .tools,
    .feedback,
    .replies,
    .acts,
    .ack,
    .waiting,
    .unseen-answer,
    .icon-button,
    .sheet,
    .card .options,
    .card .stack,
    .card .quiet,
    summary .icon:last-child {
      display: none;
    }
  }
`;
