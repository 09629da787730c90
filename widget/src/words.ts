/** The words of the page. One file a language; English is built in, others are fetched from the server. */

import english from "./words/en.json";

export type Word = keyof typeof english;
export type Slots = Readonly<Record<string, string | number>>;
export type Say = (word: Word, slots?: Slots) => string;

const RIGHT_TO_LEFT = /^(ar|fa|he|ps|ur|yi)\b/i;
const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** The words of one language. A word that it lacks is said in English. */
export class Words {
  constructor(
    readonly lang: string = "en",
    private readonly own: Partial<Record<string, unknown>> = {},
  ) {}

  get direction(): "ltr" | "rtl" {
    return RIGHT_TO_LEFT.test(this.lang) ? "rtl" : "ltr";
  }

  readonly say: Say = (word, slots = {}) => {
    const own = this.own[word];
    // A word that is not known is nothing, so that a reason or a grade of a later version is no error.
    const words = typeof own === "string" && own ? own : (english[word] ?? "");
    return words.replace(/\{(\w+)\}/g, (whole, slot: string) => (slot in slots ? String(slots[slot]) : whole));
  };

  /** A day as people of this language write it; what is no day stays as it is. */
  date(iso: string): string {
    const day = new Date(`${iso}T12:00:00Z`);
    if (Number.isNaN(+day)) return iso;
    // English without a country would put the month first, which most of the world reads as a day.
    const lang = this.lang === "en" ? "en-GB" : this.lang;
    return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(day);
  }
}

/** Fetches the words of a language from `base`; English where there are none. */
export async function wordsFor(lang: string, base: string): Promise<Words> {
  if (!TAG.test(lang) || /^en\b/i.test(lang)) return new Words();
  try {
    const response = await fetch(`${base}/static/words/${lang}.json`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok) return new Words();
    const found: unknown = await response.json();
    return typeof found === "object" && found !== null
      ? new Words(lang, found as Record<string, unknown>)
      : new Words();
  } catch {
    return new Words();
  }
}
