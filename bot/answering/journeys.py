"""Where the things done together meet the turn: an answer to their open question goes before all other reading of it."""

from __future__ import annotations

from dataclasses import replace

from bot.answering import checking, clinician, diary, lists
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant

Heard = tuple[Turn, tuple[Meant, ...], str | None]
"""The turn, the acts that are left to answer, and the journey that goes on after them."""


def heard(turn: Turn) -> Heard:
    """What the journeys take of a message: what it did to the diary, a summary or a list put right, or the
    answer to their open question."""
    if (done := diary.heard(turn)) is not None:
        return done[0], done[1], None
    for corrected in (clinician.corrected, lists.corrected):
        changed = corrected(turn)
        if changed is not None:
            return replace(changed, asked=True), (), None
    turn, acts, after = checking.heard(turn)
    return (turn, acts, after) if after else lists.heard(turn)


def gone_on(kind: str | None, turn: Turn) -> Turn:
    """The journey after the acts beside an answer to it were answered."""
    if kind is None or turn.asked:
        return turn
    return checking.ask(turn) if kind == checking.KIND else lists.go_on(turn, kind)


def waits(turn: Turn) -> bool:
    """Whether a question of a list waits that was put off by a warning sign's own."""
    return not turn.asked and lists.open_question(turn) is not None
