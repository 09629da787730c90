"""The symptom check: one question at a time, and a summary to show a clinician.

Where a check stands travels in the payloads of its buttons, so it can be left and taken up again, and a reload loses
nothing. The answers themselves are findings: triage sees each of them as it is given.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot import messages
from bot.content.replies import Replies
from bot.content.screen import Screen
from bot.help import HelpDesk
from bot.messages import Message
from bot.model import Assessment, Urgency

ANSWERS = ("yes", "no", "unsure")


class SymptomCheck:
    """Asks the questions of the symptom check and sums up its answers."""

    def __init__(self, screen: Screen, *, replies: Replies, help_desk: HelpDesk) -> None:
        self._screen = screen
        self._replies = replies
        self._help = help_desk

    def start(
        self, step: str | None, answers: Mapping[str, str], assessed: Assessment, region: str | None
    ) -> list[Message]:
        """The question at `step` ("1" is the first, with an introduction), or the summary after the last."""
        number = _number(step)
        said = self.ask(number, answers, assessed, region)
        return said if number > 1 else [messages.message("text", self._screen.intro), *said]

    def after(self, step: str, answers: Mapping[str, str], assessed: Assessment, region: str | None) -> list[Message]:
        """What follows the answer to the question at `step`: the next question, or the summary."""
        return self.ask(_number(step) + 1, answers, assessed, region)

    def resume(self, step: str | None) -> tuple[str, str] | None:
        """Title and payload of the button that goes on after an alert in the middle of the check, or None."""
        if step is None or _number(step) >= len(self._screen.steps):
            return None
        return self._screen.resume, messages.payload("check_symptoms", step=str(_number(step) + 1))

    def ask(self, number: int, answers: Mapping[str, str], assessed: Assessment, region: str | None) -> list[Message]:
        """The question with that number, or the summary when there is none."""
        steps = self._screen.steps
        if number > len(steps):
            return [self._summary(answers, assessed, region)]
        step = steps[number - 1]
        options = [
            {
                "title": self._replies.question[answer],
                "payload": messages.payload("answer_flag", flag=step.flag, answer=answer, step=str(number)),
            }
            for answer in ANSWERS
        ]
        question = messages.message(
            "question", step.question, step=number, of=len(steps), kind="yes_no", options=options, flags=[step.flag]
        )
        return [question]

    def _summary(self, answers: Mapping[str, str], assessed: Assessment, region: str | None) -> Message:
        """What was answered, what to do at the level reached, and what to watch for."""
        words = self._screen.result
        told = [
            f"{step.question} {self._replies.question[answers[step.flag]]}."
            for step in self._screen.steps
            if answers.get(step.flag) in ANSWERS
        ]
        level = assessed.urgency
        unsure = "unsure" in answers.values() and level.rank < Urgency.URGENT.rank
        # Not knowing is no reassurance: a danger sign that cannot be ruled out is asked about today.
        level = Urgency.URGENT if unsure else level
        advice = self._help.fill(words.unsure if unsure else getattr(words, level.value), region)
        sections = [
            {"heading": words.next, "lines": [advice]},
            {"heading": words.watch, "lines": [self._help.fill(words.watch_for, region)]},
            {"heading": words.told, "lines": told},
        ]
        urgency = level.value if level is not Urgency.SELF_CARE else None
        return messages.message(
            "summary", f"{words.title}: {advice}", title=words.title, sections=sections, urgency=urgency
        )


def _number(step: str | None) -> int:
    """The number of a step as it came back in a payload; anything else is the first."""
    return int(step) if step and step.isdigit() and int(step) > 0 else 1
