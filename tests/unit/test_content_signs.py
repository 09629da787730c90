"""The signs that ship, and what the check says of wrong ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.content.check_signs import sign_errors
from bot.content.checks import check
from bot.content.reader import read_all, read_content
from bot.content.thresholds import Thresholds, thresholds
from bot.language.phrase_checks import PhraseChecks
from tests.sample_content import FILES, write_content

MOST = 1000
"""Phrases in all: the learned net hears the rest."""
SADDLE = FILES["signs/saddle_change.yml"]


def errors(root: Path) -> list[str]:
    reading = read_all(root)
    assert not reading.errors
    return [str(error) for error in sign_errors(reading, PhraseChecks(reading.content.signs.values()))]


def test_the_signs_that_ship_are_right_and_few() -> None:
    reading = read_all()
    assert list(sign_errors(reading, PhraseChecks(reading.content.signs.values()))) == []
    assert sum(len(list(sign.all_phrases())) for sign in reading.content.signs.values()) <= MOST


def test_the_sample_has_only_a_phrase_that_nothing_matches(tmp_path: Path) -> None:
    found = errors(write_content(tmp_path, {"examples/cauda_equina.txt": "[affirmed]\nhello there\n"}))
    assert found == ["bot/content/signs/bladder_change.yml:3: 'can not pee': no example or case matches it"]
    assert errors(write_content(tmp_path / "again")) == []


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        (
            "signs/saddle_change.yml",
            SADDLE.replace("- numb down there", "- dead leg|numb down there"),
            "signs/saddle_change.yml:3: 'leg|numb': alternatives beside another word need brackets",
        ),
        (
            "signs/saddle_change.yml",
            SADDLE.replace("I am numb down there,", "my toe is sore,"),
            "signs/saddle_change.yml:9: saddle_change is not found in 'my toe is sore'",
        ),
        (
            "signs/saddle_change.yml",
            SADDLE.replace("numb from the bench", "I am numb"),
            "signs/saddle_change.yml:10: saddle_change is found in 'I am numb'",
        ),
        (
            "red_flags/cauda_equina.yml",
            FILES["red_flags/cauda_equina.yml"].replace("together: [bladder_change]", "together: [bowel_change]"),
            "red_flags/cauda_equina.yml:13: there is no sign 'bowel_change'",
        ),
        (
            "red_flags/cauda_equina.yml",
            FILES["red_flags/cauda_equina.yml"].replace("together: [bladder_change]", "together: [saddle_change]"),
            "red_flags/cauda_equina.yml:13: sign 'saddle_change' stands under alone and together",
        ),
        ("examples/sepsis.txt", "[affirmed]\nhot", "examples/sepsis.txt:1: there is no red flag 'sepsis'"),
    ],
)
def test_an_error_names_its_file_and_line(tmp_path: Path, name: str, text: str, error: str) -> None:
    found = errors(write_content(tmp_path, {name: text}))
    assert any(one.startswith(f"bot/content/{error}") for one in found), found


def test_the_check_takes_the_phrases_along(tmp_path: Path) -> None:
    root = write_content(tmp_path, {"signs/bladder_change.yml": "concept: bladder_change\nphrases: [a|b c]\n"})
    told = [str(one) for one in check(root, today=dt.date(2026, 4, 1), phrases=PhraseChecks).errors]
    assert any("signs/bladder_change.yml" in one and "need brackets" in one for one in told)


def test_the_sources_of_the_thresholds_are_there() -> None:
    sources = read_content().sources
    for name in Thresholds.__fields__:
        limit = getattr(thresholds(), name)
        assert limit.source is None or limit.source in sources, name
