"""What somebody wants done with the diary: seen, put right, taken out, taken along, come back to on another device."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.content.lexicon import words as lexicon_words
from bot.diary.entries import MOST_MINUTES, MOST_PAIN, Diary, Entry
from bot.diary.files import looks_like_one
from bot.journeys.amounts import read_minutes
from bot.journeys.diary_dates import days_in, pattern_of_days
from bot.journeys.diary_pain import pains_in
from bot.journeys.diary_words import mended, says
from bot.journeys.words import is_question
from bot.language.patterns import any_of

SHOW, BEGIN, EXPORT, IMPORT, PASTED = "show", "begin", "export", "import", "pasted"
PHRASE, BACK, CALENDAR, DELETE, CLEAR, UNDO, CHANGE, MOVE = (
    "phrase",
    "back",
    "calendar",
    "delete",
    "clear",
    "undo",
    "change",
    "move",
)
SHORT = 12
"""Words of the longest text that is a wish about the diary."""
_NOT = re.compile(
    r"(?<![\w.])(\d{1,3})\b.{0,12}?\bnot\s+(\d{1,3})(?![\w.])|\bnot\s+(\d{1,3})\b.{0,16}?(\d{1,3})(?![\w.])"
)
_FROM_TO = re.compile(r"\bfrom\s+(\d{1,3})\b.{0,10}?\bto\s+(\d{1,3})(?![\w.])")
_NUMBER = re.compile(r"(?<![\w./])(\d{1,3})(?![\w./])")


@dataclass(frozen=True)
class Wish:
    """A wish. `day` is the day named; `minutes`, `pain`, `later` what is to stand there, and `old` a number that is wrong,
    which says what `new` is."""

    kind: str
    day: dt.date | None = None
    minutes: int | None = None
    pain: int | None = None
    later: int | None = None
    old: int | None = None
    new: int | None = None


def read_wish(text: str, today: dt.date, *, on_show: bool, pace: float, month_first: bool = False) -> Wish | None:
    """The wish of a text, or None. `on_show` says that the diary was shown or changed last, so that "that" means its entry."""
    if looks_like_one(text):
        return Wish(PASTED)
    words = mended(text)
    if len(words.split()) > SHORT:
        return None
    day = next((one.day for one in days_in(words, today, month_first=month_first)), None)
    named = says("diary", words) is not None
    if says("back", words) and says("phrase", words):
        return Wish(BACK)
    if says("phrase", words) and not _asks_what(words):
        return Wish(PHRASE)
    if named and says("import", words):
        return Wish(IMPORT)
    if (named and says("export", words)) or says("file_kinds", words):
        return Wish(EXPORT)
    return _taken_out(words, day, named, on_show) or _put_right(words, day, on_show, pace) or _seen(words, day, named)


def _asks_what(words: str) -> bool:
    """Whether words ask about something in general, not for a thing to be done."""
    return _begins("asks_what", words) and not says("show", words)


def _begins(name: str, words: str) -> bool:
    """Whether words begin with one of a list."""
    return re.match(rf"(?:{any_of(lexicon_words('diary')[name])})(?![\w'])", words) is not None


def _taken_out(words: str, day: dt.date | None, named: bool, on_show: bool) -> Wish | None:
    """Something to be taken out, or put back."""
    if on_show and len(words.split()) <= 5 and says("undo", words):
        return Wish(UNDO)
    if not says("delete", words) or says("whole_chat", words):
        return None
    thing = named or says("thing", words) is not None
    if (named and says("everything", words) and day is None) or re.search(
        r"\ball (?:the |my )?(?:walks|entries)\b", words
    ):
        return Wish(CLEAR) if not says("one_thing", words) else Wish(DELETE)
    if day is not None and (thing or on_show or len(words.split()) <= 4):
        return Wish(DELETE, day)
    if (thing and says("last", words)) or (on_show and (says("last", words) or len(words.split()) == 1)):
        return Wish(DELETE)
    return None


def _put_right(words: str, day: dt.date | None, on_show: bool, pace: float) -> Wish | None:
    """A number or a day that is to be another: "that was 20 not 25", "change yesterday to 20 min", "that was yesterday"."""
    changes = says("change", words) is not None and (day is not None or on_show)
    pair = _NOT.search(words)
    if pair and says("measured", words) and not is_question(words):
        return _pair(pair, day, words)
    if not changes and not (says("was", words) and (on_show or day is not None)):
        return None
    if is_question(words) and not changes:
        return None
    if pair or (changes and (pair := _FROM_TO.search(words))):
        return _pair(pair, day, words)
    pains = pains_in(words)
    minutes = read_minutes(pains.left, pace=pace)
    if minutes is not None or pains.pain is not None or pains.later is not None:
        if not on_show and not changes:
            return None
        return Wish(CHANGE, day, minutes.low if minutes else None, pains.pain, pains.later)
    numbers = [int(one) for one in _NUMBER.findall(_without_days(words))]
    if len(numbers) == 1 and numbers[0] <= MOST_MINUTES and (on_show or changes):
        return Wish(CHANGE, day, new=numbers[0])
    return (
        Wish(MOVE, day) if day is not None and on_show and says("relabel", words) and len(words.split()) <= 7 else None
    )


def _pair(match: re.Match[str], day: dt.date | None, words: str) -> Wish:
    """A right number beside a wrong one."""
    groups = [int(one) for one in match.groups() if one is not None]
    if match.re is _FROM_TO:
        old, new = groups
    elif match.group(1) is not None:
        new, old = groups
    else:
        old, new = groups
    if says("pain", words) and new <= MOST_PAIN:
        return Wish(CHANGE, day, old=old, pain=new)
    return Wish(CHANGE, day, old=old, new=new)


def _without_days(words: str) -> str:
    return pattern_of_days().sub(" ", words)


def _seen(words: str, day: dt.date | None, named: bool) -> Wish | None:
    """A wish to see the diary, to write into it, or for a calendar."""
    if says("progress", words):
        return Wish(SHOW)
    if says("calendar", words) and not _asks_what(words):
        return Wish(CALENDAR)
    many = len(words.split())
    if words.strip(" .!?") in lexicon_words("diary")["itself"]:
        return Wish(SHOW)
    if named and says("show", words) and not _begins("asks_how", words):
        return Wish(SHOW)
    if says("begin", words) and says("written", words) and many <= 8:
        return None if is_question(words) and not _begins("may_ask", words) else Wish(BEGIN, day)
    return None


def applied(wish: Wish, entry: Entry) -> Entry | None:
    """An entry put right, or None where the wish fits it nowhere. A number alone takes the place of the wrong one, else of the
    minutes, of pain where there are no minutes."""
    if wish.kind == MOVE:
        return replace(entry, day=wish.day) if wish.day else None
    minutes, pain, later = wish.minutes, wish.pain, wish.later
    if wish.old is not None and pain is not None:
        return replace(entry, later=pain) if entry.later == wish.old != entry.pain else replace(entry, pain=pain)
    if wish.new is not None:
        minutes, pain, later = _placed(wish, entry)
        if minutes is None and pain is None and later is None:
            return None
    return replace(
        entry,
        minutes=entry.minutes if minutes is None else minutes,
        pain=entry.pain if pain is None else pain,
        later=entry.later if later is None else later,
    )


def _placed(wish: Wish, entry: Entry) -> tuple[int | None, int | None, int | None]:
    """Where a bare number goes: minutes, pain, later."""
    new = wish.new if wish.new is not None else 0
    if wish.old is not None and wish.old == entry.minutes:
        return new, None, None
    if wish.old is not None and wish.old in (entry.pain, entry.later):
        if new > MOST_PAIN:
            return None, None, None
        return (None, new, None) if wish.old == entry.pain else (None, None, new)
    if entry.minutes is not None:
        return new, None, None
    return (None, new, None) if new <= MOST_PAIN else (None, None, None)


def meant(wish: Wish, diary: Diary, latest: Sequence[str]) -> tuple[Entry, ...]:
    """The entries that a wish is about: those of the day, else the ones told last (`latest` their ids), else the newest."""
    if wish.day is not None and wish.kind != MOVE:
        return diary.of(wish.day)
    told = tuple(one for name in latest if (one := diary.entry(name)))
    return told or diary.entries[-1:]
