"""Checks the coverage file: where each claim of the article that this project began with has its home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import ValidationError, root_validator

from bot.content.document import Document, Problem
from bot.content.reader import Reading
from bot.content.schema import Closed

ITEMS = 165
"""The claims and recommendations of the article, numbered from 1."""


class Item(Closed):
    """One claim in a few words, and the text that carries it or, with `correction`, that says what is right instead."""

    claim: str
    article: str | None = None
    section: Literal["short", "why", "how", "how_often", "how_long", "cautions", "evidence", "table"] | None = None
    exercise: str | None = None
    correction: str | None = None

    @root_validator(skip_on_failure=True)
    def has_a_home(cls, values: dict[str, Any]) -> dict[str, Any]:
        """An article goes with its section; an item has an article, an exercise or a correction."""
        if (values["article"] is None) != (values["section"] is None):
            raise ValueError("an article and its section go together")
        if not (values["article"] or values["exercise"] or values["correction"]):
            raise ValueError("needs an article with its section, an exercise, or a correction")
        return values


def coverage_problems(reading: Reading, document: Document) -> tuple[int, list[Problem]]:
    """How many of the items have a home, and what is wrong with the others."""
    data = document.data if isinstance(document.data, dict) else {}
    covered, errors = 0, []
    for number in range(1, ITEMS + 1):
        if number not in data:
            errors.append(document.problem(f"item {number} has no home"))
            continue
        found = list(_item_errors(reading, document, number, data[number]))
        errors += found
        covered += not found
    for key in data:
        if not isinstance(key, int) or not 1 <= key <= ITEMS:
            errors.append(document.problem(f"there is no item {key}", (str(key),)))
    return covered, errors


def _item_errors(reading: Reading, document: Document, number: int, data: Any) -> Iterator[Problem]:
    place = (str(number),)
    try:
        item = Item.parse_obj(data)
    except ValidationError as error:
        for detail in error.errors():
            where = ".".join(str(part) for part in detail["loc"] if part != "__root__")
            yield document.problem(f"item {number} {where}: {detail['msg']}", (*place, *detail["loc"]))
        return
    article = reading.content.articles.get(item.article or "")
    if item.article and not article:
        yield document.problem(f"item {number}: there is no article {item.article!r}", (*place, "article"))
    elif article and item.section == "table" and not article.table:
        yield document.problem(f"item {number}: {item.article!r} has no table", (*place, "section"))
    elif article and item.section and item.section not in ("short", "table") and not article.section(item.section):
        yield document.problem(f"item {number}: {item.article!r} has no {item.section}", (*place, "section"))
    if item.exercise and item.exercise not in reading.content.exercises:
        yield document.problem(f"item {number}: there is no exercise {item.exercise!r}", (*place, "exercise"))
