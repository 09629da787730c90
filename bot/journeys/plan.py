"""The walking plan: from what was put in to weeks, by the rules of plans.yml. The same in, the same out.

A walk grows by at most a step a week, and only after two good days at its length. What went wrong holds the plan or takes
it back; it never jumps.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.plans import Walking
from bot.journeys.after_walk import FINE, MUCH

HOLD, LOWER, HURTS, FLARE, MISSED, SLOWER = "hold", "lower", "hurts", "flare", "missed", "slower"
EVENTS = (HOLD, LOWER, HURTS, FLARE, MISSED, SLOWER)
GO_ON, STAY, LAST = "go_on", "stay", "last"


@dataclass(frozen=True)
class Event:
    """Something that changes the plan from a week (from 1) on: hold the week, lower it, a part that hurts, a flare-up, weeks
    missed (`amount`), or slower steps (`amount` may be -1)."""

    kind: str
    week: int = 1
    amount: int = 1


@dataclass(frozen=True)
class Wishes:
    """What a plan is made from: minutes on a bad day, minutes to end at, days of the week (0 is Monday), the day after,
    `gentle` for smaller steps and `sitting` for walks in parts with a sit between; `events` in the order told."""

    start: int
    goal: int
    days: tuple[int, ...]
    pain: str = FINE
    gentle: bool = False
    sitting: bool = False
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Week:
    """One week: walks of `minutes`, `times` a day, on `days` (`light` among them are half as long, once); each in `parts` of
    at most `part` minutes. `why` is the event that made it so, else go_on, stay (the same again) or last."""

    number: int
    minutes: int
    days: tuple[int, ...]
    light: tuple[int, ...] = ()
    times: int = 1
    parts: int = 1
    part: int = 0
    why: str = GO_ON


def feasible(wishes: Wishes) -> bool:
    """Whether there can be a plan: parts of a walk must be shorter than what brings the legs on."""
    return bool(wishes.days) and (not wishes.sitting or wishes.start >= 2)


def weeks(wishes: Wishes, rules: Walking) -> tuple[Week, ...]:
    """The weeks, at most as many as a plan may have: up to the goal, and four at least."""
    return tuple(_week(number, minutes, why, wishes, rules) for number, minutes, why in _levels(wishes, rules))


def pace(minutes: int, slower: int, rules: Walking) -> tuple[int, int]:
    """The minutes of the next step, and the weeks before it, where steps are to be `slower` by so much."""
    most = rules.step(minutes)
    return max(1, most - slower), 1 + max(0, slower - (most - 1))


def goal_of(wishes: Wishes, rules: Walking) -> int:
    """Where the plan ends, within its limits and those of the person."""
    most = rules.gentle_goal.whole if wishes.gentle else rules.most.whole
    return min(wishes.goal, max(most, wishes.start), rules.most.whole)


def first_minutes(wishes: Wishes, rules: Walking) -> int:
    """Where the plan begins: at the bad day's minutes; lower where the day after is worse, and never above the goal."""
    start = wishes.start
    if wishes.pain == MUCH:
        start //= 2
    elif wishes.pain != FINE:
        start -= rules.step(start)
    return min(max(start, rules.least.whole), goal_of(wishes, rules))


def _levels(wishes: Wishes, rules: Walking) -> Iterator[tuple[int, int, str]]:
    """Each week's minutes and why."""
    goal, first = goal_of(wishes, rules), first_minutes(wishes, rules)
    level, held = first, 0 if wishes.pain == FINE else -1
    last_event = max((event.week for event in wishes.events), default=0)
    for number in range(1, rules.weeks.whole + 1):
        step, wait = pace(level, _slower(wishes, number), rules)
        wait = max(wait, math.ceil(rules.good_days.whole / len(wishes.days)))
        planned = min(level + step, goal) if number > 1 and held >= wait else level
        event = _event(wishes, number)
        minutes = _after(event, level, planned, first, rules) if event else planned
        held = (0 if event.kind == HURTS else 1) if event else held + 1 if minutes == level else 1
        why = event.kind if event else GO_ON if minutes > level or number == 1 else STAY
        level = minutes
        done = level >= goal and number >= max(rules.fewest_weeks.whole, last_event)
        yield number, level, LAST if done and not event else why
        if done:
            return


def _event(wishes: Wishes, number: int) -> Event | None:
    """What happened in a week, the last word counting; slower steps are no event of one week."""
    found = [event for event in wishes.events if event.week == number and event.kind != SLOWER]
    return found[-1] if found else None


def _slower(wishes: Wishes, number: int) -> int:
    """By how much steps are slower in a week."""
    asked = sum(event.amount for event in wishes.events if event.kind == SLOWER and event.week <= number)
    after = any(event.kind == LOWER and event.week < number for event in wishes.events)
    return max(0, asked) + int(after) + int(wishes.gentle)


def _after(event: Event, level: int, planned: int, first: int, rules: Walking) -> int:
    """The minutes of a week in which something happened: the same again, or a step or more lower; never more than planned."""
    if event.kind == HOLD:
        return level
    if event.kind == FLARE:
        return min(level, first)
    if event.kind == MISSED:
        back = level
        for _ in range(event.amount):
            back -= rules.step(back)
        return min(level, max(back, first))
    if planned > level:
        return level
    return max(rules.least.whole, level - rules.step(level))


def _week(number: int, minutes: int, why: str, wishes: Wishes, rules: Walking) -> Week:
    """A week with its days, the times a day, and its parts."""
    light = wishes.days[rules.full_days.whole :]
    times = rules.times.whole if minutes < rules.twice_below.whole else 1
    parts, part = 1, minutes
    if wishes.sitting:
        longest = longest_part(wishes.start, rules)
        parts = math.ceil(minutes / longest)
        part = math.ceil(minutes / parts)
    return Week(number, minutes, wishes.days, light, times, parts, part, why)


def longest_part(told: int, rules: Walking) -> int:
    """The longest part of a walk for somebody whose legs allow `told` minutes: always shorter than that."""
    return max(1, min(math.floor(told * rules.sit_share.value), told - 1))
