"""The walking plan's rules: tables of cases, and properties that hold whatever the answers."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.plans import read_plans
from bot.journeys import plan
from bot.journeys.amounts import read_days
from bot.journeys.plan import Event, Wishes, feasible, first_minutes, goal_of, longest_part, weeks
from bot.journeys.plan_changes import Change, days_of, events_of, read_change, stored

RULES = read_plans().walking
DAYS = (1, 3, 5)


def minutes(*events: Event, start: int = 5, goal: int = 20, days: tuple[int, ...] = DAYS, **more: object) -> list[int]:
    """Each week's minutes."""
    return [week.minutes for week in weeks(Wishes(start, goal, days, events=events, **more), RULES)]  # type: ignore[arg-type]


def test_a_plan_starts_and_ends_where_the_person_says() -> None:
    assert minutes() == [5, 7, 9, 11, 13, 15, 18, 20]


def test_a_goal_that_is_reached_already_is_kept_up() -> None:
    assert minutes(start=30, goal=30) == [30, 30, 30, 30]


@pytest.mark.parametrize(("pain", "first"), [("fine", [10, 12]), ("some", [8, 8]), ("much", [5, 5])])
def test_a_bad_day_after_begins_lower_and_stays_there_for_two_weeks(pain: str, first: list[int]) -> None:
    assert minutes(start=10, pain=pain)[:2] == first


def test_one_walking_day_a_week_steps_every_second_week() -> None:
    assert minutes(days=(2,))[:5] == [5, 5, 7, 7, 9]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Event("hold", 3), [5, 7, 7, 9, 11]),
        (Event("lower", 3), [5, 7, 7, 8, 9]),
        (Event("hurts", 4), [5, 7, 9, 9, 9, 11]),
        (Event("flare", 4), [5, 7, 9, 5, 7]),
        (Event("missed", 4), [5, 7, 9, 7, 9]),
        (Event("missed", 4, 2), [5, 7, 9, 5, 7]),
        (Event("slower", 1), [5, 6, 7, 8, 9]),
        (Event("slower", 1, 2), [5, 5, 6, 6, 7]),
    ],
)
def test_what_happens_holds_the_plan_or_takes_it_back(event: Event, expected: list[int]) -> None:
    assert minutes(event)[: len(expected)] == expected


def test_with_stenosis_the_parts_are_shorter_than_what_brings_the_legs_on() -> None:
    found = weeks(Wishes(10, 20, DAYS, sitting=True), RULES)
    assert [(week.minutes, week.parts, week.part) for week in found][:4] == [
        (10, 2, 5),
        (12, 2, 6),
        (14, 2, 7),
        (16, 3, 6),
    ]


def test_legs_that_allow_a_minute_get_no_plan() -> None:
    assert not feasible(Wishes(1, 20, DAYS, sitting=True))
    assert feasible(Wishes(1, 20, DAYS))


events = st.builds(Event, st.sampled_from(plan.EVENTS), st.integers(1, 30), st.integers(-1, 5))
wishes = st.builds(
    Wishes,
    start=st.integers(1, 120),
    goal=st.integers(1, 300),
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    pain=st.sampled_from(["fine", "some", "much"]),
    gentle=st.booleans(),
    sitting=st.booleans(),
    events=st.lists(events, max_size=6).map(tuple),
)


@settings(max_examples=400, deadline=None)
@given(wishes)
def test_no_step_exceeds_its_rule_whatever_the_answers(made: Wishes) -> None:
    found = weeks(made, RULES)
    assert 1 <= len(found) <= RULES.weeks.whole
    assert [week.number for week in found] == list(range(1, len(found) + 1))
    for before, after in pairwise(found):
        assert after.minutes - before.minutes <= RULES.step(before.minutes)
    for week in found:
        assert RULES.least.whole <= week.minutes <= max(goal_of(made, RULES), made.start)
        assert len(week.days) - len(week.light) <= RULES.full_days.whole
        assert week.days == made.days
    assert found[0].minutes <= max(made.start, RULES.least.whole)


@settings(max_examples=200, deadline=None)
@given(wishes)
def test_a_step_comes_only_after_two_walking_days_at_its_length(made: Wishes) -> None:
    for _, run in groupby(pairwise(weeks(made, RULES)), key=lambda pair: pair[0].minutes):
        *_, (before, after) = pairs = list(run)
        if after.minutes > before.minutes:
            assert len(pairs) * len(made.days) >= RULES.good_days.whole


@settings(max_examples=200, deadline=None)
@given(wishes.filter(lambda made: made.sitting and feasible(made)))
def test_no_part_is_as_long_as_what_was_told(made: Wishes) -> None:
    assert longest_part(made.start, RULES) < made.start
    for week in weeks(made, RULES):
        assert week.part < made.start
        assert week.parts * week.part >= week.minutes


@settings(max_examples=200, deadline=None)
@given(wishes)
def test_a_plan_without_events_never_goes_back(made: Wishes) -> None:
    calm = Wishes(made.start, made.goal, made.days, pain=made.pain, gentle=made.gentle)
    found = [week.minutes for week in weeks(calm, RULES)]
    assert found == sorted(found)
    assert found[0] == first_minutes(calm, RULES)


@pytest.mark.parametrize(
    ("text", "kind", "week"),
    [
        ("only three days", "days", None),
        ("swap sunday for saturday", "swap", None),
        ("can't do mondays", "off", None),
        ("can it go up slower", "slower", None),
        ("bit ambitious", "slower", None),
        ("my knee hurts in week 4", "hurts", 4),
        ("I had a flare-up", "flare", None),
        ("my back flared up in week 5", "flare", 5),
        ("I missed a week", "missed", None),
        ("i was ill in week 3", "missed", 3),
        ("week 2 was too much", "lower", 2),
        ("couldn't finish week six", "lower", 6),
        ("do week 3 again", "hold", 3),
        ("what's week 4 look like", "show", 4),
        ("week 3 done", "at", 4),
        ("show me the plan", "all", None),
        ("start at 8 minutes", "start", None),
        ("end at 20 minutes", "goal", None),
        ("faster", "faster", None),
    ],
)
def test_talk_about_a_plan_is_read(text: str, kind: str, week: int | None) -> None:
    found = read_change(text, pace=80)
    assert found is not None
    assert (found.kind, found.week) == (kind, week)


@pytest.mark.parametrize(
    "text", ["how do i do a plank", "what shoes should i wear", "is walking bad for me in week 4", "thanks"]
)
def test_other_talk_is_no_change(text: str) -> None:
    assert read_change(text, pace=80) is None


def test_how_many_weeks_were_missed_and_what_hurts() -> None:
    assert read_change("been away for 2 weeks", pace=80) == Change("missed", None, amount=2)
    found = read_change("my knee hurts", pace=80)
    assert found is not None
    assert (found.part, found.sure) == ("knee", False)


@pytest.mark.parametrize(
    ("text", "now", "off", "expected"),
    [
        ("can't do mondays", (0, 2, 4), (), (2, 4, 6)),
        ("only three days", (0, 1, 3, 4, 5), (), (0, 3, 5)),
        ("can't do mondays or wednesdays", (), (), (1, 3, 4, 5, 6)),
        ("three days", (), (0, 2), (1, 3, 5)),
        ("swap saturday for sunday", (1, 3, 5), (), (1, 3, 6)),
        ("swap sunday for saturday", (1, 3, 5), (), (1, 3, 6)),
        ("add sunday", (1, 3), (), (1, 3, 6)),
        ("make it tuesday", (1, 3), (1,), (1,)),
    ],
)
def test_days_after_a_change(text: str, now: tuple[int, ...], off: tuple[int, ...], expected: tuple[int, ...]) -> None:
    found = read_days(text, bare=True)
    assert found is not None
    assert days_of(found, now, off, usual=5) == expected


def test_events_are_kept_and_read_again() -> None:
    event = Event("missed", 4, 2)
    assert events_of([stored(event), "nonsense", "flare:x:1", ""]) == (event,)
