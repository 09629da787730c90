"""Whether a message as a whole is none of our business: the zone of scope in which it is declined."""

from __future__ import annotations

from bot.conversation.state import State
from bot.conversation.words import words_of
from bot.reading import Part, Read

SHORT = 8
"""Words of the longest message that is read with what it may refer to (design, section 4)."""
OUTSIDE = "outside/"
DECLINED, SENSITIVE_AT = 0.19, 0.35
"""Probability of being in scope up to which a whole message is declined: a question of ours that is declined costs as much as
two foreign ones that are answered, one that is only offered near things a quarter (scripts/tuning/scope.py). A sensitive matter
is declined sooner, since what is offered in its place would hurt."""
FOREIGN = (OUTSIDE, "tell/symptom", "tell/fact", "social/")
"""Beside questions, the acts of which a message that is declined as a whole may consist."""


def declined(read: Read, state: State) -> bool:
    """Whether a message as a whole lies outside: nothing that may answer an open question or lean on what was shown, no part
    that does anything but ask or tell, and no more likely ours than DECLINED, or SENSITIVE_AT where the matter is a sensitive
    one."""
    leans = bool(state.shown) and len(words_of(read.text)) <= SHORT
    if leans or bool(state.questions) or state.episode.stage != "none":
        return False
    if not all(part.act == "ask" or part.act.startswith(FOREIGN) for part in (read.whole, *read.parts)):
        return False
    return read.in_scope <= (SENSITIVE_AT if field(read.whole) == f"{OUTSIDE}sensitive" else DECLINED)


def field(part: Part) -> str:
    """The likeliest kind of what lies outside."""
    return next((one.label for one in part.acts if one.label.startswith(OUTSIDE)), f"{OUTSIDE}foreign")
