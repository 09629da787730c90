/** The message types, made from the JSON Schema, under the names used here. */

import type { Message, Source, Tool } from "./generated/message";

export type * from "./generated/message";
export type Evidence = NonNullable<Message["evidence"]>;
export type { Source, Tool };

/** One entry of the conversation as it stands on the page; `turn` is the id of what the person said before it. */
export type Entry =
  | { readonly from: "user"; readonly id: string; readonly text: string; readonly sent: boolean }
  | { readonly from: "assistant"; readonly message: Message; readonly turn: string };
