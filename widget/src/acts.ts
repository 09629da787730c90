/** What the buttons of the cards do, and how far it has come. */

import type { Context, Opinion } from "./context";
import type { Conversation } from "./conversation";
import type { Keepsakes } from "./keepsakes";
import type { Message } from "./message";
import { messageOf } from "./scroller";
import type { Speech } from "./speech";
import { copy, print, save, textOf } from "./takeaway";
import type { Words } from "./words";

const COPIED_MS = 2_500;

export abstract class Acts implements Context {
  abstract readonly base: string;
  abstract readonly words: Words;
  abstract readonly speech: Speech;
  abstract readonly conversation: Conversation;
  abstract readonly holder: HTMLElement;
  abstract readonly keepsakes: Keepsakes;
  private readonly opinions = new Map<string, Opinion>();
  private readonly copies = new Map<string, "copied" | "not_copied">();
  private readonly missing = new Set<string>();

  abstract changed(): void;
  abstract tell(words: string): void;
  abstract say(message: string, shown: string): boolean;
  abstract focusIn(selector: string): void;

  get free(): boolean {
    return this.conversation.waiting === "no";
  }

  opinion(id: string): Opinion {
    return this.opinions.get(id) ?? "asked";
  }

  copied(id: string): "copied" | "not_copied" | undefined {
    return this.copies.get(id);
  }

  broken(src: string): boolean {
    return this.missing.has(src);
  }

  pictureFailed(src: string): void {
    this.missing.add(src);
    this.changed();
  }

  async copy({ id }: Message): Promise<void> {
    const outcome = (await copy(this.textOf(id))) ? "copied" : "not_copied";
    this.copies.set(id, outcome);
    this.tell(this.words.say(outcome));
    setTimeout(() => {
      this.copies.delete(id);
      this.changed();
    }, COPIED_MS);
  }

  print({ id }: Message): void {
    const card = this.cardOf(id);
    if (card) print([card], this.words);
  }

  get sharing(): boolean {
    return typeof navigator.share === "function";
  }

  async share({ id }: Message): Promise<void> {
    const words = this.textOf(id, ":scope > :not(.evidence)");
    const name = this.words.say("file");
    if (!this.sharing) {
      save(`${words}\n`, `${name}.txt`);
      return;
    }
    // Who closes the sheet of apps without choosing one has changed their mind: that is no error.
    await navigator.share({ title: this.words.say("name"), text: words }).catch(() => undefined);
  }

  listen({ id }: Message): void {
    if (this.speech.speaking === id) this.speech.stop();
    else this.readAloud([id]);
  }

  /** Reads cards aloud, without what stands under them. */
  readAloud(ids: readonly string[]): void {
    this.speech.read(ids[0] ?? "", ids.map((id) => this.textOf(id, ":scope > :not(.evidence)")).join("\n"), "en");
  }

  /** Sends feedback; a "no" is sent at once, and again with the reasons. */
  async rate(id: string, helpful: boolean, comment?: string, readable = false): Promise<void> {
    const asked = !helpful && comment === undefined;
    this.opine(id, asked ? "why" : "thanks");
    this.focusIn(`${messageOf(id)} .told`);
    try {
      await this.conversation.feedback(id, helpful, comment, readable);
      if (!asked) this.tell(this.words.say("thanks"));
    } catch {
      this.opine(id, "failed");
      this.tell(this.words.say("not_told"));
    }
  }

  /** The card of a message in words, or those parts of it that a selector names. */
  private textOf(id: string, parts?: string): string {
    const card = this.cardOf(id);
    if (!card) return "";
    return parts ? Array.from(card.querySelectorAll(parts), textOf).join("\n") : textOf(card);
  }

  private cardOf(id: string): Element | null {
    return this.holder.querySelector(`${messageOf(id)} .card`);
  }

  private opine(id: string, opinion: Opinion): void {
    this.opinions.set(id, opinion);
    this.changed();
  }
}
