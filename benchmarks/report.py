"""From what was measured to one table: medians, percentiles and ratios."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import Figures

PAGE = Path(__file__).with_name("page.md.template")

Values = dict[str, float]
"""Figures by name, in the units of ROWS."""


@dataclass(frozen=True)
class Row:
    """One line of the table. `shown` formats a value; `points`: compared by difference, else by ratio.

    `target`: the most that ours/stock may be, or the least where `more` is better; None where there is no target.
    """

    name: str
    title: str
    shown: str = "{:.3g}"
    more: bool = False
    points: bool = False
    target: float | None = None


ROWS = (
    Row("right", "Questions answered right", "{:.1%}", more=True, points=True, target=0.12),
    Row("right_or_offered", "... or the right topic offered", "{:.1%}", more=True, points=True),
    Row("training_seconds", "Training, s", "{:.1f}", target=0.1),
    Row("first_answer_seconds", "From start to the first answer, s", "{:.1f}"),
    Row("memory_mb", "Memory of all processes (PSS), MB", "{:.0f}", target=0.7),
    Row("p50_ms", "Latency one at a time, median, ms", "{:.1f}", target=1 / 3),
    Row("p95_ms", "... 95th percentile, ms", "{:.1f}"),
    Row("p99_ms", "... 99th percentile, ms", "{:.1f}"),
    Row("turn_1_ms", "The 1st message of a conversation, median, ms", "{:.1f}"),
    Row("turn_50_ms", "... the same question as its 50th", "{:.1f}"),
    Row("turn_50_over_1", "... the 50th over the 1st", "{:.2f}"),
    Row("messages_per_second", "Messages per second, 16 people at once", "{:.1f}", more=True, target=4.0),
    Row("processor_ms", "Processor time for a message, all processes, ms", "{:.1f}"),
)


def percentile(values: Sequence[float], share: float) -> float:
    """The least of the values that at least a share (0 to 1) of them does not exceed (nearest rank)."""
    if not values or not 0 < share <= 1:
        raise ValueError("a percentile needs values and a share above 0, at most 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def summary(figures: Figures) -> Values:
    """The figures of one side: latencies of all rounds together, else the median round."""
    milliseconds = [seconds * 1000 for seconds in figures.latencies]
    first, last = (statistics.median(times) * 1000 for times in zip(*figures.first_and_last, strict=True))
    return {
        "right": figures.accuracy["right"],
        "right_or_offered": figures.accuracy["right_or_offered"],
        "training_seconds": figures.training_seconds,
        "first_answer_seconds": statistics.median(figures.first_answer_seconds),
        "memory_mb": statistics.median(figures.memory_bytes) / 1e6,
        "p50_ms": percentile(milliseconds, 0.5),
        "p95_ms": percentile(milliseconds, 0.95),
        "p99_ms": percentile(milliseconds, 0.99),
        "turn_1_ms": first,
        "turn_50_ms": last,
        "turn_50_over_1": last / first,
        "messages_per_second": statistics.median(figures.messages_per_second),
        "processor_ms": statistics.median(figures.processor_seconds_per_message) * 1000,
    }


def compared(row: Row, stock: Values, ours: Values) -> float:
    """Ours over stock, or ours less stock for a share."""
    return ours[row.name] - stock[row.name] if row.points else ours[row.name] / stock[row.name]


def reached(row: Row, value: float) -> bool | None:
    """Whether the target is reached, or None where there is none. A share of 0.12 is 12 points, rounding errors aside."""
    if row.target is None:
        return None
    return value >= row.target - 1e-9 if row.more else value <= row.target + 1e-9


def table(stock: Values, ours: Values) -> str:
    """The Markdown table."""
    lines = ["| figure | stock Rasa | Stridewell | Stridewell / stock | target |", "|---|---:|---:|---:|---|"]
    for row in ROWS:
        value = compared(row, stock, ours)
        told = f"{value * 100:+.1f} points" if row.points else f"{value:.2f}"
        cells = (
            row.title, row.shown.format(stock[row.name]), row.shown.format(ours[row.name]), told, _target(row, value)
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def ratios(stock: Values, ours: Values) -> dict[str, dict[str, Any]]:
    """The comparisons by name, with whether the target is reached."""
    found: dict[str, dict[str, Any]] = {}
    for row in ROWS:
        value = compared(row, stock, ours)
        found[row.name] = {"value": value, "by": "difference" if row.points else "ratio"}
        if row.target is not None:
            found[row.name] |= {"target": row.target, "reached": reached(row, value)}
    return found


def page(results: Mapping[str, Any]) -> str:
    """The whole page, from what is written as JSON."""
    machine, how = results["machine"], results["how"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return PAGE.read_text(encoding="utf-8").format(
        table=table(results["stock"], results["ours"]), machine=machine, how=how, versions=versions,
        before=", ".join(f"{one:.1f}" for one in machine["load_before"]),
        after=", ".join(f"{one:.1f}" for one in machine["load_after"]),
    )  # fmt: skip


def _target(row: Row, value: float) -> str:
    if row.target is None:
        return ""
    bound = "at least" if row.more else "at most"
    amount = f"{row.target * 100:+.0f} points" if row.points else f"{row.target:.2g}"
    return f"{bound} {amount}: {'reached' if reached(row, value) else 'missed'}"
