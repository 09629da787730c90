"""Topics and scope: is the right article answered, or at least offered, and is the rest honestly declined?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evaluation.cross_validation import calibration_error
from evaluation.levels import Count
from evaluation.live import Live, Turn

HONEST = {"none": ("notice",), "statement": ("text", "question", "notice")}
"""For questions with no topic: the message types that a reasonable person would be content with."""
Case = Mapping[str, Any]


def topic_scores(
    live: Live, cases: Iterable[Case], topics: set[str], *, change: Callable[[str], str] = str
) -> dict[str, Any]:
    """Right, right or offered, wrongly out of scope, calibration; misses by id. `change` makes a variant of each text."""
    right, offered, declined = Count(), Count(), Count()
    sure: list[float] = []
    hits: list[bool] = []
    misses = []
    for case in (case for case in cases if case["topic"] in topics or case["topic"] in HONEST):
        turn = live.ask(change(case["text"]))
        fits = _fits(turn.topics[:1], turn, case)
        near = fits or _fits(turn.offered, turn, case)
        right.add(fits)
        offered.add(near)
        if case["topic"] in topics:
            declined.add(not near and "notice" in turn.types)
        ranking = turn.parsed.get("topic_ranking") or ()
        if ranking and case["topic"] in topics:
            sure.append(ranking[0]["confidence"])
            hits.append(ranking[0]["topic"] in {case["topic"], *case.get("also_ok", ())})
        if not near:
            misses.append({"id": case["id"], "expected": case["topic"], "got": turn.offered or turn.types})
    counts: dict[str, Any] = {
        "right": right.to_json(),
        "right or offered": offered.to_json(),
        "wrongly out of scope": declined.to_json(),
        "expected calibration error": calibration_error(sure, hits) if sure else None,
    }
    return {"counts": counts, "misses": misses}


def _fits(got: list[str], turn: Turn, case: Case) -> bool:
    """Whether any of the topics, or the kind of answer, is one that the case accepts. An escalation is never a miss here."""
    accepted = {case["topic"], *case.get("also_ok", ())}
    if "alert" in turn.types or accepted.intersection(got):
        return True
    honest = [kind for name in accepted.intersection(HONEST) for kind in HONEST[name]]
    return not turn.topics and bool(set(honest).intersection(turn.types))


def scope_scores(live: Live, cases: Iterable[Case]) -> dict[str, Any]:
    """For each category, how many messages were not answered as a topic, and the misses by id."""
    declined: dict[str, Count] = defaultdict(Count)
    misses = []
    for case in cases:
        turn = live.ask(case["text"])
        declined[f"{case['category']} not answered as a topic"].add(not turn.topics)
        if turn.topics:
            misses.append({"id": case["id"], "category": case["category"], "got": turn.topics})
    return {"counts": {name: count.to_json() for name, count in sorted(declined.items())}, "misses": misses}


def follow_up_scores(live: Live, cases: Iterable[Case]) -> dict[str, Any]:
    """Conversations whose last answer must be of one of the expected topics or message types, by kind of follow-up."""
    right: dict[str, Count] = defaultdict(Count)
    misses = []
    for case in cases:
        turn = live.talk(*case["turns"])[-1]
        expected = set(case["expected"])
        fits = bool(expected.intersection(turn.offered) or expected.intersection(turn.types))
        right[case["kind"]].add(fits)
        if not fits:
            misses.append({"id": case["id"], "expected": case["expected"], "got": turn.offered or turn.types})
    return {"counts": {name: count.to_json() for name, count in sorted(right.items())}, "misses": misses}
