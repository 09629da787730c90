"""What the program makes of messages, for whoever trusts it or mends it: findings, rules, level, and the topics."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.reader import Content
from bot.language.encoder import shared_encoder
from bot.language.pipeline import FindingReader
from bot.language.topics import Guess, TopicModel
from bot.language.words import question_of
from bot.model import Assessment, Finding
from bot.triage import Triage
from bot.triage.rules import RULES


@dataclass(frozen=True)
class Said:
    """One finding with the words that it was read from and the sentence round them."""

    finding: Finding
    words: str
    sentence: str


@dataclass(frozen=True)
class Trial:
    """One turn: its text, what was read in it, and what all turns up to it together advise."""

    text: str
    said: tuple[Said, ...]
    assessment: Assessment
    topics: Guess | None = None

    def why(self, rule: str, flag: str) -> str:
        """What a rule takes, in words; empty for a sign that raises its flag by itself."""
        named = [one.when for one in RULES if one.id == rule]
        return " / ".join(named) if named and flag else ""


def trials(content: Content, turns: Sequence[str], *, topics: TopicModel | None = None) -> list[Trial]:
    """Each of the turns as the program reads it, one after the other as in a conversation; `topics` guesses what is asked."""
    reader, triage = FindingReader(content.signs.values()), Triage(content.red_flags)
    findings: list[Finding] = []
    found = []
    for text in turns:
        here = reader.read(text)
        findings += here
        said = tuple(Said(one, text[one.start : one.end], _sentence(text, one)) for one in here)
        guess = topics.guess(shared_encoder().encode([reader.mend(question_of(text))])[0], most=3) if topics else None
        found.append(Trial(text, said, triage.assess(findings), guess))
    return found


def trained_topics(model: Path) -> TopicModel | None:
    """The topic model inside a trained Rasa model, or None where nothing was trained yet."""
    if not model.is_file():
        return None
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        wanted = [member for member in archive.getmembers() if "TopicClassifier" in member.name and member.isfile()]
        for member in wanted:
            data = archive.extractfile(member)
            if data is not None:
                (Path(folder) / Path(member.name).name).write_bytes(data.read())
        return TopicModel.load(Path(folder)) if wanted else None


def _sentence(text: str, finding: Finding) -> str:
    """The sentence of a text that a finding stands in."""
    start = max(text.rfind(mark, 0, finding.start) for mark in ".!?\n") + 1
    ends = [end for mark in ".!?\n" if (end := text.find(mark, max(finding.end - 1, 0))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
