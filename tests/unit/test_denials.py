"""A denial reaches over a list of like things and no further: dangers beside it stay, denied lists and forms stay denied."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.content.reader import read_content
from bot.language.pipeline import FindingReader
from bot.model import Assessment, Urgency
from bot.triage import Triage

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "denials.yml").read_text(encoding="utf-8"))
FEWEST_KEPT, MOST_SILENT, FEWEST_FORMS = 0.95, 0.02, 0.9
FRAMES = [*CASES["denials_before"], *CASES["denials_after"]]


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(list(read_content().signs.values()))


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage(read_content().red_flags)


def filled(frame: str, danger: str) -> str:
    return frame.replace("{danger}", danger).replace("{Danger}", danger[0].upper() + danger[1:])


def affirmed(reader: FindingReader, text: str) -> set[str]:
    return {finding.concept for finding in reader.read(text) if finding.present}


@pytest.mark.parametrize("danger", CASES["dangers"], ids=lambda danger: danger["text"])
def test_each_danger_raises_its_level_alone(danger: dict[str, str], reader: FindingReader, triage: Triage) -> None:
    assert triage.assess(reader.read(danger["text"])).urgency == Urgency(danger["level"])
    assert danger["concept"] in affirmed(reader, danger["text"])


def test_a_danger_beside_a_denial_keeps_its_level(reader: FindingReader, triage: Triage) -> None:
    def assessed(danger: str, frame: str) -> Assessment:
        return triage.assess(reader.read(filled(frame, danger)))

    said = [(one, frame, assessed(one["text"], frame)) for one in CASES["dangers"] for frame in FRAMES]
    lost = [(one, frame, got) for one, frame, got in said if got.urgency.rank < Urgency(one["level"]).rank]
    silent = [got for _, _, got in lost if got.urgency.rank < Urgency.URGENT.rank and not got.ask]
    assert len(said) >= 10 * 12
    assert len(lost) <= (1 - FEWEST_KEPT) * len(said), lost
    assert len(silent) <= MOST_SILENT * len(said), lost


@pytest.mark.parametrize("case", CASES["denied"], ids=lambda case: case["text"])
def test_a_denied_list_stays_denied(case: dict[str, object], reader: FindingReader) -> None:
    assert affirmed(reader, str(case["text"])).isdisjoint(case["concepts"])  # type: ignore[call-overload]


def test_form_style_is_read(reader: FindingReader) -> None:
    wrong = []
    for case in CASES["forms"]:
        found = affirmed(reader, case["text"])
        if found.intersection(case.get("denied", ())) or not found.issuperset(case.get("told", ())):
            wrong.append((case["text"], found))
    assert len(CASES["denied"]) >= 60
    assert len(CASES["forms"]) >= 60
    assert len(wrong) <= (1 - FEWEST_FORMS) * len(CASES["forms"]), wrong


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("no injury, lost control of my bowels, back pain", "bowel_change"),
        ("no numbness, severe weakness in both legs, cannot pee", "both_leg_weakness"),
        ("no numbness, severe weakness in both legs, cannot pee", "bladder_change"),
        ("No fever, chest pain going into my back, sweating", "chest_pain"),
        ("no trauma, sudden numb saddle area", "saddle_change"),
        ("not had an accident, both legs numb and weak", "both_leg_weakness"),
        ("no joke my legs went weak", "both_leg_weakness"),
        ("no end of chest pain and sweating", "chest_pain"),
        ("not to be crude but my groin has gone numb", "saddle_change"),
        ("i can't walk without leaking pee", "bladder_change"),
        ("no pain or tingling, groin is numb", "saddle_change"),
        ("bladder and bowels are fine, groin is numb", "saddle_change"),
        ("numb groin and my bladder is fine", "saddle_change"),
        ("numb groin, my back is better now", "saddle_change"),
        ("my groin is numb, had an op in 2015", "saddle_change"),
        ("history of cancer, both legs weak", "both_leg_weakness"),
        ("worried about cauda equina, my groin is numb now", "saddle_change"),
        ("maybe I slept badly, my groin is numb", "saddle_change"),
        ("my dad had cancer years ago, my legs are weak now", "both_leg_weakness"),
        ("no feeling when i wipe, no fever", "saddle_change"),
    ],
)
def test_what_is_said_beside_a_cue_is_present(text: str, concept: str, reader: FindingReader) -> None:
    assert concept in affirmed(reader, text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("not had an accident, both legs numb and weak", "major_trauma"),
        ("I'm not suicidal, I just want this pain to end", "suicidal"),
        ("not that i cant pee", "bladder_change"),
        ("my wee was pink this morning, back to normal now", "blood_in_urine"),
        ("groin was numb from sitting on the loo, fine now", "saddle_change"),
        ("had a numb groin last year, it went away", "saddle_change"),
    ],
)
def test_what_is_denied_or_over_is_not_present(text: str, concept: str, reader: FindingReader) -> None:
    assert concept not in affirmed(reader, text)
