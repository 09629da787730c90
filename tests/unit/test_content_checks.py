"""The checks: each is shown once to find what it looks for, in content that is otherwise without fault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.content.check_coverage import ITEMS
from bot.content.check_wording import grade, read_lists
from bot.content.checks import Report, check
from bot.content.texts import plain, sentences
from tests.sample_content import FILES, write_content

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = (ROOT / "bot/content/replies/system.yml").read_text(encoding="utf-8")
TODAY = dt.date(2026, 3, 2)
ARTICLE = FILES["articles/causes/disc.yml"]
EXERCISE = FILES["exercises/bridge.yml"]
FLAG = FILES["red_flags/cauda_equina.yml"]

SUBJECTS = ["my back", "the left hip", "a stiff neck", "an old knee", "this sore heel"]
ENDINGS = ["hurts uphill", "aches after rain", "burns near noon", "grumbles on sand", "complains in bed"]
QUESTIONS = [f"{subject} {ending}" for subject in SUBJECTS for ending in ENDINGS]

EASY = "You can walk with a sore back. Go slow at first. Stop when you need to. "
HARD = "Multidisciplinary rehabilitation necessitates individualised consideration of psychological determinants. "


def training(topic: str, questions: list[str]) -> str:
    examples = "\n".join(f"      - {question}" for question in questions)
    return f'version: "3.1"\nnlu:\n  - intent: {topic}\n    examples: |\n{examples}\n'


def coverage(**changes: str) -> str:
    home = "{claim: discs, article: causes/disc, section: short}"
    lines = {str(number): home for number in range(1, ITEMS + 1)} | {key[1:]: line for key, line in changes.items()}
    return "".join(f"{number}: {line}\n" for number, line in lines.items())


def run(project: Path, changes: dict[str, str | None] | None = None, *, questions: list[str] | None = None) -> Report:
    """Checks content without fault but for the changes."""
    base: dict[str, str | None] = {
        "topics.yml": "# Topics.\n- causes/disc\n",
        "unused_sources.yml": "[]\n",
        "coverage.yml": coverage(),
        "../../data/nlu/causes/disc.yml": training("causes/disc", QUESTIONS if questions is None else questions),
    }
    (project / "bot" / "content").mkdir(parents=True)
    return check(write_content(project, base | (changes or {})), today=TODAY)


def lines(report: Report) -> list[str]:
    return [str(error) for error in report.errors]


def test_content_without_fault_passes(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert lines(report) == []
    assert report.warnings == ()
    counts = report.counts
    assert (counts.topics, counts.topics_wanted, counts.exercises, counts.sources, counts.sections) == (1, 1, 1, 2, 2)
    assert (counts.covered, counts.covered_wanted, counts.general_share) == (165, 165, 0.5)


def article(old: str, new: str) -> dict[str, str | None]:
    assert old in ARTICLE
    return {"articles/causes/disc.yml": ARTICLE.replace(old, new, 1)}


def why(text: str) -> dict[str, str | None]:
    return article("Backs like to move.", text)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (article("sources: [guide]", "sources: [guid]"), "disc.yml:4: source 'guid' is not in sources.yml"),
        (
            {"sources.yml": FILES["sources.yml"].replace("url: https://example.org/say", "year: 2020")},
            "source 'hearsay' has no link",
        ),
        (article("sources: [guide]", "sources: [guide, guide]"), "disc.yml:4: source 'guide' is cited twice"),
        (article("[guide, hearsay]", "[guide]"), "sources.yml:7: source 'hearsay' is used by nothing"),
        ({"unused_sources.yml": "[guide]"}, "sources.yml:1: source 'guide' is used: take it off"),
        ({"red_flags/cauda_equina.yml": FLAG.replace("[guide]", "[x]")}, "equina.yml:10: source 'x' is not in"),
        (article("sources: [guide, hearsay]", "sources: [hearsay]"), "disc.yml:8: rests on unchecked sources alone"),
        (article("sources: [guide]", "sources: [hearsay]"), "disc.yml:5: rests on unchecked sources alone"),
        (article("bridge", "brigde"), "disc.yml:22: exercise"),
        (article("exercises: [bridge]", "see_also: [causes/dics]"), "disc.yml:22: see_also 'causes/dics'"),
        (article("exercises: [bridge]", "see_also: [causes/disc]"), "disc.yml:22: see_also 'causes/disc'"),
        (article("exercises: [bridge]", ""), "bridge.yml:1: exercise 'bridge' is shown by no article"),
        ({"exercises/bridge.yml": EXERCISE.replace("sources: [guide]", "")}, "bridge.yml:1: needs checked sources"),
        ({"exercises/bridge.yml": EXERCISE + "image: x.svg\n"}, "bridge.yml:11: the picture 'x.svg' is not in"),
        ({"exercises/bridge.yml": EXERCISE + "image: x.svg\n"}, "bridge.yml:11: a picture needs image_alt"),
        ({"topics.yml": "- causes/disc\n- causes/new\n"}, "topics.yml:2: topic 'causes/new' has no article"),
        ({"topics.yml": "- causes/disc\n- causes/new\n"}, "data/nlu/causes/new.yml:1: is not there"),
        ({"topics.yml": "- x/y\n"}, "disc.yml:1: 'causes/disc' is not in topics.yml"),
        ({"../../data/nlu/causes/x.yml": "nlu: []"}, "data/nlu/causes/x.yml:1: belongs to no topic"),
        ({"../../data/nlu/causes/disc.yml": training("causes/dics", [])}, "must hold the examples of"),
        (article("2026-03-01", "2026-03-03"), "disc.yml:6: checked_on 2026-03-03 is still to come"),
        (why(HARD * 12), "disc.yml:12: causes/disc why: reading grade"),
        (why("This is wear and tear."), "disc.yml:12: causes/disc why: 'wear and tear' does harm; instead: changes"),
        (why("The disc is damaged."), "'damaged' does harm"),
        (why("Walk pain-free."), "'pain-free' does harm"),
        (why("Call 999 now."), "a number to call: 'Call 999'"),
        (why("Ask on 020 7946 0018 for help."), "a number to call: '020 7946 0018'"),
        (why("Take naproxen 250 mg."), "a dose of a prescription medicine: '250 mg'"),
        (why("See https://example.org for more."), "a link: 'https://example.org'"),
        (why("Some <b>bold</b> words."), "markup beyond paragraphs, lists and bold: '<b>'"),
        ({"red_flags/cauda_equina.yml": FLAG.replace("{emergency} now", "{police} now")}, "{police} is not a line"),
        (
            {"answering.yml": (ROOT / "bot/content/answering.yml").read_text(encoding="utf-8")},
            "answering.yml:1: condition 'after_birth' is not there",
        ),
        ({"answering.yml": "thresholds: {unit: 1}\n"}, "answering.yml:1: "),
        (
            {"replies/system.yml": SYSTEM, "replies/b.yml": "hi: {say: [A.], topic: causes/gone}\n"},
            "replies:1: hi: topic 'causes/gone' has no article",
        ),
        ({"replies/system.yml": SYSTEM, "replies/b.yml": "hi: [A., A.]\n"}, "replies:1: hi: says the same twice"),
        ({"replies/system.yml": SYSTEM, "replies/b.yml": "hi: {say: []}\n"}, "replies:1: "),
        ({"replies/system.yml": SYSTEM, "replies/b.yml": "hi: {say: [A.], buttons: [gone]}\n"}, "no button ['gone']"),
        ({"replies/a.yml": "a:\n  b: ['Call 999 now.', 'Hi {you}.']\n"}, "replies/a.yml:2: a.b.0: a number to call"),
        ({"coverage.yml": coverage(_7="{claim: x}")}, "coverage.yml:7: item 7 : needs an article"),
        ({"coverage.yml": coverage(_7="{claim: x, article: causes/disc}")}, "an article and its section go together"),
        ({"coverage.yml": coverage(_7="{claim: x, article: a/b, section: why}")}, "item 7: there is no article 'a/b'"),
        ({"coverage.yml": coverage(_7="{claim: x, article: causes/disc, section: evidence}")}, "has no evidence"),
        ({"coverage.yml": coverage(_7="{claim: x, exercise: plank}")}, "item 7: there is no exercise 'plank'"),
        ({"coverage.yml": coverage(_166="{claim: x, correction: y}")}, "there is no item 166"),
        ({"coverage.yml": "1: {claim: x, correction: y}\n"}, "item 165 has no home"),
    ],
)
def test_what_is_found(tmp_path: Path, changes: dict[str, str | None], error: str) -> None:
    found = lines(run(tmp_path, changes))
    assert any(error in line for line in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Sore does not mean damaged.",
        "In 2015-2020 they walked 150 minutes a week.",
        "Naproxen is a tablet that a doctor may give.",
        "Try 10 to 15 slow steps, 2 or 3 times.",
        "Carry 2 kg. Ibuprofen 200 mg is sold in shops.",
        "The pain scale goes from 0 to 10.",
    ],
)
def test_what_is_let_through(tmp_path: Path, text: str) -> None:
    assert lines(run(tmp_path, why(text))) == []


def test_a_correction_or_an_exercise_is_a_home(tmp_path: Path) -> None:
    changes = coverage(_7="{claim: x, correction: not so}", _8="{claim: y, exercise: bridge}")
    report = run(tmp_path, {"coverage.yml": changes})
    assert (lines(report), report.counts.covered) == ([], 165)


def test_without_a_coverage_file_there_is_a_warning(tmp_path: Path) -> None:
    report = run(tmp_path, {"coverage.yml": None})
    assert (lines(report), report.counts.covered) == ([], 0)
    assert [str(warning) for warning in report.warnings] == ["bot/content/coverage.yml:1: is not there"]


def test_old_sources_and_long_sentences_warn(tmp_path: Path) -> None:
    changes = article("2026-03-01", "2025-03-01") | {
        "exercises/bridge.yml": EXERCISE.replace("Lie down.", "Lie " + "and rest " * 13 + ".")
    }
    report = run(tmp_path, changes)
    assert lines(report) == []
    found = [str(warning) for warning in report.warnings]
    assert found[0].startswith("bot/content/articles/causes/disc.yml:6: last checked on 2025-03-01")
    assert "a sentence of 28 words" in found[1]


def test_too_few_questions(tmp_path: Path) -> None:
    assert lines(run(tmp_path, questions=QUESTIONS[:24])) == [
        "data/nlu/causes/disc.yml:1: 24 training questions, at least 25"
    ]


@pytest.mark.parametrize("twin", ["hurts uphill, my back", "My back hurts uphill!", "my back hurt uphill"])
def test_near_duplicates(tmp_path: Path, twin: str) -> None:
    found = lines(run(tmp_path, questions=[*QUESTIONS, twin]))
    assert found == [f"data/nlu/causes/disc.yml:30: {twin!r} is nearly line 5, 'my back hurts uphill'"]


def test_a_longer_question_with_the_same_words_is_another_question(tmp_path: Path) -> None:
    longer = "my back hurts uphill and then goes quiet again once I am home and sitting down"
    assert lines(run(tmp_path, questions=[*QUESTIONS, longer])) == []


def test_the_same_question_in_two_topics(tmp_path: Path) -> None:
    changes = {
        "topics.yml": "- causes/disc\n- causes/other\n",
        "../../data/nlu/causes/other.yml": training("causes/other", QUESTIONS[:1]),
    }
    found = lines(run(tmp_path, dict(changes)))
    assert any("'my back hurts uphill' is also at data/nlu/causes/disc.yml:5" in line for line in found)


def test_schema_errors_and_cross_errors_come_together(tmp_path: Path) -> None:
    changes = {"exercises/bridge.yml": EXERCISE + "colour: red\n", "coverage.yml": "1: {}\n"}
    found = lines(run(tmp_path, dict(changes)))
    assert any("colour: extra fields" in line for line in found)
    assert any("item 2 has no home" in line for line in found)


def test_grades() -> None:
    lists = read_lists()
    easy, hard = grade(EASY * 5, lists), grade(HARD * 12, lists)
    assert easy is not None
    assert hard is not None
    assert easy < 3 < 9 < hard
    assert grade(EASY, lists) is None
    named = grade("Osteoporosis or ankylosing spondylitis can hurt. You can still walk. " * 8, lists)
    assert named is not None
    assert named < 7


def test_text_without_markup() -> None:
    assert plain("One **bold** word\n- first\n- second.") == "One bold word.\n\nfirst.\n\nsecond."
    assert sentences("One. Two\nhalves.\n- three\n- four") == ["One.", "Two halves.", "three.", "four."]
