"""The reader: what it makes of content, and that it names every error with file and line."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from bot import model
from bot.content.document import ContentError, read_document
from bot.content.reader import read_all, read_content
from tests.sample_content import FILES, write_content

ARTICLE = FILES["articles/causes/disc.yml"]
EXERCISE = FILES["exercises/bridge.yml"]


def errors(root: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read_content(root)
    return [str(error) for error in caught.value.errors]


def test_content_becomes_dataclasses(tmp_path: Path) -> None:
    content = read_content(write_content(tmp_path))
    article = content.articles["causes/disc"]
    assert [section.key for section in article.more] == ["why", "how"]
    assert article.checked_on == dt.date(2026, 3, 1)
    assert article.table is not None
    assert article.table.rows[0]["what"] == "A walk"
    assert content.exercises["bridge"].dose == model.Dose(reps="5 to 10")
    assert content.help_lines["GB"].emergency.url == "tel:999"
    assert content.help_lines["GB"].poison is None
    assert content.sources["hearsay"].checked is model.Checked.BACKGROUND
    flag = content.red_flags["cauda_equina"]
    assert (flag.direct, flag.concepts) == (("saddle_change",), ("saddle_change", "bladder_change"))
    assert flag.may_be_explained
    saddle = content.signs["saddle_change"]
    assert [(one.say, one.weak, one.not_with, one.place) for one in saddle.all_phrases()] == [
        ("numb down there", False, ("bench",), ("phrases", 0)),
        ("numb", True, ("bench",), ("phrases", 1)),
        ("dead down there", False, (), ("also", 0, "phrases", 0)),
    ]
    assert content.signs["bladder_change"].event
    examples = content.examples["cauda_equina"]
    assert [(one.section, one.concepts, one.present) for one in examples] == [
        ("affirmed", ("saddle_change", "other"), True),
        ("affirmed", (), True),
        ("look_alike", (), False),
    ]


def test_few_red_flags_are_fine(tmp_path: Path) -> None:
    assert read_content(write_content(tmp_path, {"red_flags/cauda_equina.yml": None})).red_flags == {}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    root = write_content(tmp_path, {"help_lines.yml": None})
    assert errors(root) == ["bot/content/help_lines.yml:1: cannot be read: No such file or directory"]


def test_all_errors_come_at_once_with_their_lines(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        "articles/causes/disc.yml": ARTICLE.replace("evidence: moderate", "evidence: magic"),
        "exercises/bridge.yml": EXERCISE + "colour: red\n",
        "sources.yml": FILES["sources.yml"].replace("https://", "http://"),
    }
    found = errors(write_content(tmp_path, changes))
    assert len(found) == 4  # each source has a link of its own
    assert found[0].startswith("bot/content/articles/causes/disc.yml:5: evidence: value is not")
    assert found[1] == "bot/content/exercises/bridge.yml:11: colour: extra fields not permitted"
    assert found[2].startswith("bot/content/sources.yml:5: url: a link must begin with https://")


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("exercises/bridge.yml", EXERCISE + "name: Again\n", "bridge.yml:11: the key 'name' is given twice"),
        ("exercises/bridge.yml", "a: [1\n", "bridge.yml:2: not YAML"),
        ("exercises/bridge.yml", "- a list", "bridge.yml:1: must be a mapping"),
        ("exercises/bridge.yml", "", "bridge.yml:1: must be a mapping"),
        ("sources.yml", "- a list", "sources.yml:1: must be a mapping"),
        ("exercises/other.yml", EXERCISE, "other.yml:1: the id 'bridge' does not match the file, 'other'"),
        ("exercises/bridge.yml", EXERCISE.replace("dose: {reps: 5 to 10}", ""), "bridge.yml:1: dose: field required"),
        (
            "articles/causes/disc.yml",
            ARTICLE.replace("general_advice: true", "general_advice: false"),
            "disc.yml:13: more.why.general_advice: needs sources",
        ),
        (
            "articles/causes/disc.yml",
            ARTICLE.replace("why: It is kind", "how: It is kind"),
            "disc.yml:20: table.rows.0: a row has the keys",
        ),
        (
            "articles/causes/disc.yml",
            ARTICLE.replace("A disc can be sore.", "word " * 90),
            "disc.yml:3: short: short has 93 words",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, text: str, error: str) -> None:
    assert any(error in found for found in errors(write_content(tmp_path, {name: text}))), text


def test_an_id_taken_twice_names_the_other_file(tmp_path: Path) -> None:
    found = errors(write_content(tmp_path, {"exercises/other.yml": EXERCISE}))
    assert any("is taken by bot/content/exercises/bridge.yml" in error for error in found)


def test_plain_words_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("NO: yes\nlist: [on, off, 0800, 1:30, 012, 1_000, true, 5, 1.5, 2026-03-01, ~]\n", encoding="utf-8")
    data = read_document(path, "words.yml").data
    assert data["NO"] == "yes"
    assert data["list"] == ["on", "off", "0800", "1:30", "012", "1_000", True, 5, 1.5, dt.date(2026, 3, 1), None]


def test_no_code_runs_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "evil.yml"
    path.write_text("a: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"evil.yml:1: not YAML"):
        read_document(path, "evil.yml")


def test_the_content_that_ships_can_be_read() -> None:
    before = time.perf_counter()
    reading = read_all()
    assert [str(error) for error in reading.errors] == []
    assert time.perf_counter() - before < 3
