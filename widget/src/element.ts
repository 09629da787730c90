/** The element <stridewell-chat>: where on the page the panel stands, and how it opens and closes. */

import { html, nothing, render } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { Chat } from "./chat";
import type { Frame, HostEvent } from "./chat";
import { styleSheet } from "./styles/index";
import { grow } from "./views/composer";
import { icon, mark } from "./views/icons";
import { panel } from "./views/panel";
import { wordsFor } from "./words";

export const OPTIONS = ["server", "region", "heading", "launcher", "start", "mode", "theme", "lang"] as const;
export type Option = (typeof OPTIONS)[number];

const SMALL = "(max-width: 47.99rem), (max-height: 31.99rem)";

/** Pixels of the window that only a keyboard covers. */
const LEAST_KEYBOARD = 80;

let scriptOrigin = location.origin;

/** Remembers where the script came from: that server is asked unless the page names another. */
export function cameFrom(address: string): void {
  scriptOrigin = new URL(address, location.href).origin;
}

export class StridewellChat extends HTMLElement implements Frame {
  static readonly observedAttributes = OPTIONS;
  readonly holder = document.createElement("div");
  private readonly tree = this.attachShadow({ mode: "open" });
  private readonly small = matchMedia(SMALL);
  private chat: Chat | undefined;
  private opened = false;
  private scheduled: Promise<void> | null = null;

  // ---- what a host may call ----
  /** Opens the chat and puts the cursor into the message box. */
  show(): void {
    const { chat } = this;
    if (!chat) return;
    this.opened = true;
    chat.unseen = false;
    chat.kept.set("open", "yes");
    this.update();
    this.emit("open");
    if (!chat.conversation.begun) void chat.conversation.begin();
    chat.focusWords();
  }

  /** Puts the chat away; the conversation stays. */
  hide(): void {
    if (!this.chat) return;
    this.opened = this.chat.sheetOpen = false;
    this.chat.kept.drop("open");
    this.update();
    this.emit("close");
    this.focusIn(".launcher");
  }

  /** Opens the chat and asks a question in the person's name. */
  async ask(words: string): Promise<void> {
    this.show();
    if (!this.chat?.conversation.entries.length) await this.chat?.conversation.begin();
    this.chat?.say(words, words);
  }

  // ---- what the chat asks of its frame ----
  get base(): string {
    return (this.option("server") ?? scriptOrigin).replace(/\/+$/, "");
  }
  get visible(): boolean {
    return this.inPlace || this.opened;
  }
  get closable(): boolean {
    return !this.inPlace;
  }
  option(name: Option): string | undefined {
    return this.getAttribute(name) || undefined;
  }
  /** Draws again, once, when all that happens now has happened. */
  update(): void {
    this.scheduled ??= Promise.resolve().then(() => {
      this.scheduled = null;
      this.draw();
    });
  }
  drawn(): Promise<void> {
    return this.scheduled ?? Promise.resolve();
  }
  focusIn(selector: string): void {
    this.update();
    void this.drawn().then(() => {
      const found = this.tree.querySelector<HTMLElement>(selector);
      const list = selector === ".scroller";
      if (list) found?.setAttribute("data-quiet", "");
      found?.focus({ preventScroll: list });
    });
  }
  emit(name: HostEvent, detail: Record<string, string> = {}): void {
    this.dispatchEvent(new CustomEvent(`stridewell:${name}`, { bubbles: true, composed: true, detail }));
  }

  // ---- life ----
  connectedCallback(): void {
    this.tree.adoptedStyleSheets = [styleSheet()];
    this.holder.className = "holder";
    const chat = (this.chat ??= new Chat(this));
    this.opened = chat.kept.get("open") === "yes";
    this.small.addEventListener("change", this.resized);
    window.addEventListener("storage", chat.stored);
    window.addEventListener("online", chat.online);
    window.visualViewport?.addEventListener("resize", this.fitted);
    window.visualViewport?.addEventListener("scroll", this.fitted);
    document.addEventListener("click", this.hostAsks);
    void this.prepare(chat);
  }

  disconnectedCallback(): void {
    this.small.removeEventListener("change", this.resized);
    if (!this.chat) return;
    window.removeEventListener("storage", this.chat.stored);
    window.removeEventListener("online", this.chat.online);
    window.visualViewport?.removeEventListener("resize", this.fitted);
    window.visualViewport?.removeEventListener("scroll", this.fitted);
    document.removeEventListener("click", this.hostAsks);
    this.chat.conversation.stop();
    this.chat.speech.close();
    this.chat.dictation.stop();
  }

  attributeChangedCallback(name: string): void {
    if (name === "lang" && this.chat) void this.prepare(this.chat);
    else this.update();
  }

  private async prepare(chat: Chat): Promise<void> {
    chat.words = await wordsFor(this.option("lang") ?? "en", this.base);
    this.update();
    this.emit("ready");
    if (this.visible && !chat.conversation.begun) await chat.conversation.begin();
  }

  private get inPlace(): boolean {
    return this.option("mode") === "inline" && !this.small.matches;
  }

  private readonly resized = (): void => {
    const { chat } = this;
    if (!chat) return;
    // What somebody is in the middle of must not vanish behind a button when the window shrinks.
    const inside = this.tree.activeElement !== null;
    if (this.option("mode") === "inline" && this.small.matches) this.opened = inside || chat.lastSaid >= 0;
    chat.scroller.keep();
    this.update();
    if (!chat.conversation.begun && this.visible) void chat.conversation.begin();
    if (inside) chat.focusWords();
  };

  /** A keyboard on the screen covers part of the page on iOS and resizes nothing: the panel takes what is left to see. */
  private readonly fitted = (): void => {
    const seen = window.visualViewport;
    const dialog = this.tree.querySelector("dialog");
    if (!seen || !dialog) return;
    // Zoomed in with two fingers, what is seen moves about over a page that stays as it is.
    const covered = seen.scale < 1.01 && innerHeight - seen.height > LEAST_KEYBOARD;
    const end = this.chat?.scroller.nearEnd();
    for (const [name, value] of [
      ["--seen", seen.height],
      ["--seen-top", seen.offsetTop],
    ] as const) {
      if (covered) dialog.style.setProperty(name, `${value}px`);
      else dialog.style.removeProperty(name);
    }
    if (covered && end) this.chat?.scroller.toEnd();
    this.update();
  };

  /** Anything on the host's page may ask: <button data-stridewell-ask="the words">. */
  private readonly hostAsks = ({ target }: MouseEvent): void => {
    const asking = target instanceof Element ? target.closest("[data-stridewell-ask]") : null;
    const words = asking?.getAttribute("data-stridewell-ask");
    if (words) void this.ask(words);
  };

  // ---- drawing ----
  private draw(): void {
    const { chat } = this;
    if (!chat || !this.isConnected) return;
    const begun = this.visible || chat.conversation.begun;
    if (begun) render(panel(chat), this.holder);
    render(this.outside(chat, begun), this.tree);
    this.arrange();
    const box = this.holder.querySelector<HTMLTextAreaElement>("#words");
    if (box) grow(box);
    chat.scroller.settle();
  }

  private outside(chat: Chat, begun: boolean): TemplateResult {
    const mode = this.option("mode") === "inline" ? "inline" : "floating";
    const label = chat.words.say("panel");
    return html`<div class="root" data-look=${chat.look} data-size=${chat.settings.size} data-mode=${mode}>
      ${
        this.inPlace
          ? html`<section class="in-place" lang=${chat.words.lang} aria-label=${label}>${this.holder}</section>`
          : html`${this.launcher(chat)}
              <dialog
                class="dialog"
                lang=${chat.words.lang}
                aria-label=${label}
                @cancel=${this.cancelled}
                @close=${this.closed}
              >
                ${begun ? this.holder : nothing}
              </dialog>`
      }
    </div>`;
  }

  private launcher(chat: Chat): TemplateResult {
    const { say, lang, direction } = chat.words;
    const known = chat.conversation.begun || chat.kept.get("session");
    const words = this.opened
      ? say("close")
      : chat.unseen && known
        ? say("launch_new")
        : known
          ? say("launch_again")
          : (this.option("launcher") ?? say("launch"));
    return html`<button
      type="button"
      class="launcher solid"
      lang=${lang}
      dir=${direction}
      aria-haspopup="dialog"
      aria-expanded=${this.opened}
      @click=${() => (this.opened ? this.hide() : this.show())}
    >
      ${this.opened ? icon("down") : mark()}<span>${words}</span>
    </button>`;
  }

  private readonly cancelled = (event: Event): void => {
    event.preventDefault();
    this.chat?.escape();
  };
  private readonly closed = (): void => {
    if (this.opened && !this.inPlace && !this.tree.querySelector("dialog")?.open) this.hide();
  };

  /** Opens or closes the dialog as the state says: modal on a small screen, beside the page on a large one. */
  private arrange(): void {
    const dialog = this.tree.querySelector("dialog");
    if (!dialog) return;
    const wrong = !this.opened || dialog.matches(":modal") !== this.small.matches;
    if (dialog.open && wrong) dialog.close();
    if (!this.opened || dialog.open) return;
    if (this.small.matches) dialog.showModal();
    else dialog.setAttribute("open", "");
  }
}
