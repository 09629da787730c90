import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import english from "../src/words/en.json";
import { Words } from "../src/words";

describe("words", () => {
  it("fills slots and leaves unknown ones", () => {
    expect(new Words().say("step", { step: 2, of: 11 })).toBe("Question 2 of 11");
    expect(new Words().say("step", { step: 2 })).toBe("Question 2 of {of}");
  });

  it("falls back to English word by word", () => {
    const words = new Words("fr", { yes: "Oui" });
    expect([words.say("yes"), words.say("no")]).toEqual(["Oui", "No"]);
  });

  it("knows which way a language is read", () => {
    expect([new Words("ar-XB").direction, new Words("fr").direction]).toEqual(["rtl", "ltr"]);
  });

  it("writes a day without doubt", () => {
    expect(new Words().date("2026-03-12")).toBe("12 March 2026");
    expect(new Words().date("soon")).toBe("soon");
  });

  it("has a pseudo-language made from the English words", () => {
    const pseudo = JSON.parse(readFileSync("src/words/ar-XB.json", "utf8"));
    expect(Object.keys(pseudo)).toEqual(Object.keys(english));
    expect(pseudo.yes).toBe("\u202eYes\u202c");
  });

  it("is plain: reading grade 7 or lower", () => {
    const sentences = Object.values(english).filter((words) => words.split(" ").length > 4);
    const text = sentences.join(" ").replace(/\{\w+\}/g, "it");
    const words = text.match(/[a-z']+/gi)!;
    const ends = text.match(/[.?!]+/g)!.length + sentences.filter((one) => !/[.?!]$/.test(one)).length;
    const syllables = words.reduce((sum, word) => sum + (word.replace(/e$/i, "").match(/[aeiouy]+/gi)?.length || 1), 0);
    expect(0.39 * (words.length / ends) + 11.8 * (syllables / words.length) - 15.59).toBeLessThan(7);
  });
});
