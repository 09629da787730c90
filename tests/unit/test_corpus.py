"""What the reader learns from: labels of questions and acts, examples of danger, and which texts only calibrate."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import yaml

from bot.content.document import ContentError
from bot.language.corpus import ACTS, ASK, HELD_OUT, NOTHING, UNJUDGED, danger_rows, held_out, labelled, question_rows
from tests.sample_content import write_content

ROOT = Path(__file__).resolve().parents[2]
SOME_HELD_OUT = ["text number 25", "text number 28", "text number 58"]
"""Of the first sixty: another choice would mix what calibrates with what an encoder has learned from."""


@pytest.mark.parametrize(
    ("label", "topic", "unit", "act", "flag"),
    [
        ("walking/poles", "walking/poles", "walking/poles", ASK, NOTHING),
        ("walking/poles.balance", "walking/poles", "walking/poles.balance", ASK, NOTHING),
        ("meta/private", None, None, "meta/private", NOTHING),
        ("outside/foreign", None, None, "outside/foreign", NOTHING),
        ("tell/symptom", None, None, "tell/symptom", None),  # nobody looked whether a danger is in it
        ("outside/sensitive", None, None, "outside/sensitive", None),
    ],
)
def test_a_full_intent_is_a_topic_a_unit_or_an_act(
    label: str, topic: str | None, unit: str | None, act: str, flag: str | None
) -> None:
    row = labelled("some words", label)
    assert (row.topic, row.unit, row.act, row.flag) == (topic, unit, act, flag)


def test_every_act_of_the_training_data_is_known_as_one_and_the_reverse() -> None:
    named = set()
    for path in (ROOT / "data/nlu/conversation").glob("*.yml"):
        blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        named |= {block["intent"] for block in blocks}
    assert {name.split("/", 1)[0] for name in named} == ACTS
    assert named >= UNJUDGED


def test_questions_are_read_in_an_order_that_does_not_change(tmp_path: Path) -> None:
    for name, label, lines in (("b.yml", "walking/hills", ["up?", "down?"]), ("a.yml", "social/hello", ["hi"])):
        examples = "".join(f"- {line}\n" for line in lines)
        (tmp_path / name).write_text(yaml.safe_dump({"nlu": [{"intent": label, "examples": examples}]}))
    found = list(question_rows(tmp_path))
    assert [(row.text, row.topic or row.act) for row in found] == [
        ("hi", "social/hello"), ("up?", "walking/hills"), ("down?", "walking/hills"),
    ]  # fmt: skip


def test_examples_of_danger_become_rows(tmp_path: Path) -> None:
    found = danger_rows(write_content(tmp_path) / "examples")
    told = [(row.text, row.flag, row.concepts, row.section, row.about) for row in found]
    assert told == [
        ("gone numb where I sit", "cauda_equina", ("saddle_change", "other"), "affirmed", "cauda_equina"),
        ("cannot pee since noon", "cauda_equina", (), "affirmed", "cauda_equina"),
        ("my foot is numb", NOTHING, (), "look_alike", "cauda_equina"),
    ]


def test_a_wrong_line_of_the_examples_is_named(tmp_path: Path) -> None:
    bad = textwrap.dedent("""
        [affirmed]
        no_such_sign| words
        """)
    root = write_content(tmp_path, {"examples/cauda_equina.txt": bad})
    with pytest.raises(ContentError, match="no_such_sign"):
        danger_rows(root / "examples")


def test_one_text_in_twelve_only_calibrates_and_always_the_same() -> None:
    texts = [f"text number {number}" for number in range(4000)]
    out = [text for text in texts if held_out(text)]
    assert len(out) / len(texts) == pytest.approx(HELD_OUT / 256, abs=0.015)
    assert [text for text in texts[:60] if held_out(text)] == SOME_HELD_OUT


def test_every_flag_that_ships_has_examples_that_are_kept_and_held_out() -> None:
    flags = {path.stem for path in (ROOT / "bot/content/red_flags").glob("*.yml")}
    present = [row for row in danger_rows() if row.flag]
    assert {row.flag for row in present if not held_out(row.text)} == flags
    assert {row.flag for row in present if held_out(row.text)} <= flags
