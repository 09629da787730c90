"""Medicines: blood thinners, painkillers and too many tablets."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C30", Urgency.EMERGENCY)
def blood_thinner_neuro(facts: Facts) -> FlagMatch | None:
    """On blood thinners, or after a spinal procedure, with any leg, bladder or bowel sign: a bleed may press on the cord."""
    risk = facts.any("blood_thinner") + facts.had("recent_spinal_procedure")
    signs = facts.any(*c.NEURO)
    return raised(facts, "post_procedure", "C30", risk + signs) if risk and signs else None


@rule("C30", Urgency.URGENT)
def blood_thinner(facts: Facts) -> FlagMatch | None:
    """On blood thinners with a fall or blow, or with sudden or severe back pain."""
    thinner = facts.any("blood_thinner")
    event = facts.any("minor_trauma", "major_trauma", "sudden_pain", "sudden_severe_pain", "severe_pain")
    return raised(facts, "post_procedure", "C30", thinner + event, at=Urgency.URGENT) if thinner and event else None


@rule("tablets", Urgency.EMERGENCY)
def too_many_tablets(facts: Facts) -> FlagMatch | None:
    """More tablets, or more grams of paracetamol, taken than a packet allows in a day."""
    tablets = facts.values.get("tablets", 0) > thresholds().tablets_a_day.value
    grams = facts.values.get("grams", 0) > thresholds().paracetamol_grams_a_day.value
    return raised(facts, "medicine_overdose", "tablets", ("tablets",)) if tablets or grams else None


@rule("painkiller", Urgency.EMERGENCY)
def nsaid_bleed(facts: Facts) -> FlagMatch | None:
    """A painkiller with severe belly pain, or with swelling of the face or wheeze."""
    drug = facts.had("painkiller")
    signs = facts.any(
        "severe_belly_pain", "face_swelling", "wheeze", "black_stool", "vomiting_blood", "vaginal_bleeding"
    )
    return raised(facts, "nsaid_gi_bleed", "painkiller", drug + signs) if drug and signs else None
