"""What is read off the vectors: one linear head for each question (which topic, which act, which danger).

Each head is a logistic regression over sentence vectors and one over words and letters, mixed half and half and cooled by one
temperature, so that its numbers are probabilities. Fitted by scikit-learn in seconds, kept and run as plain arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, SGDClassifier

from bot.language.encoder import Vectors
from bot.reading import Scored

REGULARIZATION = 10.0
"""Inverse strength C of the L2 penalty of the half over vectors."""
ITERATIONS = 100
"""Steps of the fit over vectors: with 300, three times the time, no head was better on held-out texts."""
LEXICAL_ALPHA = 1e-5
"""L2 penalty of the half over words and letters."""
MIX = 0.5
"""Share of the vectors' half; the other is the words'. Best in evaluation/designs.md."""
TEMPERATURES = (0.1, 5.0)
PARTS = ("dense", "dense_bias", "words", "words_bias")
Terms = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]


@dataclass(frozen=True)
class Head:
    """A fitted head over `labels`: `dense` (384, labels) with `dense_bias`, `words` (terms, labels) with `words_bias`."""

    labels: tuple[str, ...]
    dense: Vectors
    dense_bias: Vectors
    words: npt.NDArray[np.float16]
    words_bias: Vectors
    temperature: float = 1.0

    @classmethod
    def fit(cls, vectors: Vectors, terms: csr_matrix, labels: Sequence[str], *, held_out: Sequence[bool]) -> Head:
        """A head of `vectors` (n, 384) and `terms` (n, terms). Texts marked `held_out` only set the temperature.

        Raises ValueError for fewer than three labels.
        """
        kept = ~np.asarray(held_out, dtype=bool)
        wanted = np.asarray(labels)
        if len(set(wanted[kept])) < 3:
            raise ValueError("a head needs three labels or more")
        dense = LogisticRegression(C=REGULARIZATION, max_iter=ITERATIONS, multi_class="multinomial")
        dense.fit(vectors[kept], wanted[kept])
        # Each label is fitted by itself, so all cores give what one gives.
        words = SGDClassifier(
            loss="log_loss", alpha=LEXICAL_ALPHA, max_iter=12, tol=None, random_state=0, average=True, n_jobs=-1
        )
        words.fit(terms[kept], wanted[kept])
        head = cls(
            labels=tuple(str(label) for label in dense.classes_),
            dense=dense.coef_.T.astype(np.float32),
            dense_bias=dense.intercept_.astype(np.float32),
            words=words.coef_.T.astype(np.float16),
            words_bias=words.intercept_.astype(np.float32),
        )
        return head if kept.all() else head.cooled(vectors[~kept], terms[~kept], wanted[~kept])

    def cooled(self, vectors: Vectors, terms: csr_matrix, labels: npt.NDArray[np.str_]) -> Head:
        """The head with the temperature under which held-out texts are likeliest (Guo et al. 2017)."""
        index = {label: place for place, label in enumerate(self.labels)}
        known = np.array([label in index for label in labels])
        own = np.array([index[label] for label in labels[known]])
        odds = np.log(self.many(vectors[known], terms[known]) + 1e-9)

        def loss(temperature: float) -> float:
            cool = odds / temperature
            cool -= cool.max(axis=1, keepdims=True)
            right = cool[np.arange(len(own)), own] - np.log(np.exp(cool).sum(axis=1))
            return -float(right.mean())

        best = float(minimize_scalar(loss, bounds=TEMPERATURES, method="bounded").x) if len(own) else 1.0
        return Head(self.labels, self.dense, self.dense_bias, self.words, self.words_bias, best)

    def many(self, vectors: Vectors, terms: csr_matrix) -> Vectors:
        """The probabilities (n, labels) of many texts, not cooled."""
        by_words = np.asarray(terms @ self.words.astype(np.float32)) + self.words_bias
        return MIX * _softmax(vectors @ self.dense + self.dense_bias) + (1 - MIX) * _shares(by_words)

    def one(self, vector: Vectors, terms: Terms) -> Vectors:
        """The probabilities (labels,) of one text, cooled. `terms` are its places and weights in the lexicon."""
        return self.mixed(*self.halves(vector, terms))

    def halves(self, vector: Vectors, terms: Terms) -> tuple[Vectors, Vectors]:
        """What each half says of one text, not cooled: probabilities (labels,) by the vector and by the words."""
        places, weights = terms
        by_words = weights @ self.words[places].astype(np.float32) + self.words_bias
        return _softmax(vector @ self.dense + self.dense_bias), _shares(by_words)

    def mixed(self, dense: Vectors, words: Vectors) -> Vectors:
        """The probabilities (labels,) of both halves together, cooled."""
        return _softmax(np.log(MIX * dense + (1 - MIX) * words + 1e-9) / self.temperature)

    def ranked(self, odds: Vectors, *, most: int = 5) -> tuple[Scored, ...]:
        """The best labels with their probabilities."""
        best = np.argsort(-odds)[:most]
        return tuple(Scored(self.labels[place], round(float(odds[place]), 4)) for place in best)

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The head as arrays, under names that begin with `name`."""
        parts = {"labels": np.array(self.labels), "temperature": np.array(self.temperature)}
        parts |= {part: getattr(self, part) for part in PARTS}
        return {f"{name}.{part}": array for part, array in parts.items()}

    @classmethod
    def of(cls, name: str, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Head:
        """The head that `arrays` gave under that name."""
        numbers: dict[str, Any] = {part: arrays[f"{name}.{part}"] for part in PARTS}
        labels = tuple(str(label) for label in arrays[f"{name}.labels"])
        return cls(labels=labels, temperature=float(arrays[f"{name}.temperature"]), **numbers)


def _softmax(scores: Vectors) -> Vectors:
    """Probabilities over the last axis."""
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Vectors = odds / odds.sum(axis=-1, keepdims=True)
    return shares


def _shares(scores: Vectors) -> Vectors:
    """Probabilities over the last axis of one-against-the-rest scores."""
    odds = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    shares: Vectors = odds / odds.sum(axis=-1, keepdims=True)
    return shares
