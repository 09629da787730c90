/** Puts conversation, settings and views together. Knows the panel, but not where on the page it stands. */

import { Acts } from "./acts";
import { Announcer } from "./announcer";
import { Api } from "./api";
import { ackLabel } from "./cards/alert";
import { Conversation } from "./conversation";
import type { Page, Setback, Status } from "./conversation";
import { Dictation } from "./dictation";
import { Keepsakes } from "./keepsakes";
import { Kept } from "./kept";
import type { AlertMessage, Message } from "./message";
import { regionName, regionOf } from "./region";
import type { Region } from "./region";
import { Scroller } from "./scroller";
import { Settings } from "./settings";
import { Speech } from "./speech";
import { print, save, textOf } from "./takeaway";
import type { Look } from "./views/sheet";
import { Words } from "./words";

/** What the host page is told. Never what was said. */
export type HostEvent = "ready" | "open" | "close" | "sent" | "answer" | "alert" | "trouble" | "forgotten";

/** The element around the panel. */
export interface Frame {
  readonly base: string;
  readonly holder: HTMLElement;
  /** Whether the panel is to be seen, and whether it can be put away. */
  readonly visible: boolean;
  readonly closable: boolean;
  option(name: "region" | "heading" | "start" | "theme" | "lang"): string | undefined;
  update(): void;
  hide(): void;
  focusIn(selector: string): void;
  /** When all that was to be drawn is drawn. */
  drawn(): Promise<void>;
  emit(name: HostEvent, detail?: Record<string, string>): void;
}

export class Chat extends Acts implements Page {
  words = new Words();
  readonly announcer = new Announcer();
  readonly speech = new Speech(() => this.changed());
  readonly dictation = new Dictation(
    () => this.changed(),
    (words) => this.write(`${this.spokenAfter}${words}`),
  );
  readonly kept: Kept;
  readonly settings: Settings;
  readonly conversation: Conversation;
  readonly scroller: Scroller;
  readonly keepsakes: Keepsakes;
  readonly raw: Api["raw"];
  draft: string;
  sheetOpen = false;
  sure = false;
  statuses: readonly string[] = [];
  unseen = false;
  /** Whether every place is offered, and not the likeliest alone. */
  allPlaces = false;
  /** Whether the newest alert has been scrolled out of sight. */
  private alertAway = false;
  private spokenAfter = "";

  constructor(readonly frame: Frame) {
    super();
    const { origin } = new URL(frame.base, location.href);
    this.kept = new Kept(origin === location.origin ? "" : `@${origin}`);
    this.settings = new Settings(this.kept);
    const api = new Api(frame.base, () => this.kept.get("session"));
    this.raw = api.raw;
    this.conversation = new Conversation(api, this.kept, this);
    this.keepsakes = new Keepsakes(this);
    this.scroller = new Scroller(frame.holder);
    this.draft = this.kept.get("draft") ?? "";
  }

  // ---- what the views read ----
  get base() {
    return this.frame.base;
  }
  get holder() {
    return this.frame.holder;
  }
  get entries() {
    return this.conversation.entries;
  }
  get waiting() {
    return this.conversation.waiting;
  }
  get setback() {
    return this.conversation.setback;
  }
  get place(): Region | undefined {
    return this.settings.region(this.frame.option("region"));
  }
  get look(): Look {
    return this.settings.look(this.frame.option("theme"));
  }
  /** The place of the person's last words in the entries, -1 where they have said nothing. */
  get lastSaid(): number {
    return this.entries.map((entry) => entry.from).lastIndexOf("user");
  }
  /** Whether the last question asks for a number. */
  get wantsNumber(): boolean {
    const last = this.entries.at(-1);
    return last?.from === "assistant" && last.message.type === "question" && last.message.kind === "number";
  }
  get pinned(): { alert: AlertMessage; read: boolean } | null {
    const found = this.conversation.emergency;
    if (!found || (found.read && this.kept.get("dismissed") === found.alert.id)) return null;
    // While the alert itself is in sight, the same words above it would only push its button down.
    const place = this.entries.findIndex((entry) => entry.from === "assistant" && entry.message === found.alert);
    return this.lastSaid > place || this.alertAway ? found : null;
  }
  /** Whether an emergency stands that the person has not put away. */
  get alarmed(): boolean {
    return this.conversation.emergency?.read === false;
  }
  /** Asked once, with the greeting, and never where the page or the person has said it. */
  get asksPlace(): boolean {
    return !this.place && this.kept.get("region") === null && this.lastSaid < 0 && this.entries.length > 0;
  }

  // ---- what the conversation tells ----
  changed(): void {
    this.frame.update();
  }

  arrived(messages: readonly Message[]): void {
    for (const message of messages) {
      this.announcer.message(message);
      if (message.type === "alert") this.frame.emit("alert", { level: message.level });
      else this.frame.emit("answer", { type: message.type });
    }
    // An emergency alert comes alone, and nothing is more worth reading.
    const urgent = messages[0]?.type === "alert";
    this.unseen = !this.scroller.follow(messages[0]?.id ?? "", urgent) || !this.frame.visible;
    this.changed();
    if (this.settings.aloud) void this.frame.drawn().then(() => this.readAloud(messages.map(({ id }) => id)));
  }

  status(kind: Status): void {
    const words = this.words.say(kind);
    if (kind === "forgotten") {
      this.announcer.clear();
      this.draft = "";
      this.frame.emit("forgotten");
    }
    this.statuses = [...this.statuses.filter((one) => one !== words), words];
    this.tell(words);
  }

  /** The conversation of another device, in the place of the one here. */
  async entered(session: string): Promise<void> {
    for (const key of ["turn", "dismissed"] as const) this.kept.drop(key);
    this.kept.set("session", session);
    await this.conversation.refresh();
    this.scroller.toEnd();
    this.focusWords();
  }

  setBack(setback: Setback): void {
    this.scroller.to(".setback");
    this.tell(this.setbackWords(setback));
    this.frame.emit("trouble", { kind: setback.kind });
  }

  refused(words: string): void {
    this.write(this.draft ? `${words}\n${this.draft}` : words);
  }

  restored(): void {
    this.scroller.toEnd();
  }

  placed(region: string): void {
    if (regionOf(region)) this.settings.setRegion(region);
  }

  region(): string | undefined {
    return this.place?.id;
  }

  locale(): string {
    return this.frame.option("lang") ?? (navigator.language || "en");
  }

  ackLabel(alert: AlertMessage): string {
    return ackLabel(alert, this);
  }

  skipLabel(): string {
    return this.words.say("skip");
  }

  long(waiting: "slow" | "late"): void {
    this.scroller.to(".waiting");
    this.tell(this.words.say(waiting));
  }

  setbackWords({ kind, detail }: Setback): string {
    if (detail) return detail;
    return this.words.say(kind === "fast" ? "too_fast" : kind);
  }

  // ---- talking ----
  say(message: string, shown: string): boolean {
    if (!this.conversation.say(message, shown)) return false;
    this.statuses = [];
    this.speech.stop();
    this.dictation.stop();
    this.alertAway = false;
    this.scroller.toEnd();
    this.focusWords();
    this.frame.emit("sent");
    return true;
  }

  readonly retry = (): void => {
    this.conversation.retry();
    this.focusWords();
  };

  /** Tells a screen reader something that is no message. */
  tell(words: string): void {
    this.announcer.say(words, this.words.lang);
    this.changed();
  }

  focusIn(selector: string): void {
    this.frame.focusIn(selector);
  }

  // ---- the message box ----
  readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = this.draft.trim();
    if (words && this.say(words, words)) this.write("");
  };
  readonly onInput = (event: InputEvent): void => this.write((event.target as HTMLTextAreaElement).value);
  readonly onWordsKey = (event: KeyboardEvent): void => {
    // 229: a key that belongs to an input method which still composes.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };

  private write(words: string): void {
    this.draft = words;
    if (words) this.kept.set("draft", words);
    else this.kept.drop("draft");
    this.changed();
  }

  // ---- the list ----
  readonly onScroll = (): void => {
    const { emergency } = this.conversation;
    const away = emergency !== null && !this.scroller.inSight(emergency.alert.id);
    if (away !== this.alertAway) {
      this.alertAway = away;
      this.changed();
    }
    if (!this.unseen || !this.scroller.nearEnd()) return;
    this.unseen = false;
    this.changed();
  };
  readonly showNewest = (): void => {
    this.unseen = false;
    this.scroller.toNewest();
    this.focusWords();
    this.changed();
  };
  readonly showAdvice = (): void => {
    const id = this.conversation.emergency?.alert.id;
    if (id) this.scroller.toMessage(id);
  };
  readonly dismiss = (): void => {
    this.kept.set("dismissed", this.conversation.emergency?.alert.id ?? "");
    this.focusWords();
    this.changed();
  };

  // ---- the options ----
  readonly toggleSheet = (): void => {
    this.sheetOpen = !this.sheetOpen;
    this.sure = false;
    this.changed();
    this.focusIn(this.sheetOpen ? "#sheet-title" : "#options");
  };
  readonly showPlaces = (): void => {
    this.allPlaces = true;
    this.changed();
    this.focusIn(".where .chip");
  };
  readonly choosePlace = (region: Region | undefined): void => {
    this.setRegion(region?.id ?? "");
    const place = region ? regionName(region, this.words.lang) : "";
    if (region) this.tell(this.words.say("where_set", { place, number: region.emergency }));
    this.focusWords();
  };
  /** Speaks into the message box, after what stands there; a second press ends it. */
  readonly dictate = (): void => {
    if (this.dictation.listening || this.dictation.asking) {
      this.dictation.stop();
      return;
    }
    this.spokenAfter = this.draft ? `${this.draft.trimEnd()} ` : "";
    this.speech.stop();
    void this.dictation.start("en", this.kept.get("dictation") === "yes").then(() => {
      if (this.dictation.asking) this.focusIn("#may-dictate");
    });
  };
  readonly mayDictate = (): void => {
    this.kept.set("dictation", "yes");
    this.dictation.asking = false;
    this.dictate();
    this.focusWords();
  };
  readonly startOver = (): void => {
    this.sheetOpen = false;
    const words = this.words.say("start_over");
    this.say("Start over", words);
  };
  readonly setRegion = (id: string): void => {
    this.settings.setRegion(id);
    this.changed();
  };
  readonly onAloud = (event: Event): void => {
    this.settings.aloud = (event.target as HTMLInputElement).checked;
    this.speech.stop();
    this.changed();
  };
  readonly setSize = (size: string): void => {
    this.settings.size = Number(size);
    this.changed();
  };
  readonly setLook = (look: string): void => {
    this.settings.setLook(look as Look);
    this.changed();
  };
  readonly saveAll = (): void => {
    const list = this.frame.holder.querySelectorAll(".messages > li");
    const words = Array.from(list, textOf).join("\n\n");
    save(`${words}\n`, `${this.words.say("file")}.txt`);
  };
  readonly printAll = (): void => print([...this.frame.holder.querySelectorAll(".messages")], this.words);
  readonly askForget = (): void => {
    this.sure = !this.sure;
    this.changed();
    this.focusIn(this.sure ? "#sure" : "#forget");
  };
  readonly forget = (): void => {
    void this.conversation.forget().then(() => {
      this.sheetOpen = this.sure = false;
      this.changed();
      this.focusWords();
    });
  };

  /** Closes what lies on top. False where there is nothing to close. */
  escape(): boolean {
    if (this.sheetOpen) this.toggleSheet();
    else if (this.frame.closable && this.frame.visible) this.frame.hide();
    else return false;
    return true;
  }
  readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing && this.escape()) event.preventDefault();
  };

  /** Into the message box; where that would raise a keyboard on the screen, into the list above it. */
  focusWords(): void {
    const touch = matchMedia("(pointer: coarse)").matches;
    this.focusIn(touch ? ".scroller" : "#words");
  }

  // ---- what happens elsewhere ----
  readonly stored = (event: StorageEvent): void => {
    const shared = [this.kept.name("session"), this.kept.name("turn")];
    if (event.key === null || shared.includes(event.key)) void this.conversation.refresh();
    else if (event.key.startsWith("stridewell")) this.changed();
  };
  readonly online = (): void => {
    if (this.setback?.retry === "soon") this.conversation.retry(true);
  };
}
