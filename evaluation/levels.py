"""Triage: does each message reach the level of care that it should, and no higher?"""

from __future__ import annotations

from typing import Any

from bot.model import Urgency
from evaluation.live import Live


def level_scores(live: Live, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Escalations reached, others alarmed above every acceptable level (shares, 0 to 1), and the misses by id."""
    reached = alarmed = exact = 0
    danger = [case for case in cases if case["expected_escalation"]]
    calm = [case for case in cases if not case["expected_escalation"]]
    misses = []
    for case in cases:
        got = live.ask(case["text"]).urgency
        acceptable = [Urgency(level) for level in case["acceptable_urgency"]]
        right = Urgency(got) in acceptable
        over = Urgency(got).rank > max(level.rank for level in acceptable)
        exact += right
        reached += right and case["expected_escalation"]
        alarmed += over and not case["expected_escalation"]
        if not right:
            misses.append({"id": case["id"], "acceptable": case["acceptable_urgency"], "got": got})
    return {
        "cases": len(cases),
        "acceptable": exact / max(1, len(cases)),
        "escalations_reached": reached / max(1, len(danger)),
        "others_alarmed": alarmed / max(1, len(calm)),
        "misses": misses,
    }


def case_scores(live: Live, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Our own cases: the share (0 to 1) that reaches an acceptable level, by the level expected; false alarms; misses."""
    found: dict[str, list[bool]] = {}
    alarms = {"emergency": 0, "urgent_or_emergency": 0}
    misses = []
    for case in cases:
        turns = live.talk(*(case.get("turns") or [case["text"]]))
        got = max((Urgency(turn.urgency) for turn in turns), key=lambda level: level.rank)
        acceptable = [Urgency(level) for level in case["acceptable"]]
        expected = min(acceptable, key=lambda level: level.rank)
        found.setdefault(expected.value, []).append(got in acceptable)
        if expected is Urgency.SELF_CARE and got not in acceptable:
            alarms["emergency"] += got is Urgency.EMERGENCY
            alarms["urgent_or_emergency"] += got.rank >= Urgency.URGENT.rank
        if got not in acceptable:
            misses.append({"id": case["id"], "acceptable": case["acceptable"], "got": got.value})
    harmless = len(found.get("self_care", ()))
    return {
        "cases": len(cases),
        "acceptable": {level: sum(right) / len(right) for level, right in sorted(found.items())},
        "false_alarms": {name: count / max(1, harmless) for name, count in alarms.items()},
        "misses": misses,
    }
