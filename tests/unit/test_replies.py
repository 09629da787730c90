"""Replies in words: the lists of replies.yml, without and with odd characters."""

from __future__ import annotations

import pytest
from bot.nlu.reply_reader import _PLACE, _answer
from rasa.shared.nlu.training_data.message import Message

from bot.content.lexicon import words
from bot.nlu.payload_reader import parse_payload

LISTS = words("replies")


@pytest.mark.parametrize("word", LISTS["yes"])
def test_every_yes_is_a_yes(word: str) -> None:
    assert _answer(f"{word}, since monday", Message({})) == "yes"


@pytest.mark.parametrize("word", LISTS["no"])
def test_every_no_is_a_no(word: str) -> None:
    assert _answer(f"{word}, thanks", Message({})) == "no"


@pytest.mark.parametrize("word", [*LISTS["unsure"], "not sure", "not really sure", "um I'm not sure"])
def test_every_doubt_is_one(word: str) -> None:
    assert _answer(word, Message({})) == "unsure"


@pytest.mark.parametrize("word", LISTS["hedges"])
def test_every_hedge_is_no_no(word: str) -> None:
    assert _answer(f"it does {word}", Message({})) == "unsure"


@pytest.mark.parametrize("word", LISTS["places"])
def test_every_place_is_read(word: str) -> None:
    found = _PLACE.match(f"the {word} one please")
    assert found is not None
    assert found.group(1) == word


@pytest.mark.parametrize("text", ["definitely not", "the first time I walked", "second opinion on my back"])
def test_what_only_begins_like_one_is_none(text: str) -> None:
    assert _answer(text, Message({})) != "yes"
    assert _PLACE.match(text) is None


@pytest.mark.parametrize("text", ["\uff0fcauses", "\u200b/causes", "/causes\u200b{}", "/ causes"])
def test_odd_characters_make_no_payload(text: str) -> None:
    assert parse_payload(text) is None
