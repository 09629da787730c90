"""Children and teenagers, and people who are hurt by others."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule

CHILD_ABUSE = "abuse"
"""The rule whose alert has words of its own, for a child."""


@rule("C29", Urgency.URGENT)
def child(facts: Facts) -> FlagMatch | None:
    """Under 16 with fever, limp, night pain, constant pain, weight loss or a weak leg."""
    age = facts.age()
    young = facts.any("child") or (("age",) if age is not None and age < thresholds().child_alarm_age.value else ())
    signs = facts.any("fever", "limp", "night_pain", "weight_loss", "constant_pain", "leg_weakness")
    return raised(facts, "age_under_18", "C29", tuple(young) + signs, at=Urgency.URGENT) if young and signs else None


@rule("child", Urgency.SEE_DOCTOR)
def child_with_back_pain(facts: Facts) -> FlagMatch | None:
    """Under 18 at all: an adult and a doctor, never an exercise plan."""
    age = facts.age()
    young = facts.any("child") or (("age",) if age is not None and age < thresholds().child_age.value else ())
    return raised(facts, "age_under_18", "child", tuple(young), at=Urgency.SEE_DOCTOR) if young else None


@rule(CHILD_ABUSE, Urgency.URGENT)
def child_abuse(facts: Facts) -> FlagMatch | None:
    """Under 18 and hurt by somebody, or made to do sexual things: child protection help, in words for a child."""
    age = facts.age()
    young = facts.any("child") or (("age",) if age is not None and age < thresholds().child_age.value else ())
    hurt = facts.any("assault", "sexual_abuse")
    return (
        raised(facts, "assault_safeguarding", CHILD_ABUSE, young + hurt, at=Urgency.URGENT) if young and hurt else None
    )
