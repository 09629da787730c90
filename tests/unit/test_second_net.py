"""The learned net: what it hears, and what triage makes of it. Alone it asks, with a phrase of the flag it alerts."""

from __future__ import annotations

import numpy as np
import pytest
from bot.language.second_net import LESS_FOR_A_SENTENCE, NOTHING, SecondNet

from bot.content.reader import read_content
from bot.model import Assertion, Finding, Subject, Urgency
from bot.triage import Triage
from bot.triage.engine import asked
from bot.triage.second_net import ASK_AT, SURE_AT, heard, sounds

FLAGS = read_content().red_flags


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage(FLAGS)


def loud(flag: str, danger: float = 0.9, subject: Subject = Subject.SELF) -> Finding:
    return Finding(sounds(flag), subject, values=((sounds(flag), danger),), source="net")


def test_the_likeliest_flags_are_heard_above_the_threshold_of_their_level() -> None:
    found = heard({"stroke": 0.5, "cauda_equina": 0.3}, (), FLAGS)
    assert [one.concept for one in found] == [sounds("stroke"), sounds("cauda_equina")]
    assert heard({"stroke": ASK_AT[Urgency.EMERGENCY] - 0.05}, (), FLAGS) == []
    assert heard({"stress_fracture": ASK_AT[Urgency.EMERGENCY]}, (), FLAGS) == []


def test_a_faint_second_flag_is_not_heard() -> None:
    assert len(heard({"stroke": 0.85, "sepsis": 0.05}, (), FLAGS)) == 1


def test_signs_that_are_all_denied_are_not_heard_and_one_that_is_there_is() -> None:
    denied = Finding("stroke_sign", assertion=Assertion.NEGATED)
    assert heard({"stroke": 0.9}, (denied,), FLAGS) == []
    assert heard({"stroke": 0.9}, (denied, Finding("stroke_sign")), FLAGS)


def test_what_is_heard_is_about_the_person_spoken_of() -> None:
    found = heard({"stroke": 0.9}, (), FLAGS, about=(Subject.OTHER, "mother"))[0]
    assert (found.subject, found.relation) == (Subject.OTHER, "mother")


def test_the_net_alone_asks_and_raises_nothing(triage: Triage) -> None:
    assessed = triage.assess([loud("heat_stroke")])
    assert (assessed.urgency, assessed.ask) == (Urgency.SELF_CARE, ("heat_stroke",))


def test_both_nets_together_alert(triage: Triage) -> None:
    assessed = triage.assess([loud("heat_stroke"), Finding("not_cooling")])
    assert assessed.urgency is Urgency.EMERGENCY
    assert [match.rule for match in assessed.matches] == ["both nets"]


def test_a_phrase_confirms_only_what_was_heard_clearly_and_of_the_same_person(triage: Triage) -> None:
    faint = loud("heat_stroke", SURE_AT - 0.1)
    assert triage.assess([faint, Finding("not_cooling")]).urgency is Urgency.SELF_CARE
    hers = Finding("not_cooling", Subject.OTHER, "mother")
    assert triage.assess([loud("heat_stroke"), hers]).urgency is Urgency.SELF_CARE


def test_frustration_is_not_taken_for_a_crisis_unless_the_net_is_sure() -> None:
    fed_up = (Finding("fed_up"),)
    assert heard({"suicidal_crisis": 0.7}, (), FLAGS)
    assert heard({"suicidal_crisis": 0.7}, fed_up, FLAGS) == []
    assert heard({"suicidal_crisis": 0.95}, fed_up, FLAGS)
    assert heard({"stroke": 0.7}, fed_up, FLAGS)


def test_words_that_everybody_says_confirm_nothing(triage: Triage) -> None:
    found = [loud("cardiac_acute"), Finding("on_exertion"), Finding("smoker"), Finding("heat")]
    assert triage.assess(found).urgency is Urgency.SELF_CARE


def test_a_no_to_the_question_ends_the_matter(triage: Triage) -> None:
    no = Finding(asked("heat_stroke"), assertion=Assertion.NEGATED, source="screen")
    assert triage.assess([loud("heat_stroke"), Finding("not_cooling"), no]).ask == ()
    assert triage.assess([loud("heat_stroke"), Finding("not_cooling"), no]).urgency is Urgency.SELF_CARE


def test_the_net_takes_the_most_dangerous_part_of_a_message() -> None:
    rng = np.random.default_rng(0)
    centres = {"stroke": 0, "sepsis": 1, NOTHING: 2}
    vectors, labels = [], []
    for label, axis in centres.items():
        for _ in range(20):
            vector = rng.normal(0, 0.05, 384)
            vector[axis] += 1
            vectors.append(vector / np.linalg.norm(vector))
            labels.append(label)
    net = SecondNet.train(np.array(vectors, dtype=np.float32), labels)
    calm, danger = vectors[45], vectors[0]
    found = net.scores(np.array([calm, danger], dtype=np.float32))
    assert found["stroke"] > 0.8
    assert set(found) == {"stroke", "sepsis"}
    with pytest.raises(ValueError, match="two flags"):
        SecondNet.train(np.array(vectors[:20], dtype=np.float32), labels[:20])


def test_a_sentence_of_a_story_counts_a_little_less_than_the_whole() -> None:
    net = SecondNet(
        flags=["stroke", NOTHING],
        weights=np.array([[1, 0], [0, 1]], dtype=np.float32),
        bias=np.zeros(2, dtype=np.float32),
    )
    calm, danger = [0.0, 2.0], [2.0, 0.0]
    alone = net.scores(np.array([danger], dtype=np.float32))["stroke"]
    assert net.scores(np.array([danger, calm], dtype=np.float32))["stroke"] == pytest.approx(alone)
    assert net.scores(np.array([calm, danger], dtype=np.float32))["stroke"] == pytest.approx(
        alone - LESS_FOR_A_SENTENCE
    )
