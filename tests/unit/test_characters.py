"""Characters: what looks like a plain text reads like one, and offsets still point into what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reader import read_content
from bot.language.characters import plain, plain_text
from bot.language.pipeline import FindingReader


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(list(read_content().signs.values()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("can\u2018t pee", "can't pee"),
        ("can\u2019t pee", "can't pee"),
        ("can\u201bt pee", "can't pee"),
        ("can\u2032t pee", "can't pee"),
        ("can`t pee", "can't pee"),
        ("can\u00b4t pee", "can't pee"),
        ("can\u02bct pee", "can't pee"),
        ("can\uff07t pee", "can't pee"),
        ("\u201cnumb\u201d", '"numb"'),
        ("n\u200bumb", "numb"),
        ("n\u00adumb", "numb"),
        ("nu\u2060mb", "numb"),
        ("\ufeffnumb", "numb"),
        ("\u202enumb\u202c", "numb"),
        ("\u2066numb\u2069 \u200fgroin", "numb groin"),
        ("n\u034fumb", "numb"),
        ("\uff4e\uff55\uff4d\uff42", "numb"),
        ("\uff11\uff12 tablets", "12 tablets"),
        ("numb\u00a0groin", "numb groin"),
        ("numb\u3000groin", "numb groin"),
        ("numb\u2009groin", "numb groin"),
        ("numb\tgroin", "numb groin"),
        ("numb\u2028groin", "numb\ngroin"),
        ("numb\r\ngroin", "numb\ngroin"),
        ("n\u0336u\u0336m\u0336b\u0336", "numb"),
        ("nu\u0332mb", "numb"),
        ("cafe\u0301", "caf\u00e9"),
        ("\ufb01ne", "fine"),
        ("\U0001d427\U0001d42e\U0001d426\U0001d41b", "numb"),
        ("\u24dd\u24e4\u24dc\u24d1", "numb"),
        ("2\u00bd weeks", "21\u20442 weeks"),
        ("anti\u2011inflammatory", "anti-inflammatory"),
        ("numb\x00\x07", "numb"),
        ("\u0926\u0930\u094d\u0926 \u0939\u0948", "\u0926\u0930\u094d\u0926 \u0939\u0948"),
        ("ok \U0001f642", "ok \U0001f642"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_odd_characters_read_as_plain_ones(typed: str, meant: str) -> None:
    assert plain(typed).text == plain_text(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "I can\u2018t f\u200be\u200bel between my le\u00adgs",
        "\uff29 \uff43\uff41\uff4e\uff07\uff54 \uff46\uff45\uff45\uff4c between my legs",
        "I can't fe\u0336el between\u00a0my legs",
        "\u202dI can\u2019t feel between my legs\u202c",
    ],
)
def test_a_sign_is_found_in_odd_characters(reader: FindingReader, typed: str) -> None:
    meant = reader.read("I can't feel between my legs")
    assert [finding.concept for finding in reader.read(typed)] == [finding.concept for finding in meant]


@pytest.mark.parametrize(
    ("typed", "stretch"),
    [
        ("\u200b\u200bhello. my groin is n\u00adumb today", "groin is n\u00adumb"),
        ("\ufb01ne. my groin is numb", "groin is numb"),
        ("\U0001f642 \u2026 my gr\u0336oin is numb", "gr\u0336oin is numb"),
    ],
)
def test_offsets_point_into_what_was_typed(reader: FindingReader, typed: str, stretch: str) -> None:
    found = next(finding for finding in reader.read(typed) if finding.concept == "saddle_change")
    assert typed[found.start : found.end] == stretch


@given(st.text(max_size=60))
def test_plain_stays_plain_and_offsets_stay_inside(typed: str) -> None:
    once = plain(typed)
    assert plain(once.text).text == once.text == plain_text(typed)
    assert len(once.starts) == len(once.ends) == len(once.text)
    for position in range(len(once.text)):
        start, end = once.typed(position, position + 1)
        assert 0 <= start < end <= len(typed)
