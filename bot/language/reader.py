"""The reader: one text in, everything that can be read of it by itself out. Deterministic, without state, without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.language.corpus import NOTHING
from bot.language.danger import Danger, DangerNet
from bot.language.encoder import SentenceEncoder, Vectors
from bot.language.entities import EntityFinder
from bot.language.model_files import Heads
from bot.language.pipeline import WEAK, FindingReader
from bot.language.scope import ScopeModel
from bot.language.spans import spans
from bot.language.words import english_share
from bot.model import Assertion, Finding, Subject, Urgency
from bot.reading import Part, Read, Scored

OUTSIDE = "outside/"
SENSITIVE = "outside/sensitive"
SENSITIVE_AT = 0.5
MOST_TOPICS = 3
"""Topics whose units are ranked: topic first, then the units of the best three (design, section 5)."""
IN_CONTEXT = ("topic", "unit")
"""Heads whose probabilities for a part are weighed by those for the whole message: "is that normal?" asks about what stands
before it. Acts and dangers are read off the part alone."""
GENERAL = 0.03
"""What a general question of a topic weighs beside its units. The head is surer of it than strangers' questions bear out: they
ask something narrow in words that no training text of a unit has."""
PET = "pet"
"""The relation of an animal (people.yml): what is told of it is no finding of anybody."""
HARMLESS_AT = 0.7
"""Probability of no danger from which the nets may talk down a weak phrase (reader-experiments: "harmless, below 0.3")."""
NET = "net"
"""The source of a finding that the nets made."""


@dataclass(frozen=True)
class Why:
    """Why a level was heard or not: its probability, the thresholds, what each piece of evidence adds in log-odds, and the
    flags that the message sounds like."""

    level: Urgency
    probability: float
    alert_at: float
    ask_at: float
    shares: tuple[tuple[str, float], ...]
    flags: tuple[Scored, ...]


@dataclass(frozen=True)
class Scores:
    """What the heads say of one stretch of text: probabilities by head."""

    odds: dict[str, Vectors]


class Reader:
    """Reads messages with fitted heads: one spaCy pass, one pass of the encoder."""

    def __init__(
        self,
        *,
        encoder: SentenceEncoder,
        heads: Heads,
        findings: FindingReader,
        danger: DangerNet,
        entities: EntityFinder,
        scope: ScopeModel,
    ) -> None:
        self._encoder, self._heads, self._scope = encoder, heads, scope
        self._findings, self._danger, self._entities = findings, danger, entities

    def read(self, text: str) -> Read:
        """Everything read in a message."""
        findings, about = self._findings.read_with_person(text)
        mended = self._findings.mend(text)
        several = _several(mended)
        stretches, vectors = self._stretches(mended)
        scores = [self._scores(vector, words) for vector, words in zip(vectors, stretches, strict=True)]
        whole = self._part(mended, (0, len(mended)), scores[0])
        parts = [
            self._part(mended, place, in_context(one, scores[0]))
            for place, one in zip(several, scores[1:], strict=True)
        ]
        findings = self._talked_down(findings, whole, parts)
        danger = self._danger.judge(np.stack([one.odds["flag"] for one in scores]), findings, text)
        return Read(
            text=text,
            whole=whole,
            parts=tuple(parts) or (whole,),
            in_scope=1.0 - self._scope.outside(self._of_scope(mended, scores[0])),
            english=english_share(text),
            sensitive=any(one.label == SENSITIVE and one.probability >= SENSITIVE_AT for one in whole.acts),
            findings=_of_people(findings, heard(danger, about)),
            entities=self._entities.find(text),
            about=about if about[1] != PET else (Subject.SELF, None),
        )

    def _talked_down(self, findings: Sequence[Finding], whole: Part, parts: Sequence[Part]) -> tuple[Finding, ...]:
        """The findings, with those of a weak phrase made unsure where the nets find both the whole message and the phrase's own
        part harmless: they lead to a question then (decision 2)."""
        return tuple(
            replace(one, assertion=Assertion.UNSURE)
            if one.source == WEAK and one.present and _harmless(whole) and _harmless(_part_of(one, parts) or whole)
            else one
            for one in findings
        )

    def _stretches(self, text: str) -> tuple[list[str], Vectors]:
        """The text and its parts where it has several, and their vectors, from one pass."""
        several = _several(text)
        return [text, *(text[start:end] for start, end in several)], self._encoder.pooled(text, several)

    def scope(self, text: str) -> tuple[float, ...]:
        """The evidence that a text lies outside: what the model of scope is fitted on."""
        mended = self._findings.mend(text)
        return self._of_scope(mended, self._scores(self._encoder.pooled(mended, [])[0], mended))

    def _of_scope(self, text: str, scores: Scores) -> tuple[float, ...]:
        """The features of scope of a text with these scores."""
        labels = self._heads.heads["act"].labels
        outside = float(sum(scores.odds["act"][at] for at, label in enumerate(labels) if label.startswith(OUTSIDE)))
        return self._scope.features(text, outside=outside, topic=float(scores.odds["topic"].max()))

    def evidence(self, text: str) -> dict[Urgency, tuple[float, ...]]:
        """The evidence of each level in a text: what its model is fitted on."""
        return dict(self._judged(text).features)

    def why(self, text: str) -> tuple[Why, ...]:
        """What speaks for each level of danger in a text, and what against it."""
        danger = self._judged(text)
        return tuple(
            Why(level, round(danger.probabilities[level], 3), model.alert_at, model.ask_at, shares, danger.flags)
            for level, model in self._danger.models.items()
            if (shares := tuple(model.shares(danger.features[level]).items()))
        )

    def _judged(self, text: str) -> Danger:
        """The danger in a text."""
        findings, _ = self._findings.read_with_person(text)
        mended = self._findings.mend(text)
        stretches, vectors = self._stretches(mended)
        odds = [self._scores(vector, words).odds["flag"] for vector, words in zip(vectors, stretches, strict=True)]
        return self._danger.judge(np.stack(odds), findings, text)

    def _scores(self, vector: Vectors, text: str) -> Scores:
        """The probabilities of each head for one stretch."""
        terms = self._heads.lexicon.weights(text)
        return Scores({name: head.one(vector, terms) for name, head in self._heads.heads.items()})

    def _part(self, text: str, place: tuple[int, int], scores: Scores) -> Part:
        """One stretch with its ranked labels."""
        heads = self._heads.heads
        ranked = {name: heads[name].ranked(odds) for name, odds in scores.odds.items()}
        topics = ranked.get("topic", ())
        return Part(
            text=text[place[0] : place[1]],
            start=place[0],
            end=place[1],
            acts=ranked.get("act", ()),
            topics=topics,
            units=self._units(scores, topics),
            dangers=ranked.get("flag", ()),
        )

    def _units(self, scores: Scores, topics: Sequence[Scored]) -> tuple[Scored, ...]:
        """The units of the best topics, best first: the topic's probability times the unit's share within its topic."""
        head, odds = self._heads.heads.get("unit"), scores.odds.get("unit")
        if head is None or odds is None:
            return ()
        found = []
        for topic in topics[:MOST_TOPICS]:
            inside = [
                (at, float(odds[at]) * (GENERAL if head.labels[at] == topic.label else 1.0))
                for at in self._heads.units_of(topic.label)
            ]
            total = sum(share for _, share in inside)
            found += [
                Scored(head.labels[at], round(topic.probability * share / max(total, 1e-9), 4))
                for at, share in inside
                if head.labels[at] != topic.label  # a general question of the topic is none of its units
            ]
        return tuple(sorted(found, key=lambda one: -one.probability)[:5])


def _of_people(findings: Sequence[Finding], heard_: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings without those of animals; what the nets heard goes too where nobody but an animal has a sign."""
    kept = [one for one in findings if one.relation != PET]
    ill = any(one.relation == PET and one.present for one in findings)
    nets = (
        []
        if ill and not any(one.present and not one.values for one in kept)
        else [one for one in heard_ if one.relation != PET]
    )
    return (*kept, *nets)


def in_context(part: Scores, whole: Scores) -> Scores:
    """A part's scores, with topic and unit as likely as part and whole together make them (their product)."""
    joint = {name: part.odds[name] * whole.odds[name] for name in IN_CONTEXT if name in part.odds}
    return Scores({**part.odds, **{name: odds / max(float(odds.sum()), 1e-12) for name, odds in joint.items()}})


def _harmless(part: Part) -> bool:
    """Whether the nets hear no danger in a part."""
    return sum(one.probability for one in part.dangers if one.label == NOTHING) >= HARMLESS_AT


def _part_of(finding: Finding, parts: Sequence[Part]) -> Part | None:
    """The part that a finding stands in."""
    return next((part for part in parts if part.start <= finding.start < part.end), None)


def _several(text: str) -> list[tuple[int, int]]:
    """The parts of a text that has more than one."""
    places = spans(text)
    return places if len(places) > 1 else []


def heard(danger: Danger, about: tuple[Subject, str | None]) -> list[Finding]:
    """What the nets heard, as findings "sounds:<flag>" about the person spoken of: affirmed where it is sure enough to alert,
    unsure where the sign's own question is to be asked; nothing below that."""
    return [
        Finding(
            f"sounds:{flag}", *about, assertion=assertion, values=(("probability", round(probability, 3)),), source=NET
        )
        for flag, assertion, probability in danger.heard
    ]
