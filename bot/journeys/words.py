"""Word lists of lexicon/amounts.yml as patterns over plain lower-case text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from bot.content.lexicon import words as lexicon_words
from bot.language.patterns import any_of

_QUOTES = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})


@functools.lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """The lists."""
    return lexicon_words("amounts")


def plain(text: str) -> str:
    """Text in lower case, with plain quotes and dashes and one blank between words."""
    return " ".join(text.lower().translate(_QUOTES).split())


@functools.lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...], plural: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])({any_of(words, plural=plural)})(?![\w'])")


def pattern(words: Iterable[str], *, plural: bool = False) -> re.Pattern[str]:
    """A pattern for any of the words, each whole; the group is the word. With `plural` an "s" may follow."""
    return _pattern(tuple(words), plural)


def said(name: str, text: str, *, plural: bool = False) -> str | None:
    """The first word of a list that plain text holds, or None."""
    found = pattern(lists()[name], plural=plural).search(text)
    return found.group(1) if found else None


def is_question(text: str) -> bool:
    """Whether words ask rather than tell: they end in a question mark or begin with a word of asking."""
    words = plain(text)
    asks = lexicon_words("numbers")["asks"]
    return words.endswith("?") or re.match(rf"{any_of(asks)}(?![\w'])", words) is not None
