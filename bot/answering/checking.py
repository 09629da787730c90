"""The symptom check as a goal: which question comes next, going back, how many are left, and its end."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import messages
from bot.answering import clinician, questions
from bot.answering.showing import showed
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.questions import MOST_ASKED, closed, top
from bot.conversation.state import SELF, Fact, Goal, OpenQuestion
from bot.journeys.check import wanted
from bot.journeys.told import sex_in
from bot.model import Urgency

KIND = "check"
ABOUT = "check."
"""Beginning of the slots of the questions about the person."""
ASIDE = "aside."
"""Beginning of the answers that mark a sign asked about beside the check, after urgent advice: it counts as no step of it."""
SKIPPED = "skipped"
"""The answer of somebody who does not want to say, or does not know."""
TELLS = ("reply/", "tell/", "correct/", "control/skip")
OLDEST, SHORT = 115, 8
"""The highest age, and the words of the longest text in which a number is one."""
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?![\d.])")


def start(turn: Turn) -> Turn:
    """The first question that is not answered yet; a check that was left goes on where it was."""
    goal = questions.goal(turn, KIND)
    if goal is None:
        turn = turn.add(messages.message("text", turn.voice.check.intro()))
        goal = Goal(KIND, step=_next(Goal(KIND), turn))
    return ask(questions.with_goal(turn, replace(goal, waiting=False)))


def answered(question: OpenQuestion, value: str, turn: Turn) -> Turn:
    """The next question after an answer, or the end; after an alert that cannot wait for weeks the check waits."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    flag = question.slot.removeprefix(questions.FLAG)
    kept = tuple(pair for pair in goal.answers if pair[0] not in (flag, ASIDE + flag))
    aside = () if flag == goal.step else ((ASIDE + flag, "asked"),)
    goal = replace(goal, answers=(*kept, *aside, (flag, value)))
    goal = replace(goal, step=_next(goal, turn))
    turn = questions.with_goal(turn, goal)
    if turn.meaning.alert.level not in (None, Urgency.SEE_DOCTOR):
        return questions.with_goal(turn, replace(goal, waiting=True))
    return ask(turn)


def moved(turn: Turn, *, back: bool) -> Turn:
    """The question before, or the one that the check stands at."""
    goal = questions.goal(turn, KIND)
    if goal is None:
        return turn
    if back and goal.answers:
        last = goal.answers[-1][0]
        goal = replace(goal, step=None if last.startswith(ABOUT) else last, answers=goal.answers[:-1])
    if back:
        turn = turn.put(replace(turn.state, questions=_others(turn)))
    return ask(questions.with_goal(turn, replace(goal, waiting=False)))


def left(turn: Turn) -> int:
    """How many questions are still to come, the open one with them."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    return len(_signs(goal, turn)) + len(_about(goal, turn))


def heard(turn: Turn) -> tuple[Turn, tuple[Meant, ...], str | None]:
    """The turn after an answer about the person (age, sex, pregnancy), the acts that are left, and the check if it goes on."""
    question, acts = top(turn.state), turn.meaning.acts
    if question is None or not question.slot.startswith(ABOUT) or turn.meaning.alert.level is not None:
        return turn, acts, None
    name = question.slot.removeprefix(ABOUT)
    known = {fact.name for fact in turn.state.person(question.about).facts if fact.turn == turn.state.turn}
    for meant in acts:
        value = _value(name, meant, turn)
        if name in known or value is not None:
            rest = tuple(one for one in acts if one is not meant and not one.act.startswith(TELLS))
            turn = turn.put(closed(turn.state, question))
            if name not in known and value is not None and value != SKIPPED:
                turn = questions.remember_fact(turn, question.about, Fact(name, value, turn.state.turn))
            return _noted(name, turn), rest, KIND
    if not all(meant.act.startswith(TELLS) for meant in acts):
        return turn, acts, None
    if question.asked < MOST_ASKED:
        return _ask_about(name, turn), (), None
    return ask(_noted(name, turn.put(closed(turn.state, question)).say("list/open"))), (), None


def skipped(question: OpenQuestion, turn: Turn) -> Turn:
    """The check after a question about the person that is left open."""
    return ask(_noted(question.slot.removeprefix(ABOUT), turn.put(closed(turn.state, question))))


def _value(name: str, meant: Meant, turn: Turn) -> float | str | bool | None:
    """What an act says about the person; SKIPPED where it is not to be known; None where it says nothing of it."""
    if meant.act in ("reply/not_sure", "control/skip"):
        return SKIPPED
    if name == "age":
        numbers = [int(one) for one in _NUMBER.findall(meant.text) if 0 < int(one) <= OLDEST]
        return float(numbers[0]) if numbers and len(meant.text.split()) <= SHORT else None
    if name == "pregnant":
        return {"reply/yes": True, "reply/no": False}.get(meant.act)
    woman, man, neither = turn.spoken("check/sex_options").say
    by_title = {woman: "female", man: "male", neither: SKIPPED}
    return by_title.get(meant.text) or (SKIPPED if meant.act == "reply/no" else sex_in(meant.text, turn.voice.told))


def _noted(name: str, turn: Turn) -> Turn:
    """The turn with a question about the person counted as put."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    kept = tuple(pair for pair in goal.answers if pair[0] != ABOUT + name)
    return questions.with_goal(turn, replace(goal, answers=(*kept, (ABOUT + name, "asked"))))


def _others(turn: Turn) -> tuple[OpenQuestion, ...]:
    """The open questions that are not of the check."""
    steps = {f"{questions.FLAG}{flag}" for flag in turn.voice.check.steps()}
    return tuple(one for one in turn.state.questions if one.slot not in steps and not one.slot.startswith(ABOUT))


def _next(goal: Goal, turn: Turn) -> str | None:
    """The first flag that is still to be asked about."""
    return next(iter(_signs(goal, turn)), None)


def _signs(goal: Goal, turn: Turn) -> tuple[str, ...]:
    """The flags that are neither answered, nor raised already, nor settled by what was told."""
    done = {*dict(goal.answers), *turn.meaning.assessment.flags}
    return tuple(flag for flag in turn.voice.check.steps() if flag not in done and _settled(flag, turn) is None)


def _settled(flag: str, turn: Turn) -> str | None:
    """The answer to a flag's question by what was told."""
    found = turn.voice.content.red_flag(flag)
    return turn.voice.check.settled(flag, turn.state.person(SELF), found.concepts if found else ())


def _about(goal: Goal, turn: Turn) -> tuple[str, ...]:
    """What is still to be asked about the person."""
    answered = [name.removeprefix(ABOUT) for name, _ in goal.answers if name.startswith(ABOUT)]
    return wanted(turn.state.person(SELF), answered)


def ask(turn: Turn) -> Turn:
    """The question that the check stands at, what is not known about the person, or its summary."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    flag = goal.step or _next(goal, turn)
    if flag is not None:
        return _ask_sign(flag, questions.with_goal(turn, replace(goal, step=flag)))
    about = _about(goal, turn)
    return _ask_about(about[0], turn) if about else _ended(goal, turn)


def _ask_sign(flag: str, turn: Turn) -> Turn:
    """A warning sign's question."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    slot = f"{questions.FLAG}{flag}"
    done = _done(goal, flag)
    said = turn.voice.check.question(flag, step=done + 1, of=done + len(_counted(flag, goal, turn)))
    if any(one.slot == slot for one in turn.state.questions):
        turn, text = turn.words("question/once_more", question=said["text"])
        said["text"] = text
    options = tuple(option["payload"] for option in said["options"])
    return questions.put(turn, OpenQuestion(slot, options=options), said)


def _done(goal: Goal, now: str) -> int:
    """The steps of the check before the one that is asked now."""
    names = {name for name, _ in goal.answers if not name.startswith(ASIDE)}
    asides = {name.removeprefix(ASIDE) for name, _ in goal.answers if name.startswith(ASIDE)}
    return len(names - asides - {now})


def _counted(flag: str, goal: Goal, turn: Turn) -> set[str]:
    """The questions that are still to come with this one."""
    return {flag, *_signs(goal, turn), *_about(goal, turn)}


def _ask_about(name: str, turn: Turn) -> Turn:
    """A question about the person, with answers to tap where there are few."""
    goal = questions.goal(turn, KIND) or Goal(KIND)
    slot = ABOUT + name
    again = any(one.slot == slot for one in turn.state.questions)
    form = f"check/again_{name}"
    turn, text = turn.words(form if again and turn.has(form) else f"check/{name}")
    titles = [turn.voice.replies.question[key] for key in questions.ANSWERS]
    if name == "sex":
        titles = list(turn.spoken("check/sex_options").say)
    if name == "age":
        titles = [turn.spoken("check/sex_options").say[-1]]
    done = _done(goal, slot)
    said = messages.message(
        "question",
        text,
        step=done + 1,
        of=done + len(_about(goal, turn)),
        kind="yes_no" if name == "pregnant" else "choice",
        options=[{"title": title, "payload": title} for title in titles],
    )
    return questions.put(turn, OpenQuestion(slot, options=tuple(titles)), said)


def _ended(goal: Goal, turn: Turn) -> Turn:
    """The result: what to do and what to watch for, then the clinician's summary of everything told and asked."""
    answers = {flag: answer for flag in turn.voice.check.steps() if (answer := _settled(flag, turn))}
    answers = {**answers, **dict(goal.answers)}
    said = turn.voice.check.summary(answers, turn.meaning.assessment, region=turn.region)
    heading = turn.voice.check.told_heading()
    kept = [one for one in said["sections"] if one["heading"] != heading]
    turn = questions.without_goal(turn, KIND)
    said["sections"] = [*kept, *clinician.sections(SELF, turn)]
    return showed(turn.add(said), clinician.SUMMARY, SELF)
