"""Open questions: what answers them, what puts them off, and when they are let go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.state import OpenQuestion, State

MOST_ASKED = 2
"""Times that one question is asked: once, and once more in other words; then the talk goes on (design, section 4)."""
ANSWERS = {"reply/yes": "yes", "reply/no": "no", "reply/not_sure": "unsure"}
"""The value that a reply gives to a yes/no question."""


@dataclass(frozen=True)
class Answered:
    """A question with what it was answered: "yes", "no", "unsure", "skip", or a value."""

    question: OpenQuestion
    value: str | float


def top(state: State) -> OpenQuestion | None:
    """The question that waits for an answer now."""
    return state.questions[0] if state.questions else None


def before_them(state: State) -> OpenQuestion | None:
    """The question that the person has before them: the one that waits, if the last answer asked it. A "no" said later in the
    talk is about something else ("no, not suicidal, just fed up", turns after a question about bleeding)."""
    question = top(state)
    return question if question and (not question.turn or question.turn >= state.turn - 1) else None


def stood(state: State) -> State:
    """The state after an answer that put the waiting question before the person."""
    question = top(state)
    return replace(state, questions=(replace(question, turn=state.turn), *state.questions[1:])) if question else state


def asked(state: State, question: OpenQuestion) -> State:
    """The state with a question asked; asked before, it counts once more instead of standing twice. More often
    than MOST_ASKED it is asked only where the person wishes it ("run the check", "where were we?"), which counts no further."""
    before = next((one for one in state.questions if (one.slot, one.about) == (question.slot, question.about)), None)
    rest = tuple(one for one in state.questions if one is not before)
    count = min(before.asked + 1, MOST_ASKED) if before else question.asked
    return replace(state, questions=(replace(question, asked=count), *rest))


def closed(state: State, question: OpenQuestion) -> State:
    """The state without a question: it was answered, or let go."""
    kept = tuple(one for one in state.questions if (one.slot, one.about) != (question.slot, question.about))
    return replace(state, questions=kept)


def unanswered(state: State) -> tuple[State, OpenQuestion | None]:
    """The state after a message that did not answer the open question, and the question if it was asked often enough and is
    let go now. An emergency sign's question that is let go is kept by its slot: "be seen today" follows from it."""
    question = top(state)
    if question is None or question.asked < MOST_ASKED:
        return state, None
    state = closed(state, question)
    return replace(state, unanswered=tuple(dict.fromkeys((*state.unanswered, question.slot)))), question
