"""Aorta, clots and the blood flow of the legs."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C14", Urgency.EMERGENCY)
def aaa(facts: Facts) -> FlagMatch | None:
    """Over 60 with sudden severe back, flank or belly pain; at any age, such pain with fainting or clammy skin."""
    shock = facts.any("faint", "sweating", "collapse")
    old = facts.older_than(thresholds().aneurysm_age.value)
    pain = facts.any("sudden_severe_pain", "stone_pain") or (facts.any("sudden_pain") if old and shock else ())
    if pain and (old or shock):
        return raised(facts, "aaa", "C14", pain + shock + (("age",) if old else ()))
    return None


@rule("C15", Urgency.EMERGENCY)
def known_aneurysm(facts: Facts) -> FlagMatch | None:
    """A known aneurysm with any back or belly pain (presumed), or a pulsing belly with shock."""
    known = facts.any("aneurysm")
    pulsing = facts.any("pulsing_belly") and facts.any(
        "faint", "sweating", "collapse", "sudden_severe_pain", "severe_pain"
    )
    if known:
        return raised(facts, "aaa", "C15", known)
    return raised(facts, "aaa", "C15", ("pulsing_belly", *pulsing)) if pulsing else None


@rule("tissue", Urgency.EMERGENCY)
def connective_tissue(facts: Facts) -> FlagMatch | None:
    """Marfan or a like syndrome with sudden, severe, chest or upper back pain; or both of sudden severe and such a place."""
    risk = facts.had("connective_tissue")
    place = facts.any("chest_pain", "upper_back_pain")
    pain = facts.any("sudden_severe_pain") or (facts.any("sudden_pain", "severe_pain") if risk else ())
    if (risk and (place or pain)) or (place and "sudden_severe_pain" in pain):
        return raised(facts, "aortic_dissection", "tissue", risk + place + pain)
    return None


@rule("C19", Urgency.EMERGENCY)
def pulmonary_embolism(facts: Facts) -> FlagMatch | None:
    """A swollen calf (or a past clot) with breathlessness, chest pain, blood or faintness."""
    clot = facts.any("swollen_calf") or facts.had("past_clot")
    signs = facts.any(*c.CLOT_SIGNS)
    return raised(facts, "pulmonary_embolism", "C19", clot + signs) if clot and signs else None


@rule("C19", Urgency.URGENT)
def clot(facts: Facts) -> FlagMatch | None:
    """One swollen, hot or sore calf."""
    clot = facts.any("swollen_calf")
    return raised(facts, "dvt", "C19", clot, at=Urgency.URGENT) if clot else None


@rule("C23", Urgency.SEE_DOCTOR)
def vascular(facts: Facts) -> FlagMatch | None:
    """Leg pain on walking that standing still eases."""
    signs = facts.any("eased_by_standing")
    pain = facts.any("calf_pain_walking", "leg_pain", "both_leg_pain", "one_leg_pain")
    return (
        raised(facts, "vascular_claudication", "C23", signs + pain, at=Urgency.SEE_DOCTOR) if signs and pain else None
    )


@rule("C25", Urgency.URGENT)
def limb(facts: Facts) -> FlagMatch | None:
    """Claudication with pain at rest, an ulcer or a black toe."""
    legs = facts.any("eased_by_standing", "calf_pain_walking", "leg_pain", "vascular_disease")
    signs = facts.any("rest_foot_pain", "foot_ulcer", "black_toe")
    return (
        raised(facts, "limb_threatening_ischaemia", "C25", legs + signs, at=Urgency.URGENT) if legs and signs else None
    )


@rule("C27", Urgency.URGENT, Urgency.EMERGENCY)
def diabetic_foot(facts: Facts) -> FlagMatch | None:
    """Diabetes or numb feet with any break, heat or swelling of the foot."""
    risk = facts.had("diabetes", "numb_feet_long")
    signs = facts.any("foot_wound", "foot_ulcer", "foot_swelling", "foot_infection", "black_toe")
    level = Urgency.EMERGENCY if "black_toe" in signs or facts.any("fever") else Urgency.URGENT
    return raised(facts, "diabetic_foot", "C27", risk + signs, at=level) if risk and signs else None
