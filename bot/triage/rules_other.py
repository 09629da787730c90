"""Combination rules that raise to urgent or see_doctor: C4-C11, C18, C19 (clot alone), C22-C29 and C30 without nerve signs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts
from bot.triage.rules_emergency import Rule, raised

FRACTURE_AGE = 70
"""Years from which age counts towards C8 and C9 (decision 5 of the triage specification)."""
FRAGILE_WOMEN, FRAGILE_MEN = 50, 65
"""Years over which a bone may break with little force (decision 5)."""
TWO_WEEKS, FOUR_WEEKS, SIX_WEEKS, THREE_MONTHS = 14, 28, 42, 90
"""Days: thresholds of `persistent_or_worsening` (decision 5) and of axial spondyloarthritis (NICE NG65)."""
CHILD_AGE = 16


def c4_cancer_new_pain(facts: Facts) -> FlagMatch | None:
    """Cancer ever, with new, different, worsening, constant or upper back pain."""
    cancer = facts.had("cancer")
    pain = facts.any(
        "new_back_pain", "worse_back_pain", "constant_pain", "night_pain", "upper_back_pain", "cough_pain", "back_pain",
        "severe_pain", "sudden_severe_pain", "sudden_pain", "different_pain", "persistent",
    )  # fmt: skip
    return raised(facts, "cancer_history_new_pain", "C4", cancer + pain, at=Urgency.URGENT) if cancer and pain else None


def c5_weight_loss_at_60(facts: Facts) -> FlagMatch | None:
    """Weight loss without trying, at 60 or over with the more reason (NICE NG12)."""
    loss = facts.any("weight_loss")
    return (
        raised(facts, "unexplained_weight_loss", "C5", loss, at=Urgency.URGENT) if loss and facts.at_least(60) else None
    )


def c6_persistent_at_60(facts: Facts) -> FlagMatch | None:
    """60 or over with persistent back pain (NICE NG12: blood tests for myeloma)."""
    days = facts.values.get("days", 0)
    if facts.at_least(60) and (facts.any("persistent") or days >= TWO_WEEKS):
        return raised(facts, "age_first_episode", "C6", ("age", "persistent"), at=Urgency.SEE_DOCTOR)
    return None


def c7_first_episode_after_50(facts: Facts) -> FlagMatch | None:
    """Over 50 with a first-ever episode."""
    first = facts.any("first_episode")
    return (
        raised(facts, "age_first_episode", "C7", first, at=Urgency.SEE_DOCTOR)
        if first and facts.older_than(50)
        else None
    )


def c8_fragile_bone(facts: Facts) -> FlagMatch | None:
    """Steroids, osteoporosis or age 70 and over, with sudden pain or a minor fall or strain."""
    risk = facts.had("steroids", "osteoporosis", "past_fragility_fracture") + (
        ("age",) if facts.at_least(FRACTURE_AGE) else ()
    )
    event = facts.any("sudden_pain", "sudden_severe_pain", "minor_trauma", "height_loss", "cracked")
    return raised(facts, "fragility_fracture", "C8", risk + event, at=Urgency.URGENT) if risk and event else None


def fragile_at_50_or_65(facts: Facts) -> FlagMatch | None:
    """Women over 50 and men over 65: sudden pain after a small fall, a lift, a cough or a bend (decision 5)."""
    woman = bool(facts.any("female", "menopause")) or facts.relation in c.FEMALE
    old = facts.older_than(FRAGILE_WOMEN if woman else FRAGILE_MEN)
    sudden = facts.any("sudden_pain", "sudden_severe_pain", "cracked")
    force = facts.any(*c.LITTLE_FORCE)
    if old and sudden and force:
        return raised(facts, "fragility_fracture", "fragile", ("age", *sudden, *force), at=Urgency.URGENT)
    return None


def c9_two_fracture_risks(facts: Facts) -> FlagMatch | None:
    """Any two of age 70 and over, steroids, a minor fall and past menopause, with sudden pain."""
    sudden = facts.any("sudden_pain", "sudden_severe_pain", "cracked")
    risks = facts.had("steroids") + facts.any("minor_trauma") + facts.had("menopause")
    risks += ("age",) if facts.at_least(FRACTURE_AGE) else ()
    if sudden and len(risks) >= 2:
        return raised(facts, "fragility_fracture", "C9", risks + sudden, at=Urgency.URGENT)
    return None


def c10_fever(facts: Facts) -> FlagMatch | None:
    """Fever or chills with back pain: the spine or a kidney may be infected."""
    fever = facts.any(*c.FEVER)
    kidney = facts.any("urinary_infection", "flank_pain", "vomiting")
    if not fever:
        return None
    flag = "kidney_infection" if kidney else "spinal_infection"
    return raised(facts, flag, "C10", fever + kidney, at=Urgency.URGENT)


def kidney_stone(facts: Facts) -> FlagMatch | None:
    """Severe pain in the flank, or flank pain with being sick."""
    pain = facts.any("flank_pain")
    signs = facts.any("severe_pain", "vomiting", "blood_in_urine")
    return raised(facts, "kidney_stone", "stone", pain + signs, at=Urgency.URGENT) if pain and signs else None


def c11_infection_risk(facts: Facts) -> FlagMatch | None:
    """A risk of spinal infection with new back pain, even without fever."""
    risk = facts.had(*c.INFECTION_RISK)
    pain = facts.any(*c.BACK_PAIN)
    if not risk or not pain:
        return None
    flag = "post_procedure" if "recent_spinal_procedure" in risk else "spinal_infection"
    return raised(facts, flag, "C11", risk + pain, at=Urgency.URGENT)


def c18_exertional_chest(facts: Facts) -> FlagMatch | None:
    """Chest, jaw or upper-back discomfort only on effort that rest ends within ten minutes; longer is C16."""
    signs = facts.any("exertional_chest_pain")
    return raised(facts, "exertional_chest_pain", "C18", signs, at=Urgency.URGENT) if signs else None


def c19_clot(facts: Facts) -> FlagMatch | None:
    """One swollen, hot or sore calf."""
    clot = facts.any("swollen_calf")
    return raised(facts, "dvt", "C19", clot, at=Urgency.URGENT) if clot else None


def c21_possible_ectopic(facts: Facts) -> FlagMatch | None:
    """Possible early pregnancy with one-sided low pain alone: seen the same day."""
    pregnant = facts.any("maybe_pregnant", "early_pregnancy")
    pain = facts.any("one_sided_pain", "pelvic_pain")
    if pregnant and pain and not facts.any("late_pregnancy"):
        return raised(facts, "ectopic_pregnancy", "C21", pregnant + pain, at=Urgency.URGENT)
    return None


def c22_pregnancy(facts: Facts) -> FlagMatch | None:
    """Pregnant, or just had a baby, with bleeding, leaking, fever, tightenings or a quiet baby."""
    pregnant = facts.any("maybe_pregnant", "early_pregnancy", "late_pregnancy", "postnatal")
    signs = facts.any(
        "vaginal_bleeding", "waters", "fever", "tightenings", "baby_moving_less", "headache_vision", "urinary_infection",
        "severe_pain", "face_swelling",
    )  # fmt: skip
    return (
        raised(facts, "pregnancy_warning", "C22", pregnant + signs, at=Urgency.URGENT) if pregnant and signs else None
    )


def c23_vascular(facts: Facts) -> FlagMatch | None:
    """Leg pain on walking that standing still eases."""
    signs = facts.any("eased_by_standing")
    pain = facts.any("calf_pain_walking", "leg_pain", "both_leg_pain", "one_leg_pain")
    return (
        raised(facts, "vascular_claudication", "C23", signs + pain, at=Urgency.SEE_DOCTOR) if signs and pain else None
    )


def c24_neurogenic(facts: Facts) -> FlagMatch | None:
    """Leg pain on walking that only sitting or bending eases."""
    signs = facts.any("eased_by_sitting")
    pain = facts.any("leg_pain", "both_leg_pain", "one_leg_pain", "calf_pain_walking", "heavy_legs_walking")
    return (
        raised(facts, "neurogenic_claudication", "C24", signs + pain, at=Urgency.SEE_DOCTOR) if signs and pain else None
    )


def c25_limb(facts: Facts) -> FlagMatch | None:
    """Claudication with pain at rest, an ulcer or a black toe."""
    legs = facts.any("eased_by_standing", "calf_pain_walking", "leg_pain", "vascular_disease")
    signs = facts.any("rest_foot_pain", "foot_ulcer", "black_toe")
    return (
        raised(facts, "limb_threatening_ischaemia", "C25", legs + signs, at=Urgency.URGENT) if legs and signs else None
    )


def c26_inflammatory(facts: Facts) -> FlagMatch | None:
    """Began before 45 and lasts over 3 months, with morning stiffness, ease on moving or waking at night."""
    signs = facts.any("morning_stiffness", "better_moving", "night_waking", "psoriasis_history")
    long = facts.values.get("days", 0) > THREE_MONTHS or facts.any("since_young")
    age = facts.age()
    if signs and long and (age is None or age < 45) and (age is not None or facts.any("since_young") or len(signs) > 1):
        return raised(facts, "axial_spa", "C26", signs, at=Urgency.SEE_DOCTOR)
    return None


def c27_diabetic_foot(facts: Facts) -> FlagMatch | None:
    """Diabetes or numb feet with any break, heat or swelling of the foot."""
    risk = facts.had("diabetes", "numb_feet_long")
    signs = facts.any("foot_wound", "foot_ulcer", "foot_swelling", "foot_infection", "black_toe")
    level = Urgency.EMERGENCY if "black_toe" in signs or facts.any("fever") else Urgency.URGENT
    return raised(facts, "diabetic_foot", "C27", risk + signs, at=level) if risk and signs else None


def c29_child(facts: Facts) -> FlagMatch | None:
    """Under 16 with fever, limp, night pain or weight loss."""
    age = facts.age()
    child = facts.any("child") or (("age",) if age is not None and age < CHILD_AGE else ())
    signs = facts.any("fever", "limp", "night_pain", "weight_loss", "constant_pain", "leg_weakness")
    return raised(facts, "age_under_18", "C29", tuple(child) + signs, at=Urgency.URGENT) if child and signs else None


def child_with_back_pain(facts: Facts) -> FlagMatch | None:
    """Under 18 at all: an adult and a doctor, never an exercise plan."""
    age = facts.age()
    young = facts.any("child") or (("age",) if age is not None and age < 18 else ())
    return raised(facts, "age_under_18", "child", tuple(young), at=Urgency.SEE_DOCTOR) if young else None


def c30_blood_thinner(facts: Facts) -> FlagMatch | None:
    """On blood thinners with a fall or blow, or with sudden or severe back pain."""
    thinner = facts.any("blood_thinner")
    event = facts.any("minor_trauma", "major_trauma", "sudden_pain", "sudden_severe_pain", "severe_pain")
    return raised(facts, "post_procedure", "C30", thinner + event, at=Urgency.URGENT) if thinner and event else None


def leg_weakness(facts: Facts) -> FlagMatch | None:
    """New or worsening weakness of one leg or foot."""
    signs = facts.any("leg_weakness", "foot_drop")
    return raised(facts, "foot_drop_progressive_weakness", "weakness", signs, at=Urgency.URGENT) if signs else None


def persistent(facts: Facts) -> FlagMatch | None:
    """No better at two weeks, not settled at four, or getting worse."""
    days = facts.values.get("days", 0)
    signs = facts.any("persistent", "worse_back_pain", "stops_life")
    if signs or days >= FOUR_WEEKS or (days >= TWO_WEEKS and facts.any("no_better")):
        return raised(facts, "persistent_or_worsening", "persistent", signs or ("duration",), at=Urgency.SEE_DOCTOR)
    return None


def persistent_leg(facts: Facts) -> FlagMatch | None:
    """Pain or numbness down one leg, not settled at six weeks or with a numb patch."""
    leg = facts.any("one_leg_pain", "leg_numbness")
    if leg and (facts.values.get("days", 0) >= SIX_WEEKS or facts.any("persistent", "leg_numbness")):
        return raised(facts, "radicular_persistent", "leg", leg, at=Urgency.SEE_DOCTOR)
    return None


C28_NOT_COUNTED = frozenset({"persistent_or_worsening", "age_first_episode"})
"""Flags that C28 leaves out (decision 5)."""

RULES: tuple[Rule, ...] = (
    c4_cancer_new_pain, c5_weight_loss_at_60, c6_persistent_at_60, c7_first_episode_after_50, c8_fragile_bone,
    fragile_at_50_or_65, c9_two_fracture_risks, c10_fever, kidney_stone, c11_infection_risk, c18_exertional_chest, c19_clot,
    c21_possible_ectopic, c22_pregnancy, c23_vascular, c24_neurogenic, c25_limb, c26_inflammatory, c27_diabetic_foot,
    c29_child, child_with_back_pain, c30_blood_thinner, leg_weakness, persistent, persistent_leg,
)  # fmt: skip


def c28_two_and_worse(facts: Facts, matches: Sequence[FlagMatch]) -> FlagMatch | None:
    """Two or more separate see_doctor flags among the person's `matches`, and something is getting worse."""
    found = [match for match in matches if match.urgency is Urgency.SEE_DOCTOR and match.flag not in C28_NOT_COUNTED]
    flags = sorted({match.flag for match in found})
    worse = facts.any("worse_back_pain", "getting_worse")
    if len(flags) < 2 or not worse:
        return None
    because = tuple(concept for match in found for concept in match.because) + worse
    return raised(facts, flags[0], "C28", because, at=Urgency.URGENT)
