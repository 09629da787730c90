"""When a message was written, its words, and the diary as it stands: what one turn may read beside the conversation."""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.diary.entries import Diary

UTC = dt.timezone.utc
MONTH_FIRST = ("US",)
"""Regions where 3/4 is the fourth of March."""


@dataclass(frozen=True)
class KeptDiary:
    """A diary, and the one before the last change where that was in the message before."""

    diary: Diary = field(default_factory=Diary)
    before: Diary | None = None


@dataclass(frozen=True)
class Moment:
    """`now` is when the message was written, in the person's own time zone; `text` its words as typed; `load` reads the diary,
    only when it is wanted."""

    now: dt.datetime = dt.datetime(2000, 1, 1, 12, tzinfo=UTC)
    text: str = ""
    load: Callable[[], KeptDiary] = KeptDiary
    zone: str | None = None

    @property
    def today(self) -> dt.date:
        """The day on the person's own calendar."""
        return self.now.date()


NO_MOMENT = Moment()
"""For whoever answers without a clock: some day, no words, an empty diary."""


def moment(at: str | None, zone: str | None, text: str, load: Callable[[], KeptDiary]) -> Moment:
    """The moment of a message that was sent `at` (ISO 8601) from a time zone ("Europe/London"); UTC for one that is not known.
    The diary is read once at most."""
    when = _time(at)
    place = _zone(zone)
    return Moment(when.astimezone(place or UTC), text, functools.cache(load), zone if place else None)


def _time(at: str | None) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(at) if at else dt.datetime.now(UTC)
    except ValueError:
        found = dt.datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@functools.lru_cache(maxsize=64)
def _zone(name: str | None) -> zoneinfo.ZoneInfo | None:
    """A time zone by its name, None for one that is not known here."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
