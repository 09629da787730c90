"""What the learned net may do: alone it leads to a question, together with a phrase of the same flag to an alert.

Decision 2 of the triage specification. The net gives a score for each flag; everything that follows from the scores
stands here and in `Triage`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.model import Assertion, Finding, RedFlag, Subject, Urgency
from bot.triage.concepts import CRISIS

ASK_AT = {Urgency.EMERGENCY: 0.4, Urgency.URGENT: 0.5, Urgency.SEE_DOCTOR: 0.6}
"""Probabilities of any danger from which the question of the likeliest flag is asked, by that flag's level. A tenth lower asked
about one more ordinary story in fifty and heard no further danger in our sets (docs/clinical-safety.md)."""
SURE_AT = 0.5
"""Probability of any danger from which one phrase of the flag, too weak to raise it alone, is enough for the alert."""
LIKELY = 0.3
"""Least share of the danger that a further flag has, to be heard beside the likeliest."""
GENERAL = frozenset({
    "back_pain", "new_back_pain", "worse_back_pain", "getting_worse", "persistent", "no_better", "leg_pain", "one_leg_pain",
    "on_exertion", "after_hard_exercise", "shoulder_pain", "smoker", "breath_pain", "child", "painkiller", "cancer",
    "fever", "infection", "urinary_infection", "recent_infection", "breathless", "vomiting", "minor_trauma", "little_force",
    "female", "diabetes", "heart_disease", "high_blood_pressure", "blood_thinner", "sweating", "severe_pain", "sudden_pain",
    "heat", "crisis",
})  # fmt: skip
"""Concepts that are said in too many harmless messages to confirm what the net heard."""
FED_UP, FED_UP_AT = "fed_up", 0.9
"""A sign of plain frustration, and the probability from which crisis is heard beside it: to a sentence vector both sound alike.
Words of crisis raise their flag by phrase, whatever stands beside them."""
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
    """The flags heard in one message, from the `scores` of the flags, as findings about the person spoken of.

    A flag whose own signs are all told as absent, past or supposed in this message is not heard: the phrases know better.
    """
    danger = round(sum(scores.values()), 3)
    loud = sorted(((score, flag) for flag, score in scores.items() if flag in flags), reverse=True)
    kept = [
        flag
        for place, (score, flag) in enumerate(loud[:MOST_HEARD])
        if danger >= ASK_AT[flags[flag].urgency]
        and (place == 0 or score >= LIKELY * danger)
        and not _explained_away(flags[flag], findings)
        and not (flag == CRISIS and danger < FED_UP_AT and any(finding.concept == FED_UP for finding in findings))
    ]
    return [Finding(sounds(flag), *about, values=((sounds(flag), danger),), source="net") for flag in kept]


def evidence(flag: RedFlag, now: Collection[str]) -> tuple[str, ...]:
    """The concepts of a flag that are true now and say enough to confirm what the net heard."""
    return tuple(sorted((set(now) & set(flag.concepts)) - GENERAL))


def _explained_away(flag: RedFlag, findings: Sequence[Finding]) -> bool:
    """Whether the message speaks of the flag's signs, and of none of them as there or perhaps there."""
    spoken = [finding for finding in findings if finding.concept in flag.concepts and finding.concept not in GENERAL]
    return bool(spoken) and not any(finding.present or finding.assertion is Assertion.UNSURE for finding in spoken)
