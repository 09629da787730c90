"""The routine's picks: how many, where, for whom; nothing that does not suit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import fitting
from bot.content.plans import read_plans
from bot.journeys.routine import ABILITIES, PLACES, Request, how_many, picks
from tests.answering_kit import CONDITIONS, read_content, shipped, voice

RULES = read_plans().routine
POOL = tuple(read_content().exercises.values())
VOICE = voice(shipped())
EVERY_DAY = tuple(range(7))


def ids(request: Request) -> list[str]:
    return [pick.exercise.id for pick in picks(POOL, request, RULES, suits=lambda one: True)]


@pytest.mark.parametrize(("minutes", "many"), [(1, 3), (5, 3), (10, 3), (12, 4), (15, 5), (60, 5)])
def test_three_to_five_by_the_time(minutes: int, many: int) -> None:
    assert how_many(minutes, RULES) == many
    assert len(ids(Request("floor", minutes, (0, 2, 4)))) == many


@pytest.mark.parametrize(
    ("place", "needs"), [("chair", "back_lying"), ("standing", "floor"), ("bed", "hands_and_knees")]
)
def test_what_a_place_does_not_give_is_not_asked_for(place: str, needs: str) -> None:
    found = picks(POOL, Request(place, 60, (0, 2, 4), "middle"), RULES, suits=lambda one: True)
    assert found
    assert all(needs not in pick.exercise.needs or pick.easier for pick in found)


def test_gentle_takes_no_strength_and_strength_is_on_three_days_only() -> None:
    gentle = picks(POOL, Request("floor", 15, EVERY_DAY, "gentle"), RULES, suits=lambda one: True)
    assert not [pick for pick in gentle if pick.exercise.kind.startswith("strength")]
    strong = picks(POOL, Request("floor", 15, EVERY_DAY, "strong"), RULES, suits=lambda one: True)
    assert {len(pick.days) for pick in strong if "strength" in pick.exercise.kind} == {3}


def test_one_that_is_not_wanted_makes_room_for_the_one_in_its_place() -> None:
    first = ids(Request("floor", 10, (0, 2, 4)))
    other = next(one.id for one in POOL if one.id not in first)
    kept = (*first[1:], other)
    assert sorted(ids(Request("floor", 10, (0, 2, 4), without=(first[0],), instead=kept))) == sorted(kept)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.integers(0, 100),
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from(ABILITIES),
    st.sets(st.sampled_from([one.id for one in CONDITIONS]), max_size=4),
    st.sets(st.sampled_from([one.id for one in POOL]), max_size=5),
)
def test_no_routine_holds_what_a_condition_forbids(
    place: str, minutes: int, days: set[int], ability: str, conditions: set[str], instead: set[str]
) -> None:
    mine = tuple(sorted(conditions))
    request = Request(place, minutes, tuple(sorted(days)), ability, instead=tuple(sorted(instead)))
    found = picks(POOL, request, RULES, suits=lambda one: fitting.suits(one, mine, VOICE))
    assert len(found) <= RULES.most.whole
    assert len({pick.exercise.id for pick in found}) == len(found)
    for pick in found:
        assert fitting.fit(pick.exercise, mine, VOICE).shown
        assert set(pick.days) <= days
        assert pick.days
