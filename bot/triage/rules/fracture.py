"""Broken bones: accidents, and bones that break with little force."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("trauma", Urgency.EMERGENCY)
def trauma_neuro(facts: Facts) -> FlagMatch | None:
    """Any fall or blow with numb, weak or unmoving legs."""
    trauma = facts.any("major_trauma", "minor_trauma", "assault")
    signs = tuple(
        sign for sign in facts.any(*c.NEURO) if sign != "unsteady"
    )  # who is unsteady falls: not the other way
    return raised(facts, "major_trauma", "trauma", trauma + signs) if trauma and signs else None


@rule("fall", Urgency.EMERGENCY, asks=True)
def plain_fall(facts: Facts) -> FlagMatch | None:
    """A fall told with a sore back, and nothing that makes it serious: it is asked about, not alarmed."""
    fall = facts.any("plain_fall") if not facts.any("major_trauma") else ()
    pain = facts.any(*c.BACK_PAIN)
    return raised(facts, "major_trauma", "fall", fall + pain) if fall and pain else None


@rule("C8", Urgency.URGENT)
def fragile_bone(facts: Facts) -> FlagMatch | None:
    """Steroids, osteoporosis or age 70 and over, with sudden pain or a minor fall or strain."""
    risk = facts.had("steroids", "osteoporosis", "past_fragility_fracture") + (
        ("age",) if facts.at_least(thresholds().fracture_age.value) else ()
    )
    event = facts.any("sudden_pain", "sudden_severe_pain", "minor_trauma", "height_loss", "cracked")
    return raised(facts, "fragility_fracture", "C8", risk + event, at=Urgency.URGENT) if risk and event else None


@rule("C9", Urgency.URGENT)
def two_fracture_risks(facts: Facts) -> FlagMatch | None:
    """Any two of age 70 and over, steroids, a minor fall and past menopause, with sudden pain."""
    sudden = facts.any("sudden_pain", "sudden_severe_pain", "cracked")
    risks = facts.had("steroids") + facts.any("minor_trauma") + facts.had("menopause")
    risks += ("age",) if facts.at_least(thresholds().fracture_age.value) else ()
    if sudden and len(risks) >= 2:
        return raised(facts, "fragility_fracture", "C9", risks + sudden, at=Urgency.URGENT)
    return None


@rule("fragile", Urgency.URGENT)
def fragile_at_50_or_65(facts: Facts) -> FlagMatch | None:
    """Women over 50 and men over 65: sudden pain after a small fall, a lift, a cough or a bend (decision 5)."""
    woman = bool(facts.any("female", "menopause")) or facts.relation in c.FEMALE
    old = facts.older_than(thresholds().fragile_age_women.value if woman else thresholds().fragile_age_men.value)
    sudden = facts.any("sudden_pain", "sudden_severe_pain", "cracked")
    force = facts.any(*c.LITTLE_FORCE)
    if old and sudden and force:
        return raised(facts, "fragility_fracture", "fragile", ("age", *sudden, *force), at=Urgency.URGENT)
    return None
