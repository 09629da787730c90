"""Our sets only measure: none of their texts is a training question or an example of a flag, not even nearly."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import fuzz, process

from bot.content.reader import read_content
from evaluation.cases import sets, told_questions, triage_cases, triage_files
from tests.unit.test_false_alarms import questions

TOO_ALIKE = 92
SHORT = 4
"""Words of texts that may be alike by chance."""
RAREST = 4
EVERYDAY = (
    "acts", "acts_2", "blind_questions", "blind_questions_2", "unit_questions", "blind_out_of_scope", "blind_out_of_scope_2",
)  # fmt: skip
"""Sets of short wordings that everybody uses: a few meet a training text by chance, and no more than BY_CHANCE of them may."""
BY_CHANCE = 0.03
LEVELS = {"self_care", "see_doctor", "urgent", "emergency"}


def by_set() -> dict[str, list[str]]:
    """The texts of each of our sets that is there."""
    found = {one.name: one.read() for one in sets() if one.own and one.path.is_file()}
    return {
        name: [text for case in cases for text in case.get("turns") or [case["text"]]] for name, cases in found.items()
    }


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
    shares = {name: copied(texts, near) for name, texts in by_set().items()}
    assert {name: found for name, found in shares.items() if found and name not in EVERYDAY} == {}
    assert {name: found for name, found in shares.items() if len(found) > BY_CHANCE * len(by_set()[name])} == {}


def copied(texts: list[str], near: Near) -> dict[str, str]:
    """The texts that are nearly a training text, with that."""
    return {text: found for text in texts if len(text.split()) > SHORT and (found := near.like(text.lower()))}


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
