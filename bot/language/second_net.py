"""The second net: how much a message sounds like each red flag, by logistic regression over sentence vectors.

It hears ways of saying things that no phrase holds, and it cannot tell "no numbness" from "numbness": so on its own it
only ever leads to a question (bot.triage.second_net).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.language.encoder import Vectors

REGULARIZATION = 10.0
"""Inverse strength C of the L2 penalty. In cross-validation 5, 10 and 30 heard about as many dangers at the same share of
ordinary questions; 10 lies between."""
LESS_FOR_A_SENTENCE = 0.1
"""Taken off the danger of a sentence on its own: torn out of a story, harmless ones sound worse. In stories without a sign one
in eight fewer were asked about one, and none of the emergencies of our sets was lost (docs/clinical-safety.md)."""
NOTHING = ""
"""The label of what is no danger: the look-alikes of all flags, and ordinary questions."""


class SecondNet:
    """Scores red flags for sentence vectors."""

    def __init__(self, *, flags: Sequence[str], weights: Vectors, bias: Vectors) -> None:
        """`flags` with NOTHING among them; `weights` (flags, 384), `bias` (flags,)."""
        self._flags = tuple(flags)
        self._weights, self._bias = weights, bias

    @classmethod
    def train(cls, vectors: Vectors, flags: Sequence[str]) -> SecondNet:
        """A net of `vectors` (n, 384) and the flag of each, NOTHING for harmless ones. Raises ValueError below three."""
        if len(set(flags)) < 3:
            raise ValueError("the second net needs two flags and something harmless")
        regression = LogisticRegression(C=REGULARIZATION, max_iter=2000, multi_class="multinomial")
        regression.fit(vectors, flags)
        names = [str(name) for name in regression.classes_]
        return cls(
            flags=names, weights=regression.coef_.astype(np.float32), bias=regression.intercept_.astype(np.float32)
        )

    def scores(self, vectors: Vectors) -> Mapping[str, float]:
        """The probability (0 to 1) of each flag, for that one of a message's parts which sounds most like danger. Together they
        are the probability of any danger. `vectors` (n, 384): of the whole message, then of its sentences."""
        logits = vectors @ self._weights.T + self._bias
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        danger = 1 - odds[:, self._flags.index(NOTHING)]
        counted = danger - LESS_FOR_A_SENTENCE * (np.arange(len(danger)) > 0)
        worst = counted.argmax()
        share = max(counted[worst], 0.0) / max(danger[worst], 1e-9)
        return {
            flag: float(score * share) for flag, score in zip(self._flags, odds[worst], strict=True) if flag != NOTHING
        }

    def save(self, folder: Path) -> None:
        """Writes second_net.npz and second_net.json."""
        np.savez(folder / "second_net.npz", weights=self._weights, bias=self._bias)
        (folder / "second_net.json").write_text(json.dumps(self._flags), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> SecondNet:
        """The net that `save` wrote."""
        with np.load(folder / "second_net.npz", allow_pickle=False) as arrays:
            flags = json.loads((folder / "second_net.json").read_text(encoding="utf-8"))
            return cls(flags=flags, weights=arrays["weights"], bias=arrays["bias"])
