"""Keeps what was shown, so that "the second one", "why" and "easier" can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.turn import Turn
from bot.conversation.state import MOST_SHOWN, Shown


def showed(turn: Turn, kind: str, shown_id: str, entries: Sequence[str] = (), *, cursor: int | None = None) -> Turn:
    """The turn with something shown on top; the same thing shown before moves up instead of standing twice."""
    new = Shown(kind, shown_id, tuple(entries), cursor, turn.state.turn)
    rest = tuple(one for one in turn.state.shown if (one.kind, one.id) != (kind, shown_id))
    return turn.put(replace(turn.state, shown=(new, *rest)[:MOST_SHOWN]))


def moved(turn: Turn, target: Shown) -> Turn:
    """The turn with the cursor of something shown put where a reference put it; the thing keeps its place."""
    shown = tuple(target if (one.kind, one.id) == (target.kind, target.id) else one for one in turn.state.shown)
    return turn.put(replace(turn.state, shown=shown))


def missed(turn: Turn) -> Turn:
    """The turn with one more message that was not understood or not answered."""
    return turn.put(replace(turn.state, misses=turn.state.misses + 1))


def met(turn: Turn) -> Turn:
    """The turn with an answer that was given: the count of misses begins anew."""
    return turn.put(replace(turn.state, misses=0)) if turn.state.misses else turn
