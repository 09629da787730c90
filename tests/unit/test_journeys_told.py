"""What is told in passing: medicines, the sex, the minutes of a walk, what is denied, and what is kept in own words."""

from __future__ import annotations

import functools

import pytest

from bot.content.checklists import other_medicines, told_words
from bot.journeys.told import MOST_OWN, ToldWords, denied_in, medicines_taken, own_words, sex_in, walk_minutes


@functools.lru_cache(maxsize=1)
def words() -> ToldWords:
    return ToldWords.of(told_words(), medicines=other_medicines())


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            "no numbness no weakness no fever pee is fine no accident",
            {"numbness", "weakness", "fever", "bladder", "accident"},
        ),
        ("no numbness, tingling or fever", {"numbness", "fever"}),
        ("no fever, weakness in both legs", {"fever"}),
        ("no fever, chest pain going into my arm", {"fever"}),
        ("no, numbness in both legs", set()),
        ("no pain but numbness in my legs", set()),
        ("numb legs, no fever", {"fever"}),
        ("no fever but night sweats", {"fever"}),
        ("pee is not fine", set()),
        ("my bladder was fine until today", set()),
        ("bladder and bowels are normal", {"bladder"}),
        ("never had cancer and haven't lost weight", {"cancer", "weight"}),
        ("legs are strong", {"weakness"}),
        ("no end of trouble peeing", set()),
    ],
)
def test_what_is_denied(text: str, denied: set[str]) -> None:
    assert set(denied_in(text, words())) == denied


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("I take warfarin and naproxen", ("warfarin", "naproxen")),
        ("she's on ramipril", ("ramipril",)),
        ("I don't take warfarin", ()),
        ("should I take ibuprofen?", ()),
        ("what about codeine", ()),
        ("I take my tablets", ()),
        ("I stopped taking metformin. I'm on insulin now", ("insulin",)),
    ],
)
def test_medicines_that_are_taken(text: str, taken: tuple[str, ...]) -> None:
    assert medicines_taken(text, words()) == taken


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("44m, sore back", "male"),
        ("f 61 back pain", "female"),
        ("I'm a 61 year old man", "male"),
        ("woman", "female"),
        ("my husband is a kind man", None),
        ("after 44 minutes my back hurts", None),
        ("the man in the shop said so", None),
    ],
)
def test_the_sex_of_the_writer(text: str, sex: str | None) -> None:
    assert sex_in(text, words()) == sex


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("i can walk about 10 minutes before it hurts", 10),
        ("half an hour walk is fine", 30),
        ("i manage an hour", 60),
        ("it hurts for 20 minutes", None),
        ("should i walk 30 minutes?", None),
    ],
)
def test_how_long_somebody_walks(text: str, minutes: float | None) -> None:
    assert walk_minutes(text, words()) == minutes


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("you left out my blue inhaler", "blue inhaler"),
        ("you forgot that I had a hernia", "had a hernia"),
        ("it doesn't say I live alone!", "live alone"),
    ],
)
def test_own_words_are_what_follows(text: str, kept: str) -> None:
    assert own_words(text, words()) == kept


def test_own_words_are_short_and_end_at_a_word() -> None:
    kept = own_words("you left out " + "word " * 40, words())
    assert 0 < len(kept) <= MOST_OWN
    assert set(kept.split()) == {"word"}
    assert len(own_words("you left out " + "x" * 200, words())) <= MOST_OWN
