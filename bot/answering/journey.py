"""A journey: something put together over several questions, one at a time; interrupted, left, resumed, corrected, changed.

What a journey itself asks, reads and shows is in its own file (planning.py, routines.py); JOURNEYS of planned.py lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import messages
from bot.answering import cards, questions
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.questions import MOST_ASKED, closed
from bot.conversation.state import Goal, OpenQuestion
from bot.journeys.words import plain, said
from bot.messages import Message
from bot.model import Urgency

FEW = 5
"""Words of the longest text that can leave a choice to us."""
Pairs = tuple[tuple[str, str], ...]
"""Answers by name, as a goal keeps them."""
WHO, BEGIN = "who", "begin"
LATER = "week"
"""The question that comes up while a result is on show, about talk that changes it."""


@dataclass(frozen=True)
class Journey:
    """One kind of journey. `steps` are the questions that apply, in order; `read` what a reply gives for one of them, None
    where it cannot be read; `usual` what is taken where nobody says; `told` what a text says beside; `known` what was told
    of the person before; `blocked` why there is none for this person, or None; `show` the result; `change` the turn after
    talk about a result on show, or None."""

    kind: str
    steps: Callable[[Goal, Turn], tuple[str, ...]]
    read: Callable[[str, Meant, Goal, Turn], Pairs | None]
    usual: Callable[[str, Goal, Turn], Pairs]
    told: Callable[[str, Goal], Pairs]
    known: Callable[[Goal, Turn], Pairs]
    blocked: Callable[[Goal, Turn], Turn | None]
    show: Callable[[Goal, Turn], Turn]
    change: Callable[[Meant, Goal, Turn], Turn | None]

    def slot(self, step: str) -> str:
        """The slot of a question."""
        return f"{self.kind}.{step}"

    def missing(self, goal: Goal, turn: Turn) -> tuple[str, ...]:
        """The questions that are still open."""
        have = dict(goal.answers)
        return tuple(step for step in self.steps(goal, turn) if step not in have)


def with_answers(goal: Goal, pairs: Pairs) -> Goal:
    """The goal with answers put in; the last word about one wins."""
    names = {name for name, _ in pairs}
    return replace(goal, answers=(*(pair for pair in goal.answers if pair[0] not in names), *pairs), waiting=False)


def whose(goal: Goal, turn: Turn) -> str:
    """The key of the person whom a journey is for."""
    return dict(goal.answers).get(WHO, turn.state.current)


def start(journey: Journey, meant: Meant, turn: Turn) -> Turn:
    """The first question that is not answered yet, or the result; one that was left goes on where it was. A warning sign
    that is asked about comes first: what was told is kept, and the journey goes on after the answer."""
    text = " ".join(act.text for act in turn.meaning.acts if act.text) or meant.text
    goal = questions.goal(turn, journey.kind)
    fresh = goal is None or whose(goal, turn) != meant.who or said("anew", plain(text)) is not None
    if goal is None or fresh:
        goal = Goal(journey.kind, answers=((WHO, meant.who),))
    elif goal.waiting and not turn.careful:
        turn = turn.say(f"{journey.kind}/taken_up")
    elif goal.step is None and (changed := journey.change(meant, goal, turn)) is not None:
        return changed
    goal = with_answers(goal, journey.told(text, goal))
    goal = with_answers(goal, journey.known(goal, turn))
    later = _sign_first(journey, goal, turn)
    return later if later is not None else go_on(journey, goal, turn, first=fresh)


def _sign_first(journey: Journey, goal: Goal, turn: Turn) -> Turn | None:
    """The turn with the journey put off for a warning sign that was asked about and not answered; None where there is none.
    An emergency's sign that was asked about often enough keeps it off."""
    put_off = questions.with_goal(turn, replace(goal, step=goal.step or BEGIN))
    if turn.careful:
        return cards.waits(put_off)
    for one in turn.state.questions:
        flag = turn.voice.content.red_flag(one.slot.removeprefix(questions.FLAG))
        if flag is None or not one.slot.startswith(questions.FLAG):
            continue
        if one.asked < MOST_ASKED:
            return questions.ask_flag(flag, put_off, about=one.about)
        if flag.urgency is Urgency.EMERGENCY:
            return cards.waits(put_off)
    return None


def go_on(journey: Journey, goal: Goal, turn: Turn, *, first: bool = False) -> Turn:
    """The next question, or the result; nothing of either where the person's conditions speak against it."""
    missing = journey.missing(goal, turn)
    goal = replace(goal, step=missing[0] if missing else None, waiting=False)
    refused = journey.blocked(goal, turn)
    if refused is not None:
        return without(journey, refused)
    turn = questions.with_goal(turn, goal)
    return ask(journey, goal, turn, first=first) if missing else journey.show(goal, turn)


def without(journey: Journey, turn: Turn) -> Turn:
    """The turn with the journey and its questions gone."""
    kept = tuple(one for one in turn.state.questions if not one.slot.startswith(f"{journey.kind}."))
    return questions.without_goal(turn.put(replace(turn.state, questions=kept)), journey.kind)


def ask(journey: Journey, goal: Goal, turn: Turn, *, first: bool = False, lead: str = "", times: int = 1) -> Turn:
    """The question that a journey stands at; `first` with how it goes before it, `lead` with other words before it."""
    step = goal.step
    if step is None:
        return turn
    name = f"{journey.kind}/ask_{step}"
    turn, text = turn.words(name)
    if lead:
        turn, text = turn.words(lead, question=text)
    if first:
        turn, before = turn.words(f"{journey.kind}/start")
        text = f"{before} {text}"
    titles = turn.spoken(f"{name}_options").say if turn.has(f"{name}_options") else ()
    # Put again because something else was told, it counts once more: it is not brought back after every message.
    asked = max((one.asked for one in turn.state.questions if one.slot == journey.slot(step)), default=0)
    times = max(times, min(asked + 1, MOST_ASKED))
    question = OpenQuestion(journey.slot(step), whose(goal, turn), asked=times, options=tuple(titles))
    before_it = tuple(one for one in turn.state.questions if one.slot != question.slot)
    return questions.put(
        turn.put(replace(turn.state, questions=before_it)), question, _message(text, goal, journey, turn)
    )


def _message(text: str, goal: Goal, journey: Journey, turn: Turn) -> Message:
    """A question as a message, with its answers to tap; typed ones are as good."""
    steps = journey.steps(goal, turn)
    name = f"{journey.kind}/ask_{goal.step}_options"
    titles = turn.spoken(name).say if turn.has(name) else ()
    options = [{"title": title, "payload": title} for title in titles]
    at = steps.index(goal.step) + 1 if goal.step in steps else 1
    return messages.message("question", text, step=at, of=max(at, len(steps)), kind="choice", options=options)


def answered(journey: Journey, question: OpenQuestion, meant: Meant, turn: Turn) -> Turn:
    """The turn after a reply: what it gives is kept; one that cannot be read is asked for once more, then the usual taken."""
    goal = questions.goal(turn, journey.kind) or Goal(journey.kind, answers=((WHO, question.about),))
    step = question.slot.split(".", 1)[1]
    goal = replace(goal, step=step)
    if turn.careful:
        return cards.waits(turn)
    if (refused := journey.blocked(goal, turn)) is not None:
        return without(journey, refused)
    turn = turn.put(closed(turn.state, question))
    if meant.act in ("reply/not_sure", "control/skip") and step not in ("gate",):
        return _usual(journey, goal, turn)
    pairs = journey.read(step, meant, goal, turn)
    if pairs is None and leaves_it(meant.text) and step != "gate":
        return _usual(journey, goal, turn)
    if pairs is None and question.asked < MOST_ASKED:
        named = f"{journey.kind}/again_{step}"
        lead = named if turn.has(named) else f"{journey.kind}/again"
        return ask(journey, goal, questions.with_goal(turn, goal), lead=lead, times=MOST_ASKED)
    if pairs is None:
        return _usual(journey, goal, turn)
    have = {**dict(goal.answers), **dict(pairs)}
    more = tuple(pair for pair in journey.told(meant.text, goal) if pair[0] not in have)
    return go_on(journey, with_answers(goal, (*more, *pairs)), turn)


def leaves_it(text: str) -> bool:
    """Whether a short text leaves the choice to us ("you choose")."""
    return len(text.split()) <= FEW and said("you_choose", plain(text)) is not None


def _usual(journey: Journey, goal: Goal, turn: Turn) -> Turn:
    """The turn with the usual answer taken, which is said."""
    step = goal.step or ""
    pairs = journey.usual(step, goal, turn)
    name = f"{journey.kind}/usual_{step}"
    if turn.has(name):
        turn = turn.say(name, value=pairs[0][1] if pairs else "")
    return go_on(journey, with_answers(goal, pairs), turn)


def corrected(journey: Journey, meant: Meant, turn: Turn) -> Turn | None:
    """The turn after an answer given before was put right, or None where the words fit none; the latest goes first."""
    goal = questions.goal(turn, journey.kind)
    if goal is None:
        return None
    steps = journey.steps(goal, turn)
    for name, _ in reversed(goal.answers):
        pairs = journey.read(name, meant, goal, turn) if name in steps else None
        if pairs is not None:
            return go_on(journey, with_answers(goal, pairs), turn.say(f"{journey.kind}/corrected"))
    return None


def beside(journey: Journey, meant: Meant, goal: Goal, turn: Turn) -> Turn | None:
    """The turn after words that answer another question than the one asked ("can't do mondays"), or None."""
    pairs = journey.told(meant.text, goal)
    if not pairs or turn.careful:
        return None
    return go_on(journey, with_answers(goal, pairs), turn.say(f"{journey.kind}/corrected"))


def control(journey: Journey, kind: str, question: OpenQuestion, meant: Meant, turn: Turn) -> Turn:
    """About the open question of a journey: explained, counted, skipped, stopped, gone back or carried on with."""
    goal = questions.goal(turn, journey.kind) or Goal(journey.kind, answers=((WHO, question.about),))
    step = question.slot.split(".", 1)[1]
    goal = replace(goal, step=step)
    if turn.careful:
        return cards.waits(turn)
    if kind == "skip":
        return answered(journey, question, meant, turn)
    if kind == "stop":
        return stop(journey, goal, turn)
    if kind == "back":
        return _back(journey, goal, turn.put(closed(turn.state, question)))
    if kind == "how_many":
        left = len(journey.missing(goal, turn))
        turn = turn.say("question/how_many" if left > 1 else "question/last", left=left)
    elif kind in ("what_mean", "why_ask"):
        name = f"{journey.kind}/what_mean_{step}" if kind == "what_mean" else f"{journey.kind}/why_ask_{step}"
        turn = turn.say(name if turn.has(name) else f"question/{kind}")
    return ask(journey, goal, turn, times=question.asked)


def stop(journey: Journey, goal: Goal, turn: Turn) -> Turn:
    """The journey left as it is, to be taken up again."""
    turn = without(journey, turn)
    return questions.with_goal(turn, replace(goal, waiting=True)).say(f"{journey.kind}/left")


def _back(journey: Journey, goal: Goal, turn: Turn) -> Turn:
    """The question before, asked again."""
    steps = journey.steps(goal, turn)
    given = [name for name, _ in goal.answers if name in steps]
    if given:
        goal = replace(goal, step=given[-1], answers=tuple(pair for pair in goal.answers if pair[0] != given[-1]))
    return ask(journey, goal, questions.with_goal(turn, goal))
