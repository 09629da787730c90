"""Pain that lasts, that begins late, or that comes from joints or from narrowed nerves."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C6", Urgency.SEE_DOCTOR)
def persistent_at_60(facts: Facts) -> FlagMatch | None:
    """60 or over with persistent back pain (NICE NG12: blood tests for myeloma)."""
    days = facts.values.get("days", 0)
    if facts.at_least(thresholds().lasting_pain_age.value) and (
        facts.any("persistent") or days >= thresholds().unsettled_days.value
    ):
        return raised(facts, "age_first_episode", "C6", ("age", "persistent"), at=Urgency.SEE_DOCTOR)
    return None


@rule("C7", Urgency.SEE_DOCTOR)
def first_episode_after_50(facts: Facts) -> FlagMatch | None:
    """Over 50 with a first-ever episode."""
    first = facts.any("first_episode")
    return (
        raised(facts, "age_first_episode", "C7", first, at=Urgency.SEE_DOCTOR)
        if first and facts.older_than(thresholds().first_episode_age.value)
        else None
    )


@rule("C24", Urgency.SEE_DOCTOR)
def neurogenic(facts: Facts) -> FlagMatch | None:
    """Leg pain on walking that only sitting or bending eases."""
    signs = facts.any("eased_by_sitting")
    pain = facts.any("leg_pain", "both_leg_pain", "one_leg_pain", "calf_pain_walking", "heavy_legs_walking")
    return (
        raised(facts, "neurogenic_claudication", "C24", signs + pain, at=Urgency.SEE_DOCTOR) if signs and pain else None
    )


@rule("C26", Urgency.SEE_DOCTOR)
def inflammatory(facts: Facts) -> FlagMatch | None:
    """Began before 45 and lasts over 3 months, with morning stiffness, ease on moving or waking at night."""
    signs = facts.any("morning_stiffness", "better_moving", "night_waking", "psoriasis_history")
    long = facts.values.get("days", 0) > thresholds().inflammatory_days.value or facts.any("since_young")
    age = facts.age()
    if (
        signs
        and long
        and (age is None or age < thresholds().inflammatory_age.value)
        and (age is not None or facts.any("since_young") or len(signs) > 1)
    ):
        return raised(facts, "axial_spa", "C26", signs, at=Urgency.SEE_DOCTOR)
    return None


@rule("persistent", Urgency.SEE_DOCTOR)
def persistent(facts: Facts) -> FlagMatch | None:
    """No better at two weeks, not settled at four, or getting worse."""
    days = facts.values.get("days", 0)
    signs = facts.any("persistent", "worse_back_pain", "stops_life")
    if (
        signs
        or days >= thresholds().lasting_days.value
        or (days >= thresholds().unsettled_days.value and facts.any("no_better"))
    ):
        return raised(facts, "persistent_or_worsening", "persistent", signs or ("duration",), at=Urgency.SEE_DOCTOR)
    return None
