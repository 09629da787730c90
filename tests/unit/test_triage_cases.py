"""Triage cases and told questions only measure: none is a training question or an example of a flag, not even nearly."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import fuzz, process

from bot.content.reader import read_content
from evaluation.cases import told_questions, triage_cases, triage_files
from tests.unit.test_false_alarms import questions

TOO_ALIKE = 92
SHORT = 4
"""Words of texts that may be alike by chance."""
RAREST = 4
LEVELS = {"self_care", "see_doctor", "urgent", "emergency"}


def texts() -> list[str]:
    cases = [*(case for name in triage_files() for case in triage_cases(name)), *told_questions()]
    return [text for case in cases for text in case.get("turns") or [case["text"]]]


def test_every_case_is_well_formed() -> None:
    cases = [case for name in triage_files() for case in triage_cases(name)]
    assert len({case["id"] for case in cases}) == len(cases)
    assert all(set(case["acceptable"]) <= LEVELS and case["acceptable"] for case in cases)


def test_told_questions_name_topics_that_there_are() -> None:
    assert {case["topic"] for case in told_questions()} <= set(read_content().articles)


def test_every_emergency_flag_has_a_case() -> None:
    flags = {flag.id for flag in read_content().red_flags.values() if flag.urgency.value == "emergency"}
    assert flags <= {case.get("flag") for case in triage_cases()}


def test_no_case_is_training_text() -> None:
    content = read_content()
    examples = [one.text for written in content.examples.values() for one in written]
    examples += [text for sign in content.signs.values() for text in (*sign.cases.affirmed, *sign.cases.absent)]
    training = dict.fromkeys(text.lower() for text in (*questions(), *examples))
    near = Near(tuple(training))
    alike = {text: found for text in texts() if len(text.split()) > SHORT and (found := near.like(text.lower()))}
    assert alike == {}


def test_a_text_that_is_nearly_a_training_text_is_found() -> None:
    near = Near(("my left leg has been numb since tuesday morning", "which shoes are best for walking on hills"))
    assert (
        near.like("my left leg has been numb since tuesday mornin") == "my left leg has been numb since tuesday morning"
    )
    assert near.like("which boots would suit a walk along the river") is None


class Near:
    """Finds a text that is almost the same; only those that share one of its RAREST words are compared."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.holding: dict[str, list[str]] = defaultdict(list)
        for text in known:
            for word in set(text.split()):
                self.holding[word].append(text)

    def like(self, text: str) -> str | None:
        """The most similar known text, if it is TOO_ALIKE."""
        words = sorted(
            (word for word in set(text.split()) if word in self.holding), key=lambda word: len(self.holding[word])
        )
        compared = {known for word in words[:RAREST] for known in self.holding[word]}
        found = process.extractOne(text, compared, scorer=fuzz.token_sort_ratio, score_cutoff=TOO_ALIKE)
        return found[0] if found else None
