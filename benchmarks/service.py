"""`make load`: the product as it ships under many people, under abuse and for long; figures go to benchmarks/load.md.

Parts can be run by name (ARGS="--only fuzz"); each keeps its figures in benchmarks/load.json, and the page is written anew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import service_abuse, service_people
from tests.chaos.service import Service, served

HERE = Path(__file__).resolve().parent
Part = Callable[[argparse.Namespace], dict[str, Any]]


def _with_product(work: Callable[[Service, argparse.Namespace], Any], workers: int) -> Part:
    """A part that needs the running product."""

    def part(given: argparse.Namespace) -> dict[str, Any]:
        with (
            tempfile.TemporaryDirectory(prefix="stridewell-load-") as folder,
            served(Path(folder), workers=workers) as service,
        ):
            found: dict[str, Any] = asyncio.run(work(service, given))
            return found

    return part


PARTS: dict[str, tuple[str, Part]] = {
    "sixteen-1": ("16 people, 1 worker", _with_product(service_people.sixteen, 1)),
    "sixteen-2": ("16 people, 2 workers", _with_product(service_people.sixteen, 2)),
    "crowd": ("800 people at once, 2 workers", _with_product(service_people.crowd, 2)),
    "nginx": ("60 addresses behind nginx, and one alone", service_people.sixty_addresses),
    "bad": ("2,000 bad inputs, 2 workers", _with_product(service_abuse.bad, 2)),
    "fuzz": ("fuzzed texts of 2,000 characters", service_abuse.fuzzed),
    "soak": ("a soak, 2 workers", _with_product(service_people.soak, 2)),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs the parts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--only", default="", help="the names of the parts to run, with commas between them")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long 16 people talk")
    parser.add_argument("--soak", type=float, default=600.0, help="seconds of the soak")
    parser.add_argument("--texts", type=int, default=10_000, help="fuzzed texts to have been read in all")
    parser.add_argument("--slice", type=float, default=240.0, help="seconds after which fuzzing goes on another time")
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args(arguments)
    wanted = given.only.split(",") if given.only else list(PARTS)
    for name in wanted:
        title, part = PARTS[name]
        kept = _kept()
        given.before = kept.get(name)
        found = part(given)
        kept[name] = {"title": title, **found, "day": time.strftime("%Y-%m-%d"), "load": os.getloadavg()[1]}
        (HERE / "load.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        (HERE / "load.md").write_text(page(kept), encoding="utf-8")
        print(f"{title}: {found}", flush=True)
    return 0


def _kept() -> dict[str, Any]:
    path = HERE / "load.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def page(kept: dict[str, Any]) -> str:
    """The page: what was asked, and what came of it."""
    lines = [
        "# Under load",
        "",
        "Written by `make load`, on the product as it ships, with SQLite. The driver runs on the same two cores. *Load* is",
        "the machine's (five minutes), other work on it included: where it is far above 2, times tell of that work too.",
        "",
        "| what | figures | load | day |",
        "|---|---|---:|---|",
    ]
    for name in PARTS:
        if name in kept:
            one = kept[name]
            lines.append(f"| {one['title']} | {one['said']} | {one['load']:.1f} | {one['day']} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
