"""What a message asks: the bare question, and several questions apart."""

from __future__ import annotations

import pytest

from bot.language.words import question_of, questions_of


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("and shoes?", "shoes?"),
        ("no sorry, I meant downhill", "downhill"),
        ("um so which shoes", "which shoes"),
        ("thanks that helps 👍", "thanks that helps"),
        ("and how often?", "and how often?"),
        ("no", "no"),
        ("so", "so"),
    ],
)
def test_the_question_is_bared(text: str, asked: str) -> None:
    assert question_of(text) == asked


def test_two_questions_are_taken_apart() -> None:
    assert questions_of("how do I do the bird dog and is heat or ice better") == [
        "how do I do the bird dog",
        "is heat or ice better",
    ]
    assert questions_of("what is sciatica? also how far should i walk?") == [
        "what is sciatica",
        "how far should i walk",
    ]


def test_one_question_stays_whole() -> None:
    assert questions_of("my back and legs ache on hills") == ["my back and legs ache on hills"]
