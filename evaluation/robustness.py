"""The same messages as people really type them: a typo, no punctuation, capitals, dictation. Always the same variants."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

SHORTEST = 5
"""Letters of the shortest word that gets a typo: one typo in a key word of five letters or more."""
_WORD = re.compile(r"[A-Za-z]+")
_PUNCTUATION = re.compile(r"[^\w\s']+")
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "ko", "m": "nj", "n": "bm", "o": "ip", "p": "ol", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "w": "qe", "x": "zc", "y": "tu", "z": "xa",
}  # fmt: skip
"""Keys beside a key on a QWERTY keyboard."""


def with_typo(text: str, words: frozenset[str] | None = None) -> str:
    """`text` with one typo in one word of SHORTEST letters or more, among `words` if given; unchanged where there is none.

    A letter is left out, doubled, swapped with the next, or hit on the key beside it. The same text always gets the same.
    """
    chance = random.Random(text)
    long = [match for match in _WORD.finditer(text) if len(match.group()) >= SHORTEST]
    long = [match for match in long if words is None or match.group().lower() in words]
    if not long:
        return text
    match = chance.choice(long)
    return text[: match.start()] + _mistyped(match.group(), chance) + text[match.end() :]


def _mistyped(word: str, chance: random.Random) -> str:
    """One mistake, not in the first letter."""
    at = chance.randrange(1, len(word) - 1)
    mistakes = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + chance.choice(NEIGHBOURS[word[at].lower()]) + word[at + 1 :],
    ]
    return chance.choice([mistake for mistake in mistakes if mistake != word])


def unpunctuated(text: str) -> str:
    """Without any punctuation but apostrophes."""
    return " ".join(_PUNCTUATION.sub(" ", text).split())


def dictated(text: str) -> str:
    """As a phone writes down speech: lower case, no punctuation, a hesitation at the start."""
    return f"um so {unpunctuated(text).lower().replace(chr(39), '')}"


VARIANTS: dict[str, Callable[[str], str]] = {
    "typo": with_typo,
    "no punctuation": unpunctuated,
    "capitals": str.upper,
    "dictation": dictated,
}
