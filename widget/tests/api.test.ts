/** The calls: a transcript of many pages, and the tick of who lets their words be read. */

import { afterEach, expect, test, vi } from "vitest";
import { Api } from "../src/api";

const asked: { method: string; url: string; body: unknown }[] = [];

function answers(found: (url: string) => object): void {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push({ method: init.method ?? "GET", url, body: init.body ? JSON.parse(String(init.body)) : null });
    return new Response(JSON.stringify(found(url)), { status: 200 });
  });
}

afterEach(() => vi.unstubAllGlobals());

const said = (id: string) => ({ from: "user", id, at: "2026-03-02T00:00:00Z", text: id });

test("a long transcript is put together from its pages, oldest first", async () => {
  answers((url) =>
    url.endsWith("/messages")
      ? { messages: [said("c"), said("d")], older: "c" }
      : url.endsWith("before=c")
        ? { messages: [said("b")], older: "b" }
        : { messages: [said("a")], older: null },
  );
  const lines = await new Api("", () => "key").transcript();
  expect(lines.map((line) => (line.from === "user" ? line.text : ""))).toEqual(["a", "b", "c", "d"]);
  expect(asked).toHaveLength(3);
});

test("a server that names the same page again ends it", async () => {
  answers(() => ({ messages: [said("a")], older: "a" }));
  await new Api("", () => "key").transcript();
  expect(asked).toHaveLength(2);
});

test("words may be read only where that was ticked", async () => {
  answers(() => ({}));
  const api = new Api("", () => "key");
  await api.feedback("m1", false, "too long");
  await api.feedback("m1", false, "too long", true);
  expect(asked.map((one) => (one.body as { may_be_read: boolean }).may_be_read)).toEqual([false, true]);
});
