"""The walking diary in words and as a card: one entry, the weeks summed up, the chart with its table, lines for a clinician."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot import messages
from bot.answering.turn import Turn, joined
from bot.content.diary import read_diary
from bot.diary.entries import Diary, Entry
from bot.journeys import diary_trend
from bot.journeys.diary_trend import Sum, Trend
from bot.messages import Message

MOST_DAYS = 120
"""Days of one chart (the contract)."""
PAIN_TOP = 10


def one(name: str, turn: Turn, /, **given: object) -> str:
    """The first form of a reply, filled: for words inside a sentence, which need no variety."""
    return turn.spoken(name).say[0].format(**given)


def day_name(day: dt.date, turn: Turn) -> str:
    """A day as people say it: "today", "yesterday", "Monday", "Monday 16 November"."""
    ago = (turn.moment.today - day).days
    if ago in (0, 1):
        return one("diary/today" if ago == 0 else "diary/yesterday", turn)
    names = turn.spoken("plan/days_full").say
    if 1 < ago < 7:
        return names[day.weekday()]
    return f"{names[day.weekday()]} {_date(day, turn)}"


def _date(day: dt.date, turn: Turn) -> str:
    """A day of the year, with the year where it is another."""
    month = turn.spoken("diary/months").say[day.month - 1]
    return f"{day.day} {month}" if day.year == turn.moment.today.year else f"{day.day} {month} {day.year}"


def short(day: dt.date, turn: Turn) -> str:
    """A day as the chart shows it: "Mon 16 Nov"."""
    name = turn.spoken("plan/days_short").say[day.weekday()]
    return f"{name} {day.day} {turn.spoken('diary/months').say[day.month - 1][:3]}"


def told(entry: Entry, turn: Turn) -> str:
    """What an entry says: "25 minutes, pain 3, later 2, new shoes"."""
    parts = []
    if entry.minutes == 0:
        parts.append(one("diary/rest_day", turn))
    elif entry.minutes is not None:
        name = "diary/minute" if entry.minutes == 1 else "diary/minutes"
        parts.append(one(name, turn, minutes=entry.minutes))
    if entry.pain is not None:
        parts.append(one("diary/pain", turn, pain=entry.pain))
    if entry.later is not None:
        parts.append(one("diary/later" if entry.pain is not None else "diary/pain_after", turn, pain=entry.later))
    return ", ".join([*parts, *([entry.note] if entry.note else [])])


def listed(entries: Sequence[Entry], turn: Turn) -> str:
    """Entries with their days: "Today: 20 minutes, pain 3; Monday: rest day"."""
    text = "; ".join(f"{day_name(entry.day, turn)}: {told(entry, turn)}" for entry in entries)
    return text[:1].upper() + text[1:]


def many(number: int, turn: Turn) -> str:
    """So many entries, in words."""
    return one("diary/one_entry" if number == 1 else "diary/entries", turn, many=number)


def summary(turn: Turn) -> str:
    """The last seven days in words, beside the seven before, and which way it goes; honest where there is little."""
    diary, numbers = turn.walks, read_diary()
    found = diary_trend.trend(diary, turn.moment.today, numbers)
    parts = [_week("diary/week", found.now, turn)]
    if found.before.walks or found.before.pains:
        parts.append(_week("diary/week_before", found.before, turn))
    walks = sum(entry.walked for entry in diary.entries)
    if not diary_trend.enough(diary, numbers):
        names = turn.spoken("diary/counts").say
        name = "diary/few_one" if walks == 1 else "diary/few"
        parts.append(one(name, turn, walks=names[walks]) if walks else one("diary/few_none", turn))
    else:
        parts.append(one(f"diary/trend_{_way(found)}", turn))
    return " ".join(parts)


def _way(found: Trend) -> str:
    """The name of what a trend says: pain first, then minutes."""
    if found.pain is None:
        return "unknown"
    if found.pain == diary_trend.SAME and found.minutes == diary_trend.BETTER:
        return "further"
    return found.pain


def _week(name: str, week: Sum, turn: Turn) -> str:
    """Seven days in a sentence."""
    if not week.walks and not week.pains:
        return one("diary/week_none", turn)
    walks = one("diary/one_walk" if week.walks == 1 else "diary/walks", turn, walks=week.walks)
    text = one(name, turn, walks=walks, minutes=week.minutes)
    if week.mean is None:
        return text
    if week.least == week.most:
        return f"{text} {one('diary/pain_one', turn, pain=week.most)}"
    return f"{text} {one('diary/pain_range', turn, least=week.least, most=week.most, mean=_number(week.mean))}"


def _number(value: float) -> str:
    """A mean with one place at most."""
    return f"{value:.1f}".removesuffix(".0")


def card(turn: Turn) -> Message:
    """The chart of the last weeks with its numbers, what the weeks come to, and the files to take along."""
    days = _days(turn.walks, turn.moment.today)
    by_day = [turn.walks.of(day) for day in days]
    series = [
        _series("diary/series_minutes", [_minutes(entries) for entries in by_day], turn, unit=one("diary/unit", turn)),
        _series("diary/series_pain", [_most(entries, "pain") for entries in by_day], turn, most=PAIN_TOP),
        _series("diary/series_later", [_most(entries, "later") for entries in by_day], turn, most=PAIN_TOP),
    ]
    title = one("diary/title", turn, first=short(days[0], turn), last=short(days[-1], turn))
    return messages.message(
        "chart",
        summary(turn),
        topic=read_diary().topic,
        title=title,
        x=[short(day, turn) for day in days],
        series=[found for found in series if any(value is not None for value in found["values"])],
        notes=_notes(by_day, turn),
        tools=files(turn),
        quick_replies=messages.buttons((text, text) for text in turn.spoken("diary/offers").say),
    )


def files(turn: Turn) -> list[dict[str, str]]:
    """The buttons that take the diary along, bring one in, and make a phrase."""
    titles = turn.spoken("diary/tools").say
    kinds = (("save", "diary.csv"), ("save", "diary.json"), ("load", "diary"), ("phrase", "phrase"))
    return [{"kind": kind, "path": path, "title": title} for (kind, path), title in zip(kinds, titles, strict=True)]


def _days(diary: Diary, today: dt.date) -> list[dt.date]:
    """The days of the chart: the last weeks, back to the first entry in them; all of them where the diary is older."""
    earliest = today - dt.timedelta(read_diary().shown.whole - 1)
    inside = [entry.day for entry in diary.entries if entry.day >= earliest]
    first = min(inside, default=None) or max(entry.day for entry in diary.entries)
    last = today if inside else first
    last = max([last, *inside])
    return [first + dt.timedelta(at) for at in range(min((last - first).days + 1, MOST_DAYS))]


def _minutes(entries: Sequence[Entry]) -> int | None:
    told_ = [entry.minutes for entry in entries if entry.minutes is not None]
    return sum(told_) if told_ else None


def _most(entries: Sequence[Entry], name: str) -> int | None:
    values = [value for entry in entries if (value := getattr(entry, name)) is not None]
    return max(values, default=None)


def _series(name: str, values: list[int | None], turn: Turn, *, unit: str = "", most: int | None = None) -> Message:
    found: Message = {"name": one(name, turn), "values": values}
    return {**found, **({"unit": unit} if unit else {}), **({"max": most} if most else {})}


def _notes(by_day: Sequence[Sequence[Entry]], turn: Turn) -> list[str]:
    """The note of each day, "" where there is none; a day of rest says so. () where no day has one."""
    notes = []
    for entries in by_day:
        rested = any(entry.minutes == 0 for entry in entries)
        parts = [one("diary/rest_day", turn)] if rested else []
        notes.append("; ".join(dict.fromkeys([*parts, *(entry.note for entry in entries if entry.note)]))[:160])
    return notes if any(notes) else []


def for_clinician(turn: Turn) -> list[str]:
    """The diary as a clinician wants it: since when, the last two weeks, and the way it goes; [] without one."""
    diary = turn.walks
    if not diary.entries:
        return []
    found = diary_trend.trend(diary, turn.moment.today, read_diary())
    first, last = diary.entries[0].day, diary.entries[-1].day
    walks = sum(entry.walked for entry in diary.entries)
    told_walks = one("diary/one_walk" if walks == 1 else "diary/walks", turn, walks=walks)
    lines = [one("diary/kept", turn, first=_date(first, turn), last=_date(last, turn), walks=told_walks)]
    lines.append(_week("diary/week", found.now, turn))
    if found.before.walks or found.before.pains:
        lines.append(_week("diary/week_before", found.before, turn))
    if found.pain is not None:
        lines.append(one(f"diary/clinician_{found.pain}", turn))
    notes = [entry.note for entry in diary.entries if entry.note][-3:]
    if notes:
        lines.append(one("diary/noted", turn, notes=joined(notes, last=turn.spoken("words/and").say[0])))
    return lines
