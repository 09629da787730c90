"""C28: several lesser flags at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised

NOT_COUNTED = frozenset({"persistent_or_worsening", "age_first_episode"})
"""Flags that C28 leaves out (decision 5)."""


def two_and_worse(facts: Facts, matches: Sequence[FlagMatch]) -> FlagMatch | None:
    """Two or more separate see_doctor flags among the person's `matches`, and something is getting worse."""
    found = [match for match in matches if match.urgency is Urgency.SEE_DOCTOR and match.flag not in NOT_COUNTED]
    flags = sorted({match.flag for match in found})
    worse = facts.any("worse_back_pain", "getting_worse")
    if len(flags) < 2 or not worse:
        return None
    because = tuple(concept for match in found for concept in match.because) + worse
    return raised(facts, flags[0], "C28", because, at=Urgency.URGENT)
