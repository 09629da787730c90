"""Numbers in words: ages, durations, minutes, temperatures and tablets."""

from __future__ import annotations

import pytest

from bot.language.doses import find_doses
from bot.language.values import find_values


def numbers(text: str) -> set[tuple[str, float]]:
    return {(value.name, value.number) for value in (*find_values(text), *find_doses(text))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("72 and my back went", ("age", 72)),
        ("77 here love", ("age", 77)),
        ("my mum, 66, fell", ("age", 66)),
        ("woman 55, sudden pain", ("age", 55)),
        ("I'll be 74 in May", ("age", 74)),
        ("I'm fifty-three and sore", ("age", 53)),
        ("pensioner with a bad back", ("age", 66)),
        ("7 weeks of back ache", ("days", 49)),
        ("the tightness lasts 20 minutes", ("minutes", 20)),
        ("temperature of 39 since last night", ("fever", 39)),
        ("it was 41 degrees in the sun", ("heat", 41)),
        ("took 6 co-codamol and 8 panadol today", ("tablets", 14)),
        ("packet of 32 new this morning and theres 9 left", ("tablets", 23)),
        ("7 grams of paracetamol since breakfast", ("grams", 7)),
    ],
)
def test_a_number_is_read(text: str, found: tuple[str, float]) -> None:
    assert found in numbers(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i walk 20, 30 minutes", "age"),
        ("after 45 yrs of walking", "age"),
        ("it was 60 m away", "age"),
        ("how long is a 12 week walking plan", "days"),
        ("back ache, is a 12 week plan too long?", "days"),
        ("after 20 minutes of walking it aches", "minutes"),
        ("they gave me a packet of 32 tablets", "tablets"),
        ("I was prescribed 30 tablets and took one", "tablets"),
        ("pain is 10/10", "age"),
        ("mattress question. 12 yrs old and saggy", "age"),
        ("my boots are 6 years old", "age"),
    ],
)
def test_a_number_that_is_something_else_is_left(text: str, name: str) -> None:
    assert name not in {found for found, _ in numbers(text)}
