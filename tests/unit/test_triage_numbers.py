"""No bare clinical number in bot/triage: they are in thresholds.yml, and each of them is used."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.content.thresholds import Thresholds

TRIAGE = Path(__file__).resolve().parents[2] / "bot" / "triage"
COUNTS = {0, 1, 2, -1}
"""How many of something: no age, day, dose or minute."""


def numbers(text: str) -> list[float]:
    """The numbers of a source that are neither counts nor probabilities."""
    tree = ast.parse(text)
    rounding = [
        arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "round"
        for arg in node.args
    ]
    found = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in rounding]
    return [n for n in found if isinstance(n, int | float) and not isinstance(n, bool) and n not in COUNTS and n >= 1]


def test_a_bare_number_is_found() -> None:
    assert numbers("old = facts.older_than(60)") == [60]
    assert numbers("few = len(signs) > 1 and score >= 0.4") == []


def test_triage_has_no_bare_number() -> None:
    found = {path.name: numbers(path.read_text(encoding="utf-8")) for path in TRIAGE.rglob("*.py")}
    assert {name: bare for name, bare in found.items() if bare} == {}


def test_every_threshold_is_used_by_a_rule() -> None:
    places = [
        *TRIAGE.rglob("*.py"),
        TRIAGE.parent / "language" / "pipeline.py",
    ]  # where an age is no writer's, it is not heard
    code = "".join(path.read_text(encoding="utf-8") for path in places)
    assert [name for name in Thresholds.__fields__ if f"thresholds().{name}.value" not in code] == []
