"""The parts of a message: where sentences end, where a story without full stops is cut, and that places are offsets."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.spans import LONGEST, MOST_PARTS, spans

STORY = "I walk a mile and then my leg aches but I go on so it gets worse because I never stop " * 4


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my back hurts", ["my back hurts"]),
        ("My back hurts. Which shoes?", ["My back hurts.", "Which shoes?"]),
        ("numb legs!!! can't pee; help", ["numb legs!!!", "can't pee;", "help"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("it began 2.5 weeks ago at 3.30pm", ["it began 2.5 weeks ago at 3.30pm"]),
        ("well… it hurts", ["well…", "it hurts"]),
        ("  spaced out.   really  ", ["spaced out.", "really"]),
        ("ok. ? . 5. my hip", ["ok.", "my hip"]),
        ("how do I do it and is heat or ice better", ["how do I do it", "and is heat or ice better"]),
        (
            "is it bad if my leg is numb and are my shoes wrong?",
            ["is it bad if my leg is numb", "and are my shoes wrong?"],
        ),
        ("my leg is numb and is getting worse", ["my leg is numb and is getting worse"]),
        ("what if I fall and can't get up", ["what if I fall and can't get up"]),
        ("", [""]),
        ("?!", ["?!"]),
        ("7", ["7"]),
    ],
)
def test_a_message_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_a_story_without_a_full_stop_is_cut_where_a_clause_begins() -> None:
    found = parts(STORY)
    assert len(found) > 1
    assert all(len(re.findall(r"\w+", part)) <= LONGEST for part in found)
    assert " ".join(found) == STORY.strip()
    assert all(re.match(r"(and|but|so|because|then|I)\b", part) for part in found)


def test_a_long_stretch_without_any_clause_stays_whole() -> None:
    text = "walk " * (LONGEST + 10)
    assert parts(text) == [text.strip()]


def test_no_more_parts_are_read_than_the_most() -> None:
    assert len(spans("it hurts. " * (MOST_PARTS + 5))) == MOST_PARTS


@given(st.text(st.sampled_from("ab .,!?;\n…and"), max_size=200))
def test_places_are_in_order_apart_and_inside_the_text(text: str) -> None:
    found = spans(text)
    assert found
    assert all(0 <= start <= end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
