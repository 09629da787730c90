/** The person's messages that are not answered yet, oldest first, kept in the browser so that a reload loses none. */

import type { Kept } from "./kept";

/** A message of the person. The id stays the same however often it is tried, so that the server answers it once. */
export interface Turn {
  readonly id: string;
  readonly message: string;
  /** What stands on the page in its place: the title of a button, or the words themselves. */
  readonly shown: string;
}

const MOST = 20;

export class Outbox {
  turns: readonly Turn[] = [];

  constructor(private readonly kept: Kept) {}

  get first(): Turn | undefined {
    return this.turns[0];
  }

  add(turn: Turn): void {
    this.keep([...this.turns, turn].slice(-MOST));
  }

  done(turn: Turn): void {
    this.keep(this.turns.filter((one) => one.id !== turn.id));
  }

  clear(): void {
    this.keep([]);
  }

  /** Takes up what an earlier page left behind. */
  restore(): void {
    try {
      const found: unknown = JSON.parse(this.kept.get("pending") ?? "[]");
      this.turns = Array.isArray(found) ? found.filter(isTurn).slice(-MOST) : [];
    } catch {
      this.turns = [];
    }
  }

  private keep(turns: readonly Turn[]): void {
    this.turns = turns;
    if (turns.length) this.kept.set("pending", JSON.stringify(turns));
    else this.kept.drop("pending");
  }
}

function isTurn(value: unknown): value is Turn {
  const turn = value as Partial<Turn> | null;
  return [turn?.id, turn?.message, turn?.shown].every((one) => typeof one === "string" && one);
}

/** A random UUID (version 4). Not crypto.randomUUID, which is missing where a page is served over plain HTTP. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = "89ab"[(bytes[8] ?? 0) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
