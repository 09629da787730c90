"""The reader: one text in, everything that can be read of it by itself out. Deterministic, without state, without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.language.danger import Danger, DangerNet, Nets
from bot.language.encoder import SentenceEncoder, Vectors
from bot.language.entities import EntityFinder
from bot.language.model_files import TOLD, Heads
from bot.language.pipeline import WEAK, FindingReader
from bot.language.scope import ScopeModel
from bot.language.spans import spans
from bot.language.subject import PET
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
    """What the heads say of one stretch of text: probabilities by head, and by each half of the danger head."""

    odds: dict[str, Vectors]
    by_vector: Vectors
    by_words: Vectors


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
        nets = self._nets(scores)
        findings = self._talked_down(findings, nets.odds, several)
        danger = self._danger.judge(nets, findings, text)
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

    def _talked_down(
        self, findings: Sequence[Finding], odds: Vectors, places: Sequence[tuple[int, int]]
    ) -> tuple[Finding, ...]:
        """The findings, with those of a weak phrase made unsure where the nets hear no danger that they could raise, in the
        whole message and in the phrase's own part: they lead to a question then (decision 2)."""
        return tuple(
            replace(one, assertion=Assertion.UNSURE)
            if one.source == WEAK and one.present and self._danger.harmless(one.concept, odds[_rows(one, places)])
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
        nets = self._nets([self._scores(vector, words) for vector, words in zip(vectors, stretches, strict=True)])
        return self._danger.judge(nets, self._talked_down(findings, nets.odds, _several(mended)), text)

    def _nets(self, scores: Sequence[Scores]) -> Nets:
        """What the nets say of danger in each stretch. Heads that were taught no assertion say "even chances"."""
        told = self._heads.heads.get(TOLD)
        at = told.labels.index(TOLD) if told is not None and TOLD in told.labels else None
        return Nets(
            odds=np.stack([one.odds["flag"] for one in scores]),
            by_vector=np.stack([one.by_vector for one in scores]),
            by_words=np.stack([one.by_words for one in scores]),
            told=np.array([0.5 if at is None else float(one.odds[TOLD][at]) for one in scores], dtype=np.float32),
        )

    def _scores(self, vector: Vectors, text: str) -> Scores:
        """The probabilities of each head for one stretch."""
        terms, heads = self._heads.lexicon.weights(text), self._heads.heads
        by_vector, by_words = heads["flag"].halves(vector, terms)
        odds = {name: head.one(vector, terms) for name, head in heads.items() if name != "flag"}
        return Scores({**odds, "flag": heads["flag"].mixed(by_vector, by_words)}, by_vector, by_words)

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
    """The findings without those of animals. What the nets heard goes too where nobody but an animal has a sign; where it has
    none it is about the writer: "came off my horse"."""
    kept = [one for one in findings if one.relation != PET]
    ill = any(one.relation == PET and one.present for one in findings)
    if ill and not any(one.present and not one.values for one in kept):
        return tuple(kept)
    own = [replace(one, subject=Subject.SELF, relation=None) if one.relation == PET else one for one in heard_]
    return (*kept, *([one for one in heard_ if one.relation != PET] if ill else own))


def in_context(part: Scores, whole: Scores) -> Scores:
    """A part's scores, with topic and unit as likely as part and whole together make them (their product)."""
    joint = {name: part.odds[name] * whole.odds[name] for name in IN_CONTEXT if name in part.odds}
    joined = {name: odds / max(float(odds.sum()), 1e-12) for name, odds in joint.items()}
    return replace(part, odds={**part.odds, **joined})


def _rows(finding: Finding, places: Sequence[tuple[int, int]]) -> list[int]:
    """The whole, and the part that a finding stands in: their rows among the whole and its parts."""
    return [0, *(at for at, (start, end) in enumerate(places, 1) if start <= finding.start < end)]


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
