"""Corrections: of a fact, and of who is meant. The conversation has put them right; this says so."""

from __future__ import annotations

from bot import messages
from bot.answering import memory
from bot.answering.turn import Turn, joined
from bot.conversation.meaning import Meant
from bot.conversation.state import SELF


def corrected(meant: Meant, turn: Turn) -> Turn:
    """What stands now: the fact as it was put right, or of whom the talk is."""
    if meant.act == "correct/person":
        if meant.who == SELF:
            return turn.say("correct/back_to_you")
        return turn.say("correct/person", who=turn.whose(meant.who))
    told = [text for fact in meant.facts if fact.value is not False and (text := memory.phrase(fact, turn))]
    if not told:
        return turn.say("correct/fact_plain")
    facts = joined(told, last=turn.spoken("words/and").say[0])
    turn, text = turn.words("correct/fact", facts=facts)
    return turn.add(messages.message("text", text))
