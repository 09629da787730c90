"""Heart: chest pain, its equivalents, and collapse on effort."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C16", Urgency.EMERGENCY)
def chest_pain(facts: Facts) -> FlagMatch | None:
    """Chest pain or pressure with back pain (presumed), unless it comes only on effort and goes with rest (C18)."""
    signs = facts.any("chest_pain")
    angina = facts.any("exertional_chest_pain")
    if angina and facts.values.get("minutes", 0) > thresholds().angina_minutes.value:
        return raised(facts, "cardiac_acute", "C16", signs + angina + ("minutes",))
    if not signs or (angina and not facts.any(*c.CARDIAC_SIGNS, "faint", "arm_pain")):
        return None
    return raised(facts, "cardiac_acute", "C16", signs)


@rule("C17", Urgency.EMERGENCY)
def cardiac_equivalent(facts: Facts) -> FlagMatch | None:
    """Back, jaw, arm or upper-belly pain with sweat, sickness or breathlessness, on effort or with a heart risk.

    Two such signs together count without effort or risk: women, older people and people with diabetes may have no more.
    """
    sites = facts.any(*c.CARDIAC_SITES)
    signs = facts.any(*c.CARDIAC_SIGNS)
    context = facts.any("on_exertion") + facts.had(*c.HEART_RISK)
    if {"upper_belly_pain", "arm_pain"} <= facts.now or {"jaw_pain", "arm_pain"} <= facts.now:
        signs += ("arm_pain",)
    # Sweat on a walk with a sore back is ordinary; with an aching jaw or arm it is not.
    told_site = tuple(site for site in sites if site not in ("back_pain", "shoulder_pain"))
    enough = told_site and (context or "jaw_pain" in sites or "arm_pain" in sites)
    if sites and signs and (enough or (context and set(signs) != {"sweating"}) or len(signs) > 2):
        return raised(facts, "cardiac_acute", "C17", sites + signs + context)
    return None


@rule("C18", Urgency.URGENT)
def exertional_chest(facts: Facts) -> FlagMatch | None:
    """Chest, jaw or upper-back discomfort only on effort that rest ends within ten minutes; longer is C16."""
    signs = facts.any("exertional_chest_pain")
    return raised(facts, "exertional_chest_pain", "C18", signs, at=Urgency.URGENT) if signs else None


@rule("C20", Urgency.EMERGENCY)
def exertional_collapse(facts: Facts) -> FlagMatch | None:
    """Collapse or near-collapse while moving."""
    signs = facts.any("exertional_collapse") or (
        facts.any("collapse") and facts.any("on_exertion") and facts.any("collapse", "on_exertion")
    )
    return raised(facts, "syncope_exertion", "C20", tuple(signs)) if signs else None
