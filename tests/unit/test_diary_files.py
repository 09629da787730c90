"""A diary as a file: what goes out comes in again as it was, and what is no diary is refused with the line."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.diary import files
from bot.diary.entries import MOST_ENTRIES, Diary, Entry
from bot.diary.files import UnreadableDiary

DAY = dt.date(2026, 11, 27)
_numbers = st.none() | st.integers(0, 10)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Diaries of entries that say something, with any words as notes."""
    diary = Diary()
    for at in range(draw(st.integers(1, 12))):
        entry = Entry(
            f"message-{at}",
            DAY - dt.timedelta(draw(st.integers(0, 400))),
            draw(st.none() | st.integers(0, 600)),
            draw(_numbers),
            draw(_numbers),
            files.note(draw(st.text(max_size=90))),
        )
        if entry.minutes is not None or entry.worst is not None or entry.note:
            diary = diary.put(entry)
    return diary


@settings(max_examples=200, deadline=None)
@given(diaries())
def test_export_then_import_gives_the_same_diary(diary: Diary) -> None:
    if not diary.entries:
        return
    for text in (files.to_csv(diary), files.to_json(diary)):
        assert files.looks_like_one(text)
        entries = files.from_text(text)
        assert Diary().joined(entries) == diary
        assert diary.joined(entries) == diary  # and twice is once


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_diary_or_is_refused(text: str) -> None:
    with contextlib.suppress(UnreadableDiary):
        assert files.from_text(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("hello", 1),
        ("date,minutes\n", 0),
        ("date,minutes\n2026-11-27,10\nmonday,10", 3),
        ("date,minutes\n2026-11-27,ten", 2),
        ("date,pain\n2026-11-27,11", 2),
        ("date,pain\n2026-11-27,-1", 2),
        ("date,minutes\n2026-11-27,601", 2),
        ("date,minutes\n2026-11-27,", 2),
        ('{"entries": [{"date": "2026-11-27", "pain": true}]}', 1),
        ('{"entries": 3}', 0),
        ("{", 0),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UnreadableDiary) as refused:
        files.from_text(text)
    assert refused.value.line == line


def test_a_spreadsheet_of_ones_own_will_do() -> None:
    entries = files.from_text("Day;Mins;Pain\n2026-11-26;20;3\n2026-11-27;0;\n")
    assert [(one.day.day, one.minutes, one.pain) for one in entries] == [(26, 20, 3), (27, 0, None)]


def test_a_note_is_never_a_formula() -> None:
    csv = files.to_csv(Diary((Entry("a", DAY, 5, note="=1+1"),)))
    assert ",'=1+1," in csv
    assert files.from_text(csv)[0].note == "=1+1"


def test_a_diary_holds_so_many_entries_and_the_oldest_make_way() -> None:
    entries = tuple(Entry(str(at), DAY - dt.timedelta(MOST_ENTRIES - at), 5) for at in range(MOST_ENTRIES))
    full = Diary(entries).put(Entry("new", DAY, 6))
    assert len(full.entries) == MOST_ENTRIES
    assert (full.entries[0].id, full.entries[-1].id) == ("1", "new")
