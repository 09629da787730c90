import { describe, expect, it } from "vitest";
import { parse } from "../src/parse";

describe("parse", () => {
  it("takes nothing for nothing", () => {
    for (const raw of [null, undefined, 7, "x", [], {}, { v: 1 }, { v: 1, type: "answer" }])
      expect(parse(raw)).toBeNull();
  });

  it("falls back to the text of an unknown type and of a later version", () => {
    expect(parse({ v: 1, type: "hologram", text: "a" })).toMatchObject({ type: "text", text: "a" });
    expect(parse({ v: 2, type: "answer", title: "t", body: "b", text: "a" })).toMatchObject({
      type: "text",
      text: "a",
    });
    expect(parse({ v: 1, type: "toString", text: "a" })).toMatchObject({ type: "text" });
  });

  it("leaves out what has no title, no payload, no place", () => {
    const message = parse({
      v: 1,
      type: "choices",
      text: "?",
      options: [{ title: "a" }, null, { title: "b", payload: "/b" }],
    });
    expect(message).toMatchObject({ options: [{ title: "b", payload: "/b" }] });
  });

  it("keeps the places of a diary with days without an entry", () => {
    const raw = {
      v: 1,
      type: "chart",
      text: "c",
      title: "t",
      x: ["", "b"],
      series: [{ name: "p", values: [null, 3] }],
    };
    expect(parse(raw)).toMatchObject({ x: ["", "b"], series: [{ values: [null, 3], max: null }] });
  });

  it("takes an alert of an unknown level seriously", () => {
    expect(parse({ v: 1, type: "alert", text: "a", level: "purple" })).toMatchObject({ level: "urgent", title: "a" });
  });

  it("shortens what is monstrous", () => {
    expect(parse({ v: 1, type: "text", text: "x".repeat(99_999) })?.text).toHaveLength(8000);
    const many = Array.from({ length: 999 }, () => "step");
    expect((parse({ v: 1, type: "exercise", text: "e", steps: many }) as { steps: string[] }).steps).toHaveLength(130);
  });
});
