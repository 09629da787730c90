"""Every text of the content with its place, and texts cut into sentences and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot import model
from bot.content.document import Document, Place, Problem
from bot.content.reader import Entry, Reading

NOT_READ = ("payload", "topic", "reason")
"""Keys of replies whose values nobody reads."""
_BULLET = re.compile(r"^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")


@dataclass(frozen=True)
class Passage:
    """A text that people read: whose it is ("causes/disc why"), where it stands, and whether it gets a grade.

    With `only_lines`, nothing but the lines of help_lines.yml may stand in braces.
    """

    label: str
    entry: Entry
    place: Place
    text: str
    graded: bool = False
    only_lines: bool = True

    def problem(self, message: str) -> Problem:
        """Something wrong in the passage."""
        return self.entry.problem(f"{self.label}: {message}", *self.place)


def passages(reading: Reading) -> Iterator[Passage]:
    """Every text that people read, but the help lines."""
    for article in reading.content.articles.values():
        yield from _article(article, reading.entries[f"articles/{article.id}"])
    for exercise in reading.content.exercises.values():
        yield from _exercise(exercise, reading.entries[f"exercises/{exercise.id}"])
    for entity in reading.content.entities.values():
        yield from _entity(entity, reading.entries[f"entities/{entity.id}"])
    for flag in reading.content.red_flags.values():
        yield from _red_flag(flag, reading.entries[f"red_flags/{flag.id}"])


def replies(document: Document) -> Iterator[Passage]:
    """Every text of a file of replies/: what is said outside the articles, with words to fill in of its own."""
    for place, text in _strings(document.data, ()):
        if place[-1] not in NOT_READ and "words" not in place:
            yield Passage(".".join(map(str, place)), Entry(document), place, text, graded=True, only_lines=False)


def _strings(data: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text in lists and mappings, with its place."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _strings(value, (*place, key))


def _article(article: model.Article, entry: Entry) -> Iterator[Passage]:
    yield Passage(f"{article.id} title", entry, ("title",), article.title)
    yield Passage(f"{article.id} short", entry, ("short",), article.short, graded=True)
    for section in article.more:
        place = ("more", section.key, "text")
        yield Passage(f"{article.id} {section.key}", entry, place, section.text, graded=True)
    for unit in article.units:
        yield from _unit(unit, entry)
    if article.table:
        yield Passage(f"{article.id} table", entry, ("table", "caption"), article.table.caption)
        for number, row in enumerate(article.table.rows):
            for key, cell in row.items():
                yield Passage(f"{article.id} table", entry, ("table", "rows", number, key), cell)


def _unit(unit: model.Unit, entry: Entry) -> Iterator[Passage]:
    """A unit as one text, which gets a grade, and its sentences for people with a condition."""
    place = ("units", unit.id.split(".", 1)[1])
    told = " ".join(part for part in (unit.answer, unit.because, unit.do, unit.net) if part)
    yield Passage(unit.id, entry, (*place, "answer"), told, graded=True)
    yield Passage(f"{unit.id} asks", entry, (*place, "asks"), unit.asks)
    for condition, text in unit.unless:
        yield Passage(f"{unit.id} {condition}", entry, (*place, "unless", condition), text)


def _entity(entity: model.Entity, entry: Entry) -> Iterator[Passage]:
    yield Passage(entity.id, entry, ("sentence",), entity.sentence)
    for condition, text in entity.unless:
        yield Passage(f"{entity.id} {condition}", entry, ("unless", condition), text)


def _exercise(exercise: model.Exercise, entry: Entry) -> Iterator[Passage]:
    label = exercise.id
    yield Passage(f"{label} steps", entry, ("steps",), "\n".join(exercise.steps), graded=True)
    yield Passage(f"{label} cautions", entry, ("cautions",), "\n".join(exercise.cautions), graded=True)
    for key in ("name", "targets", "easier", "harder", "image_alt"):
        if text := getattr(exercise, key):
            yield Passage(f"{label} {key}", entry, (key,), text)
    for cell in exercise.conditions:
        if cell.say:
            yield Passage(f"{label} {cell.condition}", entry, ("conditions", cell.condition, "say"), cell.say)
    for key in ("sets", "reps", "hold", "how_often", "note"):
        if text := getattr(exercise.dose, key):
            yield Passage(f"{label} dose", entry, ("dose", key), text)


def _red_flag(flag: model.RedFlag, entry: Entry) -> Iterator[Passage]:
    yield Passage(f"{flag.id} title", entry, ("title",), flag.title)
    yield Passage(f"{flag.id} tell", entry, ("tell", "you"), flag.tell.you, graded=True)
    yield Passage(f"{flag.id} tell", entry, ("tell", "other"), flag.tell.other, graded=True)
    yield Passage(f"{flag.id} ask", entry, ("ask",), flag.ask)
    for number, question in enumerate(flag.questions):
        yield Passage(f"{flag.id} question", entry, ("questions", number), question)


def placeholders(text: str) -> list[str]:
    """The names in braces."""
    return _PLACEHOLDER.findall(text)


def plain(text: str) -> str:
    """The text without Markdown, every list item a line of its own and closed by a full stop."""
    lines = []
    for line in _BULLET.sub("\n", _PLACEHOLDER.sub("call now", text)).replace("**", "").replace("_", " ").splitlines():
        bare = line.strip()
        lines.append(bare if not bare or bare[-1] in ".!?:,;" else f"{bare}.")
    return "\n".join(lines).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text. A line break within a paragraph ends none, a list item or a paragraph does."""
    joined = re.sub(r"(?<!\n)\n(?!\n|\s*(?:[-*]|\d+\.)\s)", " ", text)
    return [part.strip() for part in _SENTENCE_END.split(plain(joined)) if part.strip()]
