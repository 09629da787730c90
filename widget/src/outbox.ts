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

/** A random UUID, also where the page is not served safely enough for crypto.randomUUID. */
export function uuid(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
