"""Signs: one clinical concept a file, with the phrases that mean it and cases that show what it is and what it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import Field, validator

from bot.content.schema import Closed

MOST_PHRASES = 40
"""More phrases than this say that the learned net should hear the rest: give it examples instead."""


class PhraseFile(Closed):
    """One phrase template (bot.language.templates). A `weak` one may be talked down to a question by the learned net."""

    say: str
    weak: bool = False


class GroupFile(Closed):
    """Further phrases of the sign that other words beside them void."""

    phrases: tuple[PhraseFile, ...]
    not_with: tuple[str, ...] = ()

    @validator("phrases", pre=True, each_item=True)
    def plain_is_said(cls, phrase: object) -> object:
        """A plain line is a phrase that is not weak."""
        return {"say": phrase} if isinstance(phrase, str) else phrase


class CasesFile(Closed):
    """Sentences in which the sign is found, affirmed and now, and others in which it is not."""

    affirmed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """A phrase of a sign with the words that void it, and its place in the file."""

    say: str
    weak: bool
    not_with: tuple[str, ...]
    place: tuple[str | int, ...]


class SignFile(GroupFile):
    """signs/<concept>.yml.

    An `event` (a fall, a faint) is over when it is told as past, even if what followed is not. A `habit` happens each time
    ("eases if I stop"): an "if" does not suppose it, and a "then it is fine" after it does not deny it. One that `may_be_over`
    is over all the same when it is told as past ("I was suicidal in 2018").
    """

    concept: str = Field(regex=r"^[a-z_]+$")
    event: bool = False
    habit: bool = False
    may_be_over: bool = False
    also: tuple[GroupFile, ...] = ()
    cases: CasesFile = CasesFile()

    @property
    def id(self) -> str:
        """The concept: what the file is named after."""
        return self.concept

    def all_phrases(self) -> Iterator[Phrase]:
        """Every phrase, with the words that void it and its place."""
        groups: list[tuple[tuple[str | int, ...], GroupFile]] = [((), self)]
        groups += [(("also", number), group) for number, group in enumerate(self.also)]
        for place, group in groups:
            for number, phrase in enumerate(group.phrases):
                yield Phrase(phrase.say, phrase.weak, group.not_with, (*place, "phrases", number))


Signs = Mapping[str, SignFile]
"""The signs by concept."""
