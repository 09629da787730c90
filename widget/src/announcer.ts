/** What a screen reader is told: each message once, politely; an emergency at once. The visible list itself is silent. */

import type { Message } from "./message";

const MOST = 20;

/** Two regions outside of the templates: a line once said must never be written anew, or it would be read again. */
export class Announcer {
  readonly log = region("log");
  readonly alarm = region("alert");

  constructor() {
    this.log.setAttribute("aria-live", "polite");
    this.log.setAttribute("aria-relevant", "additions");
  }

  message(message: Message): void {
    if (message.type === "alert" && message.level === "emergency") this.alarm.replaceChildren(line(message.text, "en"));
    else this.say(message.text, "en");
  }

  say(words: string, lang: string): void {
    this.log.append(line(words, lang));
    while (this.log.childElementCount > MOST) this.log.firstElementChild?.remove();
  }

  clear(): void {
    this.log.replaceChildren();
    this.alarm.replaceChildren();
  }
}

function region(role: string): HTMLElement {
  const element = document.createElement("div");
  element.className = "sr";
  element.setAttribute("role", role);
  return element;
}

function line(words: string, lang: string): HTMLElement {
  const element = document.createElement("p");
  element.lang = lang;
  element.textContent = words;
  return element;
}
