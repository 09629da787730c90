"""What a diary shows over the weeks: sums of seven days, compared with the seven before; honest where there is too little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.content.diary import DiaryNumbers
from bot.diary.entries import Diary, Entry

WORSE, BETTER, SAME = "worse", "better", "same"


@dataclass(frozen=True)
class Sum:
    """So many days together: walks, their minutes, rest days, and of pain how many numbers, their mean, least and greatest."""

    walks: int
    minutes: int
    rests: int
    pains: int
    mean: float | None
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Trend:
    """The last days and as many before them. `pain` and `minutes` say which way each goes ("worse" minutes are fewer); None
    where there is too little to say."""

    now: Sum
    before: Sum
    pain: str | None
    minutes: str | None


def summed(entries: Sequence[Entry]) -> Sum:
    """Entries together; of an entry's two numbers of pain the greater counts."""
    walks = [one for one in entries if one.walked]
    pains = [one.worst for one in entries if one.worst is not None]
    return Sum(
        len(walks),
        sum(one.minutes or 0 for one in walks),
        sum(one.minutes == 0 for one in entries),
        len(pains),
        fmean(pains) if pains else None,
        min(pains, default=None),
        max(pains, default=None),
    )


def trend(diary: Diary, today: dt.date, numbers: DiaryNumbers) -> Trend:
    """Which way it goes, by the numbers of diary.yml."""
    days = dt.timedelta(numbers.days.whole)
    first = today - days + dt.timedelta(1)
    now = summed(diary.between(first, today))
    before = summed(diary.between(first - days, first - dt.timedelta(1)))
    pain = minutes = None
    if min(now.pains, before.pains) >= numbers.each_week.whole and now.mean is not None and before.mean is not None:
        pain = _way(now.mean - before.mean, numbers.worse_by.value, up=WORSE, down=BETTER)
    if min(now.walks, before.walks) >= 1 and enough(diary, numbers):
        minutes = _way(now.minutes - before.minutes, numbers.more_by.value, up=BETTER, down=WORSE)
    return Trend(now, before, pain, minutes)


def enough(diary: Diary, numbers: DiaryNumbers) -> bool:
    """Whether there are enough walks to speak of a trend at all."""
    return sum(one.walked for one in diary.entries) >= numbers.few.whole


def _way(change: float, least: float, *, up: str, down: str) -> str:
    return up if change >= least else down if change <= -least else SAME
