"""Names of the clinical concepts that combination rules speak of, in groups. The phrases for each are content."""

from __future__ import annotations

CRISIS = "suicidal_crisis"
"""The flag whose words always get the same reply (decision 9)."""
CAUDA_EQUINA = ("saddle_change", "bladder_change", "bowel_change", "sexual_change")
BOTH_LEGS = ("both_leg_pain", "both_leg_heavy", "both_leg_weakness", "both_leg_numbness")
LEG_NEURO = (
    "leg_weakness", "leg_numbness", "foot_drop", "both_leg_heavy", "both_leg_weakness", "both_leg_numbness", "unsteady",
)  # fmt: skip
"""Weak, numb or unsteady legs: what turns cancer, infection or a blood thinner into an emergency (C3, C12, C30)."""
NEURO = (*LEG_NEURO, "bladder_change", "bowel_change", "saddle_change")
RISK_HISTORY = (
    "cancer", "steroids", "osteoporosis", "past_fragility_fracture", "blood_thinner", "diabetes", "iv_drugs", "immune_weak",
    "recent_infection", "recent_spinal_procedure", "dialysis", "aneurysm", "sickle_cell", "heart_disease", "past_clot",
    "maybe_pregnant", "early_pregnancy", "late_pregnancy", "postnatal",
)  # fmt: skip
"""What a person may tell of themselves in passing: no danger by itself, but it changes what later words mean."""
FEVER = ("fever",)
INFECTION = (*FEVER, "infection", "urinary_infection", "extreme_shivering")
SEPSIS_SIGNS = (
    "confusion", "mottled_skin", "fast_breathing", "no_urine", "rash_not_fading", "extreme_shivering", "feeling_like_dying",
)  # fmt: skip
INFECTION_RISK = ("iv_drugs", "immune_weak", "recent_infection", "recent_spinal_procedure", "dialysis")
BACK_PAIN = (
    "back_pain", "new_back_pain", "worse_back_pain", "upper_back_pain", "severe_pain", "sudden_pain", "sudden_severe_pain",
    "constant_pain", "cough_pain", "flank_pain", "persistent",
)  # fmt: skip
COLLAPSE = ("faint", "collapse")
CARDIAC_SITES = ("jaw_pain", "arm_pain", "upper_belly_pain", "upper_back_pain", "shoulder_pain", "back_pain")
CARDIAC_SIGNS = ("sweating", "vomiting", "breathless", "sudden_breathless")
BREATHLESS = ("breathless", "sudden_breathless")
HEART_RISK = ("heart_disease", "diabetes", "smoker", "high_blood_pressure")
FEMALE = frozenset({"mother", "grandmother", "daughter", "sister"})
"""Relations that say that the person is a woman."""
LITTLE_FORCE = ("minor_trauma", "little_force", "cracked")
CLOT_SIGNS = ("breathless", "sudden_breathless", "chest_pain", "pleuritic_pain", "coughing_blood", "faint")
PREGNANCY_PAIN = ("pelvic_pain", "belly_pain", "back_pain", "one_sided_pain")
KNOWN = {"axial_spa": "inflammatory_told"}
"""Flags that say what a person may have, by the fact that it is known already: then they bring no new advice."""
