"""Triage cases and told questions only measure: none is a training question or an example of a flag, not even nearly."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.content.reader import read_content
from evaluation.cases import judged_questions, told_questions, triage_cases, triage_files
from tests.unit.test_false_alarms import questions

TOO_ALIKE = 92
LEVELS = {"self_care", "see_doctor", "urgent", "emergency"}


def texts() -> list[str]:
    cases = [*(case for name in triage_files() for case in triage_cases(name)), *told_questions()]
    return [text for case in cases for text in case.get("turns") or [case["text"]]]


def test_every_case_is_well_formed() -> None:
    cases = [case for name in triage_files() for case in triage_cases(name)]
    assert len({case["id"] for case in cases}) == len(cases)
    assert all(set(case["acceptable"]) <= LEVELS and case["acceptable"] for case in cases)


def test_told_and_judged_questions_name_topics_that_there_are() -> None:
    topics = set(read_content().articles)
    assert {case["topic"] for case in told_questions()} <= topics
    assert set().union(*judged_questions().values()) <= topics


def test_every_emergency_flag_has_a_case() -> None:
    flags = {flag.id for flag in read_content().red_flags.values() if flag.urgency.value == "emergency"}
    assert flags <= {case.get("flag") for case in triage_cases()}


def test_no_case_is_training_text() -> None:
    content = read_content()
    examples = [one.text for written in content.examples.values() for one in written]
    examples += [text for sign in content.signs.values() for text in (*sign.cases.affirmed, *sign.cases.absent)]
    training = [text.lower() for text in (*questions(), *examples)]
    alike = {
        text: found[0]
        for text in texts()
        if (found := process.extractOne(text.lower(), training, scorer=fuzz.token_sort_ratio, score_cutoff=TOO_ALIKE))
    }
    assert {text: found for text, found in alike.items() if len(text.split()) > 4} == {}
