"""The training questions hold no danger signs: hardly any of them may raise an alarm, and none an emergency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.content.reader import read_content
from bot.language.pipeline import FindingReader
from bot.model import Urgency
from bot.triage import Triage

DATA = Path(__file__).resolve().parents[2] / "data" / "nlu"
MOST_URGENT = 3
"""Urgent alarms allowed among all training questions (one in a thousand)."""


def questions() -> Iterator[str]:
    for path in sorted(DATA.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    yield line[2:].strip()


def test_ordinary_questions_do_not_alarm() -> None:
    content = read_content()
    reader, triage = FindingReader(list(content.signs.values())), Triage(content.red_flags)
    levels = {question: triage.assess(reader.read(question)).urgency for question in questions()}
    assert len(levels) > 2000
    assert [question for question, level in levels.items() if level is Urgency.EMERGENCY] == []
    urgent = [question for question, level in levels.items() if level is Urgency.URGENT]
    assert len(urgent) <= MOST_URGENT, urgent
