"""All checks of the content at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from bot.content.check_coverage import ITEMS, coverage_problems
from bot.content.check_questions import question_errors, question_labels
from bot.content.check_references import background_errors, date_problems, link_errors, source_errors
from bot.content.check_replies import list_errors, reply_errors
from bot.content.check_signs import PhraseReader, sign_errors
from bot.content.check_units import entity_errors, fitting_errors, unit_errors
from bot.content.check_wording import grade, grade_errors, read_lists, wording_errors, wording_warnings
from bot.content.document import ContentError, Document, Problem, read_document
from bot.content.reader import Reading, read_all
from bot.content.signs import SignFile
from bot.content.texts import passages, replies


@dataclass(frozen=True)
class Counts:
    """How much content there is. `general_share` is the part (0 to 1) of the sections that is general advice."""

    topics: int
    topics_wanted: int
    exercises: int
    sources: int
    red_flags: int
    regions: int
    signs: int
    phrases: int
    sections: int
    covered: int
    covered_wanted: int
    highest_grade: float
    highest_grade_at: str
    general_share: float


@dataclass(frozen=True)
class Report:
    """What the checks found. Content with errors must not be served; warnings are for its writers."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    counts: Counts


Phrases = Callable[[Collection[SignFile]], PhraseReader]
"""Makes what reads phrases; bot.language has one."""


def check(root: Path | None = None, *, today: dt.date, phrases: Phrases | None = None) -> Report:
    """Checks the content below `root` (default: the content that ships) and the training questions beside it.

    Phrases are checked by what `phrases` makes; without it they are not.
    """
    reading = read_all(root)
    errors, warnings = list(reading.errors), []
    if phrases:
        errors += sign_errors(reading, phrases(reading.content.signs.values()))
    topics = _topics(reading, errors)
    unused = _read_beside(reading, "unused_sources.yml", errors)
    errors += source_errors(reading, unused.data if unused else ())
    errors += background_errors(reading)
    errors += link_errors(reading, topics)
    errors += question_errors(reading, topics)
    errors += [
        *unit_errors(reading, list(question_labels(reading, topics))),
        *fitting_errors(reading),
        *entity_errors(reading),
    ]
    errors += [*reply_errors(reading), *list_errors(reading)]
    late, old = date_problems(reading, today)
    wording, long, highest = _wording(reading)
    covered, uncovered, no_file = _coverage(reading)
    errors += late + wording + uncovered
    warnings += old + long + no_file
    return Report(tuple(sorted(errors)), tuple(sorted(warnings)), _counts(reading, topics, covered, highest))


def _topics(reading: Reading, errors: list[Problem]) -> tuple[str, ...]:
    """The topics of topics.yml; one without an article is an error."""
    document = _read_beside(reading, "topics.yml", errors)
    if document is None:
        return ()
    for position, topic in enumerate(document.data):
        if topic not in reading.content.articles:
            errors.append(document.problem(f"topic {topic!r} has no article", (position,)))
    return tuple(document.data)


def _read_beside(reading: Reading, name: str, errors: list[Problem]) -> Document | None:
    path = reading.root / name
    try:
        return read_document(path, reading.name(path)) if path.exists() else None
    except ContentError as error:
        errors += error.errors
        return None


def _wording(reading: Reading) -> tuple[list[Problem], list[Problem], tuple[float, str]]:
    """Errors and warnings on the words, and the highest grade with the passage that has it."""
    lists = read_lists()
    errors: list[Problem] = []
    warnings: list[Problem] = []
    highest = (0.0, "-")
    names = [f"replies/{path.name}" for path in sorted((reading.root / "replies").glob("*.yml"))]
    spoken = [document for name in names if (document := _read_beside(reading, name, errors))]
    for passage in (*passages(reading), *(said for document in spoken for said in replies(document))):
        errors += wording_errors(passage, lists)
        warnings += wording_warnings(passage)
        found = grade(passage.text, lists) if passage.graded else None
        errors += grade_errors(passage, found)
        highest = max(highest, (found or 0.0, passage.label))
    return errors, warnings, highest


def _coverage(reading: Reading) -> tuple[int, list[Problem], list[Problem]]:
    """How many items have a home, the errors of the coverage file, and a warning where there is none."""
    errors: list[Problem] = []
    document = _read_beside(reading, "coverage.yml", errors)
    if document is None:
        return 0, errors, [] if errors else [Problem("bot/content/coverage.yml", 1, "is not there")]
    covered, found = coverage_problems(reading, document)
    return covered, found, []


def _counts(reading: Reading, topics: tuple[str, ...], covered: int, highest: tuple[float, str]) -> Counts:
    content = reading.content
    sections = [section for article in content.articles.values() for section in article.more]
    general = sum(section.general_advice for section in sections)
    return Counts(
        topics=sum(topic in content.articles for topic in topics),
        topics_wanted=len(topics),
        exercises=len(content.exercises),
        sources=len(content.sources),
        red_flags=len(content.red_flags),
        regions=len(content.help_lines),
        signs=len(content.signs),
        phrases=sum(len(list(sign.all_phrases())) for sign in content.signs.values()),
        sections=len(sections),
        covered=covered,
        covered_wanted=ITEMS,
        highest_grade=highest[0],
        highest_grade_at=highest[1],
        general_share=general / len(sections) if sections else 0.0,
    )
