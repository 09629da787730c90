/** What the buttons of the cards do. */

import type { Chat } from "./chat";
import type { Context, Opinion } from "./context";
import type { Message } from "./message";
import { blocksOf, textOf } from "./plain";
import { copy, print } from "./takeaway";

const COPIED_MS = 2_500;

/** The context of every card of one chat. */
export function contextOf(chat: Chat): Context {
  const opinions = new Map<string, Opinion>();
  const copies = new Map<string, "copied" | "not_copied">();
  const broken = new Set<string>();
  const opine = (id: string, opinion: Opinion) => {
    opinions.set(id, opinion);
    chat.changed();
  };
  return {
    get words() {
      return chat.words;
    },
    get base() {
      return chat.frame.base;
    },
    get free() {
      return chat.waiting === "no";
    },
    get canSpeak() {
      return chat.speech.possible;
    },
    get speaking() {
      return chat.speech.speaking;
    },
    opinion: (id) => opinions.get(id) ?? "asked",
    copied: (id) => copies.get(id),
    send: (payload, shown) => void chat.say(payload, shown),
    broken: (src) => broken.has(src),
    pictureFailed(src) {
      broken.add(src);
      chat.changed();
    },
    copy(message: Message) {
      const id = message.id ?? "";
      void copy(textOf(blocksOf(message, chat.words))).then((done) => {
        const outcome = done ? "copied" : "not_copied";
        copies.set(id, outcome);
        chat.tell(chat.words.say(outcome));
        setTimeout(() => {
          copies.delete(id);
          chat.changed();
        }, COPIED_MS);
      });
    },
    print(message: Message) {
      print(blocksOf(message, chat.words), chat.words);
    },
    listen(message: Message) {
      if (chat.speech.speaking === message.id) chat.speech.stop();
      else chat.readAloud([message]);
    },
    tell(id, helpful, comment) {
      const asked = !helpful && comment === undefined;
      opine(id, asked ? "why" : "thanks");
      chat.frame.focusIn(`[data-id="${CSS.escape(id)}"] .feedback [tabindex], [data-id="${CSS.escape(id)}"] .feedback[tabindex]`);
      chat.conversation.feedback(id, helpful, comment).then(
        () => asked || chat.tell(chat.words.say("thanks")),
        () => {
          opine(id, "failed");
          chat.tell(chat.words.say("not_told"));
        },
      );
    },
  };
}
