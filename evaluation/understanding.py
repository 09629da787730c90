"""Topics and scope: is the right article answered, or at least offered, and is the rest honestly declined?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from evaluation.live import Live, Turn

HONEST = {"none": ("notice",), "statement": ("text", "question", "notice")}
"""For questions with no topic: the message types that a reasonable person would be content with."""


def topic_scores(live: Live, cases: list[dict[str, Any]], topics: set[str]) -> dict[str, Any]:
    """Shares (0 to 1) of the cases whose topic has an article: right, right or offered, wrongly out of scope; misses by id."""
    asked = [case for case in cases if case["topic"] in topics or case["topic"] in HONEST]
    right = offered = declined = 0
    misses = []
    for case in asked:
        turn = live.ask(case["text"])
        fits = _fits(turn.topics[:1], turn, case)
        near = fits or _fits(turn.offered, turn, case)
        right += fits
        offered += near
        declined += not near and "notice" in turn.types and case["topic"] in topics
        if not near:
            misses.append({"id": case["id"], "expected": case["topic"], "got": turn.offered or turn.types})
    inside = sum(case["topic"] in topics for case in asked)
    return {
        "cases": len(asked),
        "right": right / max(1, len(asked)),
        "right_or_offered": offered / max(1, len(asked)),
        "wrongly_out_of_scope": declined / max(1, inside),
        "misses": misses,
    }


def _fits(got: list[str], turn: Turn, case: dict[str, Any]) -> bool:
    """Whether any of the topics, or the kind of answer, is one that the case accepts. An escalation is never a miss here."""
    accepted = {case["topic"], *case["also_ok"]}
    if "alert" in turn.types or accepted.intersection(got):
        return True
    honest = [kind for name in accepted.intersection(HONEST) for kind in HONEST[name]]
    return not turn.topics and bool(set(honest).intersection(turn.types))


def scope_scores(live: Live, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """For each category, the share (0 to 1) of messages that were not answered as a topic, and the misses by id."""
    kept: Counter[str] = Counter()
    total: Counter[str] = Counter()
    misses = []
    for case in cases:
        turn = live.ask(case["text"])
        total[case["category"]] += 1
        if turn.topics:
            misses.append({"id": case["id"], "category": case["category"], "got": turn.topics})
        else:
            kept[case["category"]] += 1
    return {
        "cases": sum(total.values()),
        "declined": {name: kept[name] / total[name] for name in sorted(total)},
        "misses": misses,
    }
