"""The tables of docs/clinical-safety.md are made from the sources, and a stale one is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.reader import read_content
from bot.content.thresholds import Thresholds
from bot.papers import PAGE, filled, stale
from bot.triage.rules import RULES

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_what_its_sources_make() -> None:
    assert stale(ROOT, read_content()) == []


def test_a_changed_table_is_named_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / PAGE
    page.parent.mkdir()
    page.write_text("# Page\n\n<!-- table: thresholds -->\n| old |\n<!-- end -->\n", encoding="utf-8")
    (problem,) = stale(tmp_path, read_content())
    assert (problem.path, problem.line) == ("docs/clinical-safety.md", 4)


def test_the_tables_hold_every_rule_and_every_threshold() -> None:
    page = filled("<!-- table: rules -->\n<!-- end -->\n<!-- table: thresholds -->\n<!-- end -->", read_content())
    assert page.count("\n| ") == 2 + len(RULES) + 1 + 2 + len(Thresholds.__fields__)
    assert all(f"| {rule.id} |" in page for rule in RULES)


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("<!-- table: weather -->\n<!-- end -->", read_content())
