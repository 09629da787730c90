"""The words by which the interpreter knows short messages for sure; content/lexicon/conversation.yml holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASKED_WITHIN = 1
"""Words, without the polite ones, within which a question says that it is one: "can I" does, "I can" does not."""
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True)
class Words:
    """`sure` is the act of a whole message by its bare words; `ordinals` places from 0 (-1 the last); `selves` the words of
    the writer; `filler` words that say nothing in a reference ("the", "one", "please"); `counted` what places are counted
    of ("week", "step"); `me` and `others` say whom a question is for; `asking` begin one and
    `asking_anywhere` say so wherever they stand; `ranks` are the ordinals that are nothing but that ("second")."""

    sure: Mapping[str, str]
    ordinals: Mapping[str, int]
    selves: frozenset[str]
    filler: frozenset[str]
    counted: frozenset[str]
    polite: frozenset[str]
    me: frozenset[str]
    others: frozenset[str]
    asking: frozenset[str]
    asking_anywhere: tuple[str, ...]
    ranks: frozenset[str]

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Words:
        """The words of the content file."""
        sure = {bare(text): label for label, texts in content["sure"].items() for text in texts}
        sets = {
            name: frozenset(content[name])
            for name in ("selves", "filler", "counted", "polite", "me", "others", "asking")
        }
        anywhere = tuple(content["asking_anywhere"])
        ranks = frozenset(word for word in content["ordinals"] if word.endswith(("st", "nd", "rd", "th", "ond")))
        return cls(sure=sure, ordinals=dict(content["ordinals"]), asking_anywhere=anywhere, ranks=ranks, **sets)

    def act(self, text: str) -> str | None:
        """The act that a short text is for sure, with and without its polite words; None for any other."""
        plain = bare(text)
        if plain in self.sure:
            return self.sure[plain]
        rest = " ".join(word for word in plain.split() if word not in self.polite)
        return self.sure.get(rest) if rest else None

    def asks(self, text: str) -> bool:
        """Whether a text has the form of a question or a request: its mark, or a word among its first that begins one."""
        said = [word for word in words_of(text) if word not in self.polite]
        begins = bool(self.asking.intersection(said[:ASKED_WITHIN]))
        plain = f" {bare(text)} "
        return "?" in text or begins or any(f" {words} " in plain for words in self.asking_anywhere)


def bare(text: str) -> str:
    """The words of a text, lower case, one space apart."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; an apostrophe belongs to its word."""
    return [word.strip("'") for word in _WORD.findall(text.lower().replace("’", "'")) if word.strip("'")]
