"""What the learned net may do: alone it leads to a question, together with a phrase of the same flag to an alert.

Decision 2 of the triage specification. The net gives a score for each flag; everything that follows from the scores
stands here and in `Triage`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.model import Assertion, Finding, RedFlag, Subject, Urgency

ASK_AT = {Urgency.EMERGENCY: 0.2, Urgency.URGENT: 0.3, Urgency.SEE_DOCTOR: 0.5}
"""Scores from which the flag's question is asked. Set for recall: at these, about one ordinary question in a hundred is
answered with a question about a warning sign (evaluation/results.md)."""
SURE_AT = 0.4
"""Score from which one phrase of the flag, too weak to raise it alone, is enough for the alert."""
GENERAL = frozenset({
    "back_pain", "new_back_pain", "worse_back_pain", "getting_worse", "persistent", "no_better", "leg_pain", "one_leg_pain",
    "on_exertion", "after_hard_exercise", "shoulder_pain", "smoker", "breath_pain", "child", "painkiller", "cancer",
    "diabetes", "heart_disease", "high_blood_pressure", "blood_thinner", "sweating", "severe_pain", "sudden_pain",
})  # fmt: skip
"""Concepts that are said in too many harmless messages to confirm what the net heard."""
MOST_HEARD = 2
"""Flags heard in one message."""


def sounds(flag: str) -> str:
    """The concept that stands for "sounds like this flag"."""
    return f"sounds:{flag}"


def heard(
    scores: Mapping[str, float],
    findings: Sequence[Finding],
    flags: Mapping[str, RedFlag],
    *,
    about: tuple[Subject, str | None] = (Subject.SELF, None),
) -> list[Finding]:
    """The flags heard in one message as findings about the person it speaks of, the clearest first.

    A flag whose own signs are all told as absent, past or supposed in this message is not heard: the phrases know better.
    """
    loud = sorted(((score, flag) for flag, score in scores.items() if flag in flags), reverse=True)
    kept = [
        (score, flag)
        for score, flag in loud
        if score >= ASK_AT[flags[flag].urgency] and not _explained_away(flags[flag], findings)
    ]
    return [
        Finding(sounds(flag), about[0], about[1], values=((sounds(flag), round(score, 3)),), source="net")
        for score, flag in kept[:MOST_HEARD]
    ]


def evidence(flag: RedFlag, now: Collection[str]) -> tuple[str, ...]:
    """The concepts of a flag that are true now and say enough to confirm what the net heard."""
    return tuple(sorted((set(now) & set(flag.concepts)) - GENERAL))


def _explained_away(flag: RedFlag, findings: Sequence[Finding]) -> bool:
    """Whether the message speaks of the flag's signs, and of none of them as there or perhaps there."""
    spoken = [finding for finding in findings if finding.concept in flag.concepts and finding.concept not in GENERAL]
    return bool(spoken) and not any(finding.present or finding.assertion is Assertion.UNSURE for finding in spoken)
