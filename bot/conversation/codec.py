"""The state as the versioned JSON string that one slot of the tracker holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cattrs.preconf.json import make_converter

from bot.conversation.meaning import Meaning
from bot.conversation.state import VERSION, State

_converter = make_converter(omit_if_default=True)
for _plain in (float | str | bool, str | float | None):  # the values of facts and of answers: JSON has them as they are
    _converter.register_structure_hook(_plain, lambda value, _: value)
    _converter.register_unstructure_hook(_plain, lambda value: value)

Step = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: Mapping[int, Step] = {}
"""By version: what makes a stored state of it one of the next. Version 1 is the first."""


class UnreadableState(ValueError):
    """The stored state is of a later version than this program, or was not written by it."""


def dump(state: State) -> str:
    """The state as JSON, without what has its default."""
    return json.dumps({"v": VERSION, **_converter.unstructure(state)}, separators=(",", ":"), ensure_ascii=False)


def load(stored: str | None) -> State:
    """The state that `dump` wrote, whatever its version; a new one for None. Raises UnreadableState."""
    if not stored:
        return State()
    try:
        data = json.loads(stored)
        version = int(data.pop("v"))
        while version < VERSION:
            data = UPGRADES[version](data)
            version += 1
        if version > VERSION:
            raise UnreadableState(f"state of version {version}, this program knows {VERSION}")
        return _converter.structure(data, State)
    except (json.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise error if isinstance(error, UnreadableState) else UnreadableState(type(error).__name__) from error


def meaning_to_json(meaning: Meaning) -> dict[str, Any]:
    """A meaning as plain data that travels with a parsed message."""
    plain: dict[str, Any] = _converter.unstructure(meaning)
    return plain


def meaning_from_json(data: Mapping[str, Any]) -> Meaning:
    """The meaning that `meaning_to_json` wrote."""
    return _converter.structure(dict(data), Meaning)
