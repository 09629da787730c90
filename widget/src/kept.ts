/** What is kept in the browser. A browser that refuses (private mode, blocked storage) keeps it until the page closes. */

export type Key =
  "session" | "draft" | "pending" | "region" | "turn" | "dismissed" | "size" | "look" | "aloud" | "open" | "dictation";

export class Kept {
  /** False once the browser has refused to keep something. */
  works = true;
  private readonly memory = new Map<string, string>();

  /** `suffix` keeps two servers embedded in one page apart: the key of one is never sent to the other. */
  constructor(private readonly suffix = "") {}

  get(key: Key): string | null {
    const name = this.name(key);
    try {
      return this.store(key).getItem(name) ?? this.memory.get(name) ?? null;
    } catch {
      this.works = false;
      return this.memory.get(name) ?? null;
    }
  }

  set(key: Key, value: string): void {
    const name = this.name(key);
    try {
      this.store(key).setItem(name, value);
      this.memory.delete(name);
    } catch {
      this.works = false;
      this.memory.set(name, value);
    }
  }

  drop(key: Key): void {
    const name = this.name(key);
    this.memory.delete(name);
    try {
      this.store(key).removeItem(name);
    } catch {
      this.works = false;
    }
  }

  /** The full name under which a key is kept, as storage events give it. */
  name(key: Key): string {
    return `stridewell${this.suffix}.${key}`;
  }

  /** Tabs share everything but whether the chat is open. */
  private store(key: Key): Storage {
    return key === "open" ? sessionStorage : localStorage;
  }
}
