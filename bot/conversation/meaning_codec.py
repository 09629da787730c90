"""A Meaning as plain JSON: what the pipeline puts on the parsed message, and the actions read there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from bot.conversation.meaning import Meaning

KEY = "meaning"
"""The field of the parsed message that holds it."""

_converter = make_converter(omit_if_default=True)
for _plain in (float | str | bool, str | float | None):
    _converter.register_structure_hook(_plain, lambda value, _: value)
    _converter.register_unstructure_hook(_plain, lambda value: value)


class UnreadableMeaning(ValueError):
    """What stands there is no meaning."""


def to_json(meaning: Meaning) -> dict[str, Any]:
    """The meaning as dicts, lists and plain values, without what has its default."""
    data: dict[str, Any] = _converter.unstructure(meaning)
    return data


def from_json(data: Mapping[str, Any] | None) -> Meaning:
    """The meaning that `to_json` wrote. Raises UnreadableMeaning, also for None."""
    try:
        return _converter.structure(data, Meaning)
    except (BaseValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableMeaning(type(error).__name__) from error
