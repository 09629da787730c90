"""What goes before an answer or below one for reasons of its own: signs of no flag, and dangers that are only asked about."""

from __future__ import annotations

from bot import messages
from bot.answering.turn import Turn
from bot.model import Assertion, Urgency
from bot.triage.facts import SITUATION
from bot.triage.heard import GENERAL


def of_its_own(turn: Turn) -> tuple[Turn, bool]:
    """A reply for a sign that stands outside the levels of care, now or long ago (an eating disorder, a bereavement), in place
    of all else."""
    signs = turn.voice.replies.signs
    name = next((signs[one.concept] for one in turn.meaning.findings if one.ever and one.concept in signs), None)
    if name is None or turn.meaning.alert.level is not None:
        return turn, False
    reply = turn.voice.replies.reply(name)
    text = turn.voice.help_desk.fill(reply.text, turn.region)
    return turn.add(messages.message("text", text, quick_replies=turn.voice.buttons(reply.buttons))), True


def if_now(turn: Turn) -> Turn:
    """Below an answer to a question about an emergency sign that nobody is said to have: what to do if somebody has it."""
    asked = {one.concept for one in turn.meaning.findings if one.assertion is Assertion.HYPOTHETICAL}
    asked -= GENERAL | SITUATION
    emergencies = (flag for flag in turn.voice.content.red_flags() if flag.urgency is Urgency.EMERGENCY)
    if not asked or not any(asked.intersection(flag.concepts) for flag in emergencies):
        return turn
    text = turn.voice.help_desk.fill(turn.voice.replies.line("if_now"), turn.region)
    return turn.add(messages.message("text", text))
