"""What a diary shows: sums of seven days, a trend only where there is enough, and never from three walks."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.content.diary import phrase_words, read_diary
from bot.diary.entries import Diary, Entry
from bot.journeys.diary_trend import enough, summed, trend

TODAY = dt.date(2026, 11, 27)


def diary(*days: tuple[int, int, int | None]) -> Diary:
    """Entries of (days ago, minutes, pain)."""
    made = Diary()
    for at, (ago, minutes, pain) in enumerate(days):
        made = made.put(Entry(str(at), TODAY - dt.timedelta(ago), minutes, pain))
    return made


NOW, BEFORE = ((0, 20, 3), (2, 20, 3), (4, 20, 3)), ((8, 20, 3), (10, 20, 3), (12, 20, 3))


@pytest.mark.parametrize(
    ("entries", "pain", "minutes"),
    [
        ((), None, None),
        (NOW, None, None),
        ((*NOW, *BEFORE), "same", "same"),
        ((*((ago, m, 5) for ago, m, _ in NOW), *BEFORE), "worse", "same"),
        ((*((ago, m, 1) for ago, m, _ in NOW), *BEFORE), "better", "same"),
        ((*((ago, 30, p) for ago, _, p in NOW), *BEFORE), "same", "better"),
        ((*((ago, m, 5) for ago, m, _ in NOW[:2]), *BEFORE), None, "worse"),
        ((*((ago, m, None) for ago, m, _ in NOW), *BEFORE), None, "same"),
    ],
)
def test_which_way_it_goes(
    entries: tuple[tuple[int, int, int | None], ...], pain: str | None, minutes: str | None
) -> None:
    found = trend(diary(*entries), TODAY, read_diary())
    assert (found.pain, found.minutes) == (pain, minutes)


def test_three_walks_are_no_trend_and_rest_days_are_no_walks() -> None:
    assert not enough(diary(*NOW, (5, 0, None)), read_diary())
    assert enough(diary(*NOW, (5, 10, None)), read_diary())


def test_of_two_numbers_of_pain_the_greater_counts() -> None:
    week = summed([Entry("a", TODAY, 10, 2, 6), Entry("b", TODAY, 0), Entry("c", TODAY, None, 4)])
    assert (week.walks, week.minutes, week.rests, week.pains, week.mean, week.least, week.most) == (
        1,
        10,
        1,
        2,
        5,
        4,
        6,
    )


def test_the_words_of_phrases_are_plain_and_many() -> None:
    words = phrase_words()
    assert len(words) == len(set(words)) > 1100
    assert all(word.isascii() and word.islower() and word.isalpha() and 3 < len(word) < 9 for word in words)
    assert len({word[:4] for word in words}) == len(words)  # four letters tell each from the others
