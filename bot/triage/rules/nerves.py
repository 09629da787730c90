"""Cauda equina, spinal cord and nerve roots."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C1", Urgency.EMERGENCY)
def cauda_equina(facts: Facts) -> FlagMatch | None:
    """Any one new change of saddle feeling, bladder, bowel or sexual feeling. One symptom is enough (R2)."""
    signs = facts.any(*c.CAUDA_EQUINA)
    return raised(facts, "cauda_equina", "C1", signs) if signs else None


@rule("C2", Urgency.EMERGENCY)
def both_legs(facts: Facts) -> FlagMatch | None:
    """Pain, weakness or numbness in both legs; an ache of both legs that rest eases is claudication (C23, C24)."""
    signs = facts.any(*c.BOTH_LEGS)
    only_ache = set(signs) <= {"both_leg_pain", "both_leg_heavy"}
    eased = ("eased_by_sitting", "trolley_sign", "heavy_legs_walking", "after_long_walk", "claudication_signs")
    if not signs or (only_ache and facts.any(*eased)):
        return None
    # "Diagnosed" alone is no proof that it is the same as ever: it must also be told as lasting.
    same = facts.any("stable_known") and facts.any("persistent")
    walking = facts.any("trolley_sign") or (same and facts.any("eased_by_sitting"))
    if walking and not facts.any("both_leg_weakness", "getting_worse", *c.CAUDA_EQUINA):
        return None  # eased by leaning on a trolley, or by sitting and long the same: claudication, which may numb both legs
    old = facts.values.get("days", 0) >= thresholds().known_numbness_days.value and facts.had(
        "stable_known", "diabetes"
    )
    if old and set(signs) <= {"both_leg_numbness", "both_leg_pain"} and not facts.any("getting_worse"):
        return None  # long known and the same: a question for the next visit
    return raised(facts, "bilateral_leg_neuro", "C2", signs)


@rule("C3", Urgency.EMERGENCY)
def cord_compression(facts: Facts) -> FlagMatch | None:
    """Cancer ever, with weak, numb or unsteady legs, a band of pain, or a bladder or bowel change."""
    cancer = facts.had("cancer")
    signs = facts.any(*c.NEURO, "numb_feet_long", "band_pain", "electric_shocks", "jelly_legs")
    return raised(facts, "cord_compression_cancer", "C3", cancer + signs) if cancer and signs else None


@rule("worsening", Urgency.EMERGENCY)
def myelopathy_worsening(facts: Facts) -> FlagMatch | None:
    """Clumsy hands or shocks down the spine that are getting worse, or with a bladder or bowel change (R6)."""
    neck = facts.any("hand_clumsy", "lhermitte")
    signs = facts.any("getting_worse", "worse_back_pain", "bladder_change", "bowel_change")
    return raised(facts, "cervical_myelopathy", "worsening", neck + signs) if neck and signs else None


@rule("weakness", Urgency.URGENT)
def leg_weakness(facts: Facts) -> FlagMatch | None:
    """New or worsening weakness of one leg or foot."""
    signs = facts.any("leg_weakness", "foot_drop")
    return raised(facts, "foot_drop_progressive_weakness", "weakness", signs, at=Urgency.URGENT) if signs else None


@rule("leg", Urgency.SEE_DOCTOR)
def persistent_leg(facts: Facts) -> FlagMatch | None:
    """Pain or numbness down one leg, not settled at six weeks or with a numb patch."""
    leg = facts.any("one_leg_pain", "leg_numbness")
    if leg and (
        facts.values.get("days", 0) >= thresholds().leg_pain_days.value or facts.any("persistent", "leg_numbness")
    ):
        return raised(facts, "radicular_persistent", "leg", leg, at=Urgency.SEE_DOCTOR)
    return None


@rule("TIA", Urgency.EMERGENCY, asks=True)
def stroke_gone(facts: Facts) -> FlagMatch | None:
    """A sign of a stroke that has passed off counts as one that has not (red-flag specification, flag 11: "even if gone"). How
    long ago it was often stays unsaid, so it is asked about."""
    signs = facts.had("stroke_sign")
    return raised(facts, "stroke", "TIA", signs) if signs and not facts.any("stroke_sign") else None
