"""Content as documents: each item of the content is one JSON text, under its kind and id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cattrs.preconf.json import make_converter

from bot import model
from bot.content.reader import Content

KINDS: Mapping[str, type[Any]] = {
    "sources": model.Source,
    "articles": model.Article,
    "exercises": model.Exercise,
    "red_flags": model.RedFlag,
    "help_lines": model.HelpLines,
    "conditions": model.Condition,
    "entities": model.Entity,
}
"""The fields of Content that are stored, and what each of their items is."""

_converter = make_converter()
_converter.register_unstructure_hook(dt.date, dt.date.isoformat)
_converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text))

Row = dict[str, Any]


def to_rows(content: Content) -> dict[str, list[Row]]:
    """The rows of the table of documents, by kind; `position` keeps the content's order."""
    return {
        kind: [
            {"kind": kind, "id": name, "position": at, "body": _converter.dumps(item, unstructure_as=shape)}
            for at, (name, item) in enumerate(getattr(content, kind).items())
        ]
        for kind, shape in KINDS.items()
    }


def from_row(kind: str, body: str) -> Any:
    """The item that a row holds."""
    return _converter.loads(body, KINDS[kind])
