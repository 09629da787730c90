"""places.yml: where somebody says that they are, as a region of help_lines.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.content.document import read_document
from bot.content.reader import ROOT

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'"})


_END = r"(?=$|[.,;:!?\n)]| (?:and|but|so|now|with|where|at|for|because|then)\b)"
"""What may follow a place: "in us army boots" names none."""


@dataclass(frozen=True)
class Named:
    """A region that a message names as where its writer is. `alone`: it says nothing else."""

    region: str
    alone: bool


class Places:
    """Hears where somebody says that they are.

    `said` maps a place in small letters to its region. Only what is said of now counts, in the writer's own name, at the
    beginning of a clause; a message that is nothing but the name of a place counts too, and is the answer to "Where are you?".
    """

    def __init__(self, said: Mapping[str, str], statements: Mapping[str, Sequence[str]]) -> None:
        self._said = said
        place = f"(?:{_any(statements['article'])} )?(?P<place>{_any(said)})"
        here = _any(statements["here"])
        denied = f"(?:,? {_any(statements['denied'])} (?:{_any(statements['article'])} )?{_any(said)})?"
        before = rf"(?:(?:{_any(statements['before'])})[,.!]? )*"
        after = rf"(?:,? (?:{_any(statements['after'])}))*"
        self._alone = re.compile(rf"{before}(?:{here} )?{place}{denied}{after}[.! ]*")
        self._within = re.compile(rf"(?:^|[.!?;,\n] ?|\b(?:and|but|so) ){before}{here} {place}{_END}")

    def named(self, text: str) -> Named | None:
        """The region that a text names as where its writer is now, or None."""
        words = " ".join(text.translate(_QUOTES).lower().split())
        if whole := self._alone.fullmatch(words):
            return Named(self._said[whole.group("place")], alone=True)
        found = self._within.search(words)
        return Named(self._said[found.group("place")], alone=False) if found else None

    def region(self, text: str) -> str | None:
        """The region of `named`, or None."""
        named = self.named(text)
        return named.region if named else None

    def alone(self, text: str) -> str | None:
        """The region of words that say no more than where somebody is, or None."""
        named = self.named(text)
        return named.region if named and named.alone else None


def _any(words: Sequence[str] | Mapping[str, str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@lru_cache(maxsize=1)
def read_places() -> Places:
    """The places that ship. Raises ContentError where the file cannot be read."""
    data = read_document(ROOT / "places.yml", "bot/content/places.yml").data
    said = {str(place): str(region) for region, row in data["regions"].items() for place in row["said"]}
    return Places(said, data["statements"])
