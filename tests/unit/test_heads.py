"""One head: fitted, cooled, ranked and kept. The vectors here have one axis for each label."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_matrix

from bot.language.encoder import DIMENSIONS, Vectors
from bot.language.heads import TEMPERATURES, Head, Terms
from bot.language.lexical import Lexicon

LABELS = ("back", "hip", "shoe")
WORDS = {"back": "spine disc lumbar", "hip": "joint groin socket", "shoe": "boot sole lace"}
LEXICON = Lexicon.fit([f"{words} {label}" for label, words in WORDS.items() for _ in range(3)])


def texts(label: str, count: int, seed: int) -> tuple[Vectors, list[str]]:
    """Vectors near the label's axis, and texts of its words."""
    random = np.random.default_rng(seed)
    vectors = random.normal(0, 0.05, (count, DIMENSIONS))
    vectors[:, LABELS.index(label)] += 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), [WORDS[label]] * count


def training(count: int = 20) -> tuple[Vectors, csr_matrix, list[str]]:
    made = [texts(label, count, seed) for seed, label in enumerate(LABELS)]
    vectors = np.concatenate([vectors for vectors, _ in made])
    return vectors, LEXICON.matrix([text for _, said in made for text in said]), np.repeat(LABELS, count).tolist()


def fitted(held_out: npt.NDArray[np.bool_] | None = None) -> Head:
    vectors, terms, labels = training()
    return Head.fit(vectors, terms, labels, held_out=np.zeros(len(labels), bool) if held_out is None else held_out)


def asked(label: str) -> tuple[Vectors, Terms]:
    """A text of a label that was not trained on."""
    return texts(label, 1, 99)[0][0], LEXICON.weights(WORDS[label])


@pytest.mark.parametrize("label", LABELS)
def test_probabilities_sum_to_one_and_the_right_label_is_first(label: str) -> None:
    head = fitted()
    odds = head.one(*asked(label))
    ranked = head.ranked(odds)
    assert float(odds.sum()) == pytest.approx(1.0, abs=1e-5)
    assert ranked[0].label == label
    assert ranked[0].probability > 0.7
    assert [one.probability for one in ranked] == sorted((one.probability for one in ranked), reverse=True)
    assert len(head.ranked(odds, most=2)) == 2


def test_words_decide_where_the_vector_says_nothing_and_the_reverse() -> None:
    head, blank = fitted(), np.zeros(DIMENSIONS, dtype=np.float32)
    assert head.ranked(head.one(blank, LEXICON.weights("boot sole")))[0].label == "shoe"
    assert head.ranked(head.one(asked("hip")[0], LEXICON.weights("zzz")))[0].label == "hip"


def test_many_texts_have_the_probabilities_of_each_before_cooling() -> None:
    head = fitted()
    vectors, terms, _ = training(1)
    for row in range(len(LABELS)):
        one = head.one(vectors[row], LEXICON.weights(WORDS[LABELS[row]]))
        np.testing.assert_allclose(one, head.many(vectors, terms)[row], atol=1e-5)
    assert head.temperature == 1.0


def test_the_same_texts_give_the_same_head() -> None:
    one, other = fitted().arrays("x"), fitted().arrays("x")
    assert all(np.array_equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("labels", [["a"] * 6, ["a", "b"] * 3])
def test_fewer_than_three_labels_cannot_be_learned(labels: list[str]) -> None:
    with pytest.raises(ValueError, match="three labels"):
        Head.fit(np.eye(6, DIMENSIONS, dtype=np.float32), LEXICON.matrix(["boot"] * 6), labels, held_out=[False] * 6)


def test_held_out_texts_set_the_temperature_and_nothing_else() -> None:
    vectors, terms, labels = training()
    out = np.zeros(len(labels), bool)
    out[::4] = True
    cooled, plain = fitted(out), Head.fit(vectors[~out], terms[~out], np.array(labels)[~out], held_out=[False] * 45)
    assert np.array_equal(cooled.dense, plain.dense)
    assert np.array_equal(cooled.words, plain.words)
    assert TEMPERATURES[0] <= cooled.temperature <= TEMPERATURES[1]


def test_a_head_that_is_too_sure_is_cooled_and_one_too_shy_is_sharpened() -> None:
    head = fitted()
    vectors, terms, labels = training()
    wrong = np.array(labels)
    wrong[::2] = np.roll(wrong, 20)[::2]  # half of them are something else than they look like
    assert (
        head.cooled(vectors, terms, wrong).temperature > 1.0 > head.cooled(vectors, terms, np.array(labels)).temperature
    )


def test_a_held_out_label_that_was_never_learned_is_left_out_of_the_temperature() -> None:
    head = fitted()
    vectors, terms, labels = training()
    with_unknown = np.array([*labels[:-5], *["knee"] * 5])
    assert head.cooled(vectors, terms, with_unknown).temperature == pytest.approx(
        head.cooled(vectors[:-5], terms[:-5], np.array(labels[:-5])).temperature
    )
    assert head.cooled(vectors, terms, np.array(["knee"] * len(labels))).temperature == 1.0


def test_it_is_kept_as_arrays_under_a_name() -> None:
    head = fitted()
    again = Head.of("act", {**head.arrays("act"), **head.arrays("flag")})
    assert again.labels == LABELS
    np.testing.assert_array_equal(again.one(*asked("hip")), head.one(*asked("hip")))
