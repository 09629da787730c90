/** The calls of the server. The key of the conversation travels in a header, never in an address. */

import type { Message } from "./message";
import { parse, text } from "./parse";

/** After this a call counts as lost: the server itself answers within ten seconds. */
export const GIVE_UP_MS = 30_000;

/** A call that came to nothing. `status` 0: nobody answered. */
export class Trouble extends Error {
  constructor(
    readonly status: number,
    readonly detail = "",
    readonly waitSeconds = 0,
  ) {
    super(`call failed (${status})`);
  }

  /** Whether the same call may well succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export interface Opened {
  readonly session: string;
  readonly messages: Message[];
}

/** `region`: where the person is, if the message said so; else empty. */
export interface Answered {
  readonly messages: Message[];
  readonly region: string;
}

export type Line =
  | { readonly from: "user"; readonly id: string; readonly text: string }
  | { readonly from: "assistant"; readonly message: Message };

export interface Sent {
  readonly id: string;
  readonly message: string;
  readonly region?: string;
  readonly tz?: string;
}

export class Api {
  constructor(
    private readonly base: string,
    private readonly token: () => string | null,
  ) {}

  async open(region: string | undefined, lang: string): Promise<Opened> {
    const found = await this.call("POST", "/sessions", { region, lang });
    const session = text(found["session"]);
    if (!session) throw new Trouble(0);
    return { session, messages: messages(found["messages"]) };
  }

  async send(sent: Sent, signal: AbortSignal): Promise<Answered> {
    const found = await this.call("POST", "/messages", sent, signal);
    const answer = messages(found["messages"]);
    if (!answer.length) throw new Trouble(502);
    return { messages: answer, region: text(found["region"]) };
  }

  /** The whole conversation: it comes in pages, the newest first. */
  async transcript(): Promise<Line[]> {
    const pages: Line[] = [];
    let before: string | null = null;
    do {
      const found = await this.call("GET", `/messages${before ? `?before=${before}` : ""}`);
      const entries = found["messages"];
      pages.unshift(...(Array.isArray(entries) ? entries : []).flatMap(readLine));
      const older = text(found["older"]);
      before = older === before ? null : older;
    } while (before);
    return pages;
  }

  /** `readable`: the person's own tick that people may read the comment and what was answered. */
  async feedback(messageId: string, helpful: boolean, comment?: string, readable = false): Promise<void> {
    await this.call("POST", "/feedback", { message_id: messageId, helpful, comment, may_be_read: readable });
  }

  async forget(): Promise<void> {
    await this.call("DELETE", "/sessions");
  }

  private async call(
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<Record<string, unknown>> {
    const json = body && JSON.stringify(body);
    const response = await this.raw(method, path.slice(1), json, signal);
    const found: unknown = response.status === 204 ? {} : await response.json().catch(() => null);
    return (typeof found === "object" && found !== null ? found : {}) as Record<string, unknown>;
  }

  /** The response to a call below the address of the calls. Raises Trouble for any that did not succeed. */
  readonly raw = async (method: string, path: string, body?: string, signal?: AbortSignal): Promise<Response> => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
    const abort = () => stop.abort();
    signal?.addEventListener("abort", abort);
    const token = this.token();
    try {
      const response = await fetch(`${this.base}/webhooks/web/${path}`, {
        method,
        headers: {
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(body ? { "Content-Type": "application/json" } : {}),
        },
        ...(body ? { body } : {}),
        signal: stop.signal,
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (!response.ok) {
        const problem = (await response.json().catch(() => null)) as Record<string, unknown> | null;
        throw new Trouble(response.status, text(problem?.["detail"]), Number(response.headers.get("Retry-After")) || 0);
      }
      return response;
    } catch (error) {
      throw error instanceof Trouble ? error : new Trouble(0);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  };
}

function messages(value: unknown): Message[] {
  return (Array.isArray(value) ? value : []).flatMap((one: unknown) => parse(one) ?? []);
}

function readLine(value: unknown): Line[] {
  if (typeof value !== "object" || value === null) return [];
  const line = value as Record<string, unknown>;
  if (line["from"] === "user") return [{ from: "user", id: text(line["id"]), text: text(line["text"]) }];
  const message = parse(line["message"]);
  return message ? [{ from: "assistant", message }] : [];
}
