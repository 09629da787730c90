"""Triage: does each message reach the level of care that it should, or the right sign's question, and no more?

A danger is a case that does not accept self_care. It is alerted when the level is an acceptable one; asked, when the question
is about its own sign (where the set names no sign of ours: about one at an acceptable level); passed over in silence when
neither an alert nor any question came. A harmless case accepts self_care.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import RedFlag, Urgency
from evaluation.figures import Tally
from evaluation.playing import Played, Player

KINDS = {
    "affirmed": "told", "true_single": "told", "combination": "told", "conversation": "told", "past_present": "told",
    "negated": "denied", "denied": "denied",
    "past": "past and over", "past_over": "past and over",
    "hypothetical": "supposed", "worry": "supposed",
    "other_person": "another person", "other_past": "another person",
    "look_alike": "look-alike or idiom", "benign_lookalike": "look-alike or idiom", "idiom": "look-alike or idiom",
    "ordinary": "plain", "plain": "plain",
}  # fmt: skip
"""How a message speaks of a danger, by the names that the sets have for it."""
LENGTHS = ((12, "up to 12 words"), (30, "13 to 30 words"), (10_000, "over 30 words"))
VOICES = (
    (re.compile(r"second language|\bESL\b", re.I), "second language"),
    (re.compile(r"text|terse|hurr|dictat|lower case|typos|clipped|brief", re.I), "hurried or dictated"),
)
OTHER_VOICES = "other voices"
_DENIES = re.compile(r"\b(?:no|not|never|none|nor|without|cannot|(?:do|is|does|ca|did|have|was|wo)nt)\b|n['’]t\b", re.I)
"""Divides the sets that do not say themselves whether a message denies something."""


@dataclass(frozen=True)
class Case:
    """One case: what is said, the levels that are right, its signs that are ours, and the groups that it counts in."""

    id: str
    turns: tuple[str, ...]
    acceptable: frozenset[Urgency]
    flags: frozenset[str]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any], known: Collection[str]) -> Case:
        """A case of any of the sets; `known` are the ids of our flags."""
        said = data.get("turns") or data["text"]
        turns = (said,) if isinstance(said, str) else tuple(said)
        levels = data.get("acceptable") or data.get("acceptable_urgency") or (data["urgency"],)
        named = {data.get("flag"), *data.get("red_flag_ids", ()), *data.get("flags", ())}
        acceptable = frozenset(Urgency(level) for level in levels)
        flags = frozenset(flag for flag in named if flag in known)
        return cls(str(data["id"]), turns, acceptable, flags, tuple(_groups(data, turns)))

    @property
    def harmless(self) -> bool:
        """Whether it accepts that nothing is said."""
        return Urgency.SELF_CARE in self.acceptable

    @property
    def least(self) -> Urgency:
        """The least urgent level that is right."""
        return min(self.acceptable, key=lambda level: level.rank)


def _groups(data: Mapping[str, Any], turns: Sequence[str]) -> Iterator[str]:
    """The groups of a case: by denial, kind, length and voice where that is known."""
    denial = data.get("denial", any(_DENIES.search(text) for text in turns))
    yield f"{'with' if denial else 'without'} a denial"
    if data.get("kind"):
        yield KINDS.get(data["kind"], str(data["kind"]))
    words = sum(len(text.split()) for text in turns)
    yield next(name for most, name in LENGTHS if words <= most)
    if data.get("voice"):
        yield next((name for pattern, name in VOICES if pattern.search(data["voice"])), OTHER_VOICES)


@dataclass(frozen=True)
class Outcome:
    """What one case came to: the highest level advised, and the signs asked about."""

    case: Case
    level: Urgency
    asked: frozenset[str]

    @classmethod
    def of(cls, case: Case, played: Sequence[Played]) -> Outcome:
        """The outcome of all turns."""
        level = max((one.level for one in played), key=lambda level: level.rank)
        return cls(case, level, frozenset().union(*(one.asked for one in played)))

    @property
    def alerted(self) -> bool:
        """The level is an acceptable one."""
        return self.level in self.case.acceptable

    @property
    def silent(self) -> bool:
        """No alert and no question."""
        return self.level is Urgency.SELF_CARE and not self.asked

    def asked_right(self, flags: Mapping[str, RedFlag]) -> bool:
        """The case's own sign was asked about, or where it names none, one at an acceptable level."""
        if self.case.flags:
            return bool(self.case.flags & self.asked)
        return any(flags[flag].urgency in self.case.acceptable for flag in self.asked)


def count(outcome: Outcome, flags: Mapping[str, RedFlag], tally: Tally) -> None:
    """Counts one outcome in all its groups."""
    case, level = outcome.case, outcome.level
    groups = ["all", *case.groups]
    if case.harmless:
        measures = {
            "false emergency": level is Urgency.EMERGENCY and level not in case.acceptable,
            "false urgent": level is Urgency.URGENT and level not in case.acceptable,
            "harmless asked": bool(outcome.asked),
        }
    else:
        groups.append(case.least.value)
        measures = {
            "alerted": outcome.alerted,
            "alerted or asked": outcome.alerted or outcome.asked_right(flags),
            "silent": outcome.silent,
        }
    for group in groups:
        for name, hit in measures.items():
            tally.add(group, name, hit)


def level_scores(player: Player, cases: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figures of a set of cases, and its misses."""
    tally, misses = Tally(), []
    for data in cases:
        case = Case.of(data, player.flags)
        outcome = Outcome.of(case, player.talk(*case.turns))
        count(outcome, player.flags, tally)
        if not outcome.alerted:
            wanted = sorted(level.value for level in case.acceptable)
            got = {"level": outcome.level.value, "asked": sorted(outcome.asked)}
            misses.append({"id": case.id, "wanted": wanted, **got})
    return {"figures": tally.figures()}, misses
