"""The lexicon of terms: what counts as one, how they are weighted, and that it is kept as it was."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from bot.language.lexical import FEWEST_TEXTS, MOST_WORDS, Lexicon

TEXTS = ["my back hurts", "my back is sore", "my back and my hip", "a sore hip", "no pain"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.fit(TEXTS)


def terms(lexicon: Lexicon) -> dict[str, list[float]]:
    return lexicon.to_json()


def test_words_pairs_and_letter_groups_of_enough_texts_are_kept(lexicon: Lexicon) -> None:
    known = set(terms(lexicon))
    assert {"my", "back", "my back", "#<ba", "#back", "#ack>", "#<back"[:6]} <= known
    assert not known & {"hurts", "sore", "hip", "back hurts"}  # of fewer than FEWEST_TEXTS texts
    assert FEWEST_TEXTS == 3


def test_a_word_said_often_in_one_text_is_still_of_one_text() -> None:
    assert len(Lexicon.fit(["walk walk walk walk", "sit"])) == 0


def test_rarer_terms_weigh_more(lexicon: Lexicon) -> None:
    lexicon = Lexicon.fit([*TEXTS, "hip", "back"])
    kept = terms(lexicon)
    assert kept["hip"][1] == round(math.log(8 / 4) + 1, 4)
    assert kept["hip"][1] > kept["back"][1]


@pytest.mark.parametrize("text", ["my back", "MY BACK!", "my back my back my back"])
def test_weights_have_length_one(lexicon: Lexicon, text: str) -> None:
    places, weights = lexicon.weights(text)
    assert len(places) == len(set(places.tolist())) == len(weights) > 0
    assert np.linalg.norm(weights) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("text", ["", "?", "zzz qqq", "🦵"])
def test_a_text_of_unknown_words_weighs_nothing(lexicon: Lexicon, text: str) -> None:
    places, weights = lexicon.weights(text)
    assert len(places) == len(weights) == 0


def test_case_and_curly_apostrophes_do_not_matter() -> None:
    lexicon = Lexicon.fit(["I can't pee"] * 3)
    assert "can't" in terms(lexicon)
    for text in ("I CAN’T PEE", "i can't pee"):
        np.testing.assert_array_equal(lexicon.weights(text)[1], lexicon.weights("I can't pee")[1])


def test_words_beyond_the_most_are_not_looked_at(lexicon: Lexicon) -> None:
    assert len(lexicon.weights("zzz " * MOST_WORDS + "my back")[0]) == 0


def test_the_matrix_holds_the_weights_of_each_text(lexicon: Lexicon) -> None:
    texts = ["my back", "nothing known", "back my"]
    matrix = lexicon.matrix(texts)
    assert matrix.shape == (3, len(lexicon))
    for row, text in enumerate(texts):
        places, weights = lexicon.weights(text)
        dense = np.zeros(len(lexicon), dtype=np.float32)
        dense[places] = weights
        np.testing.assert_allclose(matrix[row].toarray()[0], dense, atol=1e-6)
    assert lexicon.matrix([]).shape == (0, len(lexicon))


def test_it_is_kept_as_plain_data(lexicon: Lexicon) -> None:
    again = Lexicon.from_json(json.loads(json.dumps(lexicon.to_json())))
    places, weights = again.weights("my back hurts")
    np.testing.assert_array_equal(places, lexicon.weights("my back hurts")[0])
    np.testing.assert_allclose(weights, lexicon.weights("my back hurts")[1], atol=1e-4)
