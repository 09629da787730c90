"""Walks as people tell them become entries; what is no account of a day does not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.lexicon import words as lexicon_words
from bot.journeys.diary_dates import days_in
from bot.journeys.diary_words import Told, read_entries

FRIDAY = dt.date(2026, 11, 27)
PACE = 80.0


def read(text: str, today: dt.date = FRIDAY) -> list[tuple[str, int | None, int | None, int | None]]:
    """The entries as (day, minutes, pain, later)."""
    return [(f"{one.day:%a %d}", one.minutes, one.pain, one.later) for one in read_entries(text, today, pace=PACE)]


TODAY, YESTERDAY = "Fri 27", "Thu 26"
TOLD = {
    "walked 25 min, pain 3 then 2": (TODAY, 25, 3, 2),
    "yesterday 15 min, pain 3, new shoes": (YESTERDAY, 15, 3, None),
    "did half an hour this morning, 4/10 after": (TODAY, 30, None, 4),
    "pain 4/10 today": (TODAY, None, 4, None),
    "pain today 5": (TODAY, None, 5, None),
    "no walk yesterday, rest day": (YESTERDAY, 0, None, None),
    "rest day": (TODAY, 0, None, None),
    "didn't walk today": (TODAY, 0, None, None),
    "skipped yesterday": (YESTERDAY, 0, None, None),
    "Walked 25 mins today. Pain was 3 during, 2 after.": (TODAY, 25, 3, 2),
    "wlaked 20 minuets yesturday pian 4": (YESTERDAY, 20, 4, None),
    "log a 20 minute walk": (TODAY, 20, None, None),
    "log 2 miles, pain 4": (TODAY, 40, 4, None),
    "can you put down that i walked twenty five minutes today and the pain was a three": (TODAY, 25, 3, None),
    "put in the diary for yesterday that i only managed ten minutes": (YESTERDAY, 10, None, None),
    "just got in from a walk, 40 mins, no pain": (TODAY, 40, 0, None),
    "just back, 20 mins": (TODAY, 20, None, None),
    "2 miles today!": (TODAY, 40, None, None),
    "10 min walk, pain 6": (TODAY, 10, 6, None),
    "i don waka thirty minutes today, e no pain me": (TODAY, 30, 0, None),
    "walked 1h20 on sunday, pain 5 out of 10, next day 6": ("Sun 22", 80, 5, 6),
    "on 12 nov i walked 35 minutes, pain 2": ("Thu 12", 35, 2, None),
    "2026-11-20: 15 min, pain 2": ("Fri 20", 15, 2, None),
    "3 days ago walked 20 min": ("Tue 24", 20, None, None),
    "day before yesterday, 20 mins, pain 1": ("Wed 25", 20, 1, None),
    "walked 25": (TODAY, 25, None, None),
    "walk: 30, pain: 4": (TODAY, 30, 4, None),
    "did 20 today, pain 2": (TODAY, 20, 2, None),
    "25m walk pain 3/10": (TODAY, 25, 3, None),
    "went for a walk last night 20 mins, pain 3 -> 1": (YESTERDAY, 20, 3, 1),
    "walked 20 minutes, pain 2 before and 4 after": (TODAY, 20, 2, 4),
    "had to turn back after 10 mins": (TODAY, 10, None, None),
    "walked 5-10 minutes, pain 4": (TODAY, 8, 4, None),
    "pain 9 and my legs went numb": (TODAY, None, 9, None),
    "walked 20 min, pain 3. what shoes should I wear?": (TODAY, 20, 3, None),
    "walked 20 minutes and my legs went numb": (TODAY, 20, None, None),
}
TOLD |= {
    "walked 5 min, pain 9. I am numb between my legs and cannot pee": (TODAY, 5, 9, None),
    "walked 20 min yesterday and now I can't move": (YESTERDAY, 20, None, None),
}
NOT_TOLD = (
    "i cannot walk 20 minutes",
    "i am sore today",
    "i am numb between my legs today",
    "is 25 min walk ok?",
    "how long should i walk",
    "i can walk 10 minutes before it hurts",
    "i walk 30 min a day",
    "my back hurts after walking 20 minutes",
    "pain 8 months now",
    "pain 3 weeks",
    "pain 24/7",
    "i've been walking half an hour a day since new year",
    "i want to walk 30 minutes",
    "make me a plan for 30 minutes",
    "15 min",
    "3 weeks",
    "should i walk today",
    "what is a rest day",
    "tues and thurs",
    "week 2 was too much",
    "30 minutes on sundays",
    "did ten bridges",
    "did 20 minutes of stretches today",
    "walked into a door and hit my head",
    "i'm 45 and my back hurts",
    "my pain goes from 3 to 7 when i walk",
    "i take 2 paracetamol for pain",
    "numb for 2 hours today",
    "my legs went numb today for 10 minutes",
    "chest pain for 20 minutes today",
    "chest pain 8/10 today",
    "slept 4 hours last night",
    "drove 2 hours yesterday and my back is killing me",
    "after walking 10 minutes my calf cramps",
    "took 2 tablets this morning, pain 5",
    "went to the gym for 30 minutes yesterday",
)


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_what_is_told_becomes_an_entry(text: str, expected: tuple[str, int | None, int | None, int | None]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_no_account_of_a_day_becomes_none(text: str) -> None:
    assert read(text) == []


def test_several_days_in_one_message_are_several_entries() -> None:
    expected = [("Mon 23", 20, 3, None), ("Tue 24", 25, 2, None)]
    assert read("monday 20 min pain 3, tuesday 25 min pain 2") == expected
    assert read("monday 20 min pain 3\ntuesday 25 min pain 2") == expected
    assert read("20 min on monday and 25 min on tuesday") == [("Mon 23", 20, None, None), ("Tue 24", 25, None, None)]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("yesterday 15 min, pain 3, new shoes", "new shoes"),
        ("walked 15 min, pain 2, no trouble at all", "no trouble"),
        ("walked 25 min, pain 3 then 2", ""),
        ("walked 20 minutes and my legs went numb", "legs went numb"),
    ],
)
def test_what_else_was_said_is_a_note(text: str, note: str) -> None:
    assert [one.note for one in read_entries(text, FRIDAY, pace=PACE)] == [note]


def test_a_way_is_reckoned_and_says_so() -> None:
    assert [one.distance for one in read_entries("did 2 miles today", FRIDAY, pace=PACE)] == [True]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("friday", 27),
        ("last friday", 20),
        ("monday", 23),
        ("on the 12th", 12),
        ("12/11/2026", 12),
        ("nov 3rd", 3),
        ("two days ago", 25),
        ("a week ago", 20),
    ],
)
def test_days_in_words(words: str, day: int) -> None:
    assert [one.day for one in days_in(words, FRIDAY)] == [dt.date(2026, 11, day)]


@pytest.mark.parametrize("words", ["tomorrow", "sundays", "2026-13-40", "1 january 1999"])
def test_days_to_come_and_long_gone_are_none(words: str) -> None:
    assert days_in(words, FRIDAY) == ()


def test_where_the_month_comes_first() -> None:
    day = dt.date(2026, 11, 3)
    assert days_in("11/03/2026", FRIDAY, month_first=True)[0].day == day
    assert days_in("03/11/2026", FRIDAY)[0].day == day


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for one in read_entries(text, FRIDAY, pace=PACE):
        assert isinstance(one, Told)
        assert one.day <= FRIDAY
        assert one.minutes is None or 0 <= one.minutes <= 600


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 300), st.integers(0, 10), st.integers(0, 10), st.sampled_from(["today", "yesterday", "on monday"])
)
def test_plain_forms_are_read_exactly(minutes: int, pain: int, later: int, day: str) -> None:
    entries = read_entries(f"walked {minutes} min {day}, pain {pain} then {later}", FRIDAY, pace=PACE)
    assert [(one.minutes, one.pain, one.later) for one in entries] == [(minutes, pain, later)]


def test_every_word_of_the_lists_is_text() -> None:
    for name, listed in lexicon_words("diary").items():
        assert all(isinstance(word, str) for word in listed), name


def test_two_walks_of_one_day_are_two_entries() -> None:
    told = read("20 min walk this morning and 15 min this evening, pain 3")
    assert [(day, minutes) for day, minutes, *_ in told] == [(TODAY, 20), (TODAY, 15)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("walked 25 min, pain 3 then 2", True),
        ("today: 22 mins walk. pain 2/10 walking, 4/10 this evening", True),
        ("walked 20 min, pain 3 in my chest", False),
        ("walked 20 min, pain 3 and my legs went numb", False),
        ("walked 20 min, pain 3 down both my legs", False),
        ("yesterday 15 min, pain 3, new shoes", False),
    ],
)
def test_an_account_is_plain_where_no_word_could_be_of_a_sign(text: str, plain: bool) -> None:
    assert all(one.plain for one in read_entries(text, FRIDAY, pace=PACE)) is plain
