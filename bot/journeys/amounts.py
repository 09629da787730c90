"""Reads minutes and days of the week as people write them ("half an hour", "tues and thurs", "every day but sunday")."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.content.lexicon import words as lexicon_words
from bot.journeys.words import lists, pattern, plain, said
from bot.language.patterns import any_of, count, counts, number

WEEK = 7
LONGEST_BARE = 5
"""Words of the longest text in which a number without a unit is read as an amount."""
MOST_MINUTES = 600
_LEADING = re.compile(r"(\d{1,3})(?=\s*(?:[,;]|\.\s|but\b))")
"""A number that answers before anything else is said."""
_DIGITS = re.compile(r"(?<![\w.])(\d{1,3})(?:\s*-?\s*ish)?(?![\w.]*\d)")


@dataclass(frozen=True)
class Minutes:
    """An amount of time: from `low` to `high` minutes, the same where one number was said. `distance` says that it was told
    as a way ("about a mile") and reckoned."""

    low: int
    high: int
    distance: bool = False


@dataclass(frozen=True)
class Days:
    """Days of the week (0 is Monday): those named, those ruled out, and how many were asked for. `added` are named on top of
    what there is ("also sundays"), `swapped` one for another."""

    on: tuple[int, ...] = ()
    off: tuple[int, ...] = ()
    count: int | None = None
    added: bool = False
    swapped: tuple[int, int] | None = None


def read_minutes(text: str, *, pace: float, bare: bool = False) -> Minutes | None:
    """The minutes said in a text, or None. `pace` are metres in a minute, for those who tell a way; with `bare` a number
    alone counts as minutes."""
    text = plain(text)
    for phrase, minutes in lists()["spans"].items():
        text = pattern([phrase]).sub(f"{minutes} minutes", text)
    found = _timed(text) or _way(text, pace)
    if found is None and bare:
        found = Minutes(0, 0) if said("nothing", text) else _bare(text)
    return found if found and found.high <= MOST_MINUTES else None


def _timed(text: str) -> Minutes | None:
    """Numbers with a unit of time: a range, or hours and minutes added up."""
    span, amount = _times()
    if match := span.search(text):
        factor = _unit(match.group(3))
        low, high = sorted((count(match.group(1)) * factor, count(match.group(2)) * factor))
        return Minutes(round(low), round(high))
    found = list(amount.finditer(text))
    if not found:
        return None
    first = count(found[0].group(1)) * _unit(found[0].group(2))
    if first >= 60 and (rest := re.match(r"(?:\s+and)?\s+(\d{1,2})\b", text[found[0].end() :])):
        first += int(rest.group(1))
    return Minutes(round(first), round(first))


@functools.lru_cache(maxsize=1)
def _times() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for "5 to 10 minutes" and for "10 min"."""
    unit = rf"({any_of(lexicon_words('numbers')['minutes'])})s?\b"
    between = rf"\s*{any_of(lists()['range'])}\s*{number()}\s*-?\s*"
    return (
        re.compile(rf"(?<![\w.]){number()}{between}{unit}"),
        re.compile(rf"(?<![\w.]){number()}\s*-?\s*{unit}"),
    )


def _unit(word: str) -> float:
    return float(lexicon_words("numbers")["minutes"][word])


def _way(text: str, pace: float) -> Minutes | None:
    """A way said in metres, miles or by where it leads, as minutes at an easy pace."""
    for place, minutes in lists()["places"].items():
        if place in text:
            return Minutes(minutes, minutes, distance=True)
    metres = lexicon_words("numbers")["metres"]
    ways = re.finditer(rf"(?<![\w.]){number()}\s*(?:of a\s+)?({any_of(metres)})s?\b", text)
    # A unit of one letter needs digits: "i am sore" is no metre.
    match = next((one for one in ways if len(one.group(2)) > 1 or one.group(1)[0].isdigit()), None)
    if match is None:
        return None
    minutes = max(1, round(count(match.group(1)) * metres[match.group(2)] / pace))
    return Minutes(minutes, minutes, distance=True)


def _bare(text: str) -> Minutes | None:
    """One or two numbers without a unit, in a short text."""
    if match := _LEADING.match(text):
        return Minutes(int(match.group(1)), int(match.group(1)))
    words = re.findall(r"[\w']+", text)
    if len(words) > LONGEST_BARE or pattern(lexicon_words("numbers")["is_aged"]).search(text):
        return None
    numbers = [int(found) for found in _DIGITS.findall(text)]
    if not numbers:
        numbers = [round(counts()[word]) for word in words if counts().get(word, 0) >= 1 and word not in ("a", "an")]
    return Minutes(min(numbers), max(numbers)) if 1 <= len(numbers) <= 2 else None


def read_days(text: str, *, bare: bool = False) -> Days | None:
    """The days said in a text, or None. With `bare` a number alone is how many, and a day's short name counts by itself."""
    text = plain(text)
    if swapped := _swapped(text):
        return Days(on=(swapped[1],), off=(swapped[0],), swapped=swapped)
    named = list(_named(text, bare=bare))
    off = {day for days, out in named if out for day in days}
    on = {day for days, out in named if not out for day in days} - off
    if said("every_day", text):
        return Days(on=tuple(day for day in range(WEEK) if day not in off), off=tuple(sorted(off)))
    if named:
        return Days(tuple(sorted(on)), tuple(sorted(off)), added=bool(on) and said("add", text) is not None)
    many = _how_many(text, bare=bare)
    return Days(count=many) if many else None


def _named(text: str, *, bare: bool) -> Iterator[tuple[tuple[int, ...], bool]]:
    """The days and groups of days named, each with whether it is ruled out."""
    found = list(_mentions(text))
    strong = bare or len(found) > 1 or any(word not in lists()["weak_days"] for *_, word in found)
    if not strong and len(text.split()) > 1:
        return
    for start, end, days, _ in found:
        yield days, _ruled_out(text, start, end)


def _mentions(text: str) -> Iterator[tuple[int, int, tuple[int, ...], str]]:
    """Where days stand: ranges ("mon to fri") first, then groups and single days outside them."""
    names = lists()["days"]
    day = rf"({any_of(names)})s?"
    taken: list[tuple[int, int]] = []
    for match in re.finditer(rf"\b{day}\s*(?:{any_of(lists()['to'])})\s*{day}\b", text):
        first, last = names[match.group(1)], names[match.group(2)]
        taken.append(match.span())
        yield *match.span(), tuple((first + at) % WEEK for at in range((last - first) % WEEK + 1)), match.group()
    for match in re.finditer(rf"\b({any_of(lists()['groups'])})s?\b", text):
        yield *match.span(), tuple(lists()["groups"][match.group(1).replace("-", " ")]), match.group()
    for match in re.finditer(rf"\b{day}\b", text):
        if not any(start <= match.start() < end for start, end in taken):
            yield *match.span(), (names[match.group(1)],), match.group(1)


def _ruled_out(text: str, start: int, end: int) -> bool:
    """Whether a day is left out: by the last word of yes or no before it in its clause, or by what follows it."""
    clause = re.split(r"[.;!?]", text[:start])[-1]
    off = [found.end() for found in pattern(lists()["off"]).finditer(clause)]
    on = [found.end() for found in pattern(lists()["on"]).finditer(clause) if found.group(1) != "can" or not off]
    if off and off[-1] >= max(on, default=0):
        return True
    rest = re.split(r"[.;!?]", text[end:])[0]
    listed = rf"(?:\s*{any_of(lists()['listed'])}\s*{any_of(lists()['days'])}s?)*\s*"
    return re.match(rf"{listed}(?:{any_of(lists()['off_after'])})\b", rest) is not None


def _swapped(text: str) -> tuple[int, int] | None:
    """The day given up and the day taken for it, of "swap sunday for saturday" and "saturday instead of sunday"."""
    names = lists()["days"]
    day = rf"({any_of(names)})s?"
    lead, to = any_of(lists()["swaps"]), any_of(lists()["swap_to"])
    for words in (rf"\b{lead}\s+(?:the\s+|my\s+)?{day}\s+(?:walk\s+|one\s+)?{to}\s+(?:a\s+)?{day}\b",):
        if match := re.search(words, text):
            return names[match.group(1)], names[match.group(2)]
    place = any_of(word for word in lists()["in_place"] if word != "not")
    if match := re.search(rf"\b{day}\s+{place}\s+(?:a\s+|the\s+)?{day}\b", text):
        return names[match.group(2)], names[match.group(1)]
    return None


def _how_many(text: str, *, bare: bool) -> int | None:
    """How many days a week."""
    for phrase, many in lists()["day_counts"].items():
        if pattern([phrase]).search(text):
            return int(many)
    unit = any_of(lists()["times"], plural=True)
    match = re.search(rf"(?<![\w.]){number()}\s*(?:-|to|or)?\s*(?:\d\s*)?{unit}\b", text)
    many = round(count(match.group(1))) if match else None
    if many is None and bare and (found := _bare(text)):
        many = found.low
    return many if many and 1 <= many <= WEEK else None


def spread(many: int, allowed: tuple[int, ...], *, keep: tuple[int, ...] = ()) -> tuple[int, ...]:
    """So many of the allowed days, those to `keep` among them, as far apart as they go; all where there are not more."""
    if many >= len(allowed):
        return tuple(sorted(allowed))
    others = [day for day in allowed if day not in keep]
    sets = combinations(sorted(others), max(0 if keep else 1, many - len(keep)))
    return min((tuple(sorted((*keep, *more))) for more in sets), key=_crowding)


def _crowding(days: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
    """How crowded days lie in a week that goes round: the smallest gap first, the largest next, then the earliest days."""
    gaps = [(later - day - 1) % WEEK + 1 for day, later in zip(days, (*days[1:], days[0]), strict=True)]
    return -min(gaps), max(gaps), days
