"""The symptom check as a goal: which question comes next, going back, how many are left, and its end."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.answering import questions
from bot.answering.turn import Turn
from bot.conversation.state import Goal, OpenQuestion

KIND = "check"


def start(turn: Turn) -> Turn:
    """The first question that is not answered yet; a check that was left goes on where it was."""
    goal = questions.goal(turn, KIND)
    if goal is None:
        turn = turn.add(messages.message("text", turn.voice.check.intro()))
        goal = Goal(KIND, step=_next(Goal(KIND), turn))
    return ask(questions.with_goal(turn, replace(goal, waiting=False)))


def answered(question: OpenQuestion, value: str, turn: Turn) -> Turn:
    """The next question after an answer, or the end; after an alert the check waits."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    flag = question.slot.removeprefix(questions.FLAG)
    kept = tuple(pair for pair in goal.answers if pair[0] != flag)
    goal = replace(goal, answers=(*kept, (flag, value)))
    goal = replace(goal, step=_next(goal, turn))
    turn = questions.with_goal(turn, goal)
    if turn.meaning.alert.level is not None:
        return questions.with_goal(turn, replace(goal, waiting=True))
    return ask(turn)


def moved(turn: Turn, *, back: bool) -> Turn:
    """The question before, or the one that the check stands at."""
    goal = questions.goal(turn, KIND)
    if goal is None:
        return turn
    if back and goal.answers:
        goal = replace(goal, step=goal.answers[-1][0], answers=goal.answers[:-1])
    turn = turn.put(replace(turn.state, questions=_others(turn)))
    return ask(questions.with_goal(turn, replace(goal, waiting=False)))


def left(turn: Turn) -> int:
    """How many questions are still to come, the open one with them."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    done = dict(goal.answers)
    return sum(flag not in done for flag in turn.voice.check.steps())


def _others(turn: Turn) -> tuple[OpenQuestion, ...]:
    """The open questions that are not of the check."""
    steps = {f"{questions.FLAG}{flag}" for flag in turn.voice.check.steps()}
    return tuple(one for one in turn.state.questions if one.slot not in steps)


def _next(goal: Goal, turn: Turn) -> str | None:
    """The first flag that is neither answered nor raised already."""
    done = {*dict(goal.answers), *turn.meaning.assessment.flags}
    return next((flag for flag in turn.voice.check.steps() if flag not in done), None)


def ask(turn: Turn) -> Turn:
    """The question that the check stands at, or its summary."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    if goal.step is None:
        summary = turn.voice.check.summary(dict(goal.answers), turn.meaning.assessment, region=turn.region)
        return questions.without_goal(turn, KIND).add(summary)
    steps = turn.voice.check.steps()
    slot = f"{questions.FLAG}{goal.step}"
    said = turn.voice.check.question(goal.step, step=steps.index(goal.step) + 1, of=len(steps))
    if any(one.slot == slot for one in turn.state.questions):
        turn, text = turn.words("question/once_more", question=said["text"])
        said["text"] = text
    options = tuple(option["payload"] for option in said["options"])
    return questions.put(turn, OpenQuestion(slot, options=options), said)
