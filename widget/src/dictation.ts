/** Speaking instead of typing, where the browser has it: on the device where it can, else only once the person has agreed. */

interface Heard extends Event {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>;
}

interface Recogniser extends EventTarget {
  lang: string;
  continuous: boolean;
  processLocally?: boolean;
  start(): void;
  stop(): void;
}

interface Maker {
  new (): Recogniser;
  available?(wanted: { langs: string[]; processLocally: boolean }): Promise<string>;
}

export class Dictation {
  listening = false;
  /** Whether the person is being asked if the browser may send the voice to its maker. */
  asking = false;
  private running: Recogniser | null = null;

  constructor(
    private readonly changed: () => void,
    private readonly heard: (words: string) => void,
  ) {}

  get possible(): boolean {
    return maker() !== undefined;
  }

  /** Starts listening; asks first where the voice would leave the device and nobody has `agreed` to that. */
  async start(lang: string, agreed: boolean): Promise<void> {
    const Made = maker();
    if (!Made) return;
    const found = await Made.available?.({ langs: [lang], processLocally: true }).catch(() => "");
    const local = found === "available";
    this.asking = !local && !agreed;
    if (!this.asking) this.listen(new Made(), lang, local);
    this.changed();
  }

  stop(): void {
    this.asking = false;
    this.running?.stop();
    this.ended();
  }

  private listen(recogniser: Recogniser, lang: string, local: boolean): void {
    this.running = recogniser;
    recogniser.lang = lang;
    recogniser.continuous = true;
    if (local) recogniser.processLocally = true;
    recogniser.addEventListener("result", (event) => {
      const words = Array.from((event as Heard).results, (one) => one[0]?.transcript.trim() ?? "");
      this.heard(words.join(" "));
    });
    for (const end of ["end", "error"]) recogniser.addEventListener(end, () => this.ended());
    recogniser.start();
    this.listening = true;
  }

  private ended(): void {
    this.running = null;
    this.listening = false;
    this.changed();
  }
}

function maker(): Maker | undefined {
  const there = window as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return there.SpeechRecognition ?? there.webkitSpeechRecognition;
}
