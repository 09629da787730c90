"""How much a message sounds like each warning sign, and how sure that is: calibrated evidence, one small model a level.

The evidence is what the nets say of the whole and of its parts, what the phrases found, and how it was asserted. Each level
(emergency, urgent or more, see a doctor or more) has one logistic regression over these few numbers, with its weights in
bot/content/evidence.yml, fitted on texts that neither encoder nor heads had learned from. Decision 2 of the triage
specification says what follows from the two thresholds of a level.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.language.corpus import NOTHING
from bot.language.encoder import Vectors
from bot.language.heads import Head
from bot.model import Assertion, Finding, Time, Urgency
from bot.reading import Scored

LEVELS = (Urgency.EMERGENCY, Urgency.URGENT, Urgency.SEE_DOCTOR)
FEATURES = (
    "net_whole", "net_part", "net_agree", "by_vector", "by_words", "best_flag", "told_whole", "told_part", "phrase",
    "phrase_beside", "phrase_denied", "phrase_past", "phrase_supposed", "words", "question", "other_level",
)  # fmt: skip
"""What a level's evidence is made of: log-odds of danger at the level for the whole message and for the worst part, whether
both are high, the same for the whole by the vector and by the words alone, the log-odds of its likeliest single flag, those
that a sign is told as there in the whole and in the part most like it, whether a phrase that raises a flag at the level by
itself holds, one that only helps to raise it, whether such a phrase is denied, over or supposed, the logarithm of the number
of words, whether it ends as a question, and the log-odds of danger below the level."""
LIMIT = 8.0
"""Log-odds are cut off here, so that no single number decides."""
CRISIS = "suicidal_crisis"
FED_UP, FED_UP_AT = "fed_up", 0.9
"""A sign of plain frustration, and the probability from which crisis is heard beside it: to a sentence vector both sound alike.
Words of crisis raise their flag by phrase, whatever stands beside them."""
MOST_FLAGS = 2
"""Flags named for one message."""
HARMLESS_AT = 0.7
"""Probability of no danger from which the nets may talk down a weak phrase (reader-experiments: "harmless, below 0.3")."""
LIKELY = 0.3
"""Least share of a level's danger that a further flag has, to be named beside the likeliest."""


@dataclass(frozen=True)
class LevelModel:
    """One level: a weight for each of FEATURES, and the two thresholds on its probability."""

    weights: tuple[float, ...]
    bias: float
    alert_at: float
    ask_at: float

    def probability(self, features: Sequence[float]) -> float:
        """The probability of danger at the level, 0 to 1."""
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def shares(self, features: Sequence[float]) -> dict[str, float]:
        """What each feature adds to the log-odds: for those who look why."""
        return {name: weight * value for name, weight, value in zip(FEATURES, self.weights, features, strict=True)}


@dataclass(frozen=True)
class Danger:
    """What was heard: the probability of each level, the likeliest flags at each, and the features behind it."""

    probabilities: Mapping[Urgency, float]
    flags: tuple[Scored, ...]
    features: Mapping[Urgency, tuple[float, ...]]
    heard: tuple[tuple[str, Assertion, float], ...] = ()


@dataclass(frozen=True)
class Nets:
    """What the nets say of the whole message, then of each part. `odds`, `by_vector` and `by_words` have the shape
    (1 + parts, flags): both halves of the head together, and each alone; `told` (1 + parts,) is the probability that a sign is
    told as there."""

    odds: Vectors
    by_vector: Vectors
    by_words: Vectors
    told: Vectors


class DangerNet:
    """Scores messages for danger. `levels` is the level of each flag, `signs` the flags that each concept belongs to, and
    `alone` those that it raises by itself."""

    def __init__(
        self, head: Head, *, levels: Mapping[str, Urgency], signs: Mapping[str, Sequence[str]],
        alone: Mapping[str, Sequence[str]], models: Mapping[Urgency, LevelModel],
    ) -> None:  # fmt: skip
        self._head, self.models = head, models
        self._levels, self._signs, self._alone = levels, signs, alone
        rank = [levels[flag].rank if flag in levels else 0 for flag in head.labels]
        self._at = {level: np.array([own >= level.rank for own in rank]) for level in LEVELS}
        self._nothing = head.labels.index(NOTHING)

    def features(self, nets: Nets, findings: Sequence[Finding], text: str) -> dict[Urgency, tuple[float, ...]]:
        """The evidence for each level."""
        return {level: self._features(level, nets, findings, text) for level in LEVELS}

    def judge(self, nets: Nets, findings: Sequence[Finding], text: str) -> Danger:
        """The probability of each level and the flags behind it."""
        features = self.features(nets, findings, text)
        probabilities = {level: self.models[level].probability(features[level]) for level in LEVELS}
        flags = self._flags(nets.odds)
        fed_up = any(one.concept == FED_UP for one in findings)
        heard = tuple(one for flag in flags if (one := self._heard(flag.label, probabilities)) is not None)
        heard = tuple(one for one in heard if not (fed_up and one[0] == CRISIS and one[2] < FED_UP_AT))
        return Danger(probabilities, flags, features, heard)

    def harmless(self, concept: str, odds: Vectors) -> bool:
        """Whether the nets hear no danger as high as a concept could raise, in any row of `odds` (stretches, flags)."""
        rank = max((self._level(flag).rank for flag in self._signs.get(concept, ())), default=Urgency.SEE_DOCTOR.rank)
        level = next((one for one in LEVELS if one.rank <= rank), Urgency.SEE_DOCTOR)
        return bool((odds[:, self._at[level]].sum(axis=1) <= 1 - HARMLESS_AT).all())

    def _heard(self, flag: str, probabilities: Mapping[Urgency, float]) -> tuple[str, Assertion, float] | None:
        """A flag as it is to be taken: at its own level sure, to be asked about, or not at all. One of a higher level whose own
        level is not sure is asked about where some danger is sure: it must not pass in silence."""
        own = self._level(flag)
        model, probability = self.models[own], probabilities[own]
        if probability >= model.alert_at:
            return flag, Assertion.AFFIRMED, probability
        lower = [level for level in LEVELS if level.rank < own.rank]
        some = any(probabilities[level] >= self.models[level].alert_at for level in lower[:1])
        return (flag, Assertion.UNSURE, probability) if probability >= model.ask_at or some else None

    def _features(self, level: Urgency, nets: Nets, findings: Sequence[Finding], text: str) -> tuple[float, ...]:
        at, odds = self._at[level], nets.odds
        danger = odds[:, at].sum(axis=1)
        whole, part = _log_odds(float(danger[0])), _log_odds(float(danger[1:].max(initial=danger[0])))
        lower = _log_odds(float(1 - odds[0, self._nothing]))
        held = _holds(findings, self._alone, self._levels, level)
        beside = _holds(findings, self._signs, self._levels, level) and not held
        return (
            whole, part, float(whole > 0 and part > 0),
            _log_odds(float(nets.by_vector[0, at].sum())), _log_odds(float(nets.by_words[0, at].sum())),
            _log_odds(float(odds[:, at].max(initial=0.0))), _log_odds(float(nets.told[0])),
            _log_odds(float(nets.told[1:].max(initial=nets.told[0]))), float(held), float(beside),
            *self._absent(level, findings), math.log(1 + len(text.split())), float(text.rstrip().endswith("?")), lower,
        )  # fmt: skip

    def _absent(self, level: Urgency, findings: Sequence[Finding]) -> tuple[float, float, float]:
        """Whether a sign of a flag at the level is denied, over, or supposed."""
        own = [one for one in findings if _reaches(one, self._signs, self._levels, level)]
        supposed = (Assertion.HYPOTHETICAL, Assertion.UNSURE)
        return (
            float(any(one.assertion is Assertion.NEGATED for one in own)),
            float(any(one.time is Time.PAST_OVER for one in own)),
            float(any(one.assertion in supposed for one in own)),
        )

    def _level(self, flag: str) -> Urgency:
        return self._levels.get(flag, Urgency.SELF_CARE)

    def _flags(self, odds: Vectors) -> tuple[Scored, ...]:
        """The likeliest flags, by the part that sounds most like danger."""
        danger = 1 - odds[:, self._nothing]
        worst = odds[danger.argmax()].copy()
        worst[self._nothing] = 0.0
        total = float(worst.sum())
        best = np.argsort(-worst)[:MOST_FLAGS]
        named = [place for rank, place in enumerate(best) if rank == 0 or worst[place] >= LIKELY * total]
        return tuple(Scored(self._head.labels[place], round(float(worst[place]), 4)) for place in named)


def _reaches(
    finding: Finding, signs: Mapping[str, Sequence[str]], levels: Mapping[str, Urgency], level: Urgency
) -> bool:
    """Whether a finding's concept belongs to a flag at a level or above."""
    return any(levels[flag].rank >= level.rank for flag in signs.get(finding.concept, ()) if flag in levels)


def _holds(
    findings: Sequence[Finding], signs: Mapping[str, Sequence[str]], levels: Mapping[str, Urgency], level: Urgency
) -> bool:
    """Whether a sign of a flag at a level is told as there."""
    return any(one.present and _reaches(one, signs, levels, level) for one in findings)


def _log_odds(probability: float) -> float:
    """The log-odds, cut off at LIMIT."""
    safe = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-LIMIT, min(LIMIT, math.log(safe / (1 - safe))))
