/** The conversation: what stands on the page, what is on its way, what went wrong. No elements, no words but those sent. */

import type { Api, Line } from "./api";
import { Trouble } from "./api";
import type { Kept } from "./kept";
import type { AlertMessage, Entry, Message } from "./message";
import { Outbox, uuid } from "./outbox";
import type { Turn } from "./outbox";
import { timeZone } from "./region";

export const SLOW_MS = 5_000;
export const LATE_MS = 10_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/** How long the person has waited for the answer that is on its way. */
export type Waiting = "no" | "thinking" | "slow" | "late";

export type Status = "ended" | "forgotten" | "unsaved";

/** What went wrong. "again" can be tried by hand, "soon" is tried by itself too. */
export interface Setback {
  readonly kind: "offline" | "failed" | "fast" | "refused" | "not_forgotten";
  readonly detail: string;
  readonly retry: "no" | "again" | "soon";
}

/** The page, which is told what happens and asked where it stands. */
export interface Page {
  changed(): void;
  arrived(messages: readonly Message[]): void;
  status(kind: Status): void;
  setBack(setback: Setback): void;
  refused(words: string): void;
  /** The answer takes its time. */
  long(waiting: "slow" | "late"): void;
  /** The conversation of earlier stands on the page again. */
  restored(): void;
  /** The server heard where the person is. */
  placed(region: string): void;
  region(): string | undefined;
  locale(): string;
  /** What stands on the buttons that send these payloads. */
  ackLabel(alert: AlertMessage): string;
  skipLabel(): string;
}

export class Conversation {
  entries: readonly Entry[] = [];
  waiting: Waiting = "no";
  setback: Setback | null = null;
  begun = false;
  private readonly outbox: Outbox;
  private readonly titles = new Map<string, string>();
  private running: AbortController | null = null;
  private timers: ReturnType<typeof setTimeout>[] = [];
  private again: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private held = false;

  constructor(
    private readonly api: Api,
    private readonly kept: Kept,
    private readonly page: Page,
  ) {
    this.outbox = new Outbox(kept);
  }

  /** The newest emergency that still stands, and whether the person has said that they read it. */
  get emergency(): { alert: AlertMessage; read: boolean } | null {
    let found: { alert: AlertMessage; read: boolean } | null = null;
    for (const entry of this.entries) {
      if (entry.from === "assistant") {
        const { message } = entry;
        if (message.stands_down) found = null;
        if (message.type === "alert" && message.level === "emergency") found = { alert: message, read: false };
      } else if (found) {
        const { ack_payload: payload } = found.alert;
        found.read ||= [payload, this.titles.get(payload)].includes(entry.text);
      }
    }
    return found;
  }

  /** Shows the conversation that this browser has, or opens one. Then sends what is still unsent. */
  async begin(): Promise<void> {
    this.begun = true;
    if (this.running) return;
    await this.work(async (current) => {
      this.outbox.restore();
      if (this.kept.get("session")) {
        await this.restore(current);
        if (current()) this.page.restored();
      } else await this.open(current);
    });
    await this.pump();
  }

  /** Sends words, or the payload of a button. False while an answer is on its way. */
  say(message: string, shown: string): boolean {
    if (this.running) return false;
    // The server has the words of a turn that failed, and hears them again before these.
    if (this.setback?.retry === "again" && this.outbox.first) this.outbox.done(this.outbox.first);
    this.titles.set(message, shown);
    const turn: Turn = { id: uuid(), message, shown };
    this.outbox.add(turn);
    this.entries = [...this.entries, { from: "user", id: turn.id, text: shown, sent: false }];
    this.retry();
    return true;
  }

  /** Sends again, under the same id, what failed or takes too long. */
  retry(byItself = false): void {
    clearTimeout(this.again);
    this.held = false;
    // A try that nobody asked for changes nothing on the page until it works.
    if (!byItself) this.setback = null;
    if (this.running) this.running.abort();
    else void (this.outbox.first ? this.pump() : this.begin());
  }

  /** Another tab has said something, opened a conversation or forgotten this one. */
  async refresh(): Promise<void> {
    if (this.running || !this.begun) return;
    if (this.kept.get("session")) await this.restore(() => !this.running).catch(() => undefined);
    else this.entries = [];
    this.page.changed();
  }

  /** Forgets everything, here and on the server. False when the server could not be reached. */
  async forget(): Promise<boolean> {
    try {
      if (this.kept.get("session")) await this.api.forget();
    } catch (error) {
      if (!(error instanceof Trouble && error.status === 401)) {
        this.fail({ kind: "not_forgotten", detail: "", retry: "no" });
        return false;
      }
    }
    this.stop();
    this.running = null;
    for (const key of ["session", "draft", "turn", "dismissed"] as const) this.kept.drop(key);
    this.outbox.clear();
    this.titles.clear();
    this.entries = [];
    this.page.status("forgotten");
    await this.begin();
    return true;
  }

  feedback(messageId: string, helpful: boolean, comment?: string, readable = false): Promise<void> {
    return this.api.feedback(messageId, helpful, comment, readable);
  }

  /** Lets go of every timer and of what is on its way. */
  stop(): void {
    clearTimeout(this.again);
    this.rest();
    this.running?.abort();
  }

  private async pump(): Promise<void> {
    let reopened = false;
    while (this.outbox.first && !this.held && !this.running) {
      const turn = this.outbox.first;
      await this.work(async (current, signal) => {
        try {
          await this.deliver(turn, current, signal);
        } catch (error) {
          if (!(error instanceof Trouble && error.status === 401) || reopened || !current()) throw error;
          // The conversation had ended: what is unsent goes into a new one.
          reopened = true;
          this.kept.drop("session");
          this.entries = this.entries.filter((entry) => entry.from === "user" && !entry.sent);
          this.page.status("ended");
        }
      }, turn);
    }
  }

  /** One piece of work with the server. `current` turns false when it was given up or the conversation was forgotten. */
  private async work(
    piece: (current: () => boolean, signal: AbortSignal) => Promise<void>,
    turn?: Turn,
  ): Promise<void> {
    const running = (this.running = new AbortController());
    const current = () => this.running === running && !running.signal.aborted;
    this.wait();
    try {
      await piece(current, running.signal);
      if (current()) this.worked();
    } catch (error) {
      if (current()) this.setBack(error instanceof Trouble ? error : new Trouble(0), turn);
    } finally {
      if (this.running === running) {
        this.running = null;
        this.rest();
      }
    }
  }

  private async deliver(turn: Turn, current: () => boolean, signal: AbortSignal): Promise<void> {
    if (!this.kept.get("session")) await this.open(current);
    const region = this.page.region();
    const tz = timeZone();
    const place = { ...(region ? { region } : {}), ...(tz ? { tz } : {}) };
    const found = await this.api.send({ id: turn.id, message: turn.message, ...place }, signal);
    if (!current()) return;
    if (found.region) this.page.placed(found.region);
    this.answered(turn, found.messages);
  }

  private answered(turn: Turn, messages: readonly Message[]): void {
    const failed = messages.some((one) => one.type === "notice" && one.reason === "unavailable");
    this.kept.set("turn", turn.id);
    if (!failed) this.outbox.done(turn);
    // A turn that was tried again is answered once: what it brought before is gone.
    const before = this.entries
      .filter((entry) => !(entry.from === "assistant" && entry.turn === turn.id))
      .map((entry) => (entry.from === "user" && entry.id === turn.id ? { ...entry, sent: true } : entry));
    const answer = messages.map((message): Entry => ({ from: "assistant", message, turn: turn.id }));
    this.remember(messages);
    this.entries = [...before, ...answer];
    this.page.arrived(messages);
    if (failed) this.fail({ kind: "failed", detail: "", retry: "again" });
  }

  private async open(current: () => boolean): Promise<void> {
    const opened = await this.api.open(this.page.region(), this.page.locale());
    if (!current()) return;
    this.kept.set("session", opened.session);
    this.remember(opened.messages);
    const greeting = opened.messages.map((message): Entry => ({ from: "assistant", message, turn: "" }));
    this.entries = [...greeting, ...this.entries];
    this.page.arrived(opened.messages);
    if (!this.kept.works) this.page.status("unsaved");
  }

  private async restore(current: () => boolean): Promise<void> {
    try {
      const lines = await this.api.transcript();
      if (!current()) return;
      this.show(lines);
    } catch (error) {
      if (!(error instanceof Trouble && error.status === 401)) throw error;
      this.kept.drop("session");
      this.entries = this.entries.filter((entry) => entry.from === "user" && !entry.sent);
      this.page.status("ended");
      await this.open(current);
    }
  }

  /** The transcript in the place of what stood here; what is still unsent follows at the end. */
  private show(lines: readonly Line[]): void {
    let turn = "";
    const found: Entry[] = [];
    for (const line of lines) {
      if (line.from === "user") {
        turn = line.id;
        found.push({ from: "user", id: line.id, text: this.titles.get(line.text) ?? line.text, sent: true });
      } else {
        this.remember([line.message]);
        found.push({ from: "assistant", message: line.message, turn });
      }
    }
    const there = new Set(found.map((entry) => (entry.from === "user" ? entry.id : "")));
    for (const { id, shown } of this.outbox.turns) {
      if (!there.has(id)) found.push({ from: "user", id, text: shown, sent: false });
    }
    this.entries = found;
  }

  /** What the buttons of these messages say, so that a payload in a transcript can be shown as its button. */
  private remember(messages: readonly Message[]): void {
    for (const message of messages) {
      const own = "options" in message ? message.options : "see_also" in message ? message.see_also : [];
      for (const button of [...(message.quick_replies ?? []), ...(own ?? [])]) {
        this.titles.set(button.payload, button.title);
      }
      if (message.type === "alert") this.titles.set(message.ack_payload, this.page.ackLabel(message));
      if (message.type === "question" && message.skip_payload) {
        this.titles.set(message.skip_payload, this.page.skipLabel());
      }
    }
  }

  private setBack(trouble: Trouble, turn: Turn | undefined): void {
    if (turn && !trouble.passing) {
      this.refuse(trouble, turn);
      return;
    }
    const kind = trouble.status === 429 ? "fast" : trouble.status === 500 ? "failed" : "offline";
    this.fail({ kind, detail: "", retry: "soon" });
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.tries, LONGEST_WAIT_MS);
    this.tries += 1;
    this.again = setTimeout(() => this.retry(true), Math.max(wait, trouble.waitSeconds * 1000));
  }

  /** The server will never take this message: its words go back to the person. */
  private refuse(trouble: Trouble, turn: Turn): void {
    this.outbox.done(turn);
    this.entries = this.entries.filter((entry) => !(entry.from === "user" && entry.id === turn.id));
    this.fail({ kind: "refused", detail: trouble.detail, retry: "no" });
    if (turn.message === turn.shown) this.page.refused(turn.shown);
  }

  private fail(setback: Setback): void {
    clearTimeout(this.again);
    // Said once, however often it is tried again.
    const news = this.tries === 0 || setback.retry !== "soon";
    this.held = true;
    this.setback = setback;
    if (news) this.page.setBack(setback);
    this.page.changed();
  }

  private worked(): void {
    this.tries = 0;
    if (!this.held) this.setback = null;
  }

  private wait(): void {
    this.rest();
    const stage = (waiting: Exclude<Waiting, "no">) => {
      this.waiting = waiting;
      if (waiting === "thinking") this.page.changed();
      else this.page.long(waiting);
    };
    stage("thinking");
    this.timers = [setTimeout(stage, SLOW_MS, "slow"), setTimeout(stage, LATE_MS, "late")];
  }

  private rest(): void {
    this.timers.forEach(clearTimeout);
    this.timers = [];
    this.waiting = "no";
    this.page.changed();
  }
}
