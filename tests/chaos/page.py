"""benchmarks/chaos.md, written from the figures of the last run of each fault."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.chaos.people import Audit

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
COUNTS = (
    "sent", "answered", "kept", "not_kept", "busy", "lost", "doubled", "emergencies_unalerted", "late", "untold",
)  # fmt: skip


def keep(name: str, found: Audit, people: int, pause: float, seed: int) -> None:
    """Notes the figures of a fault, in the place of older ones, and writes the page."""
    path = FOLDER / "chaos.json"
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    how = {"people": people, "pause": pause, "seed": seed, "day": time.strftime("%Y-%m-%d"), "load": os.getloadavg()[1]}
    kept[name] = {**asdict(found), **how}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    (FOLDER / "chaos.md").write_text(written(kept), encoding="utf-8")


def written(kept: dict[str, Any]) -> str:
    """The page."""
    lines = [
        "# Faults under load",
        "",
        "Written by `make chaos`, on the product as it ships: two Rasa servers and two action servers on one port, no",
        "connection kept, so that a conversation's messages go to either. Nobody may be told that words are kept which are",
        "then lost or doubled, no emergency among those may stay without its alert, and everybody is told something true",
        "within ten seconds; a message whose connection breaks is sent again under its id, as the page does. *Load* is the",
        "machine's (five minutes; two cores), other work on it included.",
        "",
        f"| fault | people | {' | '.join(name.replace('_', ' ') for name in COUNTS)} | slowest | load | day |",
        f"|---|{'---:|' * (len(COUNTS) + 3)}---|",
    ]
    for name, one in kept.items():
        values = " | ".join(str(one[key]) for key in COUNTS)
        lines.append(
            f"| {name} | {one['people']} | {values} | {one['slowest']:.1f} s | {one['load']:.1f} | {one['day']} |"
        )
    return "\n".join([*lines, ""])
