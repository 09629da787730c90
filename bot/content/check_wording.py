"""Checks on the words of the content: reading grade, long sentences, harmful words, numbers to call, doses, markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import textstat

from bot.content.document import Problem, read_document
from bot.content.reader import ROOT
from bot.content.texts import Passage, placeholders, plain, sentences

GRADE = 7.0
"""The highest Flesch-Kincaid grade of a text: a reader of about 12 can follow."""

GRADED_WORDS = 60
"""The formula says little about a text that is shorter."""

SENTENCE_WORDS = 25
"""A longer sentence is hard to follow for someone in pain."""

ROLES = {"emergency", "same_day", "crisis", "poison"}
"""What may stand in braces: the lines of help_lines.yml."""

_LONG_NUMBER = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\d().\s/-]*\d)?(?![\w])")
_SHORT_NUMBER = re.compile(
    r"\b(?:call|ring|dial|phone|text|on)\s+(?:\*\*)?(?:999|911|112|111|000|988|995|119|108|811|116\s?\d{3})\b", re.I
)
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:-\s*(?:19|20)\d\d)?|\d{4}-\d\d-\d\d")
_DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:mg|milligrams?|mcg|µg|micrograms?|g|grams?|ml|tablets?|capsules?|pills?)\b", re.I
)
_LINK = re.compile(r"https?://\S+|www\.\S+|\]\(")
_MARKUP = re.compile(r"</?[a-z][^>]*>|^#{1,6}\s", re.I | re.M)


@dataclass(frozen=True)
class Forbidden:
    """Words that do harm, what to say instead, and the words beside which they are let through."""

    words: re.Pattern[str]
    say: str
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Lists:
    """The lists that clinicians keep beside the content."""

    forbidden: tuple[Forbidden, ...]
    medicines: re.Pattern[str]
    exempt: re.Pattern[str]


def read_lists() -> Lists:
    """Reads forbidden.yml, medicines.yml and reading_exempt.yml. Raises ContentError."""

    def data(name: str) -> list[object]:
        found: list[object] = read_document(ROOT / name, f"bot/content/{name}").data
        return found

    entries = [entry for entry in data("forbidden.yml") if isinstance(entry, dict)]
    forbidden = [
        Forbidden(_any_of(entry["words"]), entry["say"], _any_of(entry["unless"]) if entry.get("unless") else None)
        for entry in entries
    ]
    return Lists(tuple(forbidden), _any_of(data("medicines.yml")), _any_of(data("reading_exempt.yml")))


def _any_of(words: Iterable[object]) -> re.Pattern[str]:
    """A pattern for any of the words, in any case; `*` stands for the end of a word."""
    parts = sorted((re.escape(str(word)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words), key=len)
    return re.compile(rf"(?<!\w)(?:{'|'.join(reversed(parts))})(?!\w)", re.IGNORECASE)


def grade(text: str, lists: Lists) -> float | None:
    """The Flesch-Kincaid grade, names that cannot be avoided counted as one short word; None for a short text."""
    bare = plain(text)
    if len(bare.split()) < GRADED_WORDS:
        return None
    found: float = textstat.flesch_kincaid_grade(lists.exempt.sub("back", bare))
    return found


def wording_errors(passage: Passage, lists: Lists) -> Iterator[Problem]:
    """What must be mended in a passage, but its grade."""
    text = passage.text.replace("’", "'")
    parts = sentences(text)
    for part in parts:
        yield from _harmful(passage, part, lists)
        if lists.medicines.search(part) and (dose := _DOSE.search(part)):
            yield passage.problem(f"a dose of a prescription medicine: {dose.group()!r}")
    for number in _numbers(text):
        yield passage.problem(f"a number to call: {number!r}; those live in help_lines.yml")
    for pattern, what in ((_LINK, "a link"), (_MARKUP, "markup beyond paragraphs, lists and bold")):
        if found := pattern.search(text):
            yield passage.problem(f"{what}: {found.group()!r}")
    for name in placeholders(text):
        if passage.only_lines and name not in ROLES:
            yield passage.problem(f"{{{name}}} is not a line of help_lines.yml")


def wording_warnings(passage: Passage) -> Iterator[Problem]:
    """What might be said better."""
    for part in sentences(passage.text):
        if (words := len(part.split())) > SENTENCE_WORDS:
            yield passage.problem(f"a sentence of {words} words: {part[:60]!r}")


def grade_errors(passage: Passage, found: float | None) -> Iterator[Problem]:
    """A text that is too hard to read."""
    if found is not None and found > GRADE:
        yield passage.problem(f"reading grade {found:.1f}, at most {GRADE:.0f}")


def _harmful(passage: Passage, sentence: str, lists: Lists) -> Iterator[Problem]:
    for entry in lists.forbidden:
        found = entry.words.search(sentence)
        if found and not (entry.unless and entry.unless.search(sentence)):
            yield passage.problem(f"{found.group()!r} does harm; instead: {entry.say}")


def _numbers(text: str) -> Iterator[str]:
    """What looks like a number to call: seven digits or more that are no year, or a short one beside a verb."""
    for found in _LONG_NUMBER.finditer(text):
        digits = sum(character.isdigit() for character in found.group())
        if digits >= 7 and not _YEARS.fullmatch(found.group().strip()):
            yield found.group().strip()
    for short in _SHORT_NUMBER.finditer(text):
        yield short.group()
