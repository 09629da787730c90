"""The variants of a text that the evaluation uses, and what triage makes of them."""

from __future__ import annotations

import pytest

from bot.content.reader import read_content
from bot.language.pipeline import FindingReader
from bot.model import Urgency
from bot.triage import Triage
from evaluation.cases import UNSEEN, triage_cases, triage_files
from evaluation.robustness import VARIANTS, dictated, unpunctuated, with_typo


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(list(read_content().signs.values()))


def test_a_typo_is_one_mistake_and_always_the_same() -> None:
    text = "numbness between my legs"
    assert with_typo(text) == with_typo(text) != text
    assert abs(len(with_typo(text)) - len(text)) <= 1
    assert with_typo("my leg is bad") == "my leg is bad"
    assert with_typo("numbness between", frozenset({"between"})).startswith("numbness")


def test_punctuation_and_dictation() -> None:
    assert unpunctuated("No, it's fine. Really!") == "No it's fine Really"
    assert dictated("It's NUMB, there.") == "um so its numb there"
    assert set(VARIANTS) == {"typo", "no punctuation", "capitals", "dictation"}


@pytest.mark.parametrize("case", triage_cases(), ids=lambda case: case["id"])
def test_politeness_and_capitals_never_lower_a_level(case: dict[str, object], reader: FindingReader) -> None:
    triage = Triage(read_content().red_flags)
    texts = [str(text) for text in (case.get("turns") or [case["text"]])]  # type: ignore[union-attr]

    def level(*said: str) -> Urgency:
        return triage.assess([finding for text in said for finding in reader.read(text)]).urgency

    plain = level(*texts)
    polite = [*texts[:-1], f"Hello, sorry to bother you. {texts[-1]} Thank you so much, my wife says it is nothing."]
    assert level(*polite).rank >= plain.rank
    assert level(*(text.upper() for text in texts)).rank >= plain.rank


KNOWN = {"E041", "E142"}
"""Lost to a number read across the end of a sentence: "shoes? 71 yr old" is no age, "38.6 temp. Is heat ..." no fever."""
AROUND = {
    "a greeting": "Hi there, hope you are well. {}",
    "thanks": "{} Thank you so much, you are very kind.",
    "a question": "Which shoes are good for walking? {} How far should I walk?",
    "all of them": "Hello! Sorry to bother you. {} Also, is heat or ice better? Many thanks",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
@pytest.mark.parametrize("name", [name for name in triage_files() if name not in UNSEEN])
def test_words_around_an_emergency_change_no_level(name: str, around: str, reader: FindingReader) -> None:
    triage = Triage(read_content().red_flags)
    lost = []
    for case in triage_cases(name):
        if case["acceptable"] != ["emergency"] or case["id"] in KNOWN:
            continue
        turns = case.get("turns") or [case["text"]]
        said = turns[-1] if turns[-1].rstrip()[-1:] in ".!?" else f"{turns[-1]}."
        levels = []
        for last in (turns[-1], around.format(said)):
            found = [finding for text in (*turns[:-1], last) for finding in reader.read(text)]
            levels.append(triage.assess(found).urgency)
        if levels[1].rank < levels[0].rank:
            lost.append(case["id"])
    assert lost == []
