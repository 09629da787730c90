"""Numbers in words: ages, durations, minutes, temperatures and tablets."""

from __future__ import annotations

import datetime as dt

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
        ("took 12 solpadol", ("tablets", 12)),
        ("took 12 co-codamol", ("tablets", 12)),
        ("took a dozen paracetamol", ("tablets", 12)),
        ("took twenty-four paracetamol", ("tablets", 24)),
        ("my boyfriend is 72", ("age", 72)),
        ("44m, sore back", ("age", 44)),
        ("a temp of 39", ("fever", 39)),
        ("pain 4/10", ("pain", 4)),
        ("my back hurts about 7 out of ten", ("pain", 7)),
        ("38.5 since last night", ("fever", 38.5)),
        ("101F and shaking", ("fever", 101)),
        ("my temperature is 102", ("fever", 102)),
        ("it lasts half an hour", ("minutes", 30)),
        ("the tightness lasts 2 hours", ("minutes", 120)),
        ("about a mile in it starts", ("metres", 1609)),
        ("after 500 metres", ("metres", 500)),
        ("been like this for a fortnight", ("days", 14)),
        ("im 13 weeks pregnant", ("pregnant_weeks", 13)),
        ("I'm 30 weeks", ("pregnant_weeks", 30)),
        ("34wks preg", ("pregnant_weeks", 34)),
        ("im 28+3 and sore", ("pregnant_weeks", 28)),
        ("I'm pregnant, 20 weeks", ("pregnant_weeks", 20)),
        ("week 30 of my pregnancy", ("pregnant_weeks", 30)),
        ("6 months pregnant", ("pregnant_weeks", 26)),
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
        ("a bit hot, 37.6, runny nose", "age"),
        ("sore since 4/10", "pain"),
        ("I did 4 out of 10 walks", "pain"),
        ("it hurts 11/10", "pain"),
        ("mattress question. 12 yrs old and saggy", "age"),
        ("my boots are 6 years old", "age"),
        ("im 13 weeks pregnant and leaking clear fluid", "age"),
        ("i'm 10 minutes into my walk", "age"),
        ("im 16 stone", "age"),
        ("i am 2 years post discectomy", "age"),
        ("i'm 3 years out from a fusion", "age"),
        ("im 16 st 4", "age"),
        ("i'm 50 metres up", "age"),
        ("i am 60 m from the top", "age"),
        ("im 15k into a run", "age"),
        ("i'm 28+3 today", "age"),
        ("i'm 5'10 tall", "age"),
        ("i'm 70% better", "age"),
        ("im on week 12, im 20 mins in", "age"),
        ("i'm 3 weeks post op", "pregnant_weeks"),
        ("i'm 6 weeks postpartum", "pregnant_weeks"),
        ("pain for 6 weeks now", "pregnant_weeks"),
        ("the walk takes an hour", "minutes"),
        ("walked 39.5 km", "fever"),
        ("39 minutes", "fever"),
        ("sore since easter", "days"),
    ],
)
def test_a_number_that_is_something_else_is_left(text: str, name: str) -> None:
    assert name not in {found for found, _ in numbers(text)}


@pytest.mark.parametrize(
    ("text", "today", "days"),
    [
        ("sore since easter", dt.date(2024, 4, 10), 10),
        ("sore since easter", dt.date(2025, 4, 30), 10),
        ("sore since easter", dt.date(2026, 4, 1), 346),
        ("sore since christmas", dt.date(2026, 1, 4), 10),
        ("sore since xmas", dt.date(2026, 12, 25), 0),
        ("bad since new year", dt.date(2026, 1, 31), 30),
    ],
)
def test_days_since_a_feast_are_counted_where_today_is_known(text: str, today: dt.date, days: float) -> None:
    assert ("days", days) in {(value.name, value.number) for value in find_values(text, today=today)}
