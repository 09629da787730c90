"""Reads case files: our own below evaluation/, and the development sets that may lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DEVELOPMENT = HERE.parent.parent / "shared" / "evaluation"


def development(name: str) -> list[dict[str, Any]] | None:
    """The lines of a development set, or None where it is not there."""
    path = DEVELOPMENT / f"{name}.dev.jsonl"
    return read_lines(path) if path.is_file() else None


def triage_files() -> list[str]:
    """The names of our own files of triage cases. All but "cases" were written by somebody who had not seen the rules."""
    return sorted(path.stem for path in (HERE / "triage").glob("*.jsonl"))


def triage_cases(name: str = "cases") -> list[dict[str, Any]]:
    """The cases of one file: a `text` or several `turns`, the `acceptable` levels, and what `kind` of case it is."""
    return read_lines(HERE / "triage" / f"{name}.jsonl")


def follow_up_cases() -> list[dict[str, Any]]:
    """Conversations of our own: `turns`, the `expected` topics or message types of the last answer, and the `kind`."""
    return read_lines(HERE / "follow_ups.jsonl")


def told_questions() -> list[dict[str, Any]]:
    """Questions with a story round them, `text` and `topic`. Their writer knew the answers, but no training question."""
    return read_lines(HERE / "told_questions.jsonl")


def judged_questions() -> dict[str, set[str]]:
    """For training questions that models confused: the topics that a reader, not knowing the label, found to answer them."""
    return {case["text"]: set(case["fits"]) for case in read_lines(HERE / "judged_questions.jsonl")}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
