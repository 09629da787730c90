"""The journeys (a walking plan, a routine, a walk for the diary), and which of them a message belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.answering import cards, diary, journey, planning, questions, routines
from bot.answering.journey import Journey
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.questions import top
from bot.conversation.state import Goal, OpenQuestion
from bot.journeys.words import is_question
from bot.model import Urgency

JOURNEYS: Mapping[str, Journey] = {one.kind: one for one in (planning.JOURNEY, routines.JOURNEY, diary.JOURNEY)}
ELSEWHERE = (
    "goal/",
    "meta/",
    "repair/",
    "control/",
    "withdraw/",
    "correct/person",
    "aspect/",
)
"""Acts that are never an answer, nor talk about a result, whatever their words."""

OF_AN_ALERT = ("after_alert/", "minimise/")
"""Acts that are about an alert while an urgent one stands; beside lesser advice their words may be an answer."""


def of(question: OpenQuestion | None) -> Journey | None:
    """The journey that an open question is of."""
    return JOURNEYS.get(question.slot.split(".", 1)[0]) if question else None


def start(kind: str, meant: Meant, turn: Turn) -> Turn:
    """A journey begun or taken up."""
    return journey.start(JOURNEYS[kind], meant, turn)


def answered(question: OpenQuestion, meant: Meant, turn: Turn) -> Turn:
    """The turn after a reply to a journey's question."""
    return journey.answered(JOURNEYS[question.slot.split(".", 1)[0]], question, meant, turn)


def taken(meant: Meant, turn: Turn) -> Turn | None:
    """The turn after words that a journey takes, whatever act they were read as: an answer to its open question, one put
    right, or talk about a result on show. None where they are about something else."""
    alerted = turn.state.episode.stage != "none" and turn.state.episode.level.rank >= Urgency.URGENT.rank
    if meant.act.startswith(ELSEWHERE) or (alerted and meant.act.startswith(OF_AN_ALERT)):
        return None
    open_ = meant.question if meant.act.startswith("reply/") else top(turn.state)
    found = of(open_)
    if found is not None and open_ is not None and (of_it := _of_question(found, open_, meant, turn)) is not None:
        return of_it
    if meant.act.startswith("reply/") and meant.question is not None:
        return None
    for one in _on_show(turn):
        goal = questions.goal(turn, one.kind)
        if goal is None or goal.step not in (None, journey.LATER):
            continue
        if _just_told(one, meant, turn):
            return turn
        if (changed := one.change(meant, goal, turn)) is not None:
            return changed
    return None


def _just_told(found: Journey, meant: Meant, turn: Turn) -> bool:
    """Whether words were already used in this turn, by the act that began the journey: "make me a plan. tues and thurs"."""
    begun = any(act.act == f"goal/{found.kind}" for act in turn.meaning.acts)
    return begun and bool(turn.messages) and bool(found.told(meant.text, Goal(found.kind)))


def _of_question(found: Journey, open_: OpenQuestion, meant: Meant, turn: Turn) -> Turn | None:
    """A journey's open question answered by words that were read as another act, or an earlier answer put right."""
    goal = questions.goal(turn, found.kind)
    if goal is None or turn.asked:
        return turn if _just_told(found, meant, turn) else None
    if meant.act == "correct/fact" and not turn.careful:
        return journey.corrected(found, meant, turn)
    if meant.act.startswith("reply/") or is_question(meant.text):
        return None
    step = open_.slot.split(".", 1)[1]
    if found.read(step, meant, goal, turn) is None and not journey.leaves_it(meant.text):
        return journey.beside(found, meant, goal, turn)
    return journey.answered(found, open_, meant, turn)


def _on_show(turn: Turn) -> list[Journey]:
    """The journeys with a result on show, the latest first."""
    return [JOURNEYS[one.kind] for one in turn.state.shown if one.kind in JOURNEYS]


def resumed(question: OpenQuestion, turn: Turn) -> Turn:
    """A journey's question asked again after something else was answered; while care is needed it waits."""
    found, goal = of(question), None
    if found is not None:
        goal = questions.goal(turn, found.kind)
    if found is None or goal is None or goal.step is None or turn.careful:
        return turn
    return journey.ask(found, goal, turn, lead=f"{found.kind}/back_to", times=question.asked + 1)


def after_sign(turn: Turn) -> Turn | None:
    """A journey that was put off for a warning sign's question, once that is answered; None where there is none."""
    replied = any(act.question and act.question.slot.startswith(questions.FLAG) for act in turn.meaning.acts)
    if not replied or turn.asked or turn.careful or turn.meaning.alert.level is not None:
        return None
    for goal in turn.state.goals:
        if goal.kind in JOURNEYS and goal.step is not None and not goal.waiting:
            return journey.go_on(JOURNEYS[goal.kind], goal, turn)
    return None


def control(kind: str, question: OpenQuestion | None, meant: Meant, turn: Turn) -> Turn | None:
    """What is said about a journey's open question, or "carry on" with one that was left; None where it is about neither."""
    found = of(question)
    if found is not None and question is not None:
        return journey.control(found, kind, question, meant, turn)
    left = next((one for one in turn.state.goals if one.kind in JOURNEYS and one.waiting), None)
    if kind != "resume" or question is not None or left is None or turn.state.goals[0] is not left:
        return None
    if turn.careful:
        return cards.waits(turn)
    return journey.go_on(JOURNEYS[left.kind], replace(left, waiting=False), turn)


def entry(kind: str, name: str, turn: Turn) -> Turn | None:
    """One entry of a result on show ("week 4", an exercise of the routine); None for what is none."""
    goal = questions.goal(turn, kind)
    if goal is None:
        return None
    if kind == routines.KIND:
        return routines.entry(name, goal, turn)
    return planning.week_named(name, goal, turn) if kind == planning.KIND else None


def again(kind: str, turn: Turn) -> Turn | None:
    """A result once more; None for what is none."""
    goal = questions.goal(turn, kind) if kind in JOURNEYS else None
    return journey.go_on(JOURNEYS[kind], goal, turn) if goal is not None else None


def noted(turn: Turn) -> Turn:
    """The turn with what its words tell for later: how long somebody can walk."""
    for meant in turn.meaning.acts:
        turn = planning.noted(meant, turn)
    return turn
