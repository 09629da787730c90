"""The numbers of pain in a text ("pain 3 then 2", "4/10 after", "no pain"), told apart from minutes and other numbers."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bot.content.lexicon import words as lexicon_words
from bot.language.patterns import any_of

_HALF = r"(?:\.[05]|\s+and a half|ish)?"
_MARKS = r"=|:|-|~|,"
MOST = 10


@dataclass(frozen=True)
class Pains:
    """Pain 0 to 10: during the walk or at that time, and later; `left` is the text with the words of pain blanked out."""

    pain: int | None
    later: int | None
    left: str


def pains_in(text: str) -> Pains:
    """The pain that mended plain text tells, the first and the one after it."""
    found: list[tuple[int, int, bool]] = []
    left = text
    for name in ("none", "named", "out_of", "before_word"):
        for match in _patterns()[name].finditer(left):
            value = 0 if name == "none" else _values()[match.group("n")]
            later = bool(match.groupdict().get("late")) or _late(left, match)
            found.append((match.start(), value, later))
            left = _blanked(left, match)
    if found or re.search(rf"\b(?:{any_of(lexicon_words('diary')['pain'])})\b", text):
        for match in _patterns()["later"].finditer(left):
            found.append((match.start(), _values()[match.group("n") or match.group("m")], True))
            left = _blanked(left, match)
    found.sort()
    first = next((value for _, value, late in found if not late), None)
    rest = [value for _, value, late in found if late]
    more = [value for _, value, late in found if not late][1:]
    return Pains(first, next(iter((*rest, *more)), None), left)


def _late(text: str, match: re.Match[str]) -> bool:
    """Whether "after", "next day" and the like follow a number at once, or stand right before the words of pain."""
    known = lexicon_words("diary")
    later, links = any_of(known["after_walk"]), any_of(known["links"])
    what = rf"(?!\s*(?:{any_of(known['after_what'])}|\d))"
    follows = re.match(rf"\s*(?:the\s+)?{later}\b{what}", text[match.end() :])
    before = re.search(rf"{later}\s*(?:{links}|,|:)?\s*$", text[: match.start()])
    return follows is not None or before is not None


def _blanked(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """The ways to tell pain: none, named before its number, out of ten, named after it, and later."""
    known = lexicon_words("diary")
    word, later, value = any_of(known["pain"]), any_of(known["later"]), any_of(_values())
    other = rf"(?:{any_of(known['not_pain'])})s?\b"
    unit = rf"(?!\s*(?:-\s*)?{other}|\s*%|\.\d|\d|\s*/\s*(?!10\b)\d|\s*(?:to|or|-)\s*\d+\s*{other})"
    out = rf"(?:\s*(?:{any_of(known['out_of'])})\s*(?:{any_of(known['tens'])}))"
    number, tail = rf"(?P<n>{value})", rf"{_HALF}{out}?"
    fill = rf"(?:\s*(?:(?:{any_of(known['fill'])})(?![\w'])|{_MARKS})\s*)*"
    link = rf"(?:\s*(?:(?:{any_of(known['links'])})(?![\w'])|,|;|\.|->|→)\s*)*"
    late = rf"(?P<late>\s+(?:(?:{any_of(known['links'])})\s+)*(?:{any_of(known['after_walk'])})\b)?"
    named_after = rf"\s*(?:for|of|on the|in)?\s*(?:{word})\b(?!\s*(?:{any_of(known['no_level'])}))"
    first = rf"(?:\b(?:{later})\b|->|→|>){link}\s*(?<![\w.]){number}{tail}{unit}(?!\w)"
    second = rf"(?<![\w./])(?P<m>{value}){tail}\s*(?:the\s+)?\b(?:{later})\b"
    return {
        "none": re.compile(rf"(?<!\w)(?:{any_of(known['no_pain'])})(?!\w)"),
        "named": re.compile(rf"\b(?:{word})\b{late}{fill}\s*(?<![\w.]){number}{tail}{unit}(?!\w)"),
        "out_of": re.compile(rf"(?<![\w./]){number}{_HALF}{out}(?![\w/])"),
        "before_word": re.compile(rf"(?<![\w./:]){number}{tail}{named_after}"),
        "later": re.compile(rf"(?:{first})|(?:{second})"),
    }


@functools.lru_cache(maxsize=1)
def _values() -> dict[str, int]:
    """The numbers of pain in digits and in words."""
    known, listed = lexicon_words("diary"), lexicon_words("numbers")["counts"]
    words = {str(word): int(value) for word, value in listed.items() if float(value) in range(1, MOST + 1)}
    words = {word: value for word, value in words.items() if " " not in word and word not in known["no_pain_number"]}
    return {**words, **{str(at): at for at in range(MOST + 1)}, **known["noughts"]}
