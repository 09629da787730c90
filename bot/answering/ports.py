"""What answering needs of its neighbours: the alerts in words, and the symptom check."""

from __future__ import annotations

import abc
from collections.abc import Mapping

from bot.conversation.meaning import Meaning
from bot.conversation.state import Person
from bot.messages import Message
from bot.model import Assessment


class Alerts(abc.ABC):
    """Alerts in words."""

    @abc.abstractmethod
    def alert(self, meaning: Meaning, *, region: str | None) -> tuple[Message, ...]:
        """The alert for the level that the meaning raises or repeats, alone for an emergency; for an urgent one with the one
        question that follows it. () where there is nothing to alert."""

    @abc.abstractmethod
    def go_on(self, meaning: Meaning) -> tuple[Message, ...]:
        """While urgent advice stands: the next of at most two questions that could raise it, else whether it is arranged."""


class SymptomCheck(abc.ABC):
    """The questions of the symptom check, one at a time, and its end."""

    @abc.abstractmethod
    def steps(self) -> tuple[str, ...]:
        """The flags that it asks about, in order."""

    @abc.abstractmethod
    def question(self, flag: str, *, step: int, of: int) -> Message:
        """The question about a flag."""

    @abc.abstractmethod
    def settled(self, flag: str, person: Person, concepts: tuple[str, ...]) -> str | None:
        """The answer that what a person told gives to a sign's question ("yes", "no", "unsure"), or None. `concepts` are the
        sign's own."""

    @abc.abstractmethod
    def told_heading(self) -> str:
        """The heading of what was answered in the summary: the part whose place a clinician's summary takes."""

    @abc.abstractmethod
    def intro(self) -> str:
        """What is said before the first question."""

    @abc.abstractmethod
    def summary(self, answers: Mapping[str, str], assessment: Assessment, *, region: str | None) -> Message:
        """What was answered ("yes", "no", "unsure", by flag) and what to do."""
