"""Which topic a message asks about: logistic regression over sentence vectors, and how near the message is to any question.

Trained with scikit-learn, kept and run as plain arrays: a prediction is two small matrix products.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # comes with scikit-learn
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.language.encoder import Vectors

REGULARIZATION = 20.0
"""Inverse strength C of the L2 penalty: the best of 1, 3, 10, 20, 50 and 100 in cross-validation (evaluation/results.md)."""
NEIGHBOURS = 3
FOLDS = 5
TEMPERATURES = (0.2, 5.0)
"""Between what the number lies that the scores are divided by, so that a probability is the share of right answers
(temperature scaling, Guo et al. 2017)."""


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
        """A model of `vectors` (n, 384) and their labels, its probabilities calibrated by cross-validation over them.

        Raises ValueError for fewer than two labels.
        """
        known = sorted(set(labels))
        if len(known) < 2:
            raise ValueError("topics cannot be told apart with fewer than two labels")
        weights, bias = _fit(vectors, labels)
        temperature = _temperature(vectors, np.array(labels), known)
        inside = [not label.startswith(out_of_scope) for label in labels]
        return cls(
            labels=[str(label) for label in known],
            weights=(weights / temperature).astype(np.float32),
            bias=(bias / temperature).astype(np.float32),
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


def _fit(vectors: Vectors, labels: Sequence[str]) -> tuple[Vectors, Vectors]:
    """Weights (labels, 384) and bias (labels,) of a regression over the labels in alphabetical order."""
    regression = LogisticRegression(C=REGULARIZATION, max_iter=1000, multi_class="multinomial")
    regression.fit(vectors, labels)
    weights, bias = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:  # scikit-learn keeps one row for two classes
        return np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights, bias


def _temperature(vectors: Vectors, labels: Vectors, known: Sequence[str]) -> float:
    """The temperature under which held-out questions are likeliest; 1 where a label has fewer than FOLDS questions."""
    counts = np.unique(labels, return_counts=True)[1]
    if counts.min() < FOLDS:
        return 1.0
    scores = np.zeros((len(labels), len(known)))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, labels):
        weights, bias = _fit(vectors[train], labels[train])
        scores[test] = vectors[test] @ weights.T + bias
    own = np.searchsorted(np.array(known), labels)

    def loss(temperature: float) -> float:
        cooled = scores / temperature
        cooled -= cooled.max(axis=1, keepdims=True)
        right = cooled[np.arange(len(own)), own] - np.log(np.exp(cooled).sum(axis=1))
        return float(-right.mean())

    return float(minimize_scalar(loss, bounds=TEMPERATURES, method="bounded").x)
