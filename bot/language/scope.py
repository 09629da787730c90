"""Whether a message is about what the assistant knows: one small readable model over what the heads and the words say.

bot/content/scope.yml holds the weights, written by scripts/tuning/scope.py, and the words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.document import read_document

PATH = Path(__file__).parent.parent / "content" / "scope.yml"
FEATURES = ("act", "topic", "back", "walk", "elsewhere")
"""`act`: log-odds that the act head hears something outside; `topic`: log-odds of the best topic; then 1 or 0: `back`, that the
back or what belongs to it is named; `walk`, that walking, shoes or exercise is; `elsewhere`, that something else of the body is
named and the back is not."""
LIMIT = 6.0
"""Largest log-odds of a feature, either way: one head alone never decides."""
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class ScopeModel:
    """A logistic regression over FEATURES; `back`, `walk` and `elsewhere` are words."""

    weights: tuple[float, ...]
    bias: float
    back: frozenset[str]
    walk: frozenset[str]
    elsewhere: frozenset[str]

    def features(self, text: str, *, outside: float, topic: float) -> tuple[float, ...]:
        """The evidence in a text; `outside` and `topic` are probabilities from the heads."""
        said = {form for word in _WORD.findall(text.lower()) for form in (word, word.removesuffix("s"))}
        back = bool(self.back & said)
        return (
            _log_odds(outside),
            _log_odds(topic),
            float(back),
            float(bool(self.walk & said)),
            float(bool(self.elsewhere & said) and not back),
        )

    def outside(self, features: tuple[float, ...]) -> float:
        """The probability (0 to 1) that a message lies outside."""
        total = self.bias + sum(weight * one for weight, one in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-total))


def _log_odds(probability: float) -> float:
    """The log-odds of a probability, within LIMIT."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return max(-LIMIT, min(LIMIT, math.log(kept / (1 - kept))))


def read_scope(path: Path = PATH) -> ScopeModel:
    """The model of the file. Raises ContentError, or KeyError for a feature or a list that is missing."""
    data: Mapping[str, object] = read_document(path, "bot/content/scope.yml").data
    weights, words = data["weights"], data["words"]
    if not isinstance(weights, Mapping) or not isinstance(words, Mapping):
        raise KeyError("weights")
    lists = {name: frozenset(str(word) for word in words[name]) for name in ("back", "walk", "elsewhere")}
    return ScopeModel(tuple(float(weights[name]) for name in FEATURES), float(str(data["bias"])), **lists)
