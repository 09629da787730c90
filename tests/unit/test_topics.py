"""The topic model on a tiny set: ranking, similarity, saving and what it refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bot.language.topics import TopicModel

from bot.language.encoder import shared_encoder

QUESTIONS = {
    "footwear/fit": ["do these boots fit me", "my shoes are too tight", "how much room should my toes have"],
    "causes/disc": ["is it a slipped disc", "my disc bulges at l5", "herniated disc in my back"],
    "out_of_scope/generic": ["what is the weather", "book a flight to rome", "play some music"],
}


def trained(labels: list[str]) -> TopicModel:
    pairs = [(text, label) for label in labels for text in QUESTIONS[label]]
    vectors = shared_encoder().encode([text for text, _ in pairs])
    return TopicModel.train(vectors, [label for _, label in pairs])


@pytest.mark.parametrize("labels", [list(QUESTIONS), ["footwear/fit", "causes/disc"]])
def test_the_ranking_is_sorted_and_right(labels: list[str]) -> None:
    guess = trained(labels).guess(shared_encoder().encode(["are my shoes too small"])[0])
    confidences = [confidence for _, confidence in guess.ranking]
    assert guess.ranking[0][0] == "footwear/fit"
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0, abs=1e-5)


def test_what_is_like_no_question_in_scope_has_a_low_similarity() -> None:
    model = trained(list(QUESTIONS))
    near, far = shared_encoder().encode(["do my boots fit", "who won the election"])
    assert model.guess(near).similarity > model.guess(far).similarity + 0.2


def test_a_saved_model_guesses_the_same(tmp_path: Path) -> None:
    model = trained(list(QUESTIONS))
    model.save(tmp_path)
    vector = shared_encoder().encode(["slipped disc"])[0]
    assert TopicModel.load(tmp_path).guess(vector) == model.guess(vector)


def test_one_label_cannot_be_learned() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        TopicModel.train(np.eye(384, dtype=np.float32)[:2], ["a", "a"])


def test_a_guess_on_noise_is_not_sure_of_itself() -> None:
    """Labels that have nothing to do with the vectors can be learned by heart, but held-out probabilities tell."""
    random = np.random.default_rng(0)
    vectors = random.normal(size=(120, 60))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = list(random.choice(["causes/disc", "footwear/fit", "greet"], size=120))
    model = TopicModel.train(vectors, labels)
    unseen = random.normal(size=(50, 60))
    unseen /= np.linalg.norm(unseen, axis=1, keepdims=True)
    assert np.mean([model.guess(vector).ranking[0][1] for vector in unseen]) < 0.6
