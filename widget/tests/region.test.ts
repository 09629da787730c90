import { describe, expect, it } from "vitest";
import { parse } from "../src/parse";
import { nearestFirst, REGIONS } from "../src/region";

describe("the place", () => {
  it.each([
    ["Europe/London", "GB"],
    ["America/Indiana/Knox", "US"],
    ["Australia/Perth", "AU"],
    ["Asia/Kolkata", "IN"],
    ["Europe/Berlin", "EU"],
  ])("puts the region of %s first and leaves none out", (zone, first) => {
    const found = nearestFirst(zone);
    expect(found[0]?.id).toBe(first);
    expect([...found].map(({ id }) => id).sort()).toEqual(REGIONS.map(({ id }) => id).sort());
  });

  it("keeps the order where the clock says nothing", () => {
    for (const zone of [undefined, "", "Etc/UTC", "Europe/Londonderry"]) expect(nearestFirst(zone)).toEqual(REGIONS);
  });
});

describe("a message that takes an alert back", () => {
  it("says so only with a true", () => {
    expect(parse({ v: 1, type: "text", text: "a", stands_down: true })).toMatchObject({ stands_down: true });
    expect(parse({ v: 1, type: "text", text: "a", stands_down: "yes" })).toMatchObject({ stands_down: false });
  });
});
