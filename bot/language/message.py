"""A message parted into tokens, sentences and clauses, each looked up in constant time."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.language.tokens import Token


@dataclass(frozen=True)
class Message:
    """The tokens of a message, the key of each, and its sentences as first token and token after the last."""

    tokens: Sequence[Token]
    keys: Sequence[str]
    sentences: Sequence[tuple[int, int]]

    def at(self, offset: int) -> int:
        """The token that ends at or after a character offset: the last one beyond the end."""
        place = bisect.bisect_left(self.tokens, offset, key=lambda token: token.end)
        return min(place, len(self.tokens) - 1)

    def sentence_of(self, token: int) -> tuple[int, int]:
        """The sentence that holds a token."""
        return self.sentences[bisect.bisect_right(self.sentences, token, key=lambda one: one[0]) - 1]

    def sentences_with(self, keys: Collection[str]) -> frozenset[int]:
        """The tokens of the sentences that hold one of the keys."""
        return _positions(
            (first, last) for first, last in self.sentences if not set(self.keys[first:last]).isdisjoint(keys)
        )

    def clauses_with(self, phrases: Collection[tuple[str, ...]]) -> frozenset[int]:
        """The tokens of the clauses (between commas) that hold one of the phrases, word for word."""
        starts = {phrase[0] for phrase in phrases}
        found = []
        for first, last in self._clauses():
            here = [place for place in range(first, last) if self.keys[place] in starts]
            if any(tuple(self.keys[place : place + len(phrase)]) == phrase for place in here for phrase in phrases):
                found.append((first, last))
        return _positions(found)

    def _clauses(self) -> Iterator[tuple[int, int]]:
        """The parts of the sentences between commas."""
        for first, last in self.sentences:
            start = first
            for place in range(first, last):
                if self.keys[place] == ",":
                    yield start, place
                    start = place + 1
            yield start, last


def _positions(ranges: Collection[tuple[int, int]] | Iterator[tuple[int, int]]) -> frozenset[int]:
    """All positions of the ranges."""
    return frozenset(place for first, last in ranges for place in range(first, last))
