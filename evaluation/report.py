"""The figures as a Markdown page, beside those of the last committed run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def page(results: Mapping[str, Any], baseline: Mapping[str, Any]) -> str:
    """One table for each group of figures, with what the committed run had; misses and confusions by name after them."""
    lines = ["# Measured quality", "", "Written by `make evaluate`; the last column is the committed run before it."]
    for group, values in results.items():
        before = baseline.get(group) or {}
        lines += ["", f"## {group}", "", "| figure | value | before |", "|---|---|---|"]
        lines += [
            f"| {name} | {_shown(value)} | {_shown(_counts(before).get(name))} |"
            for name, value in _counts(values).items()
        ]
        lines += list(_named(values))
    return "\n".join(lines) + "\n"


def _counts(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures of one group."""
    counts: Mapping[str, Any] = values.get("counts") or {}
    return counts


def _named(values: Mapping[str, Any]) -> Iterator[str]:
    """Confusions, and the ids of misses with what came instead."""
    if values.get("confusions"):
        yield ""
        yield f"Most confused: {'; '.join(values['confusions'])}."
    if values.get("misses"):
        yield ""
        yield "Missed: " + "; ".join(_miss(miss) for miss in values["misses"]) + "."


def _miss(miss: Mapping[str, Any]) -> str:
    """One miss in a few words."""
    got = miss["got"] if isinstance(miss["got"], str) else ", ".join(miss["got"]) or "nothing"
    wanted = miss.get("acceptable") or miss.get("expected") or miss.get("category") or ""
    wanted = wanted if isinstance(wanted, str) else "/".join(wanted)
    asked = f", asked about {miss['asked']}" if miss.get("asked") else ""
    return f"{miss['id']} ({wanted}: {got}{asked})"


def _shown(value: Any) -> str:
    """A share as a percentage with its numbers, a count as it is, nothing as a dash."""
    if isinstance(value, Mapping):
        return f"{value['share']:.1%} ({value['hits']} of {value['cases']})"
    if isinstance(value, float):
        return f"{value:.1%}"
    return "-" if value is None else str(value)
