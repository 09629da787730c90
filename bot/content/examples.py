"""What people write about a warning sign: examples/<flag>.txt, one text a line, in sections by assertion.

    [affirmed]
    saddle_change+bladder_change| since tuesday I feel nothing when I wipe and the wee just runs
    [negated]
    no numbness down below, only an ache after two miles

A line of [affirmed] or [someone_else] may begin with the concepts that it tells, joined by "+", and a bar. They train the
reader, and are never used to measure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.document import ContentError, Problem

PRESENT = ("affirmed", "someone_else")
"""Sections of texts in which the sign is there, the writer's or another person's."""
SECTIONS = (*PRESENT, "negated", "past_over", "hypothetical", "idiom", "look_alike")
OTHER = "other"
"""A tag for what no concept names."""

_HEADER = re.compile(r"\[(.*)\]")
_TAGGED = re.compile(r"([a-z_]+(?:\+[a-z_]+)*)\|\s*(.*)")


@dataclass(frozen=True)
class Example:
    """One text: its flag, its section, the concepts that it was tagged with (none where it has no tag), and its line."""

    flag: str
    section: str
    text: str
    concepts: tuple[str, ...] = ()
    line: int = 0

    @property
    def present(self) -> bool:
        """Whether somebody has the sign now."""
        return self.section in PRESENT


def read_examples(path: Path, name: str, concepts: Collection[str]) -> tuple[Example, ...]:
    """The examples of one file, called `name` in errors; `concepts` may be tags.

    Raises ContentError with every bad line: before any section, an unknown section, a tag where none may stand or of an
    unknown concept, a tag without text, and a text that stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(name, 1, f"cannot be read: {error}")]) from error
    found: list[Example] = []
    problems: list[Problem] = []
    section: str | None = None
    for number, line in enumerate(map(str.strip, lines), 1):
        if header := _HEADER.fullmatch(line):
            section = header[1]
            if section not in SECTIONS:
                problems.append(Problem(name, number, f"there is no section [{section}]: {', '.join(SECTIONS)}"))
        elif line and section is None:
            problems.append(Problem(name, number, "a text before any section"))
        elif line and section in SECTIONS:
            example = _example(path.stem, str(section), line, number)
            problems += [Problem(name, number, error) for error in _errors(example, concepts)]
            found.append(example)
    problems += [Problem(name, line, f"the text stands at line {first} already") for line, first in _twice(found)]
    if problems:
        raise ContentError(sorted(problems))
    return tuple(found)


def _example(flag: str, section: str, line: str, number: int) -> Example:
    """One line, parted from its tag."""
    tagged = _TAGGED.fullmatch(line)
    if not tagged:
        return Example(flag, section, line, line=number)
    return Example(flag, section, tagged[2].strip(), tuple(tagged[1].split("+")), number)


def _errors(example: Example, concepts: Collection[str]) -> Iterator[str]:
    """What is wrong with one line."""
    if not example.text:
        yield "a tag without text"
    if example.concepts and not example.present:
        yield f"[{example.section}] takes no tags: nothing is there"
    for concept in example.concepts:
        if concept not in concepts and concept != OTHER:
            yield f"there is no sign {concept!r}"


def _twice(examples: Collection[Example]) -> Iterator[tuple[int, int]]:
    """The line of each text that stands there already, and the line of the first."""
    first: dict[str, int] = {}
    for example in examples:
        words = " ".join(example.text.lower().split())
        if words in first:
            yield example.line, first[words]
        first.setdefault(words, example.line)
