"""Combination rules that raise to emergency: C1-C3, C12-C17, C19-C21, and the emergency halves of C22, C25 and C30.

Each rule takes one person's facts and returns what it raised, or None. Back pain is presumed: people come here with it.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.model import FlagMatch, Urgency
from bot.triage import concepts as c
from bot.triage.facts import Facts

YEAR = 365
"""Days from which numb feet that are known and unchanged are no new sign (red-flag specification, flag 1)."""
ANGINA_MINUTES = 10
"""Longer than this at rest and effort discomfort is treated as a heart attack (C18)."""

MOST_TABLETS, MOST_GRAMS = 8, 4.0
"""The packet's limit in 24 hours for paracetamol of 500 mg: 8 tablets, 4 g."""

Rule = Callable[[Facts], FlagMatch | None]


def raised(
    facts: Facts, flag: str, rule: str, because: tuple[str, ...], *, at: Urgency = Urgency.EMERGENCY
) -> FlagMatch:
    """A match of `flag` about the person of `facts`."""
    return FlagMatch(flag, at, rule, facts.subject, facts.relation, tuple(sorted(set(because))))


def c1_cauda_equina(facts: Facts) -> FlagMatch | None:
    """Any one new change of saddle feeling, bladder, bowel or sexual feeling. One symptom is enough (R2)."""
    signs = facts.any(*c.CAUDA_EQUINA)
    return raised(facts, "cauda_equina", "C1", signs) if signs else None


def c2_both_legs(facts: Facts) -> FlagMatch | None:
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
    old = facts.values.get("days", 0) >= YEAR and facts.had("stable_known", "diabetes")
    if old and set(signs) <= {"both_leg_numbness", "both_leg_pain"} and not facts.any("getting_worse"):
        return None  # long known and the same: a question for the next visit
    return raised(facts, "bilateral_leg_neuro", "C2", signs)


def c3_cord_compression(facts: Facts) -> FlagMatch | None:
    """Cancer ever, with weak, numb or unsteady legs, a band of pain, or a bladder or bowel change."""
    cancer = facts.had("cancer")
    signs = facts.any(*c.NEURO, "numb_feet_long", "band_pain", "electric_shocks")
    return raised(facts, "cord_compression_cancer", "C3", cancer + signs) if cancer and signs else None


def c12_spinal_infection_neuro(facts: Facts) -> FlagMatch | None:
    """Fever, or a risk of spinal infection, with a leg or bladder sign: an epidural abscess cannot wait."""
    infection = facts.any(*c.FEVER) + facts.had(*c.INFECTION_RISK)
    signs = facts.any(*c.NEURO)
    return raised(facts, "spinal_infection", "C12", infection + signs) if infection and signs else None


def c13_sepsis(facts: Facts) -> FlagMatch | None:
    """Fever or infection with a sign that the whole body is failing."""
    infection = facts.any(*c.INFECTION)
    signs = facts.any(*c.SEPSIS_SIGNS)
    return raised(facts, "sepsis", "C13", infection + signs) if infection and signs else None


def c14_aaa(facts: Facts) -> FlagMatch | None:
    """Over 60 with sudden severe back, flank or belly pain; at any age, such pain with fainting or clammy skin."""
    shock = facts.any("faint", "sweating", "collapse")
    old = facts.older_than(60)
    pain = facts.any("sudden_severe_pain", "stone_pain") or (facts.any("sudden_pain") if old and shock else ())
    if pain and (old or shock):
        return raised(facts, "aaa", "C14", pain + shock + (("age",) if old else ()))
    return None


def c15_known_aneurysm(facts: Facts) -> FlagMatch | None:
    """A known aneurysm with any back or belly pain (presumed), or a pulsing belly with shock."""
    known = facts.any("aneurysm")
    pulsing = facts.any("pulsing_belly") and facts.any(
        "faint", "sweating", "collapse", "sudden_severe_pain", "severe_pain"
    )
    if known:
        return raised(facts, "aaa", "C15", known)
    return raised(facts, "aaa", "C15", ("pulsing_belly", *pulsing)) if pulsing else None


def c16_chest_pain(facts: Facts) -> FlagMatch | None:
    """Chest pain or pressure with back pain (presumed), unless it comes only on effort and goes with rest (C18)."""
    signs = facts.any("chest_pain")
    angina = facts.any("exertional_chest_pain")
    if angina and facts.values.get("minutes", 0) > ANGINA_MINUTES:
        return raised(facts, "cardiac_acute", "C16", signs + angina + ("minutes",))
    if not signs or (angina and not facts.any(*c.CARDIAC_SIGNS, "faint", "arm_pain")):
        return None
    return raised(facts, "cardiac_acute", "C16", signs)


def c17_cardiac_equivalent(facts: Facts) -> FlagMatch | None:
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


def c19_pulmonary_embolism(facts: Facts) -> FlagMatch | None:
    """A swollen calf (or a past clot) with breathlessness, chest pain, blood or faintness."""
    clot = facts.any("swollen_calf") or facts.had("past_clot")
    signs = facts.any(*c.CLOT_SIGNS)
    return raised(facts, "pulmonary_embolism", "C19", clot + signs) if clot and signs else None


def c20_exertional_collapse(facts: Facts) -> FlagMatch | None:
    """Collapse or near-collapse while moving."""
    signs = facts.any("exertional_collapse") or (
        facts.any("collapse") and facts.any("on_exertion") and facts.any("collapse", "on_exertion")
    )
    return raised(facts, "syncope_exertion", "C20", tuple(signs)) if signs else None


def c21_ectopic(facts: Facts) -> FlagMatch | None:
    """Possible pregnancy with low pain and bleeding, shoulder-tip pain or faintness (back pain is presumed)."""
    pregnant = facts.any("maybe_pregnant", "early_pregnancy")
    signs = facts.any("vaginal_bleeding", "shoulder_tip_pain", "faint", "pain_on_pooing", "collapse")
    if pregnant and signs and not facts.any("late_pregnancy"):
        return raised(facts, "ectopic_pregnancy", "C21", pregnant + signs)
    return None


def c22_pregnancy_emergency(facts: Facts) -> FlagMatch | None:
    """Pregnant with heavy bleeding, a constantly hard bump, collapse or a fit."""
    pregnant = facts.any("maybe_pregnant", "early_pregnancy", "late_pregnancy")
    signs = facts.any("heavy_bleeding", "hard_bump", "fit", "collapse")
    return raised(facts, "pregnancy_warning", "C22", pregnant + signs) if pregnant and signs else None


def c30_blood_thinner_neuro(facts: Facts) -> FlagMatch | None:
    """On blood thinners, or after a spinal procedure, with any leg, bladder or bowel sign: a bleed may press on the cord."""
    risk = facts.any("blood_thinner") + facts.had("recent_spinal_procedure")
    signs = facts.any(*c.NEURO)
    return raised(facts, "post_procedure", "C30", risk + signs) if risk and signs else None


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


def abdominal_emergency(facts: Facts) -> FlagMatch | None:
    """Upper belly pain through to the back that is severe, or comes with vomiting, fever, yellow skin or a hard belly."""
    pain = facts.any("belly_to_back_pain", "upper_belly_pain", "severe_belly_pain", "worse_flat_better_forward")
    signs = facts.any("vomiting", "vomiting_all", "fever", "jaundice", "rigid_belly", "sweating", "pancreas_posture")
    if len(pain) > 1:
        signs += pain[1:]
    return raised(facts, "pancreatitis_abdominal", "abdomen", pain + signs) if pain and signs else None


def nsaid_bleed(facts: Facts) -> FlagMatch | None:
    """A painkiller with severe belly pain, or with swelling of the face or wheeze."""
    drug = facts.had("painkiller")
    signs = facts.any(
        "severe_belly_pain", "face_swelling", "wheeze", "black_stool", "vomiting_blood", "vaginal_bleeding"
    )
    return raised(facts, "nsaid_gi_bleed", "painkiller", drug + signs) if drug and signs else None


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


def unrousable(facts: Facts) -> FlagMatch | None:
    """Somebody who cannot be woken needs an ambulance, whatever the cause."""
    signs = facts.any("unrousable")
    return raised(facts, "stroke", "unrousable", signs) if signs else None


def connective_tissue(facts: Facts) -> FlagMatch | None:
    """Marfan or a like syndrome with sudden, severe, chest or upper back pain; or both of sudden severe and such a place."""
    risk = facts.had("connective_tissue")
    place = facts.any("chest_pain", "upper_back_pain")
    pain = facts.any("sudden_severe_pain") or (facts.any("sudden_pain", "severe_pain") if risk else ())
    if (risk and (place or pain)) or (place and "sudden_severe_pain" in pain):
        return raised(facts, "aortic_dissection", "tissue", risk + place + pain)
    return None


def too_many_tablets(facts: Facts) -> FlagMatch | None:
    """More tablets, or more grams of paracetamol, taken than a packet allows in a day."""
    tablets = facts.values.get("tablets", 0) > MOST_TABLETS
    grams = facts.values.get("grams", 0) > MOST_GRAMS
    return raised(facts, "medicine_overdose", "tablets", ("tablets",)) if tablets or grams else None


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


def infected_stone(facts: Facts) -> FlagMatch | None:
    """Stone pain with fever, or without any urine: a blocked, infected kidney."""
    stone = facts.any("stone_pain")
    signs = facts.any("fever", "no_urine")
    return raised(facts, "kidney_stone", "stone", stone + signs) if stone and signs else None


def myelopathy_worsening(facts: Facts) -> FlagMatch | None:
    """Clumsy hands or shocks down the spine that are getting worse, or with a bladder or bowel change (R6)."""
    neck = facts.any("hand_clumsy", "lhermitte")
    signs = facts.any("getting_worse", "worse_back_pain", "bladder_change", "bowel_change")
    return raised(facts, "cervical_myelopathy", "worsening", neck + signs) if neck and signs else None


def trauma_neuro(facts: Facts) -> FlagMatch | None:
    """Any fall or blow with numb, weak or unmoving legs."""
    trauma = facts.any("major_trauma", "minor_trauma", "assault")
    signs = tuple(
        sign for sign in facts.any(*c.NEURO) if sign != "unsteady"
    )  # who is unsteady falls: not the other way
    return raised(facts, "major_trauma", "trauma", trauma + signs) if trauma and signs else None


RULES: tuple[Rule, ...] = (
    c1_cauda_equina, c2_both_legs, c3_cord_compression, c12_spinal_infection_neuro, c13_sepsis, c14_aaa,
    c15_known_aneurysm, c16_chest_pain, c17_cardiac_equivalent, c19_pulmonary_embolism, c20_exertional_collapse,
    c21_ectopic, c22_pregnancy_emergency, c30_blood_thinner_neuro, rhabdomyolysis, sickle_crisis, abdominal_emergency,
    nsaid_bleed, heat_stroke, unrousable, connective_tissue, too_many_tablets, twisted_ovary, infected_stone,
    myelopathy_worsening, trauma_neuro,
)  # fmt: skip
