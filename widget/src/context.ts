/** What every card may use: words, and what its buttons do. */

import type { Keepsakes } from "./keepsakes";
import type { Message } from "./message";
import type { Speech } from "./speech";
import type { Words } from "./words";

/** How far feedback on one answer has come. */
export type Opinion = "asked" | "why" | "thanks" | "failed";

export interface Context {
  readonly words: Words;
  readonly speech: Speech;
  readonly keepsakes: Keepsakes;
  /** The address that paths in messages are read against. */
  readonly base: string;
  /** False while an answer is on its way: nothing can be sent then. */
  readonly free: boolean;
  opinion(id: string): Opinion;
  copied(id: string): "copied" | "not_copied" | undefined;
  say(payload: string, shown: string): boolean;
  copy(message: Message): Promise<void>;
  print(message: Message): void;
  /** Whether the device can hand something to another app; else it is saved as a file. */
  readonly sharing: boolean;
  share(message: Message): Promise<void>;
  listen(message: Message): void;
  rate(id: string, helpful: boolean, comment?: string, readable?: boolean): Promise<void>;
  pictureFailed(src: string): void;
  broken(src: string): boolean;
}
