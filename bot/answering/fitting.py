"""What suits a person: their conditions from what they told, and whether an exercise fits all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answering.voice import Voice
from bot.conversation.state import Fact, Person
from bot.model import Condition, ConditionFit, Exercise, Fit

PREFIX = "condition:"


@dataclass(frozen=True)
class Fitted:
    """How an exercise suits a person. `worst` is the strictest fit of all their conditions; `adapt` are the changes that the
    others ask for; `instead` another exercise of the same kind that suits, where this one does not."""

    exercise: Exercise
    worst: ConditionFit | None = None
    adapt: tuple[ConditionFit, ...] = ()
    instead: Exercise | None = None

    @property
    def shown(self) -> bool:
        """Whether its card may be shown."""
        return self.worst is None or self.worst.fit.rank < Fit.ASK_FIRST.rank


def conditions_of(person: Person, voice: Voice, *, also: Iterable[Fact] = ()) -> tuple[str, ...]:
    """The ids of a person's conditions, those first that gate; `also` are facts told in the message itself. The last word
    about a fact wins, and a fact with the value False is one that was taken back."""
    facts = {fact.name: fact.value for fact in (*person.facts, *also)}
    found = dict.fromkeys(_conditions(facts, voice))
    return tuple(sorted(found, key=lambda name: not _careful(name, voice)))


def _conditions(facts: dict[str, float | str | bool], voice: Voice) -> Iterator[str]:
    """The conditions that facts give."""
    rules = voice.settings
    for name, value in facts.items():
        if value is False:
            continue
        if name.startswith(PREFIX):
            yield name.removeprefix(PREFIX)
        if name in rules.conditions:
            yield rules.conditions[name]
        if (unknown := rules.unknown.get(name)) and not _number(facts.get(unknown.number)):
            yield from unknown.conditions
    for rule in rules.numbers:
        value = facts.get(rule.fact, False)
        if _number(value) and rule.least <= float(value) < rule.below:
            yield rule.condition


def _number(value: float | str | bool | None) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _careful(name: str, voice: Voice) -> bool:
    condition = voice.content.condition(name)
    return condition is not None and condition.careful


def careful(conditions: Iterable[str], voice: Voice) -> Condition | None:
    """The first condition with which there is no plan or routine before the team agreed, or None."""
    return next((found for name in conditions if (found := voice.content.condition(name)) and found.careful), None)


def fits(exercise: Exercise, conditions: Sequence[str], voice: Voice) -> tuple[ConditionFit, ...]:
    """How an exercise suits each condition that says something of it, strictest first. A careful condition that an exercise
    says nothing of means: ask first."""
    said = {fit.condition: fit for fit in exercise.conditions}
    found = []
    for name in conditions:
        if name in said:
            found.append(said[name])
        elif _careful(name, voice):
            found.append(ConditionFit(name, Fit.ASK_FIRST, general_advice=True))
    return tuple(sorted((fit for fit in found if fit.fit is not Fit.FINE), key=lambda fit: -fit.fit.rank))


def fit(exercise: Exercise, conditions: Sequence[str], voice: Voice) -> Fitted:
    """How an exercise suits somebody with these conditions."""
    found = fits(exercise, conditions, voice)
    if not found or found[0].fit is Fit.ADAPT:
        return Fitted(exercise, found[0] if found else None, adapt=found)
    worst = found[0]
    instead = _instead(exercise, conditions, voice) if worst.fit is Fit.AVOID and not asks_first(found) else None
    return Fitted(exercise, worst, instead=instead)


def asks_first(found: Iterable[ConditionFit]) -> bool:
    """Whether any of the fits sends to the team: then nothing is offered in its place."""
    return any(one.fit is Fit.ASK_FIRST for one in found)


def _instead(exercise: Exercise, conditions: Sequence[str], voice: Voice) -> Exercise | None:
    """The exercise that is named in place of another, itself checked, else one of the same kind that suits."""
    named = [fit.instead for fit in fits(exercise, conditions, voice) if fit.instead]
    same = [other.id for other in voice.content.exercises() if other.kind == exercise.kind]
    for name in dict.fromkeys((*named, *same)):
        other = voice.content.exercise(name)
        if other is not None and other.id != exercise.id and suits(other, conditions, voice):
            return other
    return None


def suits(exercise: Exercise, conditions: Sequence[str], voice: Voice) -> bool:
    """Whether an exercise may be shown to somebody with these conditions, as it is or with a change."""
    found = fits(exercise, conditions, voice)
    return not found or found[0].fit is Fit.ADAPT
