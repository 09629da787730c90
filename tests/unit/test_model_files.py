"""All heads together: which text teaches which, how units belong to topics, and that the files give the same heads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.language.corpus import NOTHING, Row, labelled
from bot.language.encoder import DIMENSIONS, shared_encoder
from bot.language.model_files import HEADS, Heads, fit
from tests import language_kit


@pytest.fixture(scope="module")
def heads() -> Heads:
    return language_kit.heads()


def best(heads: Heads, name: str, text: str) -> str:
    vector = shared_encoder().encode([text])[0]
    head = heads.heads[name]
    return head.ranked(head.one(vector, heads.lexicon.weights(text)))[0].label


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("topic", "are my boots too small", "footwear/fit"),
        ("unit", "space in front of the toes", "footwear/fit.toe_room"),
        ("act", "many thanks", "social/thanks"),
        ("act", "is my disc slipped", "ask"),
        ("flag", "her mouth droops on one side", "stroke"),
        ("flag", "thanks a lot", NOTHING),
    ],
)
def test_each_head_answers_its_own_question(heads: Heads, name: str, text: str, label: str) -> None:
    assert set(heads.heads) == set(HEADS)
    assert best(heads, name, text) == label


def test_the_units_of_a_topic_are_its_own(heads: Heads) -> None:
    labels = heads.heads["unit"].labels
    found = [labels[at] for at in heads.units_of("causes/disc")]
    assert "causes/disc.heal" in found
    assert {label.split(".")[0] for label in found} == {"causes/disc"}
    assert heads.units_of("no/such") == []


def test_saved_heads_say_the_same(heads: Heads, tmp_path: Path) -> None:
    heads.save(tmp_path)
    again = Heads.load(tmp_path)
    vector, text = shared_encoder().encode(["uphill"])[0], "uphill"
    assert set(again.heads) == set(heads.heads)
    for name, head in heads.heads.items():
        np.testing.assert_allclose(
            again.heads[name].one(vector, again.lexicon.weights(text)), head.one(vector, heads.lexicon.weights(text)),
            atol=1e-3,
        )  # fmt: skip


def fake(texts: object) -> np.ndarray:
    """Vectors that mean nothing."""
    return np.random.default_rng(0).normal(size=(len(list(texts)), DIMENSIONS)).astype(np.float32)  # type: ignore[call-overload]


def test_a_head_of_fewer_than_three_labels_is_left_out() -> None:
    rows = [labelled(f"{label} {n}", label) for label in ("social/hello", "social/bye", "meta/robot") for n in range(5)]
    assert set(fit(rows, fake, composed=0).heads) == {"act"}


def test_composed_messages_teach_danger_alone_and_bring_their_words(heads: Heads) -> None:
    seen: list[str] = []

    def watched(texts: list[str]) -> np.ndarray:
        seen.extend(texts)
        return fake(texts)

    rows = language_kit.rows()
    rows.append(Row("I was numb there in 2009", flag=NOTHING, section="past_over", about="cauda_equina"))
    rows.append(Row("my legs are not weak", flag=NOTHING, section="negated", about="cauda_equina"))
    composed = fit(rows, watched, composed=60)  # type: ignore[arg-type]
    assert len(seen) >= len(rows) + 60
    for name in ("topic", "unit", "act"):
        assert composed.heads[name].labels == heads.heads[name].labels
    assert len(composed.lexicon) > len(heads.lexicon)
