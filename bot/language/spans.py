"""The parts of a message that are read by themselves: its sentences, and stretches of a story told without full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.content import lexicon
from bot.language.patterns import any_of

MOST_PARTS = 12
"""Parts read of one message; what is longer is still read as a whole."""
FEWEST_LETTERS = 2
"""A part with fewer letters says nothing."""
LONGEST = 30
"""Words of the longest part: a dictated story without a full stop is cut where a clause begins."""
_END = re.compile(r"[.!?;\n…।]+(?=\s|$)|\n+")
_LISTS = lexicon.words("questions")
_CLAUSE = re.compile(rf",\s+|\s+(?={any_of(_LISTS['clauses'])}\b)", re.I)
_ASKS = rf"{any_of(_LISTS['next_asks'])}\b(?!')"
_QUESTION = re.compile(rf"\s*{_ASKS}", re.I)
_NEXT_QUESTION = re.compile(rf",?\s+(?={any_of(_LISTS['next_joins'])}\s+{_ASKS})", re.I)
"""Where one question follows another without a mark: "how do I do it and is heat better". Only after words that ask already."""
_WORD = re.compile(r"\w+")


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each part in order, MOST_PARTS at most; the whole text where it is one part."""
    asked = (one for start, end in _sentences(text) for one in _questions(text, start, end))
    found = [part for start, end in asked for part in _cut(text, start, end)]
    said = [(start, end) for start, end in found if sum(map(str.isalpha, text[start:end])) >= FEWEST_LETTERS]
    return said[:MOST_PARTS] or [(0, len(text))]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between marks that end a sentence; the mark belongs to what it ends."""
    start = 0
    for mark in _END.finditer(text):
        yield _trimmed(text, start, mark.end())
        start = mark.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _questions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the questions that it joins."""
    if not _QUESTION.match(text, start, end):
        yield start, end
        return
    for mark in _NEXT_QUESTION.finditer(text, start, end):
        yield _trimmed(text, start, mark.start())
        start = mark.end()
    yield _trimmed(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the clauses of one of more than LONGEST words, put together to stretches of at most that."""
    if len(_WORD.findall(text, start, end)) <= LONGEST:
        yield start, end
        return
    places = [start, *(found.end() for found in _CLAUSE.finditer(text, start, end)), end]
    begin, words = start, 0
    for at, after in pairwise(places):
        here = len(_WORD.findall(text, at, after))
        if words and words + here > LONGEST:
            yield _trimmed(text, begin, at)
            begin, words = at, 0
        words += here
    yield _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space round it."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
