"""Checks on the training questions: every topic has enough of its own, all different."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.content.document import ContentError, Document, Problem, read_document
from bot.content.reader import Reading

ENOUGH = 25
"""Fewer questions than this teach too few ways of asking."""

ALIKE = 92
"""From this similarity (0 to 100) on, two questions are one question."""

_BULLET = re.compile(r"^\s*-\s+(.*\S)\s*$")
_WORD = re.compile(r"\w+(?:'\w+)?")


class Question(NamedTuple):
    """A training question, where it stands, the topic or unit that it asks for, and its words, each once and sorted."""

    path: str
    line: int
    label: str
    text: str
    words: str


def question_errors(reading: Reading, topics: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with data/nlu/<category>/<topic>.yml of every topic, and files there that belong to none."""
    folder = reading.root.parent.parent / "data" / "nlu"
    seen: dict[str, Question] = {}
    for topic in topics:
        path = folder / f"{topic}.yml"
        name = reading.name(path)
        if not path.exists():
            yield Problem(name, 1, f"is not there: topic {topic!r} has no training questions")
            continue
        try:
            questions = read_questions(read_document(path, name), topic)
        except ContentError as error:
            yield from error.errors
            continue
        if len(questions) < ENOUGH:
            yield Problem(name, 1, f"{len(questions)} training questions, at least {ENOUGH}")
        yield from _alike(questions)
        yield from _elsewhere(questions, seen)
    categories = {topic.split("/")[0] for topic in topics}
    for path in sorted(path for category in categories for path in (folder / category).glob("*.yml")):
        if path.relative_to(folder).with_suffix("").as_posix() not in topics:
            yield Problem(reading.name(path), 1, "belongs to no topic of topics.yml")


def question_labels(reading: Reading, topics: tuple[str, ...]) -> Iterator[str]:
    """The topic or unit of every training question that can be read."""
    folder = reading.root.parent.parent / "data" / "nlu"
    for path in (folder / f"{topic}.yml" for topic in topics):
        with contextlib.suppress(ContentError):
            topic = path.relative_to(folder).with_suffix("").as_posix()
            yield from (question.label for question in read_questions(read_document(path, reading.name(path)), topic))


def read_questions(document: Document, topic: str) -> list[Question]:
    """The questions of a training file. Raises ContentError when it has another shape or another intent."""
    data = document.data if isinstance(document.data, dict) else {}
    blocks = data.get("nlu")
    intents = [block.get("intent") for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    strangers = [intent for intent in intents if str(intent).split(".")[0] != topic]
    told = isinstance(blocks, list) and all(
        isinstance(block.get("examples"), str) for block in blocks if isinstance(block, dict)
    )
    if not told or topic not in intents or strangers:
        raise ContentError([document.problem(f"must hold the examples of {topic!r} and of its units alone", ("nlu",))])
    found: list[Question] = []
    for place, block in enumerate(blocks or ()):
        first = document.line(("nlu", place, "examples")) + 1
        found += _questions(document.path, str(block["intent"]), str(block.get("examples", "")), first)
    return found


def _questions(path: str, label: str, examples: str, first: int) -> Iterator[Question]:
    """The questions of one block, whose first stands on line `first`."""
    for offset, line in enumerate(examples.splitlines()):
        if bullet := _BULLET.match(line):
            words = " ".join(sorted(set(_WORD.findall(bullet[1].lower().replace("’", "'")))))
            yield Question(path, first + offset, label, bullet[1], words)


def _alike(questions: list[Question]) -> Iterator[Problem]:
    """Pairs within a topic that hardly differ, whatever the order of their words."""
    for one, two in combinations(questions, 2):
        if fuzz.ratio(one.words, two.words, score_cutoff=ALIKE):
            yield Problem(two.path, two.line, f"{two.text!r} is nearly line {one.line}, {one.text!r}")


def _elsewhere(questions: list[Question], seen: dict[str, Question]) -> Iterator[Problem]:
    """Questions that another topic has in the same words: no classifier can tell those apart."""
    for question in questions:
        other = seen.setdefault(question.words, question)
        if other.path != question.path:
            yield Problem(question.path, question.line, f"{question.text!r} is also at {other.path}:{other.line}")
