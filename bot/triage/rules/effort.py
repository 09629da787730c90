"""Heat, muscles after hard effort, sickle cell disease, and somebody who cannot be woken."""

from __future__ import annotations

from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("heat", Urgency.EMERGENCY)
def heat_stroke(facts: Facts) -> FlagMatch | None:
    """Heat with confusion, collapse, a fit or slurred speech; hot skin or no cooling after effort with such a sign."""
    heat = facts.any("heat", "stopped_sweating", "very_hot")
    after = facts.any("heat", "on_exertion", "after_hard_exercise")
    signs = facts.any(
        "confusion", "collapse", "exertional_collapse", "fit", "stroke_sign", "stopped_sweating", "head_signs", "unrousable",
    )  # fmt: skip
    signs += facts.any("very_hot") if after else ()
    not_cooling = facts.any("not_cooling") if facts.any("heat", "fever", "vomiting", "very_hot") else ()
    if (heat and set(signs) - set(heat)) or ("heat" in heat and signs) or (after and not_cooling):
        return raised(facts, "heat_stroke", "heat", heat + after + signs + not_cooling)
    return None


@rule("muscle", Urgency.EMERGENCY)
def rhabdomyolysis(facts: Facts) -> FlagMatch | None:
    """Cola-dark urine with muscle pain, swelling or weakness, or after hard or hot exercise."""
    urine = facts.any("dark_urine")
    signs = facts.any(
        "muscle_pain",
        "leg_weakness",
        "both_leg_weakness",
        "on_exertion",
        "after_hard_exercise",
        "muscle_swelling",
        "both_leg_pain",
    )
    return raised(facts, "rhabdomyolysis", "muscle", urine + signs) if urine and signs else None


@rule("sickle", Urgency.EMERGENCY)
def sickle_crisis(facts: Facts) -> FlagMatch | None:
    """Sickle cell disease with severe or uncontrolled pain, fever, chest pain or breathlessness."""
    disease = facts.had("sickle_cell")
    signs = facts.any(
        "severe_pain",
        "sudden_severe_pain",
        "uncontrolled_pain",
        "fever",
        "chest_pain",
        "breathless",
        "sudden_breathless",
        "crisis",
    )
    return raised(facts, "sickle_crisis", "sickle", disease + signs) if disease and signs else None


@rule("unrousable", Urgency.EMERGENCY)
def unrousable(facts: Facts) -> FlagMatch | None:
    """Somebody who cannot be woken needs an ambulance, whatever the cause."""
    signs = facts.any("unrousable")
    return raised(facts, "stroke", "unrousable", signs) if signs else None
