"""Regular expressions built from the word lists of the content, so that a word added to a list works everywhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from bot.content import lexicon

DIGITS = r"\d+(?:\.\d+)?"


def any_of(words: Iterable[str], *, plural: bool = False) -> str:
    """A group that matches any of the words (the longest first); with `plural` an "s" may follow. Blanks match hyphens too."""
    listed = sorted(set(words), key=lambda word: (-len(word), word))
    parts = [r"[\s-]+".join(re.escape(part) for part in word.split()) for word in listed]
    return f"(?:{'|'.join(parts)})" + ("s?" if plural else "")


@functools.lru_cache(maxsize=1)
def counts() -> dict[str, float]:
    """Every count in words: "a few", "twelve", "twenty-four"."""
    listed = lexicon.words("numbers")
    low = {word: float(value) for word, value in listed["counts"].items()}
    tens = {word: float(value) for word, value in listed["tens"].items()}
    both = {f"{ten} {one}": tens[ten] + low[one] for ten in tens for one in ones()}
    return {**low, **tens, **both}


def _alone(word: str) -> bool:
    """Whether a count may follow a ten: "twenty four", not "twenty a few"."""
    return word not in lexicon.words("numbers")["no_ones"] and " " not in word


@functools.lru_cache(maxsize=1)
def ones() -> frozenset[str]:
    """The counts that may follow a ten: one to nine."""
    listed = lexicon.words("numbers")["counts"]
    return frozenset(word for word, value in listed.items() if value in range(1, 10) and _alone(word))


def count(word: str) -> float:
    """A count in digits or in words."""
    plain = " ".join(word.lower().replace("-", " ").split())
    return counts()[plain] if plain in counts() else float(plain)


def number() -> str:
    """A group that captures a count in digits or in words."""
    return rf"({DIGITS}|{any_of(counts())})"


@functools.lru_cache(maxsize=1)
def relatives() -> frozenset[str]:
    """Every word for another person that people.yml has, but those whose age says nothing ("baby is 3 now")."""
    others = lexicon.people()
    kinds = set(others) - lexicon.NO_RELATIONS - {"pet"}
    return frozenset(word for kind in kinds for word in others[kind]) - set(lexicon.words("numbers")["not_aged"])


@functools.lru_cache(maxsize=1)
def medicines() -> frozenset[str]:
    """Every word for a medicine or for tablets that can be counted."""
    classes = lexicon.word_classes()
    return frozenset((*classes["medicine"], *classes["painkiller"], *lexicon.words("numbers")["tablets"]))
