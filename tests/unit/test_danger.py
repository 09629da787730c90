"""The evidence of danger: what speaks for a level, from when it is alerted or asked about, and what triage makes of it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from bot.content.document import ContentError
from bot.content.reader import read_content
from bot.language.assembly import flags_of_signs
from bot.language.corpus import NOTHING
from bot.language.danger import FEATURES, LEVELS, LIMIT, DangerNet, LevelModel, Nets
from bot.language.encoder import DIMENSIONS, Vectors
from bot.language.evidence import PATH, read_evidence
from bot.language.heads import Head
from bot.language.reader import heard
from bot.model import Assertion, Finding, Subject, Time, Urgency
from bot.triage import Triage
from bot.triage.engine import asked
from bot.triage.heard import sounds

E, U, S = Urgency.EMERGENCY, Urgency.URGENT, Urgency.SEE_DOCTOR
LABELS = (NOTHING, "stroke", "dvt", "stress_fracture", "suicidal_crisis")
FLAGS = {"stroke": E, "dvt": U, "stress_fracture": S, "suicidal_crisis": E}
SIGNS = {"stroke_sign": ["stroke"], "swollen_calf": ["dvt"], "bone_pain": ["stress_fracture"], "past_clot": ["dvt"]}
ALONE = {sign: flags for sign, flags in SIGNS.items() if sign != "past_clot"}
HEAD = Head(
    labels=LABELS,
    dense=np.zeros((DIMENSIONS, len(LABELS)), dtype=np.float32),
    dense_bias=np.zeros(len(LABELS), dtype=np.float32),
    words=np.zeros((1, len(LABELS)), dtype=np.float16),
    words_bias=np.zeros(len(LABELS), dtype=np.float32),
)


def model(alert_at: float = 0.8, ask_at: float = 0.2, **weights: float) -> LevelModel:
    return LevelModel(tuple(weights.get(name, 0.0) for name in FEATURES), 0.0, alert_at, ask_at)


def net(**weights: float) -> DangerNet:
    """Each level by these weights alone (default: what the net hears in the whole message)."""
    one = model(**(weights or {"net_whole": 1.0}))
    return DangerNet(HEAD, levels=FLAGS, signs=SIGNS, alone=ALONE, models=dict.fromkeys(LEVELS, one))


def odds(*stretches: dict[str, float], told: tuple[float, ...] = ()) -> Nets:
    """What the nets say of the whole and of each part, both halves alike; what is left is no danger."""
    shares = shared(*stretches)
    return Nets(shares, shares, shares, np.array(told or [0.5] * len(stretches), dtype=np.float32))


def shared(*stretches: dict[str, float]) -> Vectors:
    rows = []
    for told in stretches:
        row = [told.get(label, 0.0) for label in LABELS]
        row[0] = 1.0 - sum(row)
        rows.append(row)
    return np.array(rows, dtype=np.float32)


def features(level: Urgency, stretches: Nets, *findings: Finding, text: str = "some words") -> dict[str, float]:
    return dict(zip(FEATURES, net().features(stretches, findings, text)[level], strict=True))


def test_a_level_takes_all_flags_at_it_and_above() -> None:
    told = odds({"stroke": 0.2, "dvt": 0.3, "stress_fracture": 0.1})
    for level, share in ((E, 0.2), (U, 0.5), (S, 0.6)):
        found = features(level, told)
        assert found["net_whole"] == pytest.approx(math.log(share / (1 - share)), abs=1e-5)
        assert found["other_level"] == pytest.approx(math.log(0.6 / 0.4), abs=1e-5)


def test_the_worst_part_counts_beside_the_whole() -> None:
    found = features(E, odds({"stroke": 0.1}, {}, {"stroke": 0.9}))
    assert found["net_part"] == pytest.approx(math.log(9), abs=1e-4)
    assert (found["net_whole"] < 0, found["net_agree"]) == (True, 0.0)
    assert features(E, odds({"stroke": 0.6}, {"stroke": 0.7}))["net_agree"] == 1.0
    assert features(E, odds({"stroke": 0.6}))["net_part"] == features(E, odds({"stroke": 0.6}))["net_whole"]


def test_no_single_number_decides() -> None:
    assert features(E, odds({"stroke": 1.0}))["net_whole"] == LIMIT
    assert features(E, odds({}))["net_whole"] == -LIMIT


@pytest.mark.parametrize(
    ("finding", "name"),
    [
        (Finding("swollen_calf"), "phrase"),
        (Finding("swollen_calf", assertion=Assertion.NEGATED), "phrase_denied"),
        (Finding("swollen_calf", time=Time.PAST_OVER), "phrase_past"),
        (Finding("swollen_calf", assertion=Assertion.HYPOTHETICAL), "phrase_supposed"),
        (Finding("swollen_calf", assertion=Assertion.UNSURE), "phrase_supposed"),
    ],
)
def test_a_phrase_counts_at_its_level_and_below_by_how_it_was_said(finding: Finding, name: str) -> None:
    for level, expected in ((E, 0.0), (U, 1.0), (S, 1.0)):
        found = features(level, odds({}), finding)
        assert found[name] == expected
        others = ("phrase", "phrase_beside", "phrase_denied", "phrase_past", "phrase_supposed")
        assert not any(found[other] for other in others if other != name)


def test_a_sign_that_only_helps_to_raise_a_flag_is_evidence_of_its_own() -> None:
    found = features(U, odds({}), Finding("past_clot"))
    assert (found["phrase"], found["phrase_beside"]) == (0.0, 1.0)
    both = features(U, odds({}), Finding("past_clot"), Finding("swollen_calf"))
    assert (both["phrase"], both["phrase_beside"]) == (1.0, 0.0)


def test_each_half_and_the_likeliest_flag_are_evidence() -> None:
    told = Nets(
        shared({"stroke": 0.3, "dvt": 0.2}),
        shared({"stroke": 0.6}),
        shared({"stroke": 0.1}),
        np.array([0.8], np.float32),
    )
    found = features(E, told)
    assert found["by_vector"] == pytest.approx(math.log(0.6 / 0.4), abs=1e-4)
    assert found["by_words"] == pytest.approx(math.log(0.1 / 0.9), abs=1e-4)
    assert features(U, told)["best_flag"] == pytest.approx(math.log(0.3 / 0.7), abs=1e-4)
    assert found["told_whole"] == found["told_part"] == pytest.approx(math.log(4), abs=1e-4)


def test_the_part_most_like_a_sign_that_is_there_counts_beside_the_whole() -> None:
    found = features(E, odds({}, {}, {}, told=(0.2, 0.9, 0.1)))
    assert found["told_whole"] == pytest.approx(math.log(0.25), abs=1e-4)
    assert found["told_part"] == pytest.approx(math.log(9), abs=1e-4)


@pytest.mark.parametrize(
    ("concept", "stretches", "harmless"),
    [
        ("swollen_calf", ({"dvt": 0.2}, {}), True),
        ("swollen_calf", ({"dvt": 0.2}, {"dvt": 0.5}), False),  # its own part sounds like it
        ("swollen_calf", ({"stress_fracture": 0.9},), True),  # a danger, but none as high as a hot calf's
        ("bone_pain", ({"stress_fracture": 0.9},), False),
        ("stroke_sign", ({"dvt": 0.9},), True),
        ("on_exertion", ({"stress_fracture": 0.4},), False),  # a sign of no flag: any danger counts
    ],
)
def test_a_phrase_is_harmless_where_no_danger_is_heard_that_it_could_raise(
    concept: str, stretches: tuple[dict[str, float], ...], harmless: bool
) -> None:
    assert net().harmless(concept, shared(*stretches)) is harmless


def test_a_sign_of_no_flag_is_no_evidence() -> None:
    assert features(S, odds({}), Finding("on_exertion")) == features(S, odds({}))


@pytest.mark.parametrize(("text", "question"), [("is it bad?", 1.0), ("is it bad? ", 1.0), ("is it? yes", 0.0)])
def test_length_and_a_question_mark_at_the_end_are_evidence(text: str, question: float) -> None:
    found = features(E, odds({}), text=text)
    assert found["question"] == question
    assert found["words"] == pytest.approx(math.log(1 + len(text.split())))


def test_a_probability_is_a_logistic_of_the_shares() -> None:
    one = LevelModel(tuple(0.5 for _ in FEATURES), -1.0, 0.8, 0.2)
    values = [0.1 * place for place in range(len(FEATURES))]
    shares = one.shares(values)
    assert list(shares) == list(FEATURES)
    assert one.probability(values) == pytest.approx(1 / (1 + math.exp(1.0 - sum(shares.values()))))
    assert 0.0 < one.probability([-1e9] * len(FEATURES)) < 1e-9 < one.probability([1e9] * len(FEATURES)) <= 1.0


@pytest.mark.parametrize(
    ("probability", "assertion"),
    [(0.9, Assertion.AFFIRMED), (0.81, Assertion.AFFIRMED), (0.79, Assertion.UNSURE), (0.21, Assertion.UNSURE)],
)
def test_the_two_thresholds_part_alerting_from_asking(probability: float, assertion: Assertion) -> None:
    found = net().judge(odds({"stroke": probability}), (), "words").heard
    assert [(flag, said) for flag, said, _ in found] == [("stroke", assertion)]
    assert found[0][2] == pytest.approx(probability, abs=1e-4)


def test_below_both_thresholds_nothing_is_heard() -> None:
    assert net().judge(odds({"stroke": 0.19}), (), "words").heard == ()
    assert net().judge(odds({"stress_fracture": 0.19}), (), "words").heard == ()


def test_a_danger_that_is_sure_at_a_lower_level_is_asked_about_at_its_own() -> None:
    """It must not pass in silence: some danger is sure, which is not."""
    quiet, loud = model(net_whole=0.0, ask_at=0.6), model(net_whole=1.0)
    doubtful = DangerNet(HEAD, levels=FLAGS, signs=SIGNS, alone=ALONE, models={E: quiet, U: loud, S: loud})
    found = doubtful.judge(odds({"stroke": 0.5, "dvt": 0.4}), (), "words").heard
    assert found[0][:2] == ("stroke", Assertion.UNSURE)


def test_the_flags_are_those_of_the_part_that_sounds_worst() -> None:
    judged = net().judge(odds({"dvt": 0.3}, {"stroke": 0.8, "dvt": 0.1}, {}), (), "words")
    assert [one.label for one in judged.flags] == ["stroke"]
    assert judged.flags[0].probability == pytest.approx(0.8)


def test_a_second_flag_is_named_where_it_is_nearly_as_likely() -> None:
    assert [one.label for one in net().judge(odds({"stroke": 0.5, "dvt": 0.4}), (), "").flags] == ["stroke", "dvt"]
    assert [one.label for one in net().judge(odds({"stroke": 0.8, "dvt": 0.1}), (), "").flags] == ["stroke"]


def test_plain_frustration_is_not_heard_as_crisis_unless_that_is_very_sure() -> None:
    fed_up = (Finding("fed_up"),)
    assert net().judge(odds({"suicidal_crisis": 0.85}), (), "").heard[0][0] == "suicidal_crisis"
    assert net().judge(odds({"suicidal_crisis": 0.85}), fed_up, "").heard == ()
    assert net().judge(odds({"suicidal_crisis": 0.95}), fed_up, "").heard[0][0] == "suicidal_crisis"
    assert net().judge(odds({"stroke": 0.85}), fed_up, "").heard[0][0] == "stroke"


def test_what_is_heard_becomes_a_finding_about_the_person_spoken_of() -> None:
    found = heard(net().judge(odds({"stroke": 0.9}), (), "words"), (Subject.OTHER, "mother"))
    assert len(found) == 1
    assert (found[0].concept, found[0].subject, found[0].relation) == ("sounds:stroke", Subject.OTHER, "mother")
    assert (found[0].source, found[0].assertion) == ("net", Assertion.AFFIRMED)
    assert found[0].value("probability") == pytest.approx(0.9, abs=1e-3)


class TestEvidenceFile:
    """bot/content/evidence.yml."""

    def test_every_level_has_thresholds_in_their_order(self) -> None:
        models = read_evidence()
        assert set(models) == set(LEVELS)
        assert all(0 < one.ask_at < one.alert_at < 1 for one in models.values())

    def test_what_speaks_for_danger_raises_every_level(self) -> None:
        """The nets' numbers go together, so that their weights count only as a sum."""
        nets = ("net_whole", "net_part", "by_vector", "by_words", "best_flag", "told_whole", "told_part")
        for one in read_evidence().values():
            shares = one.shares([1.0] * len(FEATURES))
            assert sum(shares[name] for name in nets) > 0.5
            assert shares["phrase"] > 0 > shares["phrase_denied"]

    @pytest.mark.parametrize(("cut", "error"), [("net_agree", KeyError), ("bias", KeyError)])
    def test_what_is_missing_is_named(self, tmp_path: Path, cut: str, error: type[Exception]) -> None:
        lines = PATH.read_text(encoding="utf-8").splitlines()
        path = tmp_path / "evidence.yml"
        path.write_text("\n".join(line for line in lines if not line.strip().startswith(cut)), encoding="utf-8")
        with pytest.raises(error, match=cut):
            read_evidence(path)

    def test_a_file_that_is_not_there_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(ContentError):
            read_evidence(tmp_path / "evidence.yml")


def test_the_signs_of_a_flag_lead_to_it() -> None:
    flags = read_content().red_flags
    signs = flags_of_signs(flags)
    assert {flag for found in signs.values() for flag in found} == {flag.id for flag in flags.values() if flag.concepts}
    assert all(concept in flags[flag].concepts for concept, found in signs.items() for flag in found)


class TestTriage:
    """What follows from a sign that the nets heard."""

    triage = Triage(read_content().red_flags)

    def level(self, *findings: Finding) -> tuple[Urgency, tuple[str, ...]]:
        assessed = self.triage.assess(findings)
        return assessed.urgency, assessed.ask

    def test_sure_it_alerts_and_unsure_it_asks(self) -> None:
        loud, quiet = Finding(sounds("heat_stroke")), Finding(sounds("heat_stroke"), assertion=Assertion.UNSURE)
        assert self.level(loud) == (E, ())
        assert [match.rule for match in self.triage.assess([loud]).matches] == ["net"]
        assert self.level(quiet) == (Urgency.SELF_CARE, ("heat_stroke",))

    @pytest.mark.parametrize("said", [Assertion.AFFIRMED, Assertion.UNSURE])
    def test_a_no_to_the_question_ends_the_matter(self, said: Assertion) -> None:
        no = Finding(asked("heat_stroke"), assertion=Assertion.NEGATED, source="screen")
        assert self.level(Finding(sounds("heat_stroke"), assertion=said), no) == (Urgency.SELF_CARE, ())

    def test_a_no_of_somebody_else_ends_nothing(self) -> None:
        no = Finding(asked("heat_stroke"), Subject.OTHER, "mother", assertion=Assertion.NEGATED, source="screen")
        assert self.level(Finding(sounds("heat_stroke")), no)[0] is E
