"""The exercise routine: from what was put in to three to five exercises with their days. The same in, the same out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.content.plans import Routine
from bot.journeys.amounts import read_minutes, spread
from bot.journeys.words import pattern, plain, said
from bot.model import Exercise

PLACES = ("floor", "bed", "chair", "standing")
ABILITIES = ("gentle", "middle", "strong")
STRENGTH = "strength"
PLAIN, EASIER = "plain", "easier"
"""How an exercise is done in a place."""


@dataclass(frozen=True)
class Request:
    """What a routine is made from: where it is done, minutes, days of the week, ability; exercises not wanted any more, those
    wanted in their place, and `easier` where the easier way of each is asked for."""

    place: str
    minutes: int
    days: tuple[int, ...]
    ability: str = "middle"
    without: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    easier: bool = False


@dataclass(frozen=True)
class Pick:
    """An exercise of a routine with its days; `easier` says that it is done in its easier way."""

    exercise: Exercise
    days: tuple[int, ...]
    easier: bool = False


def picks(
    pool: Sequence[Exercise], request: Request, rules: Routine, *, suits: Callable[[Exercise], bool]
) -> tuple[Pick, ...]:
    """The exercises that suit, in the order in which they are done; fewer than the fewest, or none, where no more suit."""
    fitting = [one for one in pool if suits(one) and _way(one, request.place, rules) is not None]
    wanted = [one for one in fitting if one.id not in request.without]
    wanted.sort(key=lambda one: _way(one, request.place, rules) != PLAIN)
    chosen = [one for one in wanted if one.id in request.instead]
    chosen += [one for one in _in_turn(wanted, request.ability, rules) if one not in chosen]
    chosen = sorted(chosen[: how_many(request.minutes, rules)], key=lambda one: _rank(one, rules.order))
    return tuple(_pick(one, request, rules) for one in chosen)


def how_many(minutes: int, rules: Routine) -> int:
    """How many exercises fit into so many minutes."""
    return min(max(minutes // rules.minutes_each.whole, rules.fewest.whole), rules.most.whole)


def _pick(exercise: Exercise, request: Request, rules: Routine) -> Pick:
    """An exercise with its days: strength on so many days only, all others on each."""
    few = rules.strength_days.whole
    days = spread(few, request.days) if STRENGTH in exercise.kind and len(request.days) > few else request.days
    easier = _way(exercise, request.place, rules) == EASIER or (request.easier and exercise.easier is not None)
    return Pick(exercise, days, easier)


def _in_turn(exercises: Sequence[Exercise], ability: str, rules: Routine) -> list[Exercise]:
    """Exercises of the kinds that an ability takes, one of each kind in turn."""
    kinds = rules.abilities[ability]
    by_kind = [[one for one in exercises if one.kind.startswith(kind)] for kind in kinds]
    longest = max(map(len, by_kind), default=0)
    return [group[at] for at in range(longest) for group in by_kind if at < len(group)]


def _rank(exercise: Exercise, order: Sequence[str]) -> int:
    return next((at for at, kind in enumerate(order) if exercise.kind.startswith(kind)), len(order))


def _way(exercise: Exercise, place: str, rules: Routine) -> str | None:
    """How an exercise can be done in a place: as it is, in its easier way, or not at all."""
    rule = rules.places[place]
    there = not rule.position or any(word in exercise.position for word in rule.position)
    if there and not set(exercise.needs) & set(rule.without):
        return PLAIN
    found = exercise.easier and rule.easier and pattern(rule.easier).search(exercise.easier.lower())
    return EASIER if found else None


def read_place(text: str) -> str | None:
    """Where it is to be done."""
    text = plain(text)
    if said("no_floor", text):
        return "standing"
    return next((place for place in ("chair", "bed", "standing", "floor") if said(place, text)), None)


def read_ability(text: str) -> str | None:
    """How much somebody is used to."""
    text = plain(text)
    found = [name for name in ("middle", "gentle", "strong") if said(name, text)]
    return found[0] if found else None


def read_length(text: str, rules: Routine, *, bare: bool) -> int | None:
    """The minutes that a routine may take."""
    found = read_minutes(text, pace=1e9, bare=bare)
    return min(found.high, rules.longest.whole) if found and found.high >= 1 else None
