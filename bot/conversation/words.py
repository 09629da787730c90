"""The words by which the interpreter knows short messages for sure; content/lexicon/conversation.yml holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

ASKED_WITHIN = 1
"""Words, without the polite ones, within which a question says that it is one: "can I" does, "I can" does not."""
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True)
class Words:
    """`sure` is the act of a whole message by its bare words; `ordinals` places from 0 (-1 the last) and `ranks` those of them
    that are nothing else ("second"); `selves` the words of the writer; `filler` words that say nothing in a reference ("the",
    "one", "please"); `counted` what places are counted of ("week", "step"); `me` and `others` say whom a question is for;
    `asking` begin a question and `asking_anywhere` say so wherever they stand; `listing` ask for exercises; `going_on` only
    wish to go on; `reassuring` say that all is well ("all fine"), even behind "yes"; `pointing` point at what was shown;
    `defining` begin a question what something is; `not_me` stand before a "me" that nobody is with."""

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
    listing: tuple[str, ...]
    going_on: frozenset[str] = frozenset()
    reassuring: tuple[str, ...] = ()
    pointing: frozenset[str] = frozenset()
    defining: tuple[str, ...] = ()
    not_me: frozenset[str] = frozenset()

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Words:
        """The words of the content file."""
        sure = {bare(text): label for label, texts in content["sure"].items() for text in texts}
        sets = {
            name: frozenset(content[name])
            for name in ("selves", "filler", "counted", "polite", "me", "others", "asking", "pointing", "not_me")
        }
        anywhere = tuple(content["asking_anywhere"])
        ranks = frozenset(word for word in content["ordinals"] if word.endswith(("st", "nd", "rd", "th", "ond")))
        return cls(
            sure=sure,
            ordinals=dict(content["ordinals"]),
            asking_anywhere=anywhere,
            ranks=ranks,
            listing=tuple(content["listing"]),
            going_on=frozenset(content["going_on"]),
            reassuring=tuple(content["reassuring"]),
            defining=tuple(content["defining"]),
            **sets,
        )

    def act(self, text: str) -> str | None:
        """The act that a short text is for sure, with and without its polite words; None for any other."""
        plain = bare(text)
        if plain in self.sure:
            return self.sure[plain]
        rest = self.plain(text)
        return self.sure.get(rest) if rest else None

    def plain(self, text: str) -> str:
        """The words of a text without the polite ones."""
        return " ".join(word for word in words_of(text) if word not in self.polite)

    def with_me(self, text: str) -> bool:
        """Whether somebody is with the writer ("my brother is driving me"), not ill in their place ("not me, my brother")."""
        return any(word == "me" and before not in self.not_me for before, word in pairwise(["", *words_of(text)]))

    def defines(self, text: str) -> bool:
        """Whether a text asks what something is, of nobody ("what is sciatica")."""
        said = self.plain(text)
        return said.startswith(self.defining) and not self.selves.intersection(said.split())

    def asks(self, text: str) -> bool:
        """Whether a text has the form of a question or a request: its mark, or a word among its first that begins one."""
        said = [word for word in words_of(text) if word not in self.polite]
        begins = bool(self.asking.intersection(said[:ASKED_WITHIN]))
        plain = f" {bare(text)} "
        return "?" in text or begins or any(f" {words} " in plain for words in self.asking_anywhere)

    def reassures(self, text: str) -> bool:
        """Whether a text says that all is well."""
        plain = f" {bare(text)} "
        return any(f" {words} " in plain for words in self.reassuring)

    def lists(self, text: str) -> bool:
        """Whether a text asks for several exercises, not about one."""
        plain = f" {bare(text)} "
        return any(f" {words} " in plain for words in self.listing)


def bare(text: str) -> str:
    """The words of a text, lower case, one space apart."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; an apostrophe belongs to its word."""
    return [word.strip("'") for word in _WORD.findall(text.lower().replace("’", "'")) if word.strip("'")]
