"""Reads how the day after a walk is, and the ground that somebody walks on."""

from __future__ import annotations

import re

from bot.journeys.words import lists, pattern, plain, said
from bot.language.patterns import any_of

FINE, SOME, MUCH = "fine", "some", "much"
PAINS = (FINE, SOME, MUCH)
_OUT_OF_TEN = re.compile(
    rf"(?<![\w.])(10|\d)(?:\s*(?:/|out of)\s*(?:10|ten))?(?![\w./])(?!\s*{any_of(lists()['no_score'])})"
)


def read_pain(text: str, *, watch: float, drop: float) -> str | None:
    """The day after as fine, some (up by 2, or longer than a day) or much; a number from 0 to 10 counts by the limits."""
    text = plain(text)
    if said("pain_none", text):
        return FINE
    for name, value in (("pain_much", MUCH), ("pain_some", SOME)):
        if said(name, text):
            return value
    if match := _OUT_OF_TEN.search(text):
        number = int(match.group(1))
        return MUCH if number >= drop else SOME if number >= watch else FINE
    return FINE if said("pain_fine", text) else None


def read_ground(text: str) -> str | None:
    """The ground: treadmill, hilly, rough, flat or mixed; None where none is named."""
    text = plain(text)
    named = [name for name, words in lists()["grounds"].items() if pattern(words, plural=True).search(text)]
    if not named:
        return None
    if {"flat", "hilly"} <= set(named):
        return "mixed"
    return str(named[0])
