"""What the nets heard: a finding "sounds:<flag>", affirmed where they are sure enough to alert, unsure where the sign's own
question is to be asked (decision 2 of the triage specification; the thresholds are bot/content/evidence.yml)."""

from __future__ import annotations

GENERAL = frozenset({
    "back_pain", "new_back_pain", "worse_back_pain", "getting_worse", "persistent", "no_better", "leg_pain", "one_leg_pain",
    "on_exertion", "after_hard_exercise", "shoulder_pain", "smoker", "breath_pain", "child", "painkiller", "cancer",
    "fever", "infection", "urinary_infection", "recent_infection", "breathless", "vomiting", "minor_trauma", "little_force",
    "female", "diabetes", "heart_disease", "high_blood_pressure", "blood_thinner", "sweating", "severe_pain", "sudden_pain",
    "heat", "crisis",
})  # fmt: skip
"""Concepts that are said in too many harmless messages to be asked about for their own sake."""


def sounds(flag: str) -> str:
    """The concept that stands for "sounds like this flag"."""
    return f"sounds:{flag}"
