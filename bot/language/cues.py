"""Cues of assertion: which words of a message say that something is denied, past, imagined or unsure, and which end that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.content.lexicon import words
from bot.language.patterns import any_of

NEGATED, PAST, HYPOTHETICAL, UNSURE = "negated", "past", "hypothetical", "unsure"
TERMINATE, NEGATION_STOP, PSEUDO = "terminate", "negation_stop", "pseudo_negated"
FORWARD, BACKWARD, IN_CLAUSE = "forward", "backward", "in_clause"
NOUN, STATEMENT, LISTING = "noun", "statement", "listing"
"""Where a cue acts: on what follows, on what stands before, on what follows up to a comma, like a denial on the list of names
that follows ("history of"), on a whole statement ("not that I can't pee"), and on a list as clinicians write it ("denies")."""
GAP = 4
"""Words that "..." in a cue may stand for ("can ... cause")."""
_ELLIPSIS = "..."
_FIRST = "^"
"""Before a cue that counts only at the beginning of a sentence ("^ say my")."""
_NUMBERS = {
    "{year}": re.compile(r"(?:19|20)\d\d"),
    "{young}": re.compile(r"[3-9]|1\d"),
    "{decade}": re.compile(rf"\d0s|{any_of(words('numbers')['past_decades'])}"),
}


@dataclass(frozen=True)
class Cue:
    """A cue in a message: its category, where it acts, its tokens, and how many tokens far it reaches at most."""

    category: str
    direction: str
    start: int
    end: int
    scope: int = 0


Rule = tuple[str, str, int]
"""Category, direction and greatest reach."""


class CueFinder:
    """Finds the cues of a message, in time linear in its length: a cue has a few words, and begins with a plain one."""

    def __init__(self, content: Mapping[str, Any], to_norms: Callable[[str], Sequence[str]]) -> None:
        """`content` of assertion.yml; `to_norms` parts a cue as messages are parted."""
        # By the first two words where both are plain, else by the first: many cues begin with "no" or "not".
        self._by_words: dict[tuple[str, ...], list[tuple[tuple[str, ...], Rule, bool]]] = defaultdict(list)
        for literal, rule in _rules(content):
            first = literal.startswith(_FIRST)
            elements = tuple(
                norm
                for word in literal.removeprefix(_FIRST).split()
                for norm in ((word,) if word in _NUMBERS or word == _ELLIPSIS else to_norms(word))
            )
            plain = len(elements) > 1 and elements[1] not in _NUMBERS and elements[1] != _ELLIPSIS
            self._by_words[elements[: 2 if plain else 1]].append((elements, rule, first))

    def find(self, norms: Sequence[str], sentences: Sequence[tuple[int, int]]) -> list[Cue]:
        """The cues, in order. Of those that overlap, the longest counts."""
        found = [cue for start, end in sentences for cue in self._in_sentence(norms, start, end)]
        found.sort(key=lambda cue: (cue.start - cue.end, cue.start))
        taken: set[int] = set()
        kept: list[Cue] = []
        for cue in found:
            tokens = range(cue.start, cue.end)
            if taken.isdisjoint(tokens):
                taken.update(tokens)
                kept.append(cue)
        return sorted(kept, key=lambda cue: cue.start)

    def _in_sentence(self, norms: Sequence[str], first: int, last: int) -> Iterator[Cue]:
        """Every cue between two positions, overlapping or not."""
        for start in range(first, last):
            here = (*self._by_words.get((norms[start],), ()), *self._by_words.get(tuple(norms[start : start + 2]), ()))
            for elements, (category, direction, scope), at_first in here:
                end = _matched(elements, norms, start, last) if start == first or not at_first else None
                if end is not None:
                    yield Cue(category, direction, start, end, scope)


def _rules(content: Mapping[str, Any]) -> Iterator[tuple[str, Rule]]:
    """Each literal with its rule."""
    for category in (NEGATED, PAST, HYPOTHETICAL, UNSURE):
        listed = content[category]
        for direction in (FORWARD, BACKWARD, IN_CLAUSE, NOUN, STATEMENT, LISTING):
            for literal in listed.get(direction, ()):
                yield literal, (category, direction, listed["max_scope"])
    for category in (TERMINATE, NEGATION_STOP, PSEUDO):
        for literal in content[category]:
            yield literal, (category, "", 0)


def _matched(elements: Sequence[str], norms: Sequence[str], start: int, last: int) -> int | None:
    """The position after a cue that begins at `start`, or None. "..." takes as few words as it can."""
    position = start
    for number, element in enumerate(elements):
        if element == _ELLIPSIS:
            rest = elements[number + 1 :]
            return _after_gap(rest, norms, position, last)
        if position >= last or not _is(element, norms[position]):
            return None
        position += 1
    return position


def _after_gap(rest: Sequence[str], norms: Sequence[str], position: int, last: int) -> int | None:
    """The end of the rest of a cue after one to GAP words."""
    for skipped in range(1, GAP + 1):
        before = position + skipped - 1
        if before >= last or not any(letter.isalnum() for letter in norms[before]):
            return None
        end = _matched(rest, norms, position + skipped, last)
        if end is not None:
            return end
    return None


def _is(element: str, norm: str) -> bool:
    """Whether a word is what a cue wants there."""
    number = _NUMBERS.get(element)
    return bool(number.fullmatch(norm)) if number else element == norm
