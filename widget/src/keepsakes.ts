/** What is taken along and brought back: files saved and loaded, a pass-phrase shown once, and coming back with one. */

import { Trouble } from "./api";
import type { Message, Tool } from "./message";
import { messageOf } from "./scroller";
import { save } from "./takeaway";
import type { Words } from "./words";

const PATH = /^[a-z]+(\.[a-z]+)?(\/[\w-][\w.-]*)*$/i;
const MOST_BYTES = 500_000;

/** What a card shows beside its buttons. The phrase is kept in the page alone, and gone when it is reloaded. */
export interface Told {
  readonly said?: string;
  readonly phrase?: string;
  readonly asking?: boolean;
}

export interface Around {
  readonly words: Words;
  raw(method: string, path: string, body?: string): Promise<Response>;
  changed(): void;
  tell(words: string): void;
  say(message: string, shown: string): boolean;
  focusIn(selector: string): void;
  entered(session: string): Promise<void>;
}

export class Keepsakes {
  private readonly told = new Map<string, Told>();

  constructor(private readonly page: Around) {}

  of(id: string): Told {
    return this.told.get(id) ?? {};
  }

  /** What a button does. One whose path is no path does nothing. */
  press(tool: Tool, message: Message): void {
    if (!PATH.test(tool.path)) return;
    if (tool.kind === "load") this.choose(tool, message.id);
    else if (tool.kind === "back") this.show(message.id, { asking: !this.of(message.id).asking }, "input");
    else void this.tried(message.id, () => (tool.kind === "save" ? this.saved(tool) : this.phrase(tool, message.id)));
  }

  /** A phrase that was typed, sent. */
  readonly comeBack = (event: SubmitEvent, tool: Tool, id: string): void => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector("input");
    const body = JSON.stringify({ phrase: field?.value ?? "" });
    void this.tried(id, async () => {
      const found = (await (await this.page.raw("POST", tool.path, body)).json()) as { session?: string };
      if (!found.session) throw new Trouble(0);
      this.told.clear();
      await this.page.entered(found.session);
      this.page.tell(this.page.words.say("came_back"));
    });
  };

  private async saved({ path }: Tool): Promise<void> {
    const body = await (await this.page.raw("GET", path)).text();
    const ending = path.slice(path.lastIndexOf(".") + 1);
    save(body, `stridewell-${ending === "ics" ? "plan" : "diary"}.${ending}`);
  }

  private async phrase({ path }: Tool, id: string): Promise<void> {
    const found = (await (await this.page.raw("POST", path)).json()) as { phrase?: string };
    if (found.phrase) this.show(id, { phrase: found.phrase }, ".phrase");
  }

  private choose(tool: Tool, id: string): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".csv,.json";
    input.onchange = () => {
      const file = input.files?.[0];
      if (file) void this.tried(id, () => this.loaded(tool, file));
    };
    input.click();
  }

  private async loaded({ path }: Tool, file: File): Promise<void> {
    if (file.size > MOST_BYTES) throw new Trouble(413);
    const found = (await (await this.page.raw("POST", path, await file.text())).json()) as { added?: number };
    this.page.tell(this.page.words.say("loaded", { added: found.added ?? 0 }));
    this.page.say("show my diary", this.page.words.say("show_diary"));
  }

  /** Does it; what went wrong is said under the buttons. */
  private async tried(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const said = (error instanceof Trouble && error.detail) || this.page.words.say("no_file");
      this.show(id, { ...this.of(id), said });
      this.page.tell(said);
    }
  }

  private show(id: string, told: Told, focus = ""): void {
    this.told.set(id, told);
    this.page.changed();
    if (focus) this.page.focusIn(`${messageOf(id)} ${focus}`);
  }
}
