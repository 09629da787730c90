/** What every card may use: words, and what its buttons do. */

import type { Message } from "./message";
import type { Words } from "./words";

/** How far feedback on one answer has come. */
export type Opinion = "asked" | "why" | "thanks" | "failed";

export interface Context {
  readonly words: Words;
  /** The address that paths in messages are read against. */
  readonly base: string;
  /** False while an answer is on its way: nothing can be sent then. */
  readonly free: boolean;
  readonly canSpeak: boolean;
  readonly speaking: string;
  opinion(id: string): Opinion;
  copied(id: string): "copied" | "not_copied" | undefined;
  send(payload: string, shown: string): void;
  copy(message: Message): void;
  print(message: Message): void;
  listen(message: Message): void;
  tell(id: string, helpful: boolean, comment?: string): void;
  pictureFailed(src: string): void;
  broken(src: string): boolean;
}
