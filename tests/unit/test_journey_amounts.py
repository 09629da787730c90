"""Minutes, days, the day after and the ground, as people write them."""

from __future__ import annotations

import pytest

from bot.journeys.after_walk import read_ground, read_pain
from bot.journeys.amounts import Days, read_days, read_minutes, spread
from bot.journeys.routine import read_ability, read_place
from bot.journeys.words import is_question

PACE = 80


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about ten minutes", 10, 10),
        ("10", 10, 10),
        ("Half an hour", 30, 30),
        ("an hour and a half", 90, 90),
        ("1 hour 15", 75, 75),
        ("5-10 min", 5, 10),
        ("7 or 8 minutes tops", 7, 8),
        ("quarter of an hour", 15, 15),
        ("a couple of minutes", 2, 2),
        ("maybe 10 ish", 10, 10),
        ("about a mile", 20, 20),
        ("200 metres", 2, 2),
        ("just round the block", 5, 5),
        ("not at all", 0, 0),
        ("can't walk more than 10 minutes", 10, 10),
        ("30, but my knee is sore", 30, 30),
    ],
)
def test_minutes_are_read(text: str, low: int, high: int) -> None:
    found = read_minutes(text, pace=PACE, bare=True)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("text", ["", "i'm 58", "not sure", "my back is sore when i walk far", "in 2019 i had it too"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_minutes(text, pace=PACE, bare=True) is None


def test_a_number_alone_counts_only_where_one_was_asked_for() -> None:
    assert read_minutes("10", pace=PACE) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tues and thurs", Days(on=(1, 3))),
        ("Tues Thurs and Sat", Days(on=(1, 3, 5))),
        ("every day but sunday", Days(on=(0, 1, 2, 3, 4, 5), off=(6,))),
        ("weekdays", Days(on=(0, 1, 2, 3, 4))),
        ("mon-fri", Days(on=(0, 1, 2, 3, 4))),
        ("friday to monday", Days(on=(0, 4, 5, 6))),
        ("can't do mondays or wednesdays", Days(off=(0, 2))),
        ("mondays don’t work", Days(off=(0,))),
        ("can't do mon but can do tues", Days(on=(1,), off=(0,))),
        ("not on weekends", Days(off=(5, 6))),
        ("only tuesdays and thursdays, not fridays", Days(on=(1, 3), off=(4,))),
        ("only three days", Days(count=3)),
        ("3x a week", Days(count=3)),
        ("twice a week", Days(count=2)),
        ("most days", Days(count=5)),
        ("5", Days(count=5)),
        ("swap sunday for saturday", Days(on=(5,), off=(6,), swapped=(6, 5))),
        ("saturday instead of sunday", Days(on=(5,), off=(6,), swapped=(6, 5))),
        ("add sunday", Days(on=(6,), added=True)),
        ("sat", Days(on=(5,))),
    ],
)
def test_days_are_read(text: str, days: Days) -> None:
    assert read_days(text, bare=True) == days


@pytest.mark.parametrize("text", ["i sat down for a bit", "the sun was out", "whenever it suits", "9 days"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_days(text) is None


def test_days_are_spread_over_the_week() -> None:
    every = tuple(range(7))
    assert [spread(many, every) for many in (1, 3, 7)] == [(0,), (0, 2, 4), every]
    assert spread(2, (0, 1, 2, 5, 6)) == (1, 5)
    assert spread(3, (1, 2, 3, 4, 5, 6), keep=(2, 4)) == (2, 4, 6)


@pytest.mark.parametrize(
    ("text", "pain"),
    [
        ("no worse really", "fine"),
        ("3 out of 10", "fine"),
        ("5/10", "some"),
        ("8", "much"),
        ("a bit stiff", "fine"),
        ("worse for two days", "some"),
        ("much worse, in bed", "much"),
        ("same", "fine"),
        ("the kettle", None),
    ],
)
def test_the_day_after_is_read(text: str, pain: str | None) -> None:
    assert read_pain(text, watch=4, drop=6) == pain


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("pavement mostly", "flat"),
        ("it's all hills here", "hilly"),
        ("treadmill at the gym", "treadmill"),
        ("hills and flat", "mixed"),
        ("forest trails", "rough"),
        ("dunno", None),
    ],
)
def test_the_ground_is_read(text: str, ground: str | None) -> None:
    assert read_ground(text) == ground


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("On a chair", "chair"),
        ("in bed", "bed"),
        ("the floor is fine", "floor"),
        ("i can't get on the floor", "standing"),
        ("hm", None),
    ],
)
def test_the_place_is_read(text: str, place: str | None) -> None:
    assert read_place(text) == place


@pytest.mark.parametrize(
    ("text", "ability"), [("gentle please", "gentle"), ("some", "middle"), ("i'm quite fit", "strong"), ("x", None)]
)
def test_the_ability_is_read(text: str, ability: str | None) -> None:
    assert read_ability(text) == ability


@pytest.mark.parametrize(("text", "asks"), [("can i use poles", True), ("10 minutes?", True), ("ten minutes", False)])
def test_a_question_is_told_from_an_answer(text: str, asks: bool) -> None:
    assert is_question(text) is asks
