"""Checks on what holds between files: everything named exists, everything that exists is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot import model
from bot.content.document import Place, Problem
from bot.content.reader import Entry, Reading
from bot.model import Checked, Evidence

YEAR = dt.timedelta(days=365)


def citations(reading: Reading) -> Iterator[tuple[Entry, Place, tuple[str, ...]]]:
    """Every list of sources with its place."""
    content = reading.content
    for article in content.articles.values():
        yield from _article_citations(article, reading.entries[f"articles/{article.id}"])
    for exercise in content.exercises.values():
        entry = reading.entries[f"exercises/{exercise.id}"]
        yield entry, ("sources",), exercise.sources
        yield from ((entry, ("conditions", cell.condition, "sources"), cell.sources) for cell in exercise.conditions)
    for kind, items in (("entities", content.entities), ("red_flags", content.red_flags)):
        yield from ((reading.entries[f"{kind}/{key}"], ("sources",), item.sources) for key, item in items.items())
    for lines in content.help_lines.values():
        for role in ("emergency", "same_day", "crisis", "poison"):
            if line := getattr(lines, role):
                yield reading.entries[f"help_lines/{lines.region}"], (role, "source"), (line.source,)


def _article_citations(article: model.Article, entry: Entry) -> Iterator[tuple[Entry, Place, tuple[str, ...]]]:
    """The lists of sources of one article."""
    yield entry, ("sources",), article.sources
    for section in article.more:
        yield entry, ("more", section.key, "sources"), section.sources
    for unit in article.units:
        yield entry, ("units", unit.id.split(".", 1)[1], "sources"), unit.sources
    if article.table:
        yield entry, ("table", "sources"), article.table.sources


def source_errors(reading: Reading, unused: Iterable[str]) -> Iterator[Problem]:
    """Sources that are cited but not there, there but not cited, cited twice in one list, or without a link."""
    known = reading.content.sources
    used: set[str] = set()
    for entry, place, ids in citations(reading):
        used.update(ids)
        for position, source in enumerate(ids):
            if source not in known:
                yield entry.problem(f"source {source!r} is not in sources.yml", *place, position)
            if source in ids[:position]:
                yield entry.problem(f"source {source!r} is cited twice", *place, position)
    exempt = set(unused)
    for source, found in known.items():
        entry = reading.entries[f"sources/{source}"]
        if not found.url:
            yield entry.problem(f"source {source!r} has no link")
        if source not in used | exempt:
            yield entry.problem(f"source {source!r} is used by nothing")
        if source in used & exempt:
            yield entry.problem(f"source {source!r} is used: take it off unused_sources.yml")


def background_errors(reading: Reading) -> Iterator[Problem]:
    """Text that rests on sources which nobody has checked, without saying that it is general advice."""
    known = reading.content.sources

    def unchecked(ids: tuple[str, ...]) -> bool:
        return bool(ids) and all(known[i].checked is Checked.BACKGROUND for i in ids if i in known)

    for article in reading.content.articles.values():
        entry = reading.entries[f"articles/{article.id}"]
        if unchecked(article.sources) and article.evidence is not Evidence.GENERAL_ADVICE:
            yield entry.problem("rests on unchecked sources alone: say evidence: general_advice", "evidence")
        parts: list[tuple[Place, model.Section | model.Unit]] = [(("more", part.key), part) for part in article.more]
        parts += [(("units", unit.id.split(".", 1)[1]), unit) for unit in article.units]
        for place, part in parts:
            if unchecked(part.sources) and not part.general_advice:
                yield entry.problem("rests on unchecked sources alone: say general_advice: true", *place)
        if article.table and not article.table.sources and not entry.document.data["table"].get("general_advice"):
            yield entry.problem("the table needs sources, or general_advice: true", "table")
    for exercise in reading.content.exercises.values():
        if (unchecked(exercise.sources) or not exercise.sources) and not exercise.general_advice:
            yield reading.entries[f"exercises/{exercise.id}"].problem("needs checked sources, or general_advice: true")


def link_errors(reading: Reading, topics: tuple[str, ...]) -> Iterator[Problem]:
    """Articles without a topic, exercises without an article, and links and pictures that are not there."""
    content = reading.content
    for article in content.articles.values():
        yield from _article_links(reading, article, topics)
    shown = {exercise for article in content.articles.values() for exercise in article.exercises}
    for exercise in content.exercises.values():
        entry = reading.entries[f"exercises/{exercise.id}"]
        if exercise.id not in shown:
            yield entry.problem(f"exercise {exercise.id!r} is shown by no article")
        yield from _image_errors(reading, exercise, entry)
    for flag in content.red_flags.values():
        for position, other in enumerate(flag.raised_by):
            higher = content.red_flags.get(other)
            if higher is None or higher.urgency.rank <= flag.urgency.rank:
                entry = reading.entries[f"red_flags/{flag.id}"]
                yield entry.problem(f"raised_by {other!r} is no flag of a higher level", "raised_by", position)


def _article_links(reading: Reading, article: model.Article, topics: tuple[str, ...]) -> Iterator[Problem]:
    entry = reading.entries[f"articles/{article.id}"]
    if article.id not in topics:
        yield entry.problem(f"{article.id!r} is not in topics.yml", "id")
    for position, other in enumerate(article.see_also):
        if other not in topics or other == article.id:
            yield entry.problem(f"see_also {other!r} is no other topic", "see_also", position)
    for position, exercise in enumerate(article.exercises):
        if exercise not in reading.content.exercises:
            yield entry.problem(f"exercise {exercise!r} is not there", "exercises", position)


def _image_errors(reading: Reading, exercise: model.Exercise, entry: Entry) -> Iterator[Problem]:
    if exercise.image and not (reading.root.parent / "channel" / "static" / exercise.image).is_file():
        yield entry.problem(f"the picture {exercise.image!r} is not in bot/channel/static", "image")
    if exercise.image and not exercise.image_alt:
        yield entry.problem("a picture needs image_alt, for those who cannot see it", "image")


def date_problems(reading: Reading, today: dt.date) -> tuple[list[Problem], list[Problem]]:
    """Errors for days still to come, and warnings for sources last looked at more than a year before `today`."""
    errors, warnings = [], []
    dated = {f"articles/{key}": item.checked_on for key, item in reading.content.articles.items()}
    dated |= {f"exercises/{key}": item.checked_on for key, item in reading.content.exercises.items()}
    for key, day in dated.items():
        if day > today:
            errors.append(reading.entries[key].problem(f"checked_on {day} is still to come", "checked_on"))
        elif today - day > YEAR:
            warnings.append(reading.entries[key].problem(f"last checked on {day}, over a year ago", "checked_on"))
    return errors, warnings
