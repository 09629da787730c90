"""What is stored of a parsed message.

Upstream: Rasa 3.6.21 stores whatever NLU wrote of a message, each ranking whole (75 topics are 5 kB), and sends it with each
action call. Its test fails when Rasa cuts rankings itself.
"""

from __future__ import annotations

from typing import Any

MOST_RANKED = 5
"""Entries of a ranking that are stored: nobody reads further (design, section 4)."""

OF_THE_TURN = frozenset({"meaning"})
"""What is of use to the turn's own action alone: the state of the conversation is in it, and that has a slot of its own."""


def slim(event: dict[str, Any]) -> dict[str, Any]:
    """The event as JSON with every ranking of its parsed message cut to MOST_RANKED entries, and unrounded tails of
    probabilities rounded, without what is OF_THE_TURN. The event handed in is left alone."""
    parsed = event.get("parse_data")
    if not isinstance(parsed, dict):
        return event
    return {
        **event,
        "parse_data": {name: _cut(name, value) for name, value in parsed.items() if name not in OF_THE_TURN},
    }


def _cut(name: str, value: Any) -> Any:
    if name.endswith("ranking") and isinstance(value, list):
        return [_rounded(entry) for entry in value[:MOST_RANKED]]
    return value


def _rounded(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in entry.items()}
