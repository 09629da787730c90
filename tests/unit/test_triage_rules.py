"""Every combination rule, as a table: the concepts that raise it, and the same without one of them."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reader import read_content
from bot.model import Assertion, Finding, Subject, Time, Urgency
from bot.triage import Triage
from bot.triage.engine import asked
from bot.triage.heard import sounds
from bot.triage.rules import RULES as REGISTERED

E, U, S = Urgency.EMERGENCY, Urgency.URGENT, Urgency.SEE_DOCTOR


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage(read_content().red_flags)


def findings(*concepts: str, **values: float) -> list[Finding]:
    numbers = [Finding(name, values=((name, value),)) for name, value in values.items()]
    return [Finding(concept) for concept in concepts] + numbers


def value(name: str, number: float) -> Finding:
    return Finding(name, values=((name, number),))


# rule, what raises it, flag, level, and the part without which it does not
RULES = [
    ("C1", findings("saddle_change"), "cauda_equina", E, "saddle_change"),
    ("C1", findings("bladder_change"), "cauda_equina", E, "bladder_change"),
    ("C1", findings("bowel_change"), "cauda_equina", E, "bowel_change"),
    ("C1", findings("sexual_change"), "cauda_equina", E, "sexual_change"),
    ("C2", findings("both_leg_weakness"), "bilateral_leg_neuro", E, "both_leg_weakness"),
    ("C2", findings("both_leg_pain"), "bilateral_leg_neuro", E, "both_leg_pain"),
    ("C3", findings("cancer", "leg_weakness"), "cord_compression_cancer", E, "cancer"),
    ("C3", findings("cancer", "band_pain"), "cord_compression_cancer", E, "band_pain"),
    ("C4", findings("cancer", "new_back_pain"), "cancer_history_new_pain", U, "cancer"),
    ("C5", findings("weight_loss", age=64), "unexplained_weight_loss", U, "age"),
    ("C6", findings("persistent", age=61), "age_first_episode", S, "age"),
    ("C6", findings(age=61, days=20), "age_first_episode", S, "days"),
    ("C7", findings("first_episode", age=51), "age_first_episode", S, "age"),
    ("C8", findings("steroids", "minor_trauma"), "fragility_fracture", U, "steroids"),
    ("C8", findings("sudden_pain", age=70), "fragility_fracture", U, "age"),
    ("C9", findings("menopause", "minor_trauma", "sudden_pain"), "fragility_fracture", U, "menopause"),
    ("C10", findings("fever"), "spinal_infection", U, "fever"),
    ("C10", findings("fever", "urinary_infection"), "kidney_infection", U, "fever"),
    ("C11", findings("iv_drugs", "back_pain"), "spinal_infection", U, "iv_drugs"),
    ("C12", findings("fever", "leg_weakness"), "spinal_infection", E, "fever"),
    ("C12", findings("dialysis", "unsteady"), "spinal_infection", E, "unsteady"),
    ("C13", findings("fever", "confusion"), "sepsis", E, "confusion"),
    ("C14", findings("sudden_severe_pain", age=61), "aaa", E, "age"),
    ("C14", findings("sudden_severe_pain", "faint"), "aaa", E, "faint"),
    ("C15", findings("aneurysm"), "aaa", E, "aneurysm"),
    ("C15", findings("pulsing_belly", "sweating"), "aaa", E, "sweating"),
    ("C16", findings("chest_pain"), "cardiac_acute", E, "chest_pain"),
    ("C17", findings("back_pain", "breathless", "on_exertion"), "cardiac_acute", E, "breathless"),
    ("C17", findings("jaw_pain", "vomiting"), "cardiac_acute", E, "jaw_pain"),
    ("C18", findings("exertional_chest_pain"), "exertional_chest_pain", U, "exertional_chest_pain"),
    ("C19", findings("swollen_calf", "breathless"), "pulmonary_embolism", E, "breathless"),
    ("C19", findings("swollen_calf"), "dvt", U, "swollen_calf"),
    ("C20", findings("collapse", "on_exertion"), "syncope_exertion", E, "on_exertion"),
    ("C21", findings("maybe_pregnant", "vaginal_bleeding"), "ectopic_pregnancy", E, "vaginal_bleeding"),
    ("C21", findings("maybe_pregnant", "one_sided_pain"), "ectopic_pregnancy", U, "one_sided_pain"),
    ("C22", findings("late_pregnancy", "tightenings"), "pregnancy_warning", U, "tightenings"),
    ("C22", findings("late_pregnancy", "hard_bump"), "pregnancy_warning", E, "hard_bump"),
    ("C23", findings("eased_by_standing", "calf_pain_walking"), "vascular_claudication", S, "eased_by_standing"),
    ("C24", findings("eased_by_sitting", "leg_pain"), "neurogenic_claudication", S, "leg_pain"),
    ("C25", findings("calf_pain_walking", "foot_ulcer"), "limb_threatening_ischaemia", U, "calf_pain_walking"),
    ("C26", findings("morning_stiffness", age=30, days=200), "axial_spa", S, "morning_stiffness"),
    ("C27", findings("diabetes", "foot_wound"), "diabetic_foot", U, "diabetes"),
    ("C29", findings("limp", age=9), "age_under_18", U, "limp"),
    ("C30", findings("blood_thinner", "minor_trauma"), "post_procedure", U, "minor_trauma"),
    ("C30", findings("blood_thinner", "leg_weakness"), "post_procedure", E, "blood_thinner"),
]


@pytest.mark.parametrize(("rule", "found", "flag", "level", "needed"), RULES, ids=lambda value: str(value)[:40])
def test_each_rule_fires_on_its_parts_and_not_without_one(
    triage: Triage, rule: str, found: list[Finding], flag: str, level: Urgency, needed: str
) -> None:
    def raised(given: list[Finding]) -> bool:
        return any(
            (match.rule, match.flag, match.urgency) == (rule, flag, level) for match in triage.assess(given).matches
        )

    assert raised(found)
    assert not raised([finding for finding in found if finding.concept != needed])


def test_weeks_told_as_a_number_say_how_far_a_pregnancy_is(triage: Triage) -> None:
    def flags(*concepts: str, weeks: float) -> set[str]:
        return set(triage.assess(findings(*concepts, pregnant_weeks=weeks)).flags)

    assert "ectopic_pregnancy" in flags("vaginal_bleeding", weeks=8)
    assert "ectopic_pregnancy" not in flags("vaginal_bleeding", weeks=13)
    assert "pregnancy_warning" in flags("waters", weeks=30)
    assert "pregnancy_warning" in flags("hard_bump", weeks=30)


def test_waters_that_may_be_leaking_are_enough_in_whatever_turn(triage: Triage) -> None:
    maybe = Finding("waters", assertion=Assertion.UNSURE)
    assert "pregnancy_warning" in triage.assess([value("pregnant_weeks", 30), maybe]).flags
    assert "pregnancy_warning" in triage.assess([Finding("late_pregnancy"), maybe]).flags
    assert not triage.assess([Finding("late_pregnancy")]).flags


@pytest.mark.parametrize(("weeks", "asks"), [(8, "ectopic_pregnancy"), (30, "pregnancy_warning")])
def test_late_in_pregnancy_nobody_is_asked_whether_they_may_be_pregnant(triage: Triage, weeks: int, asks: str) -> None:
    heard = Finding(sounds("ectopic_pregnancy"), assertion=Assertion.UNSURE)
    assert triage.assess([value("pregnant_weeks", weeks), heard]).ask == (asks,)


@pytest.mark.parametrize(("assertion", "level"), [(Assertion.NEGATED, Urgency.SELF_CARE), (Assertion.AFFIRMED, None)])
def test_a_net_alone_does_not_alarm_about_what_is_denied(
    triage: Triage, assertion: Assertion, level: Urgency | None
) -> None:
    found = triage.assess([Finding(sounds("sepsis")), Finding("fever", assertion=assertion)])
    assert (found.urgency is Urgency.SELF_CARE) == (level is Urgency.SELF_CARE)
    assert ("sepsis" in found.ask) == (level is Urgency.SELF_CARE)


def test_a_plain_fall_is_asked_about_and_one_of_fragile_bones_is_seen_today(triage: Triage) -> None:
    fall = findings("plain_fall", "minor_trauma", "back_pain")
    assert (triage.assess(fall).urgency, triage.assess(fall).ask) == (Urgency.SELF_CARE, ("major_trauma",))
    no = Finding(asked("major_trauma"), assertion=Assertion.NEGATED, source="screen")
    assert triage.assess([*fall, no]).ask == ()
    assert triage.assess([*fall, value("age", 71)]).flags[0] == "fragility_fracture"
    assert triage.assess([*fall, Finding("osteoporosis")]).flags[0] == "fragility_fracture"
    assert triage.assess(findings("plain_fall")).ask == ()


def test_what_a_rule_wants_asked_about_no_net_alarms(triage: Triage) -> None:
    fall = findings("plain_fall", "minor_trauma", "back_pain", sounds("major_trauma"))
    assert triage.assess(fall).urgency is Urgency.SELF_CARE
    assert triage.assess(fall).ask == ("major_trauma",)


def test_a_sign_of_a_stroke_that_passed_off_is_asked_about(triage: Triage) -> None:
    gone = [dataclasses.replace(one, time=Time.PAST_OVER) for one in findings("stroke_sign")]
    assert triage.assess(gone).ask == ("stroke",)
    assert triage.assess([dataclasses.replace(one, assertion=Assertion.NEGATED) for one in gone]).ask == ()


def test_a_child_who_is_hurt_gets_the_words_for_a_child(triage: Triage) -> None:
    for told in (findings("sexual_abuse", age=12), findings("child", "assault")):
        assert ("assault_safeguarding", "abuse") in {(one.flag, one.rule) for one in triage.assess(told).matches}
    grown = triage.assess(findings("assault", age=40)).matches
    assert {one.rule for one in grown if one.flag == "assault_safeguarding"} == {"direct"}


def test_a_maybe_that_would_complete_a_rule_is_asked_about(triage: Triage) -> None:
    weak = Finding("leg_weakness", assertion=Assertion.UNSURE)
    assert "cord_compression_cancer" in triage.assess([Finding("cancer"), weak]).ask
    assert triage.assess([Finding("cancer")]).ask == ()


def test_every_numbered_rule_has_a_row_but_c28() -> None:
    rows = {row[0] for row in RULES}
    assert rows == {f"C{number}" for number in range(1, 31)} - {"C28"}


def test_c28_two_flags_and_one_getting_worse(triage: Triage) -> None:
    two = findings("eased_by_standing", "calf_pain_walking", "morning_stiffness", "since_young", "better_moving")
    assert triage.assess(two).urgency is S
    worse = triage.assess([*two, Finding("getting_worse")])
    assert worse.urgency is U
    assert "C28" in {match.rule for match in worse.matches}


def test_c28_leaves_out_what_is_only_long_or_late(triage: Triage) -> None:
    two = findings("persistent", "first_episode", "getting_worse", age=55)
    assert triage.assess(two).urgency is S


def test_an_ache_of_both_legs_that_sitting_eases_is_no_emergency(triage: Triage) -> None:
    assert triage.assess(findings("both_leg_pain", "eased_by_sitting", "leg_pain")).urgency is S
    assert triage.assess(findings("both_leg_numbness", "eased_by_sitting")).urgency is E


def test_chest_discomfort_that_rest_ends_is_urgent(triage: Triage) -> None:
    assert triage.assess(findings("chest_pain", "exertional_chest_pain")).urgency is U
    assert triage.assess(findings("chest_pain", "exertional_chest_pain", "sweating")).urgency is E


@pytest.mark.parametrize(
    "change",
    [
        {"assertion": Assertion.NEGATED},
        {"assertion": Assertion.HYPOTHETICAL},
        {"time": Time.PAST_OVER},
    ],
)
def test_what_is_absent_imagined_or_over_raises_nothing(triage: Triage, change: dict[str, object]) -> None:
    assert triage.assess([Finding("saddle_change", **change)]).urgency is Urgency.SELF_CARE  # type: ignore[arg-type]


def test_an_old_cancer_counts_and_an_old_weakness_does_not(triage: Triage) -> None:
    cancer = Finding("cancer", time=Time.PAST_OVER)
    assert "cord_compression_cancer" in triage.assess([cancer, Finding("leg_weakness")]).flags
    assert not triage.assess([cancer, Finding("leg_weakness", time=Time.PAST_OVER)]).flags


def test_two_people_are_not_mixed(triage: Triage) -> None:
    mother = {"subject": Subject.OTHER, "relation": "mother"}
    apart = triage.assess([Finding("cancer", **mother), Finding("both_leg_weakness")])  # type: ignore[arg-type]
    assert "cord_compression_cancer" not in apart.flags
    hers = triage.assess([Finding("cancer", **mother), Finding("both_leg_weakness", **mother)])  # type: ignore[arg-type]
    assert ("cord_compression_cancer", "mother") in {(match.flag, match.relation) for match in hers.matches}


def test_an_unsure_sign_is_asked_about(triage: Triage) -> None:
    unsure = triage.assess([Finding("saddle_change", assertion=Assertion.UNSURE)])
    assert (unsure.urgency, unsure.ask) == (Urgency.SELF_CARE, ("cauda_equina",))


def test_a_flag_of_low_specificity_is_asked_about(triage: Triage) -> None:
    low = triage.assess([Finding("cough_pain")])
    assert (low.urgency, low.ask) == (Urgency.SELF_CARE, ("cough_strain_pain",))


def test_what_is_known_already_brings_no_visit_to_find_it(triage: Triage) -> None:
    stiff = [Finding("morning_stiffness"), Finding("night_waking"), Finding("since_young"), Finding("sounds:axial_spa")]
    assert "axial_spa" in triage.assess(stiff).flags
    assert triage.assess([*stiff, Finding("inflammatory_told")]).flags == ()


def test_a_yes_to_a_flags_question_raises_it(triage: Triage) -> None:
    for flag in read_content().red_flags.values():
        said = triage.assess([Finding(asked(flag.id), source="screen")])
        assert flag.id in said.flags
        assert said.urgency.rank >= flag.urgency.rank


def test_every_rule_names_a_flag_of_the_content() -> None:
    flags = read_content().red_flags
    assert {row[2] for row in RULES} <= set(flags)
    assert {rule.id for rule in REGISTERED} >= {f"C{number}" for number in range(1, 31)} - {"C28"}
    assert all(rule.when and rule.levels for rule in REGISTERED)


CONCEPTS = sorted({finding.concept for row in RULES for finding in row[1]})
some_findings = st.lists(
    st.builds(
        Finding,
        concept=st.sampled_from(CONCEPTS),
        assertion=st.sampled_from(list(Assertion)),
        time=st.sampled_from(list(Time)),
        subject=st.sampled_from(list(Subject)),
        relation=st.sampled_from([None, "mother"]),
        values=st.sampled_from([(), (("age", 30.0),), (("age", 75.0),), (("days", 50.0),)]),
    ),
    max_size=6,
)


@given(some_findings, st.randoms(use_true_random=False))
def test_the_order_of_findings_never_matters(found: list[Finding], random: object) -> None:
    triage = Triage(FLAGS)
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert triage.assess(found) == triage.assess(shuffled)


@given(some_findings, st.sampled_from(CONCEPTS))
def test_denying_something_else_never_lowers_a_level(found: list[Finding], concept: str) -> None:
    triage = Triage(FLAGS)
    before = triage.assess(found).urgency
    denied = Finding(concept, assertion=Assertion.NEGATED)
    assert triage.assess([*found, denied]).urgency.rank >= before.rank


FLAGS = read_content().red_flags


def test_all_orders_of_three_findings_agree(triage: Triage) -> None:
    three = findings("cancer", "fever", "both_leg_weakness")
    assert len({triage.assess(order) for order in itertools.permutations(three)}) == 1


@pytest.mark.parametrize(
    ("found", "flag", "level"),
    [
        (findings("belly_to_back_pain", "severe_belly_pain"), "pancreatitis_abdominal", E),
        (findings("belly_to_back_pain", "vomiting"), "pancreatitis_abdominal", E),
        (findings("dark_urine", "muscle_pain"), "rhabdomyolysis", E),
        (findings("sickle_cell", "fever"), "sickle_crisis", E),
        (findings("painkiller", "face_swelling"), "nsaid_gi_bleed", E),
        (findings("heat", "confusion"), "heat_stroke", E),
        (findings("stone_pain", "fever"), "kidney_stone", E),
        (findings("minor_trauma", "leg_weakness"), "major_trauma", E),
        (findings("jaw_pain", "arm_pain"), "cardiac_acute", E),
        (findings("upper_belly_pain", "arm_pain"), "cardiac_acute", E),
        (findings("flank_pain", "vomiting"), "kidney_stone", U),
        (findings("leg_weakness"), "foot_drop_progressive_weakness", U),
        (findings("one_leg_pain", days=50), "radicular_persistent", S),
        (findings(days=30), "persistent_or_worsening", S),
        (findings("child"), "age_under_18", S),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_rules_without_a_number(triage: Triage, found: list[Finding], flag: str, level: Urgency) -> None:
    assert (flag, level) in {(match.flag, match.urgency) for match in triage.assess(found).matches}


def test_where_and_when_hold_for_whoever_is_spoken_of(triage: Triage) -> None:
    confused = Finding("confusion", subject=Subject.OTHER, relation="father")
    raised = triage.assess([Finding("heat"), confused]).matches
    assert ("heat_stroke", "father") in {(match.flag, match.relation) for match in raised}


def test_sweat_on_a_walk_with_a_sore_back_is_ordinary(triage: Triage) -> None:
    assert triage.assess(findings("back_pain", "sweating", "on_exertion")).urgency is Urgency.SELF_CARE


@pytest.mark.parametrize(
    ("found", "flag", "level"),
    [
        ([Finding("exertional_chest_pain"), value("minutes", 20)], "cardiac_acute", Urgency.EMERGENCY),
        ([Finding("hand_clumsy"), Finding("getting_worse")], "cervical_myelopathy", Urgency.EMERGENCY),
        ([Finding("fever"), Finding("feeling_like_dying")], "sepsis", Urgency.EMERGENCY),
        ([Finding("unrousable")], "stroke", Urgency.EMERGENCY),
        ([Finding("connective_tissue"), Finding("upper_back_pain")], "aortic_dissection", Urgency.EMERGENCY),
        ([Finding("sudden_severe_pain"), Finding("chest_pain")], "aortic_dissection", Urgency.EMERGENCY),
        ([value("tablets", 9)], "medicine_overdose", Urgency.EMERGENCY),
        ([value("grams", 5)], "medicine_overdose", Urgency.EMERGENCY),
        ([Finding("ovary_cyst"), Finding("severe_pain"), Finding("vomiting")], "torsion_gonadal", Urgency.EMERGENCY),
        ([Finding("pelvic_pain"), Finding("sudden_pain"), Finding("vomiting")], "torsion_gonadal", Urgency.EMERGENCY),
        ([Finding("fever"), Finding("not_cooling"), Finding("on_exertion")], "heat_stroke", Urgency.EMERGENCY),
        ([Finding("very_hot"), Finding("heat"), Finding("confusion")], "heat_stroke", Urgency.EMERGENCY),
        ([value("age", 71), Finding("sudden_pain"), Finding("faint")], "aaa", Urgency.EMERGENCY),
        (
            [value("age", 55), Finding("female"), Finding("sudden_pain"), Finding("little_force")],
            "fragility_fracture",
            Urgency.URGENT,
        ),
    ],
)
def test_the_rules_of_the_decisions(triage: Triage, found: list[Finding], flag: str, level: Urgency) -> None:
    assert (flag, level) in {(match.flag, match.urgency) for match in triage.assess(found).matches}


@pytest.mark.parametrize(
    "found",
    [
        [value("tablets", 8)],
        [Finding("exertional_chest_pain"), value("minutes", 5)],
        [value("age", 55), Finding("sudden_pain"), Finding("little_force")],
        [Finding("both_leg_numbness"), Finding("trolley_sign")],
        [Finding("both_leg_numbness"), Finding("diabetes"), value("days", 3000)],
        [Finding("connective_tissue")],
    ],
)
def test_the_rules_of_the_decisions_are_no_emergency_without_their_parts(triage: Triage, found: list[Finding]) -> None:
    assert triage.assess(found).urgency.rank < Urgency.EMERGENCY.rank


def test_numb_legs_that_sitting_eases_are_no_emergency_only_where_they_are_long_the_same(triage: Triage) -> None:
    numb = ["both_leg_numbness", "eased_by_sitting", "stable_known"]
    assert triage.assess(findings(*numb)).urgency is Urgency.EMERGENCY
    assert triage.assess(findings(*numb, "persistent")).urgency is not Urgency.EMERGENCY
    assert triage.assess(findings(*numb, "persistent", "getting_worse")).urgency is Urgency.EMERGENCY
    assert triage.assess(findings(*numb, "persistent", "both_leg_weakness")).urgency is Urgency.EMERGENCY
