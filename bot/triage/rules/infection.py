"""Infection of the spine, the kidney and the whole body."""

from __future__ import annotations

from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C10", Urgency.URGENT)
def fever(facts: Facts) -> FlagMatch | None:
    """Fever or chills with back pain: the spine or a kidney may be infected."""
    fever = facts.any(*c.FEVER)
    kidney = facts.any("urinary_infection", "flank_pain", "vomiting")
    if not fever:
        return None
    flag = "kidney_infection" if kidney else "spinal_infection"
    return raised(facts, flag, "C10", fever + kidney, at=Urgency.URGENT)


@rule("C11", Urgency.URGENT)
def infection_risk(facts: Facts) -> FlagMatch | None:
    """A risk of spinal infection with new back pain, even without fever."""
    risk = facts.had(*c.INFECTION_RISK)
    pain = facts.any(*c.BACK_PAIN)
    if not risk or not pain:
        return None
    flag = "post_procedure" if "recent_spinal_procedure" in risk else "spinal_infection"
    return raised(facts, flag, "C11", risk + pain, at=Urgency.URGENT)


@rule("C12", Urgency.EMERGENCY)
def spinal_infection_neuro(facts: Facts) -> FlagMatch | None:
    """Fever, or a risk of spinal infection, with a leg or bladder sign: an epidural abscess cannot wait."""
    infection = facts.any(*c.FEVER) + facts.had(*c.INFECTION_RISK)
    signs = facts.any(*c.NEURO)
    return raised(facts, "spinal_infection", "C12", infection + signs) if infection and signs else None


@rule("C13", Urgency.EMERGENCY)
def sepsis(facts: Facts) -> FlagMatch | None:
    """Fever or infection with a sign that the whole body is failing."""
    infection = facts.any(*c.INFECTION)
    signs = facts.any(*c.SEPSIS_SIGNS)
    return raised(facts, "sepsis", "C13", infection + signs) if infection and signs else None
