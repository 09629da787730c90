"""What is stored of an event, so that a message takes some three kilobytes and not twelve.

Upstream: Rasa 3.6.21 stores whatever NLU wrote of a message (each ranking whole, the words three times), each message of ours
once more beside our own table of turns, each slot value as it is, and with every event which model was running. Its test fails
when Rasa cuts any of these itself.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any

MOST_RANKED = 5
"""Entries of a ranking that are stored: nobody reads further (design, section 4)."""

OF_THE_TURN = frozenset({"meaning"})
"""What is of use to the turn's own action alone: the state of the conversation is in it, and that has a slot of its own."""

TWICE = frozenset({"text", "message_id", "metadata"})
"""What stands in the event itself as well."""

SHORT = 200
"""Characters up to which a slot's text is stored as it is: packing would not make it shorter."""

PACKED = "zlib:"
"""What a packed text begins with."""


def slim(event: dict[str, Any]) -> dict[str, Any]:
    """The event as JSON, as it is stored. The event handed in is left alone."""
    kind = event.get("event")
    if kind == "user" and isinstance(event.get("parse_data"), dict):
        return {**event, "parse_data": _parsed(event)}
    kept = {name: value for name, value in event.items() if name != "metadata"}
    if kind == "bot":
        return {**kept, "data": _named(event.get("data"))}
    if kind == "slot":
        return {**kept, "value": packed(event.get("value"))}
    return kept


def whole(event: dict[str, Any]) -> dict[str, Any]:
    """The way back from `slim`, as far as Rasa reads it; what was stored before there was a `slim` comes out as it is."""
    if event.get("event") == "slot":
        return {**event, "value": unpacked(event.get("value"))}
    parsed = event.get("parse_data")
    if isinstance(parsed, dict):
        back = {name: event[name] for name in TWICE if name in event}
        return {**event, "parse_data": {**back, **parsed}}
    return event


def packed(value: Any) -> Any:
    """A long text compressed; anything else as it is."""
    if not isinstance(value, str) or len(value) <= SHORT:
        return value
    return PACKED + base64.b85encode(zlib.compress(value.encode(), 9)).decode("ascii")


def unpacked(value: Any) -> Any:
    """The way back from `packed`."""
    if not isinstance(value, str) or not value.startswith(PACKED):
        return value
    return zlib.decompress(base64.b85decode(value.removeprefix(PACKED))).decode()


def _parsed(event: dict[str, Any]) -> dict[str, Any]:
    """What was read of a message: rankings cut and rounded, without what is OF_THE_TURN or stands in the event too."""
    parsed = event["parse_data"]
    left = OF_THE_TURN | {name for name in TWICE if name in parsed and _holds(event.get(name), parsed[name])}
    return {name: _cut(name, value) for name, value in parsed.items() if name not in left}


def _holds(told: Any, again: Any) -> bool:
    """Whether the event says what its parsed message says again; Rasa adds names of its own to the event's metadata."""
    if isinstance(told, dict) and isinstance(again, dict):
        return again.items() <= told.items()
    return bool(told == again)


def _named(data: Any) -> Any:
    """Of a message of ours its type and topic: the message itself is in the table of turns, where it is read from."""
    custom = data.get("custom") if isinstance(data, dict) else None
    message = custom.get("data") if isinstance(custom, dict) else None
    if not isinstance(message, dict):
        return data
    return {"custom": {"data": {name: message[name] for name in ("type", "topic", "unit") if name in message}}}


def _cut(name: str, value: Any) -> Any:
    if name.endswith("ranking") and isinstance(value, list):
        return [_rounded(entry) for entry in value[:MOST_RANKED]]
    return value


def _rounded(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in entry.items()}
