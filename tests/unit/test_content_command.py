"""`python -m bot.content`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.content import __main__ as command
from bot.content.checks import check
from bot.content.reader import read_all, read_content
from bot.content.show import show
from tests.sample_content import write_content


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_content(tmp_path)


def test_an_article_shows_all_of_itself(root: Path) -> None:
    text = show(read_content(root), "causes/disc") or ""
    for part in ("Discs\n=====", "A disc can be sore.", "Why?", "How?", "A walk | It is kind", "Exercise: Bridge"):
        assert part in text
    assert "[1] A guide to backs, Back Board, 2020" in text
    assert "general advice, not source-checked" in text
    assert "Evidence: moderate. Sources last looked at: 2026-03-01." in text


def test_an_exercise_shows_its_steps_dose_and_cautions(root: Path) -> None:
    text = show(read_content(root), "bridge") or ""
    for part in ("1. Lie down.", "How many: 5 to 10", "! Go slowly."):
        assert part in text


def test_a_flag_shows_what_it_tells_and_asks(root: Path) -> None:
    text = show(read_content(root), "cauda_equina") or ""
    for part in ("{emergency} now.", "{emergency} for them now.", "- Is there numbness between your legs?"):
        assert part in text


def test_every_piece_that_ships_can_be_shown() -> None:
    content = read_all().content
    shown = [show(content, key) for key in (*content.articles, *content.exercises, *content.red_flags)]
    assert all(shown)


def test_showing_nothing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["show", "no/such"]) == 1
    assert "no/such" in capsys.readouterr().err


def test_check_prints_everything_and_fails_on_errors(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "check", lambda *, today, phrases: check(root, today=today, phrases=phrases))
    assert command.main(["check"]) == 1
    out = capsys.readouterr().out
    assert "bot/content/articles/causes/disc.yml:1: error: 'causes/disc' is not in topics.yml" in out
    assert "bot/content/coverage.yml:1: warning: is not there" in out
    assert (
        "0 of 0 topics, 1 exercises, 2 sources, 2 sections, 1 red flags, 1 regions, 2 signs with 4 phrases, coverage 0 of 165"
        in out
    )
    assert out.rstrip().endswith("1 errors, 1 warnings")


def test_check_succeeds_without_errors(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = check(root, today=dt.date(2026, 3, 2))
    clean = type(report)(errors=(), warnings=report.warnings, counts=report.counts)
    monkeypatch.setattr(command, "check", lambda *, today, phrases: clean)
    assert command.main(["check"]) == 0
    assert "0 errors" in capsys.readouterr().out
