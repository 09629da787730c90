"""Days as people say them ("yesterday", "on tuesday", "12 nov", "3 days ago"), found by lists and resolved by dateparser."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateparser.date import DateDataParser

from bot.content.diary import read_diary
from bot.content.lexicon import words as lexicon_words
from bot.language.patterns import any_of, counts

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Dated:
    """A day said in plain text, with where its words stand."""

    day: dt.date
    start: int
    end: int
    weekday: bool = False


def days_in(text: str, today: dt.date, *, month_first: bool = False) -> tuple[Dated, ...]:
    """The days that plain text names, none of them to come and none older than a diary goes; in their order. A weekday that
    it is today means today, unless "last" stands before it."""
    return tuple(_days(text, today, month_first))


def _days(text: str, today: dt.date, month_first: bool) -> Iterator[Dated]:
    for match in pattern_of_days().finditer(text):
        words = match.group()
        day = _resolved(match, today, month_first)
        if day is not None and today - dt.timedelta(read_diary().oldest.whole) <= day <= today:
            yield Dated(day, match.start(), match.end(), match.group("weekday") is not None and " " not in words)


@functools.lru_cache(maxsize=1)
def pattern_of_days() -> re.Pattern[str]:
    """Every way to name a day."""
    lists = lexicon_words("diary")
    ago = rf"(?:\d{{1,3}}|{any_of(counts())})\s+(?:days?|weeks?)\s+(?:ago|back)"
    month = rf"(?:{any_of(lists['months'])})"
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    named = rf"{nth}\s+(?:of\s+)?{month}(?:\s+\d{{4}})?|{month}\s+{nth}(?:,?\s+\d{{4}})?"
    dates = rf"{named}|(?:on\s+)?the\s+\d{{1,2}}(?:st|nd|rd|th)"
    figures = r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?<=on )\d{1,2}[/.]\d{1,2}(?!\d)"
    weekday = rf"(?:on\s+|last\s+|this\s+)?(?P<weekday>{any_of(lists['weekdays'])})(?!s\b)"
    listed = any_of(lists["days"])
    return re.compile(
        rf"(?<![\w'/])(?:(?P<listed>{listed})|(?P<iso>{_ISO.pattern})|(?P<ago>{ago})|(?P<date>{dates}|{figures})|{weekday})(?![\w'])"
    )


def _resolved(match: re.Match[str], today: dt.date, month_first: bool) -> dt.date | None:
    lists = lexicon_words("diary")
    if match.group("iso"):
        try:
            return dt.date.fromisoformat(match.group("iso"))
        except ValueError:
            return None
    if match.group("weekday"):
        name = lists["weekdays"][match.group("weekday")]
        day = _parsed(name, today, month_first)
        same = day is not None and day.weekday() == today.weekday()
        return today if same and not match.group().startswith("last") else day
    words = lists["days"].get(" ".join(match.group().split()), match.group())
    return _parsed(re.sub(r"\bback$", "ago", words.removeprefix("on ")), today, month_first)


def _parsed(words: str, today: dt.date, month_first: bool) -> dt.date | None:
    """What dateparser makes of it. Its base is noon, so that no hour can move the day."""
    settings = {
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time(12)),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "MDY" if month_first else "DMY",
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(words).date_obj
    return found.date() if found is not None else None
