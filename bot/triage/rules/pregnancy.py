"""Pregnancy and the weeks after it."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule

WEEKS = "pregnant_weeks"
POSSIBLE, LATE = ("maybe_pregnant", "early_pregnancy"), ("late_pregnancy",)


def _pregnant(facts: Facts, *further: str) -> tuple[str, ...]:
    """What says that the person is, or may be, pregnant; `further` concepts count as well."""
    weeks = (WEEKS,) if facts.values.get(WEEKS) else ()
    return facts.any(*POSSIBLE, *LATE, *further) + weeks


def fitting(flag: str, facts: Facts) -> str:
    """The flag to ask about where a net hears one: past the weeks of C21 its own signs are meant."""
    return "pregnancy_warning" if flag == "ectopic_pregnancy" and _pregnant(facts) and not _early(facts) else flag


def _early(facts: Facts) -> tuple[str, ...]:
    """What says that a pregnancy is possible or early; nothing where it is past the weeks of C21."""
    weeks = facts.values.get(WEEKS)
    if facts.any(*LATE) or (weeks is not None and weeks > thresholds().early_pregnancy_weeks.value):
        return ()
    return facts.any(*POSSIBLE) + ((WEEKS,) if weeks else ())


@rule("C21", Urgency.EMERGENCY)
def ectopic(facts: Facts) -> FlagMatch | None:
    """Possible or early pregnancy with bleeding, shoulder-tip pain, faintness or pain on emptying the bowel."""
    pregnant = _early(facts)
    signs = facts.any("vaginal_bleeding", "shoulder_tip_pain", "faint", "pain_on_pooing", "collapse")
    return raised(facts, "ectopic_pregnancy", "C21", pregnant + signs) if pregnant and signs else None


@rule("C21", Urgency.URGENT)
def possible_ectopic(facts: Facts) -> FlagMatch | None:
    """Possible or early pregnancy with one-sided or pelvic pain alone: seen the same day."""
    pregnant = _early(facts)
    pain = facts.any("one_sided_pain", "pelvic_pain")
    return raised(facts, "ectopic_pregnancy", "C21", pregnant + pain, at=Urgency.URGENT) if pregnant and pain else None


@rule("C22", Urgency.EMERGENCY)
def pregnancy_emergency(facts: Facts) -> FlagMatch | None:
    """Pregnant with heavy bleeding, a constantly hard bump, collapse or a fit."""
    pregnant = _pregnant(facts)
    signs = facts.any("heavy_bleeding", "hard_bump", "fit", "collapse")
    return raised(facts, "pregnancy_warning", "C22", pregnant + signs) if pregnant and signs else None


@rule("C22", Urgency.URGENT)
def pregnancy_warning(facts: Facts) -> FlagMatch | None:
    """Pregnant, or just had a baby, with bleeding or leaking (also "I think"), fever, tightenings, a quiet baby, headache with
    vision trouble, a urine infection, severe pain or a swollen face; waters that go, or a quiet baby, need no more.
    """
    pregnant = _pregnant(facts, "postnatal")
    own = facts.suspected("waters", "baby_moving_less")
    signs = own + facts.suspected("vaginal_bleeding")
    signs += facts.any("fever", "tightenings", "headache_vision", "urinary_infection", "severe_pain", "face_swelling")
    told = pregnant and signs
    return raised(facts, "pregnancy_warning", "C22", pregnant + signs, at=Urgency.URGENT) if told or own else None
