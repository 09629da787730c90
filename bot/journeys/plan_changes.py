"""What people say of a plan that is on show, read and folded into what it is made from ("only three days", "week 2 was too
much", "my knee hurts in week 4")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.journeys import plan
from bot.journeys.amounts import WEEK, Days, read_days, read_minutes, spread
from bot.journeys.plan import Event
from bot.journeys.words import lists, plain, said
from bot.language.patterns import any_of, count, number

DAYS, SWAP, OFF, START, GOAL = "days", "swap", "off", "start", "goal"
SHOW, FASTER, ALL, AT = "show", "faster", "all", "at"
LOOKS = (SHOW, ALL, AT)
"""Wishes to see, which change nothing."""
SHORT = 9
"""Words of the longest text in which words that may be about anything ("slower") are taken to be about the plan."""
NEEDS_WEEK = (plan.HURTS, plan.FLARE, plan.MISSED, plan.LOWER, plan.HOLD)
"""Changes that begin in a week: without one it is asked for."""


@dataclass(frozen=True)
class Change:
    """A change or a wish to look. `week` is from 1, None where none is named; `amount` are weeks missed, or minutes; `part`
    what hurts; `sure` that the words can be about nothing else than a plan."""

    kind: str
    week: int | None = None
    amount: int = 1
    days: Days | None = None
    part: str = ""
    sure: bool = True


def read_change(text: str, *, pace: float) -> Change | None:
    """The change to a plan that a text asks for, or None."""
    text = plain(text)
    week = week_of(text)
    if (days := read_days(text)) and (change := _of_days(days, text)):
        return change
    return _happened(text, week) or _of_amount(text, pace) or _of_pace(text, week) or _look(text, week)


def week_of(text: str) -> int | None:
    """The number of the week that plain text names, or None."""
    word = any_of(lists()["weeks"])
    match = re.search(rf"\b(?:{word})\s*(?:number|no\.?|#)?\s*{number()}\b", text) or re.search(
        rf"\b(\d+)(?:st|nd|rd|th)\s+(?:{word})\b", text
    )
    return round(count(match.group(1))) if match and 1 <= count(match.group(1)) <= 99 else None


def _of_days(days: Days, text: str) -> Change | None:
    """A change of days: swapped, ruled out, so many, or named."""
    short = len(text.split()) <= SHORT
    if days.swapped:
        return Change(SWAP, days=days)
    if days.off and not days.on:
        return Change(OFF, days=days)
    if days.count is not None and (week_of(text) or said("missed", text)):
        return None
    wanted = bool(said("only", text)) or days.added or bool(days.off)
    return Change(DAYS, days=days, sure=wanted) if short or (wanted and days.count is None) else None


def _happened(text: str, week: int | None) -> Change | None:
    """Something that went wrong, or a week to be done again; in the order of what weighs most."""
    if said("flare", text):
        return Change(plan.FLARE, week)
    if said("missed", text):
        return Change(plan.MISSED, week, amount=_weeks_missed(text))
    if said("hurts", text) and (part := said("parts", text)) and (week or len(text.split()) <= SHORT):
        return Change(plan.HURTS, week, part=part, sure=week is not None)
    if week is None:
        return None
    if said("too_much", text):
        return Change(plan.LOWER, week)
    return Change(plan.HOLD, week) if said("hold", text) else None


def _weeks_missed(text: str) -> int:
    """How many weeks were missed; one where nothing is said."""
    match = re.search(rf"(?<![\w.]){number()}\s+(?:whole\s+)?(?:{any_of(lists()['weeks'])})s?\b", text)
    many = round(count(match.group(1))) if match else 1
    return max(1, many)


def _of_amount(text: str, pace: float) -> Change | None:
    """Another beginning or end."""
    minutes = read_minutes(text, pace=pace)
    if minutes is None or not minutes.high:
        return None
    if said("start_cues", text):
        return Change(START, amount=minutes.low)
    return Change(GOAL, amount=minutes.high) if said("goal_cues", text) else None


def _of_pace(text: str, week: int | None) -> Change | None:
    """Slower or faster steps."""
    if len(text.split()) > SHORT:
        return None
    sure = said("of_a_plan", text) is not None
    if said("slower", text):
        return Change(plan.SLOWER, week, sure=sure)
    return Change(FASTER, week, amount=-1, sure=sure) if said("faster", text) else None


def _look(text: str, week: int | None) -> Change | None:
    """A wish to see a week, or all of them."""
    words = text.split()
    if week is not None and (said("done", text) or said("at", text)):
        return Change(AT, week + 1 if said("done", text) else week)
    if week is not None and len(words) <= SHORT and (len(words) <= 3 or said("show", text)):
        return Change(SHOW, week)
    if len(words) <= SHORT and "plan" in words and said("show", " ".join(one for one in words if one != "plan")):
        return Change(ALL)
    return None


def events_of(texts: Iterable[str]) -> tuple[Event, ...]:
    """Events from their stored form, "kind:week:amount"; what cannot be read is left out."""
    found = []
    for text in texts:
        kind, *numbers = text.split(":")
        if kind in plan.EVENTS and len(numbers) == 2 and all(re.fullmatch(r"-?\d+", one) for one in numbers):
            found.append(Event(kind, max(1, int(numbers[0])), int(numbers[1])))
    return tuple(found)


def stored(event: Event) -> str:
    """An event in its stored form."""
    return f"{event.kind}:{event.week}:{event.amount}"


def days_of(days: Days, now: tuple[int, ...], off: tuple[int, ...], *, usual: int) -> tuple[int, ...]:
    """The days of the week after they were chosen: `now` are those of the plan (() before there is one), `off` those ruled
    out before. Never one that is ruled out, unless it is named now."""
    out = (set(off) | set(days.off)) - set(days.on)
    allowed = tuple(day for day in range(WEEK) if day not in out)
    if days.swapped:
        return _swapped(now, *days.swapped)
    if days.on:
        return tuple(sorted({*days.on, *(now if days.added else ())} - set(days.off)))
    kept = tuple(day for day in now if day not in out)
    many = days.count or len(now) or usual
    return spread(many, kept) if many <= len(kept) else spread(many, allowed, keep=kept)


def _swapped(now: tuple[int, ...], gone: int, taken: int) -> tuple[int, ...]:
    """One day for another; said the wrong way round, it is turned."""
    if gone not in now and taken in now:
        gone, taken = taken, gone
    return tuple(sorted({*(day for day in now if day != gone), taken}))
