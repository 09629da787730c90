"""Belly, kidney stones and ovaries."""

from __future__ import annotations

from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("abdomen", Urgency.EMERGENCY)
def abdominal_emergency(facts: Facts) -> FlagMatch | None:
    """Upper belly pain through to the back that is severe, or comes with vomiting, fever, yellow skin or a hard belly."""
    pain = facts.any("belly_to_back_pain", "upper_belly_pain", "severe_belly_pain", "worse_flat_better_forward")
    signs = facts.any("vomiting", "vomiting_all", "fever", "jaundice", "rigid_belly", "sweating", "pancreas_posture")
    if len(pain) > 1:
        signs += pain[1:]
    return raised(facts, "pancreatitis_abdominal", "abdomen", pain + signs) if pain and signs else None


@rule("stone", Urgency.EMERGENCY)
def infected_stone(facts: Facts) -> FlagMatch | None:
    """Stone pain with fever, or without any urine: a blocked, infected kidney."""
    stone = facts.any("stone_pain")
    signs = facts.any("fever", "no_urine")
    return raised(facts, "kidney_stone", "stone", stone + signs) if stone and signs else None


@rule("stone", Urgency.URGENT)
def kidney_stone(facts: Facts) -> FlagMatch | None:
    """Severe pain in the flank, or flank pain with being sick."""
    pain = facts.any("flank_pain")
    signs = facts.any("severe_pain", "vomiting", "blood_in_urine")
    return raised(facts, "kidney_stone", "stone", pain + signs, at=Urgency.URGENT) if pain and signs else None


@rule("ovary", Urgency.EMERGENCY)
def twisted_ovary(facts: Facts) -> FlagMatch | None:
    """Sudden low pain with vomiting, above all with a known cyst of the ovary."""
    pain = facts.any("sudden_pain", "sudden_severe_pain")
    place = facts.any("pelvic_pain", "ovary_cyst")
    sick = facts.any("vomiting", "vomiting_all")
    if sick and (
        (pain and place) or ("ovary_cyst" in place and facts.any("severe_pain", "one_sided_pain", "pelvic_pain"))
    ):
        return raised(facts, "torsion_gonadal", "ovary", pain + place + sick)
    return None
