import { describe, expect, it } from "vitest";
import { linkAddress, pictureAddress, telephone } from "../src/links";

const BASE = "https://chat.example";

describe("addresses", () => {
  it.each([
    "javascript:1",
    " javascript:1",
    "JAVASCRIPT:1",
    "java\nscript:1",
    "data:text/html,x",
    "blob:x",
    "file:///x",
    "",
  ])("refuses %j", (bad) => {
    expect(linkAddress(bad, BASE)).toBeNull();
    expect(pictureAddress(bad, BASE)).toBeNull();
  });

  it("lets through what is known", () => {
    expect(linkAddress("tel:999", BASE)).toBe("tel:999");
    expect(linkAddress("mailto:a@b.example", BASE)).toBe("mailto:a@b.example");
    expect(linkAddress("/plan.ics", BASE)).toBe("https://chat.example/plan.ics");
  });

  it("loads pictures from the server alone", () => {
    expect(pictureAddress("/static/a.svg", BASE)).toBe("https://chat.example/static/a.svg");
    for (const bad of ["https://evil.example/a.png", "//evil.example/a.png", "/\\evil.example/a.png"]) {
      expect(pictureAddress(bad, BASE)).toBeNull();
    }
  });

  it("dials a number without its blanks", () => expect(telephone("1800 022 222")).toBe("tel:1800022222"));
});
