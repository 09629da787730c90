"""What the nets heard: a finding "sounds:<flag>", affirmed where they are sure enough to alert, unsure where the sign's own
question is to be asked (decision 2 of the triage specification; the thresholds are bot/content/evidence.yml)."""

from __future__ import annotations

from bot.content.thresholds import thresholds

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


PREGNANCY = ("ectopic_pregnancy", "pregnancy_warning")
"""Flags that only somebody who may be pregnant can have."""
PREGNANT = ("early_pregnancy", "late_pregnancy", "maybe_pregnant")
"""Concepts that only somebody who may be pregnant can have ("a little bump" on the head of a man is none)."""


def possible(concept: str, *, age: float | None, male: bool) -> bool:
    """Whether what was heard can be true of a person, as far as age and sex say: a man of 83 has no trouble in pregnancy."""
    if concept not in {*PREGNANT, *(sounds(flag) for flag in PREGNANCY)}:
        return True
    return not male and (age is None or age < thresholds().pregnant_below_age.value)
