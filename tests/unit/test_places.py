"""Where somebody says that they are (bot/content/places.yml)."""

from __future__ import annotations

import pytest
import yaml

from bot.channel.payloads import choosing_region, region_chosen
from bot.content.places import read_places
from bot.content.reader import ROOT

PLACES = read_places()
DATA = yaml.safe_load((ROOT / "places.yml").read_text())


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("I'm in Ireland", "IE"),
        ("I\u2019m in Ireland, not the UK", "IE"),
        ("sorry, I am in the US now", "US"),
        ("we live in new zealand.", "NZ"),
        ("Canada", "CA"),
        ("change my country to Australia please", "AU"),
        ("No, I'm on holiday in Spain", "EU"),
    ],
)
def test_a_message_that_says_only_where_its_writer_is(text: str, region: str) -> None:
    named = PLACES.named(text)
    assert named is not None
    assert (named.region, named.alone) == (region, True)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("I live in India and my back hurts on hills", "IN"),
        ("My back hurts. I'm in Scotland, can I see a physio?", "GB"),
    ],
)
def test_a_message_that_says_it_beside_something_else(text: str, region: str) -> None:
    named = PLACES.named(text)
    assert named is not None
    assert (named.region, named.alone) == (region, False)


@pytest.mark.parametrize(
    "text",
    [
        "my mum is in Ireland",
        "if I'm in Spain my back hurts",
        "I was in France last week",
        "I'm in pain in London",
        "I'm in us army boots",
        "help us",
        "which shoes for walks in Scotland?",
        "",
    ],
)
def test_what_says_no_such_thing(text: str) -> None:
    assert PLACES.named(text) is None


def test_every_region_with_numbers_has_its_places_and_its_clocks() -> None:
    lines = yaml.safe_load((ROOT / "help_lines.yml").read_text())
    assert set(DATA["regions"]) == set(lines)
    said = [place for row in DATA["regions"].values() for place in row["said"]]
    zones = [zone for row in DATA["regions"].values() for zone in row["zones"]]
    assert len(said) == len(set(said))
    assert len(zones) == len(set(zones))


def test_words_are_heard_as_the_button_that_says_the_same() -> None:
    assert region_chosen(choosing_region("IE")) == "IE"
