"""Red flags in words: the alert for what triage raised, and the question to ask where it is not sure."""

from __future__ import annotations

from collections.abc import Collection

from bot import messages
from bot.content.replies import Replies
from bot.help import HelpDesk
from bot.messages import Message
from bot.model import Assertion, FlagMatch, RedFlag, Subject, Understanding, Urgency
from bot.ports import ContentRepository
from bot.triage.concepts import CRISIS
from bot.triage.facts import SITUATION
from bot.triage.heard import GENERAL, sounds
from bot.triage.rules.children import CHILD_ABUSE

MOST_ALSO = 2
"""Further flags named in one alert: more would bury what to do."""


class Alerts:
    """Builds alerts and follow-up questions from the content's red flags."""

    def __init__(self, content: ContentRepository, *, replies: Replies, help_desk: HelpDesk) -> None:
        self._content = content
        self._replies = replies
        self._help = help_desk

    def alert(
        self,
        understood: Understanding,
        region: str | None,
        *,
        resume: tuple[str, str] | None = None,
        answered: Collection[str] = (),
    ) -> list[Message]:
        """The alert for the level reached: alone for an emergency, with the question whether it is arranged for urgent.

        `resume` is the button (title, payload) that goes on with a symptom check; an emergency never has one. `answered` are
        the flags whose question the person has answered.
        """
        matches = self._matches(understood)
        if not matches:
            return []
        level = matches[0].urgency
        message = self._message(matches, level, region)
        if level is not Urgency.URGENT or matches[0].rule == CHILD_ABUSE:
            return [message]  # a child who tells of abuse is asked nothing further
        if resume:
            return [message, {**self._arranged(), "quick_replies": messages.buttons([resume])}]
        return [message, *self.go_on(matches[0].flag, understood, answered)]

    def go_on(self, flag: str, understood: Understanding, answered: Collection[str]) -> list[Message]:
        """After urgent advice for `flag`: the next of at most two questions that could raise it, then whether it is arranged.

        What was answered, or is already raised, is not asked (decision 2).
        """
        urgent = self._content.red_flag(flag)
        for name in urgent.raised_by if urgent else ():
            higher = self._content.red_flag(name)
            if higher and name not in answered and name not in understood.assessment.flags:
                return [self._ask(higher, after=flag)]
        return [self._arranged()]

    def recheck(self, understood: Understanding) -> list[Message]:
        """After a correction: the flag's question once more. Only a "no" to it takes the flag back (decision 4).

        Raises LookupError where triage asked for no such thing.
        """
        flag = self._content.red_flag(understood.recheck.flag) if understood.recheck else None
        if flag is None:
            raise LookupError(understood.recheck)
        return [self._ask(flag, corrects="yes", words=self._replies.line("recheck").format(question=flag.ask))]

    def before_answer(self, understood: Understanding, region: str | None) -> list[Message]:
        """What comes before an answer: a see_doctor alert newly reached, or what to ask or say about an unsure sign."""
        if understood.alert is Urgency.SEE_DOCTOR:
            return self.alert(understood, region)
        doubtful = next((flag for flag in understood.assessment.ask if self._concerns(understood, flag)), None)
        flag = self._content.red_flag(doubtful) if doubtful else None
        if flag is not None:
            lead_in = self._replies.line("crisis_lead_in") if flag.id == CRISIS else ""
            question = self._ask(flag, words=f"{lead_in} {flag.ask}".strip())
            if flag.urgency is Urgency.EMERGENCY:
                now = self._help.fill(self._replies.line("if_so"), region)
                return [question, messages.message("text", now)]
            return [question]
        if self._hypothetical_danger(understood):
            return [messages.message("text", self._help.fill(self._replies.line("if_now"), region))]
        return []

    def acknowledged(self, region: str | None) -> list[Message]:
        """After an emergency alert was acknowledged; asks where the person is when that is not known."""
        thanks = messages.message("text", self._replies.line("acknowledged"))
        if self._help.known(region):
            return [thanks]
        regions = [(name, messages.payload("set_region", region=code)) for code, name in self._help.regions()]
        options = messages.buttons(regions[: messages.MOST_BUTTONS]) + [
            {"title": name, "payload": sent} for name, sent in regions[messages.MOST_BUTTONS :]
        ]
        return [
            thanks,
            messages.message(
                "question", self._replies.line("ask_region"), step=1, of=1, kind="choice", options=options
            ),
        ]

    def _message(self, matches: list[FlagMatch], level: Urgency, region: str | None) -> Message:
        """One alert that leads with the first match and names further flags of the same level after it."""
        flags = [flag for match in matches if (flag := self._content.red_flag(match.flag))]
        lead, match = flags[0], matches[0]
        if lead.id == CRISIS:  # the same words every time, whatever else was said (decision 9)
            flags = [lead]
        others = [flag for flag in dict.fromkeys(flags[1:]) if flag.id != lead.id][:MOST_ALSO]
        body = self._help.fill(self._tell(lead, match), region)
        if others:
            body = f"{body}\n\n{self._replies.alerts.also} {'; '.join(flag.condition for flag in others)}."
        if level is Urgency.EMERGENCY and not self._help.known(region):
            everywhere = [self._help.numbers_everywhere(role) for role in dict.fromkeys((lead.line, "emergency"))]
            body = "\n\n".join([body, *everywhere])
        alarm = messages.message(
            "alert",
            f"{lead.title}. {body}",
            urgency=level.value,
            flags=list(dict.fromkeys(flag.id for flag in flags)),
            level=level.value,
            title=lead.title,
            body=body,
            ack_payload=messages.payload("acknowledge_alert"),
            sources=messages.source_list([source for name in lead.sources if (source := self._content.source(name))]),
            quick_replies=messages.buttons([(self._replies.alerts.acknowledge, messages.payload("acknowledge_alert"))])
            if level is Urgency.EMERGENCY
            else None,
        )
        return {**alarm, "actions": self._actions(lead, level, region)}

    def _tell(self, flag: RedFlag, match: FlagMatch) -> str:
        """What to say, to the person or about someone else."""
        if match.rule == CHILD_ABUSE and flag.tell.child:
            return flag.tell.child
        return flag.tell.you if match.subject is Subject.SELF else flag.tell.other

    def _actions(self, lead: RedFlag, level: Urgency, region: str | None) -> list[dict[str, str]]:
        """The buttons that call; none on advice to see a doctor some day soon (decision 7)."""
        if level is Urgency.SEE_DOCTOR:
            return []
        return self._help.actions(lead.line, region) or self._help.actions("emergency", None)

    def _matches(self, understood: Understanding) -> list[FlagMatch]:
        """The matches to speak of: what this message raised, or all of the level when an alert is repeated."""
        pool = understood.here or understood.assessment.matches
        if understood.repeat:
            pool = understood.assessment.matches
        if not pool:
            return []
        level = max(pool, key=lambda match: match.urgency.rank).urgency
        chosen = [match for match in pool if match.urgency is level]
        return sorted(
            chosen,
            key=lambda match: (match.flag != CRISIS, match.rule != CHILD_ABUSE, -len(match.because), match.flag),
        )

    def _ask(self, flag: RedFlag, *, words: str | None = None, **carried: str) -> Message:
        """The question whose "yes" raises the flag; the buttons carry `carried` with the answer."""
        return self._question(words or flag.ask, "answer_flag", flag=flag.id, **carried)

    def _arranged(self) -> Message:
        """The question whether the help advised is arranged."""
        return self._question(self._replies.alerts.arranged_question, "arranged")

    def _question(self, text: str, intent: str, **carried: str) -> Message:
        """A yes/no/not-sure question whose answers come back as payloads."""
        options = [
            {"title": self._replies.question[answer], "payload": messages.payload(intent, answer=answer, **carried)}
            for answer in ("yes", "no", "unsure")
        ]
        flags = [carried["flag"]] if "flag" in carried else None
        return messages.message("question", text, step=1, of=1, kind="yes_no", options=options, flags=flags)

    def _concerns(self, understood: Understanding, flag: str) -> bool:
        """Whether this message itself said something of the flag: earlier doubts are not asked about again."""
        content = self._content.red_flag(flag)
        said = {finding.concept for finding in understood.findings if finding.assertion is not Assertion.NEGATED}
        return content is not None and bool(said.intersection({*content.concepts, sounds(flag)}))

    def _hypothetical_danger(self, understood: Understanding) -> bool:
        """Whether the message asks about an emergency sign without saying that anyone has it."""
        asked = {finding.concept for finding in understood.findings if finding.assertion is Assertion.HYPOTHETICAL}
        emergencies = (flag for flag in self._content.red_flags() if flag.urgency is Urgency.EMERGENCY)
        return any((asked - GENERAL - SITUATION).intersection(flag.concepts) for flag in emergencies)
