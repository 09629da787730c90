"""Questions in a row with answers to choose from: what was meant by a text, which comes next, and how many are left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content import lexicon
from bot.conversation.state import Goal
from bot.language.patterns import any_of, count, number

DONE = "done"
"""The step of a journey that is through; it is kept, so that it can be corrected."""
NONE, UNSURE = "none", "unsure"
SOME = "few"
"""What "years" without a number counts as."""
BEFORE = 2
"""Words before an option's word in which a "no" takes it back ("not numb")."""
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_SPANS = lexicon.words("numbers")["days"]
_YEARS = re.compile(rf"\b(?:{number()}\s*-?\s*)?({any_of(_SPANS)})s?\b", re.I)
_DAYS_A_MONTH = 30


@dataclass(frozen=True)
class Option:
    """An answer: its id, the words on its button, and what people say for it."""

    id: str
    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One question. `sign` is a warning sign whose own question it is; `when` the answers ("feet=swollen") of which one must be
    given for it to be asked; `several` allows more than one option; `default` is taken after two answers that say nothing;
    `known` are findings that answer it, by option; `months` the age from which an option stands for it, by option;
    `about` words of which one must be said for an answer to count while another question is open."""

    id: str
    question: str = ""
    options: tuple[Option, ...] = ()
    several: bool = False
    default: str = UNSURE
    sign: str | None = None
    when: tuple[str, ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    months: tuple[tuple[int, str], ...] = ()
    about: tuple[str, ...] = ()


def read(text: str, step: Step, *, unsure: Sequence[str], denies: Sequence[str]) -> tuple[str, ...] | None:
    """The options that a text stands for, in their order; (UNSURE,) where it says so; None where it says nothing of them."""
    said = _WORD.findall(text.lower().replace("’", "'"))
    doubts = any(_places(phrase, said) for phrase in unsure)
    if doubts and "yes" in [option.id for option in step.options]:
        return (UNSURE,)
    exact = [option.id for option in step.options if _WORD.findall(option.title.lower()) == said]
    if exact:
        return tuple(exact)
    found = [option.id for option in step.options if any(_named(word, said, denies) for word in option.words)]
    found = found or [name for name in [_aged(text, step)] if name]
    if (len(found) > 1 or doubts) and NONE in found:
        found.remove(NONE)
    if found and (step.several or len(found) == 1):
        return tuple(found)
    return (UNSURE,) if doubts else None


def read_ahead(
    text: str, steps: Sequence[Step], *, unsure: Sequence[str], denies: Sequence[str]
) -> tuple[Step, tuple[str, ...]] | None:
    """The first of some later steps that a text speaks of, with the options that it stands for."""
    said = _WORD.findall(text.lower().replace("’", "'"))
    for step in steps:
        if any(_places(word, said) for word in step.about):
            found = read(text, step, unsure=unsure, denies=denies)
            named = tuple(one for one in found or () if one not in (NONE, UNSURE, step.default))
            if named:
                return step, named
    return None


def _named(word: str, said: Sequence[str], denies: Sequence[str]) -> bool:
    """Whether an option's word is said, and not taken back just before."""
    return any(
        not set(said[max(0, at - BEFORE) : at]).intersection(denies) or word.split()[0] in denies
        for at in _places(word, said)
    )


def _places(phrase: str, said: Sequence[str]) -> list[int]:
    parts = _WORD.findall(phrase)
    return [at for at in range(len(said) - len(parts) + 1) if list(said[at : at + len(parts)]) == parts]


def _aged(text: str, step: Step) -> str | None:
    """The option that an age stands for ("three years"), where a step asks for one."""
    match = _YEARS.search(text) if step.months else None
    if match is None:
        return None
    months = count(match.group(1) or SOME) * _SPANS[match.group(2).lower()] / _DAYS_A_MONTH
    return next(option for least, option in sorted(step.months, reverse=True) if months >= least)


def values(goal: Goal) -> dict[str, tuple[str, ...]]:
    """The answers of a journey by step."""
    return {step: tuple(value.split("+")) for step, value in goal.answers}


def given(goal: Goal, step: str, value: Iterable[str]) -> Goal:
    """The goal with a step answered; an answer given before is replaced."""
    kept = tuple(pair for pair in goal.answers if pair[0] != step)
    return replace(goal, answers=(*kept, (step, "+".join(value))))


def asked_of(steps: Sequence[Step], answers: Mapping[str, Sequence[str]]) -> tuple[Step, ...]:
    """The steps that are asked, given the answers so far: those whose condition holds."""
    return tuple(step for step in steps if not step.when or any(_holds(one, answers) for one in step.when))


def next_step(steps: Sequence[Step], answers: Mapping[str, Sequence[str]]) -> Step | None:
    """The first step that is asked and not answered yet."""
    return next((step for step in asked_of(steps, answers) if step.id not in answers), None)


def _holds(condition: str, answers: Mapping[str, Sequence[str]]) -> bool:
    """Whether "feet=swollen" is among the answers."""
    step, _, option = condition.partition("=")
    return option in answers.get(step, ())


def chosen(
    rules: Iterable[tuple[str, Sequence[str]]], answers: Mapping[str, Sequence[str]], conditions: Sequence[str]
) -> list[str]:
    """The names whose conditions hold: "always", an answer ("feet=wide"), or a condition of the person ("?diabetes")."""
    return [
        name
        for name, when in rules
        if any(one == "always" or one.removeprefix("?") in conditions or _holds(one, answers) for one in when)
    ]


def worth_trying(order: Sequence[str], answers: Mapping[str, Sequence[str]], most: int) -> tuple[str, ...]:
    """The observations answered with a yes that are worth a try, the best supported first, at most `most`."""
    return tuple(step for step in order if "yes" in answers.get(step, ()))[:most]
