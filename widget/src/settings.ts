/** What the person has chosen: text size, colours, reading aloud, place. Kept in the browser. */

import type { Kept } from "./kept";
import { regionOf } from "./region";
import type { Region } from "./region";
import { LOOKS, SIZES } from "./views/sheet";
import type { Look } from "./views/sheet";

export class Settings {
  constructor(private readonly kept: Kept) {}

  get size(): number {
    const size = Number(this.kept.get("size"));
    return Number.isInteger(size) && size >= 0 && size < SIZES ? size : 0;
  }
  set size(size: number) {
    this.kept.set("size", String(size));
  }

  /** The person's choice, or what the page wants. */
  look(wanted: string | undefined): Look {
    const look = this.kept.get("look") ?? wanted;
    return LOOKS.find((one) => one === look) ?? "auto";
  }
  setLook(look: Look): void {
    this.kept.set("look", look);
  }

  get aloud(): boolean {
    return this.kept.get("aloud") === "yes";
  }
  set aloud(on: boolean) {
    this.kept.set("aloud", on ? "yes" : "no");
  }

  /** Where the person is: as they said ("" for "I would rather not say"), else as the page says. */
  region(wanted: string | undefined): Region | undefined {
    const chosen = this.kept.get("region");
    return regionOf(chosen ?? wanted);
  }
  setRegion(id: string): void {
    this.kept.set("region", id);
  }
}
