"""What came of a message, told from its answer alone: for the metrics and for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Answer = Sequence[Mapping[str, Any]]
"""Messages of the contract (bot/channel/message.v1.schema.json)."""

DECLINED = frozenset({"out_of_scope", "language", "limit", "privacy"})
"""Reasons of a notice that say: not something this service answers."""

OUTCOMES = ("answered", "alert", "unsure", "declined", "unavailable")


def outcome(messages: Answer) -> str:
    """One of OUTCOMES; of several that hold, the one that matters most to the person."""
    kinds = {message.get("type") for message in messages}
    reasons = {message.get("reason") for message in messages if message.get("type") == "notice"}
    if "alert" in kinds:
        return "alert"
    if "unavailable" in reasons or not messages:
        return "unavailable"
    if "unsure" in reasons or "choices" in kinds:
        return "unsure"
    return "declined" if reasons & DECLINED else "answered"


def taken_back(messages: Answer) -> bool:
    """Whether the answer says that an alert no longer stands."""
    return any(message.get("stands_down") is True for message in messages)
