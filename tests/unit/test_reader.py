"""One text in, everything that can be read of it by itself out: with heads fitted on a few texts, and the signs that ship."""

from __future__ import annotations

import numpy as np
import pytest

from bot.language.danger import FEATURES, LEVELS
from bot.language.reader import Reader, Scores, in_context
from bot.model import Assertion, Subject
from tests import language_kit


@pytest.fixture(scope="module")
def reader() -> Reader:
    return language_kit.reader()


def test_the_same_text_is_read_the_same(reader: Reader) -> None:
    text = "My shoes are too tight. Is it my disc? I cannot pass water!"
    reader.read("something else between")
    assert reader.read(text) == reader.read(text)


def test_each_sentence_is_a_part_with_its_place_and_own_labels(reader: Reader) -> None:
    text = "Thanks a lot. Are my boots too small? I cannot pass water."
    found = reader.read(text)
    thanks, boots, water = found.parts
    assert [text[part.start : part.end] for part in found.parts] == [part.text for part in found.parts]
    assert (found.whole.start, found.whole.end) == (0, len(text))
    assert thanks.act == "social/thanks"
    assert boots.topics[0].label == "footwear/fit"
    assert water.dangers[0].label == "cauda_equina"


def test_a_question_is_read_with_what_stands_before_it() -> None:
    half = np.array([0.5, 0.5])
    part = Scores({"topic": np.array([0.6, 0.4]), "unit": half, "act": np.array([0.9, 0.1])}, half, half)
    whole = Scores(
        {"topic": np.array([0.1, 0.9]), "unit": np.array([0.2, 0.8]), "act": np.array([0.2, 0.8])}, half, half
    )
    found = in_context(part, whole).odds
    np.testing.assert_allclose(found["topic"], [1 / 7, 6 / 7])
    np.testing.assert_allclose(found["unit"], [0.2, 0.8])
    np.testing.assert_allclose(found["act"], part.odds["act"])


def test_a_message_of_one_sentence_is_its_own_part(reader: Reader) -> None:
    found = reader.read("is it my disc")
    assert found.parts == (found.whole,)


def test_labels_are_ranked_and_units_belong_to_the_likeliest_topics(reader: Reader) -> None:
    whole = reader.read("how much room must my toes have").whole
    for ranked in (whole.acts, whole.topics, whole.units, whole.dangers):
        probabilities = [one.probability for one in ranked]
        assert probabilities == sorted(probabilities, reverse=True)
        assert 0 < len(ranked) <= 5
    assert whole.units[0].label == "footwear/fit.toe_room"
    shares = {topic.label: topic.probability for topic in whole.topics}
    for unit in whole.units:
        assert unit.probability <= shares[unit.label.split(".")[0]] + 1e-3


def test_what_lies_outside_is_less_in_scope(reader: Reader) -> None:
    inside, outside = reader.read("will my disc heal"), reader.read("book me a flight to rome")
    assert 0.0 <= outside.in_scope < 0.5 < inside.in_scope <= 1.0


@pytest.mark.parametrize(("text", "least", "most"), [("my back hurts", 1.0, 1.0), ("mi espalda me duele", 0.0, 0.6)])
def test_the_share_of_english_words_is_told(reader: Reader, text: str, least: float, most: float) -> None:
    assert least <= reader.read(text).english <= most


def test_findings_persons_and_things_named_are_read(reader: Reader) -> None:
    found = reader.read("My mum is numb between her legs, and are crocs any good?")
    saddle = next(one for one in found.findings if one.concept == "saddle_change")
    assert (saddle.subject, saddle.relation) == found.about == (Subject.OTHER, "mother")
    assert found.entities == ("crocs",)


def test_what_the_net_hears_is_a_finding_beside_those_of_the_phrases(reader: Reader) -> None:
    found = list(reader.read("my bladder does not empty and I feel nothing down there").findings)
    heard = [one for one in found if one.source == "net"]
    assert [one.concept for one in heard] == ["sounds:cauda_equina"]
    assert heard[0].assertion in (Assertion.AFFIRMED, Assertion.UNSURE)
    assert 0 < (heard[0].value("probability") or 0) <= 1
    assert not [one for one in reader.read("thanks a lot").findings if one.source == "net"]


def test_the_evidence_of_every_level_is_told_and_why(reader: Reader) -> None:
    text = "I cannot pass water since morning"
    evidence = reader.evidence(text)
    assert set(evidence) == set(LEVELS)
    for why in reader.why(text):
        assert [name for name, _ in why.shares] == list(FEATURES)
        assert why.flags[0].label == "cauda_equina"
        assert evidence[why.level][FEATURES.index("phrase")] in (0.0, 1.0)


@pytest.mark.parametrize("text", ["🦵🔥", "?!", "\x00", "x" * 5000, "walk " * 2000, "سلام"])
def test_odd_texts_are_read_as_something(reader: Reader, text: str) -> None:
    found = reader.read(text)
    assert found.text == text
    assert found.parts
    assert found.whole.acts


def test_what_the_net_hears_beside_an_animal_is_the_writers_unless_the_animal_has_the_sign(reader: Reader) -> None:
    ours = reader.read("Walking my dog. My bladder does not empty and I feel nothing down there")
    assert {one.relation for one in ours.findings if one.source == "net"} == {None}
    theirs = reader.read("my dog leaks pee and feels nothing down there")
    assert not [one for one in theirs.findings if one.source == "net"]
