"""The alerts and the symptom check as they are now, behind the ports of answering."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answering.alerts import Alerts as Escalation
from bot.answering.ports import Alerts, SymptomCheck
from bot.answering.symptom_check import SymptomCheck as Screening
from bot.content.screen import Screen
from bot.conversation.meaning import Meaning
from bot.conversation.persons import findings
from bot.conversation.state import Person
from bot.journeys.check import settled
from bot.messages import Message
from bot.model import Assessment, Understanding

FLAG = "flag:"


class EscalationAlerts(Alerts):
    """Alerts by bot.escalation."""

    def __init__(self, escalation: Escalation) -> None:
        self._escalation = escalation

    def alert(self, meaning: Meaning, *, region: str | None) -> tuple[Message, ...]:
        """See the port."""
        return tuple(self._escalation.alert(_understood(meaning), region, answered=_answered(meaning)))

    def go_on(self, meaning: Meaning) -> tuple[Message, ...]:
        """See the port."""
        flags = meaning.state.episode.flags
        return tuple(self._escalation.go_on(flags[0], _understood(meaning), _answered(meaning))) if flags else ()


def _understood(meaning: Meaning) -> Understanding:
    """A meaning as bot.escalation knows it."""
    return Understanding(
        text="",
        findings=findings(meaning.state),
        assessment=meaning.assessment,
        alert=meaning.alert.level,
        repeat=meaning.alert.repeat,
        here=meaning.alert.new,
    )


def _answered(meaning: Meaning) -> tuple[str, ...]:
    """The flags whose question was put before, by this message's reply, by the check or by an answer, or stands open."""
    state = meaning.state
    slots = [*state.said, *state.unanswered, *(question.slot for question in state.questions)]
    slots += [meant.question.slot for meant in meaning.acts if meant.question]
    asked = [slot.removeprefix("seen:").removeprefix(FLAG) for slot in slots if FLAG in slot]
    return (*asked, *(flag for goal in state.goals for flag, _ in goal.answers))


class ScreeningCheck(SymptomCheck):
    """The symptom check by bot.screening."""

    def __init__(self, screen: Screen, screening: Screening) -> None:
        self._screen = screen
        self._screening = screening

    def steps(self) -> tuple[str, ...]:
        """See the port."""
        return tuple(step.flag for step in self._screen.steps)

    def question(self, flag: str, *, step: int, of: int) -> Message:
        """See the port."""
        number = self.steps().index(flag) + 1
        return {**self._screening.ask(number, {}, Assessment(), None)[0], "step": step, "of": of}

    def settled(self, flag: str, person: Person, concepts: tuple[str, ...]) -> str | None:
        """See the port."""
        step = next(step for step in self._screen.steps if step.flag == flag)
        return settled(flag, person, concepts=concepts, denied=step.denied, days=step.days)

    def told_heading(self) -> str:
        """See the port."""
        return self._screen.result.told

    def intro(self) -> str:
        """See the port."""
        return self._screen.intro

    def summary(self, answers: Mapping[str, str], assessment: Assessment, *, region: str | None) -> Message:
        """See the port."""
        return self._screening.ask(len(self._screen.steps) + 1, answers, assessment, region)[0]
