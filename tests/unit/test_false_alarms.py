"""Ordinary questions hold no danger signs: of those in the training data hardly any may raise an alarm by its words alone.

Some topics ask about a sign itself ("my foot slaps, what is it"), so the share that alarms cannot be nought.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.content.reader import read_content
from bot.language.corpus import NOTHING, labelled
from bot.language.pipeline import FindingReader
from bot.model import Urgency
from bot.triage import Triage

DATA = Path(__file__).resolve().parents[2] / "data" / "nlu"
MOST_EMERGENCY, MOST_URGENT = 0.004, 0.006
"""Shares of ordinary training texts that may raise an alarm, measured once the phrases were mended; a broad new phrase adds
hundreds."""


def questions() -> Iterator[str]:
    for path in sorted(DATA.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    yield line[2:].strip()


def ordinary() -> Iterator[str]:
    """Training texts that are known to hold no danger: questions of a topic, and acts that never tell of one."""
    for path in sorted(DATA.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" not in block or labelled("", block["intent"]).flag != NOTHING:
                continue
            lines = (line.strip() for line in block["examples"].splitlines())
            yield from (line[2:].strip() for line in lines if line.startswith("- "))


def test_ordinary_questions_do_not_alarm() -> None:
    content = read_content()
    reader, triage = FindingReader(list(content.signs.values())), Triage(content.red_flags)
    levels = {question: triage.assess(reader.read(question)).urgency for question in ordinary()}
    assert len(levels) > 10_000
    for level, most in ((Urgency.EMERGENCY, MOST_EMERGENCY), (Urgency.URGENT, MOST_URGENT)):
        alarmed = [question for question, found in levels.items() if found is level]
        assert len(alarmed) <= most * len(levels), alarmed
