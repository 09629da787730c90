"""Triage: does each message reach the level of care that it should, and no higher?

A level is right when it is among the acceptable ones; safe when it is at, above or one below the least of them. "Asked"
is a case that stayed below, where a question about a warning sign was asked whose "yes" would have reached the level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.reader import read_content
from bot.model import Urgency
from evaluation.live import Live, Turn


@dataclass(frozen=True)
class Outcome:
    """What one case came to: the level advised, the least and most acceptable one, and the highest level asked about."""

    case: Mapping[str, Any]
    got: Urgency
    asked: Urgency | None

    @property
    def acceptable(self) -> list[Urgency]:
        """The levels that the case accepts, least urgent first."""
        named = self.case.get("acceptable") or self.case["acceptable_urgency"]
        return sorted((Urgency(level) for level in named), key=lambda level: level.rank)

    @property
    def right(self) -> bool:
        """The level is one of the acceptable ones."""
        return self.got in self.acceptable

    @property
    def safe(self) -> bool:
        """The level is at, above, or at most one below the least acceptable one."""
        return self.got.rank >= self.acceptable[0].rank - 1

    @property
    def reached(self) -> bool:
        """The level is at or above the least acceptable one."""
        return self.got.rank >= self.acceptable[0].rank

    @property
    def asked_about(self) -> bool:
        """The level was missed, and a question was asked whose yes reaches it."""
        return not self.reached and self.asked is not None and self.asked.rank >= self.acceptable[0].rank

    @property
    def over(self) -> bool:
        """The level is above every acceptable one."""
        return self.got.rank > self.acceptable[-1].rank


@dataclass
class Count:
    """How many of how many; prints as a share with both numbers."""

    hits: int = 0
    cases: int = 0

    def add(self, hit: bool) -> None:
        """Counts one case."""
        self.hits += hit
        self.cases += 1

    def to_json(self) -> dict[str, float]:
        """Share (0 to 1), hits and cases."""
        return {"share": self.hits / max(1, self.cases), "hits": self.hits, "cases": self.cases}


@dataclass
class Scores:
    """The counts of a set of cases."""

    named: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, outcome: Outcome) -> None:
        """Counts one case under its level, its flag and its kind."""
        least = outcome.acceptable[0]
        if least is not Urgency.SELF_CARE:
            self.named[f"level {least.value}: reached"].add(outcome.reached)
            self.named[f"level {least.value}: reached or asked about"].add(outcome.reached or outcome.asked_about)
            self.named[f"flag {outcome.case.get('flag')}: reached"].add(outcome.reached)
        self.named["all: right level"].add(outcome.right)
        self.named["all: safe level"].add(outcome.safe)
        if least.rank >= Urgency.URGENT.rank:
            self.named["emergency or urgent answered as self_care, nothing asked"].add(
                outcome.got is Urgency.SELF_CARE and not outcome.asked_about
            )
        if outcome.acceptable[-1].rank < Urgency.URGENT.rank:
            self.named["harmless: false emergency"].add(outcome.got is Urgency.EMERGENCY)
            self.named["harmless: false urgent or emergency"].add(outcome.got.rank >= Urgency.URGENT.rank)
            self.named["harmless: asked about a sign"].add(outcome.asked is not None)
        if outcome.case.get("kind"):
            self.named[f"kind {outcome.case['kind']}: right level"].add(outcome.right)


def outcome(live: Live, case: Mapping[str, Any]) -> Outcome:
    """Talks through one case in a conversation of its own."""
    turns = live.talk(*(case.get("turns") or [case["text"]]))
    got = max((Urgency(turn.urgency) for turn in turns), key=lambda level: level.rank)
    return Outcome(case, got, _asked(turns))


def _asked(turns: Iterable[Turn]) -> Urgency | None:
    """The highest level of the flags that the turns asked about."""
    flags = read_content().red_flags
    asked = [
        flags[name].urgency
        for turn in turns
        for message in turn.messages
        if message["type"] == "question"
        for name in message.get("flags") or ()
    ]
    return max(asked, key=lambda level: level.rank, default=None)


def case_scores(live: Live, cases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts by level, flag and kind of case, and every miss by its id."""
    scores, misses = Scores(), []
    for case in cases:
        result = outcome(live, case)
        scores.add(result)
        if not result.right:
            acceptable = [level.value for level in result.acceptable]
            asked = result.asked.value if result.asked else None
            misses.append({"id": case["id"], "acceptable": acceptable, "got": result.got.value, "asked": asked})
    return {
        "counts": {name: count.to_json() for name, count in sorted(scores.named.items())},
        "misses": misses,
    }


def level_scores(live: Live, cases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Real people's messages: escalations reached, others alarmed above every acceptable level, and the misses by id."""
    reached, alarmed, misses = Count(), Count(), []
    for case in cases:
        result = outcome(live, case)
        if case["expected_escalation"]:
            reached.add(result.right)
        else:
            alarmed.add(result.over)
        if not result.right:
            misses.append({"id": case["id"], "acceptable": case["acceptable_urgency"], "got": result.got.value})
    counts = {"escalations reached": reached.to_json(), "others alarmed": alarmed.to_json()}
    return {"counts": counts, "misses": misses}
