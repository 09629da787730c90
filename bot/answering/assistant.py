"""What the actions and the channel ask of answering: a reply to a meaning, the greeting, and the notice when all else fails."""

from __future__ import annotations

from bot import messages
from bot.answering.adapters import EscalationAlerts, ScreeningCheck
from bot.answering.alerts import Alerts as Escalation
from bot.answering.moment import KeptDiary, Moment
from bot.answering.moment import moment as moment_of
from bot.answering.respond import respond
from bot.answering.symptom_check import SymptomCheck as Screening
from bot.answering.turn import Reply
from bot.answering.voice import Voice
from bot.content.answering import Answering
from bot.content.replies import Replies
from bot.content.replies import Reply as Said
from bot.content.screen import Screen
from bot.conversation.meaning import Meaning
from bot.help import HelpDesk
from bot.messages import Message
from bot.ports import ContentRepository


class Assistant:
    """Answers from the curated content. Every method returns messages of the contract."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def respond(self, meaning: Meaning, *, region: str | None, moment: Moment | None = None) -> Reply:
        """The answer to one message and the state after it; see bot.answering.respond. `moment` is when it was written, and the
        person's diary; without one it is now, and the diary is empty."""
        return respond(meaning, voice=self._voice, region=region, moment=moment or moment_of(None, None, "", KeptDiary))

    def greeting(self, region: str | None) -> list[Message]:
        """What a new conversation begins with."""
        reply = self._voice.replies.reply("greeting")
        text = self._fill(reply, region)
        said = messages.message("text", text, quick_replies=self._voice.buttons(reply.buttons))
        return [messages.in_paragraphs(said, *text.split("\n\n"))]

    def unavailable(self, region: str | None, *, kept: bool = True) -> Message:
        """The notice for when something is down: what to do in an emergency, and whether the words are `kept`. Needs no
        database."""
        reply = self._voice.replies.notices["unavailable" if kept else "unavailable_not_kept"]
        text = self._fill(reply, region)
        if not self._voice.help_desk.known(region):
            text = f"{text} {self._voice.help_desk.numbers_everywhere()}"
        return messages.message("notice", text, reason=reply.reason, quick_replies=self._voice.buttons(reply.buttons))

    def _fill(self, reply: Said, region: str | None) -> str:
        """A reply's text with the help lines of the region."""
        return self._voice.help_desk.fill(reply.text, region)


def assistant(
    content: ContentRepository, *, replies: Replies, settings: Answering, screen: Screen, help_desk: HelpDesk
) -> Assistant:
    """An assistant over the given content, with the alerts and the symptom check that ship."""
    alerts = EscalationAlerts(Escalation(content, replies=replies, help_desk=help_desk))
    check = ScreeningCheck(screen, Screening(screen, replies=replies, help_desk=help_desk))
    return Assistant(Voice(content, replies, help_desk, settings, alerts, check))
