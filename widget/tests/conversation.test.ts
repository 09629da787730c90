import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answered, Api, Line, Sent } from "../src/api";
import { Trouble } from "../src/api";
import { Conversation } from "../src/conversation";
import type { Page } from "../src/conversation";
import { Kept } from "../src/kept";
import type { Message } from "../src/message";
import { parse } from "../src/parse";

const message = (raw: object): Message => parse({ v: 1, id: "m", type: "text", text: "words", ...raw })!;

/** A server that does what a test tells it. */
class Server {
  sent: Sent[] = [];
  opened = 0;
  lines: Line[] = [];
  answers: (Message[] | Trouble | Promise<Message[]>)[] = [];
  async open() {
    this.opened += 1;
    return { session: `key-${this.opened}`, messages: [message({ id: "hello", text: "Hello" })] };
  }
  region = "";
  async send(sent: Sent): Promise<Answered> {
    this.sent.push(sent);
    const answer = this.answers.shift() ?? [message({ id: sent.id, text: `re: ${sent.message}` })];
    if (answer instanceof Trouble) throw answer;
    return { messages: await answer, region: this.region };
  }
  async transcript(): Promise<Line[]> {
    return this.lines;
  }
  async feedback() {}
  async forget() {}
}

const page = (): Page & { told: string[] } => {
  const told: string[] = [];
  return {
    told,
    changed: () => undefined,
    arrived: (messages) => void told.push(...messages.map((one) => one.text)),
    status: (kind) => void told.push(kind),
    setBack: ({ kind }) => void told.push(kind),
    refused: (words) => void told.push(`refused ${words}`),
    long: (stage) => void told.push(stage),
    restored: () => void told.push("restored"),
    placed: (region) => void told.push(`placed ${region}`),
    region: () => "GB",
    locale: () => "en",
    ackLabel: () => "I have read this",
    skipLabel: () => "Skip",
  };
};

let server: Server;
let told: ReturnType<typeof page>;
let conversation: Conversation;

beforeEach(async () => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new Server();
  told = page();
  conversation = new Conversation(server as unknown as Api, new Kept(), told);
  await conversation.begin();
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const shown = () =>
  conversation.entries.map((entry) => (entry.from === "user" ? `> ${entry.text}` : entry.message.text));

describe("conversation", () => {
  it("opens with the greeting and answers", async () => {
    conversation.say("hi", "hi");
    await settle();
    expect(shown()).toEqual(["Hello", "> hi", "re: hi"]);
    expect(server.sent[0]).toMatchObject({ message: "hi", region: "GB" });
  });

  it("tries again by itself, later and later, under the same id", async () => {
    server.answers = [new Trouble(0), new Trouble(503)];
    conversation.say("hi", "hi");
    await settle();
    expect(conversation.setback).toMatchObject({ kind: "offline", retry: "soon" });
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3900);
    expect(server.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(new Set(server.sent.map((sent) => sent.id)).size).toBe(1);
    expect(conversation.setback).toBeNull();
    expect(shown()).toEqual(["Hello", "> hi", "re: hi"]);
    expect(told.told.filter((one) => one === "offline")).toHaveLength(1);
  });

  it("keeps the order of what was said while nobody answered", async () => {
    server.answers = [new Trouble(0), new Trouble(0)];
    conversation.say("one", "one");
    await settle();
    conversation.say("two", "two");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.sent.map((sent) => sent.message)).toEqual(["one", "one", "one", "two"]);
  });

  it("says that it takes long after 5 and after 10 seconds", async () => {
    server.answers = [new Promise(() => undefined)];
    conversation.say("hi", "hi");
    await vi.advanceTimersByTimeAsync(4999);
    expect(conversation.waiting).toBe("thinking");
    await vi.advanceTimersByTimeAsync(2);
    expect(conversation.waiting).toBe("slow");
    await vi.advanceTimersByTimeAsync(5000);
    expect(conversation.waiting).toBe("late");
    expect(told.told.slice(-2)).toEqual(["slow", "late"]);
  });

  it("shows the server's notice, and its answer in the same place when it is tried again", async () => {
    server.answers = [[message({ type: "notice", reason: "unavailable", text: "Sorry" })]];
    conversation.say("hi", "hi");
    await settle();
    expect(shown()).toEqual(["Hello", "> hi", "Sorry"]);
    expect(conversation.setback).toMatchObject({ kind: "failed", retry: "again" });
    conversation.retry();
    await settle();
    expect(shown()).toEqual(["Hello", "> hi", "re: hi"]);
    expect(server.sent[0]!.id).toBe(server.sent[1]!.id);
  });

  it("gives back what the server refuses", async () => {
    server.answers = [new Trouble(413, "too long")];
    conversation.say("hi", "hi");
    await settle();
    expect(told.told).toContain("refused hi");
    expect(shown()).toEqual(["Hello"]);
  });

  it("goes on in a new conversation when the old one has ended, once", async () => {
    server.answers = [new Trouble(401), new Trouble(401)];
    conversation.say("hi", "hi");
    await settle();
    expect(server.opened).toBe(2);
    expect(server.sent).toHaveLength(2);
    expect(told.told).toContain("ended");
  });

  it("sends after a reload what was not answered before", async () => {
    server.answers = [new Trouble(0)];
    conversation.say("hi", "hi");
    await settle();
    conversation.stop();
    const again = new Conversation(server as unknown as Api, new Kept(), told);
    await again.begin();
    await settle();
    expect(server.sent.map((sent) => sent.id)).toEqual([server.sent[0]!.id, server.sent[0]!.id]);
  });

  it("keeps an emergency until its button was pressed, also in a transcript", async () => {
    const alert = message({ type: "alert", level: "emergency", title: "Now", ack_payload: "/ack" });
    server.answers = [[alert]];
    conversation.say("numb", "numb");
    await settle();
    expect(conversation.emergency).toMatchObject({ read: false });
    server.lines = [
      { from: "assistant", message: alert },
      { from: "user", id: "u", text: "/ack" },
    ];
    await conversation.refresh();
    expect(conversation.emergency).toMatchObject({ read: true });
    expect(shown()).toEqual(["words", "> I have read this"]);
  });
});
