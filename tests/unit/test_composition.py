"""Composed messages: the label follows from the parts, the same seed gives the same, and the places of the parts hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.content.examples import PRESENT
from bot.language.composition import LONGEST, Composed, Composer
from bot.language.corpus import NOTHING, Row, labelled

LEGS = Row(
    "my legs gave way.", flag="cauda_equina", concepts=("leg_weakness",), section="affirmed", about="cauda_equina"
)
DANGERS = [
    LEGS,
    Row("I can't pee", flag="cauda_equina", concepts=("bladder_change",), section="affirmed", about="cauda_equina"),
    Row("my calf swelled up...", flag="dvt", concepts=("swollen_calf",), section="affirmed", about="dvt"),
]
HARMLESS = [
    Row("my legs are not weak", flag=NOTHING, section="negated", about="cauda_equina"),
    Row("I was numb in 2009, all gone", flag=NOTHING, section="past_over", about="cauda_equina"),
    Row("my calves ache after hills", flag=NOTHING, section="look_alike", about="dvt"),
]
QUESTIONS = [
    labelled("which shoes for wide feet?", "footwear/fit"),
    labelled("how do I stretch", "exercises/stretching"),
]
UNJUDGED = Row("something nobody looked at", act="tell/symptom", flag=None)
ROWS = [*DANGERS, *HARMLESS, *QUESTIONS, UNJUDGED]


@pytest.fixture
def composer() -> Composer:
    return Composer(ROWS, seed=5)


def many(rule: Callable[[], Composed]) -> list[Composed]:
    return [rule() for _ in range(80)]


def test_the_same_seed_gives_the_same_messages() -> None:
    assert Composer(ROWS, seed=5).compose(50) == Composer(ROWS, seed=5).compose(50)
    assert Composer(ROWS, seed=5).compose(50) != Composer(ROWS, seed=6).compose(50)


@pytest.mark.parametrize("missing", [DANGERS, HARMLESS, HARMLESS[:1], QUESTIONS, ROWS])
def test_of_too_little_nothing_is_composed(missing: list[Row]) -> None:
    assert Composer([row for row in ROWS if row not in missing], seed=5).compose(20) == []


def test_every_label_follows_from_the_parts(composer: Composer) -> None:
    made = composer.compose(400)
    assert len(made) == 400
    for message in made:
        dangers = [row for *_, row in message.parts if row.section in PRESENT]
        assert message.row.flag == (dangers[0].flag if dangers else NOTHING)
        assert message.row.concepts == (dangers[0].concepts if dangers else ())
        assert message.row.section == "composed"
        assert (message.row.topic, message.row.act) == (None, None)
    assert {message.row.flag for message in made} == {NOTHING, "cauda_equina", "dvt"}


@pytest.mark.parametrize("rule", ["denied_then_danger", "danger_then_denied", "question_round", "story_round"])
def test_what_stands_round_a_danger_keeps_its_flag(composer: Composer, rule: str) -> None:
    for message in many(getattr(composer, rule)):
        danger = next(row for *_, row in message.parts if row.section in PRESENT)
        assert (message.row.flag, message.row.concepts) == (danger.flag, danger.concepts)
        assert len(message.parts) > 1


@pytest.mark.parametrize("rule", ["only_denied", "harmless", "framed_not_there"])
def test_denials_and_harmless_texts_are_no_danger(composer: Composer, rule: str) -> None:
    assert {message.row.flag for message in many(getattr(composer, rule))} == {NOTHING}


def test_a_name_in_a_frame_that_tells_it_as_there_has_its_flag(composer: Composer) -> None:
    made = many(composer.framed_there)
    assert {message.row.flag for message in made} == {"cauda_equina", "dvt"}  # those that the rows know
    texts = {message.row.text for message in made} & {message.row.text for message in many(composer.framed_not_there)}
    assert texts == set()


@pytest.mark.parametrize("rule", ["form", "past_then", "greeted"])
def test_a_rule_with_and_without_a_danger_makes_both(composer: Composer, rule: str) -> None:
    for message in (made := many(getattr(composer, rule))):
        assert bool(message.row.flag) == any(row.section in PRESENT for *_, row in message.parts)
    assert {bool(message.row.flag) for message in made} == {True, False}


@pytest.mark.parametrize("rule", ["denied_then_danger", "danger_then_denied", "form"])
def test_what_is_denied_beside_a_danger_is_none_of_its_signs(composer: Composer, rule: str) -> None:
    for message in many(getattr(composer, rule)):
        denied = " ".join(row.text.lower() for *_, row in message.parts if not row.section)
        if "bladder_change" in message.row.concepts:
            assert "leaking" not in denied
            assert "incontinence" not in denied
        if "swollen_calf" in message.row.concepts:
            assert "swelling in my calf" not in denied
            assert "swollen leg" not in denied


def test_what_nobody_looked_at_is_in_no_message(composer: Composer) -> None:
    assert not [message for message in composer.compose(300) if UNJUDGED.text in message.row.text]


def test_the_places_of_the_parts_hold_their_words_and_nothing_else(composer: Composer) -> None:
    rules = [rule for rule, _ in composer._rules]
    for message in [rule() for rule in rules for _ in range(40)]:
        text = message.row.text
        for start, end, row in message.parts:
            assert text[start:end].rstrip(" .!?") == row.text.strip().rstrip(" .!?")
            assert text[start:end] in row.text
        places = [place for part in message.parts for place in part[:2]]
        assert places == sorted(places)


def test_noise_changes_letters_and_no_place(composer: Composer) -> None:
    quiet = Composer(ROWS, seed=5)
    plain = quiet.story_round()
    changed = set()
    for _ in range(60):
        noisy = composer._noisy(plain)
        assert len(noisy.row.text) == len(plain.row.text)
        assert noisy.parts == plain.parts
        assert noisy.row.flag == plain.row.flag
        changed.add(noisy.row.text)
    assert plain.row.text in changed
    assert len(changed) > 5


def test_a_message_whose_danger_is_cut_off_teaches_nothing_of_danger(composer: Composer) -> None:
    long = [labelled("which shoes " * 70, "footwear/fit")]
    made = [composer._noisy(message) for message in many(Composer([*DANGERS, *HARMLESS, *long], seed=3).story_round)]
    for message in made:
        dangers = [row for *_, row in message.parts if row.section in PRESENT]
        assert message.row.flag == (dangers[0].flag if dangers else None)
        assert all(end <= len(message.row.text) <= LONGEST for _, end, _ in message.parts)
    assert {message.row.flag is None for message in made} == {True, False}
