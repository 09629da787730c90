"""The entries of a walking diary, and what may be done with them. Frozen: every change gives another diary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

MOST_ENTRIES = 2000
"""Entries that one diary holds: five years of a walk a day."""
MOST_MINUTES, MOST_PAIN = 600, 10
MOST_NOTE = 80
"""Characters of a note."""


@dataclass(frozen=True)
class Entry:
    """One walk, rest day or number of pain on a day, as the person's own calendar has it.

    `minutes` is 0 on a rest day and None where only pain was told; `pain` (0 to 10) is during the walk or at that time, `later`
    the pain afterwards or on the next day; `note` a few words of the person's own.
    """

    id: str
    day: dt.date
    minutes: int | None = None
    pain: int | None = None
    later: int | None = None
    note: str = ""

    @property
    def walked(self) -> bool:
        """Whether it is a walk, not a rest day or a number alone."""
        return bool(self.minutes)

    @property
    def worst(self) -> int | None:
        """The greater of its two numbers of pain, or None where there is none."""
        told = [one for one in (self.pain, self.later) if one is not None]
        return max(told, default=None)


@dataclass(frozen=True)
class Diary:
    """Entries by day, those of one day in the order in which they were told."""

    entries: tuple[Entry, ...] = ()

    def of(self, day: dt.date) -> tuple[Entry, ...]:
        """The entries of a day."""
        return tuple(one for one in self.entries if one.day == day)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of an id, or None."""
        return next((one for one in self.entries if one.id == entry_id), None)

    def between(self, first: dt.date, last: dt.date) -> tuple[Entry, ...]:
        """The entries from one day to another, both included."""
        return tuple(one for one in self.entries if first <= one.day <= last)

    def put(self, entry: Entry) -> Diary:
        """The diary with an entry, in the place of one of its id; the oldest make way where there are too many."""
        if (old := self.entry(entry.id)) is not None and old.day == entry.day:
            return Diary(tuple(entry if one.id == entry.id else one for one in self.entries))
        rest = [one for one in self.entries if one.id != entry.id]
        return _sorted([*rest, entry])

    def without(self, ids: Iterable[str]) -> Diary:
        """The diary without these entries."""
        gone = set(ids)
        return Diary(tuple(one for one in self.entries if one.id not in gone))

    def joined(self, others: Iterable[Entry]) -> Diary:
        """The diary with entries that come from a file: one that is the same as one that is there (whatever its id) is left
        out, as often as it is there; an id that is taken by another entry gets a mark."""
        there = [_told(one) for one in self.entries]
        ids = {one.id for one in self.entries}
        new: list[Entry] = []
        for one in others:
            if _told(one) in there:
                there.remove(_told(one))
                continue
            name, at = one.id, 2
            while name in ids:
                name, at = f"{one.id[:36]}-{at}", at + 1
            ids.add(name)
            new.append(replace(one, id=name))
        return _sorted([*self.entries, *new])


def _told(entry: Entry) -> tuple[object, ...]:
    """What an entry says, without its id."""
    return entry.day, entry.minutes, entry.pain, entry.later, entry.note


def _sorted(entries: Iterable[Entry]) -> Diary:
    return Diary(tuple(sorted(entries, key=lambda one: one.day))[-MOST_ENTRIES:])
