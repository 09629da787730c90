"""Which topic a message asks about: logistic regression over sentence vectors, and how near the message is to any question.

Trained with scikit-learn, kept and run as plain arrays: a prediction is two small matrix products.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.language.encoder import Vectors

REGULARIZATION = 20.0
"""Inverse strength C of the L2 penalty: the best of 1, 3, 10, 20, 50 and 100 in cross-validation (evaluation/results.md)."""
NEIGHBOURS = 3


@dataclass(frozen=True)
class Guess:
    """Labels with their probabilities, best first, and the mean similarity (-1 to 1) to the nearest training questions."""

    ranking: tuple[tuple[str, float], ...]
    similarity: float


class TopicModel:
    """Ranks labels ("causes/sciatica", "greet") for sentence vectors."""

    def __init__(self, *, labels: Sequence[str], weights: Vectors, bias: Vectors, questions: Vectors) -> None:
        """`weights` (labels, 384), `bias` (labels,), `questions` (n, 384): the vectors of all in-domain questions."""
        self._labels = tuple(labels)
        self._weights, self._bias, self._questions = weights, bias, questions

    @classmethod
    def train(cls, vectors: Vectors, labels: Sequence[str], *, out_of_scope: str = "out_of_scope") -> TopicModel:
        """A model of `vectors` (n, 384) and their labels. Raises ValueError for fewer than two labels."""
        known = sorted(set(labels))
        if len(known) < 2:
            raise ValueError("topics cannot be told apart with fewer than two labels")
        regression = LogisticRegression(C=REGULARIZATION, max_iter=1000, multi_class="multinomial")
        regression.fit(vectors, labels)
        weights, bias = regression.coef_, regression.intercept_
        if len(known) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        inside = [not label.startswith(out_of_scope) for label in labels]
        return cls(
            labels=[str(label) for label in regression.classes_],
            weights=weights.astype(np.float32),
            bias=bias.astype(np.float32),
            questions=vectors[np.array(inside)],
        )

    def guess(self, vector: Vectors, *, most: int = 10) -> Guess:
        """The best `most` labels for one vector of shape (384,)."""
        scores = self._weights @ vector + self._bias
        odds = np.exp(scores - scores.max())
        odds /= odds.sum()
        best = np.argsort(-odds)[:most]
        nearest = np.sort(self._questions @ vector)[-NEIGHBOURS:] if len(self._questions) else np.zeros(1)
        return Guess(tuple((self._labels[i], float(odds[i])) for i in best), float(nearest.mean()))

    def save(self, folder: Path) -> None:
        """Writes topics.npz and topics.json."""
        np.savez(folder / "topics.npz", weights=self._weights, bias=self._bias, questions=self._questions)
        (folder / "topics.json").write_text(json.dumps(self._labels), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """The model that `save` wrote."""
        with np.load(folder / "topics.npz", allow_pickle=False) as arrays:
            labels = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
            return cls(labels=labels, **{name: arrays[name] for name in ("weights", "bias", "questions")})
