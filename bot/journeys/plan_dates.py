"""The walking plan on the calendar: the day its first week begins, and the dates of the walking days in each week."""

from __future__ import annotations

import datetime as dt
import functools
import re

from dateparser.date import DateDataParser

from bot.content.lexicon import words as lexicon_words
from bot.journeys.amounts import WEEK
from bot.language.patterns import any_of

STARTS, CLOCK, ZONE = "starts", "clock", "zone"
"""Names of the plan's answers: the first day (YYYY-MM-DD), the time of the walks (HH:MM), and the time zone of both."""
LATEST = 366
"""Days ahead within which a plan may begin."""


def week_of_day(day: dt.date, starts: dt.date) -> int | None:
    """The number of the plan's week that a day is in, from 1; None before the first."""
    return (day - starts).days // WEEK + 1 if day >= starts else None


def date_of(week: int, weekday: int, starts: dt.date) -> dt.date:
    """The date of a weekday (0 is Monday) in a week of a plan, whose weeks begin on the weekday of its first day."""
    first = starts + dt.timedelta(WEEK * (week - 1))
    return first + dt.timedelta((weekday - first.weekday()) % WEEK)


def start_in(text: str, today: dt.date, *, month_first: bool = False) -> dt.date | None:
    """The day on which words let the plan begin ("start next monday", "from 1 december"), or None."""
    match = _start().search(text)
    if match is None:
        return None
    words = re.sub(r"^(?:on|the|this|next|from)\s+", "", match.group("day").strip())
    named = lexicon_words("amounts")["days"].get(words)
    if named is not None:
        ahead = (named - today.weekday()) % WEEK
        return today + dt.timedelta(ahead or (WEEK if "next" in match.group() else 0))
    settings = {
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time(12)),
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "MDY" if month_first else "DMY",
    }
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        settings["DATE_ORDER"] = "YMD"
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(words).date_obj
    day = found.date() if found else None
    return day if day and today <= day <= today + dt.timedelta(LATEST) else None


@functools.lru_cache(maxsize=1)
def _start() -> re.Pattern[str]:
    days, months = any_of(lexicon_words("amounts")["days"]), any_of(lexicon_words("diary")["months"])
    date = (
        rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{months}(?:\s+\d{{4}})?|{months}\s+\d{{1,2}}(?:st|nd|rd|th)?|"
        rf"\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)|in\s+\w+\s+(?:days?|weeks?)"
    )
    verb = r"\b(?:start|starts|starting|begin|begins|beginning)\b"
    lead = rf"{verb}(?:\s+(?:it|the plan|my plan|plan|this|that))?(?:\s+(?:on|from))?"
    return re.compile(rf"{lead}\s+(?P<day>(?:on\s+|the\s+|this\s+|next\s+)?(?:today|tomorrow|{days}|{date}))(?![\w'])")


_TIME = re.compile(
    r"\bat\s+(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|o'clock)?(?![\w/]|\s*(?:min|out of|weeks?))"
)
_ABOUT = re.compile(r"\b(?:walk|walks|plan|calendar|go|remind)\b")


def clock_in(text: str) -> str | None:
    """The time of day for the walks ("walks at 7am", "put them in at 18:30"), as HH:MM, or None."""
    match = _TIME.search(text)
    if match is None or not _ABOUT.search(text) or not (match.group(2) or match.group(3)):
        return None
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), (match.group(3) or "")[:1]
    if half in ("a", "p") and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
