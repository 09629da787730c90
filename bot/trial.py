"""What the program makes of messages, for whoever trusts it or mends it: what was read, what it means, and why."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.interpreter import Interpreter
from bot.conversation.meaning import Meaning
from bot.conversation.state import State
from bot.language.model_files import Heads
from bot.language.reader import Reader, Why
from bot.model import Finding
from bot.reading import Read
from bot.triage.rules import RULES


@dataclass(frozen=True)
class Said:
    """One finding with the words that it was read from and the sentence round them."""

    finding: Finding
    words: str
    sentence: str


@dataclass(frozen=True)
class Trial:
    """One turn: what was read in its text, what that means in the conversation so far, and why danger was or was not heard."""

    text: str
    read: Read
    said: tuple[Said, ...]
    meaning: Meaning
    why: tuple[Why, ...]

    def rule(self, rule: str) -> str:
        """What a rule takes, in words; empty for a sign that raises its flag by itself."""
        return " / ".join(one.when for one in RULES if one.id == rule)


def trials(turns: Sequence[str], *, reader: Reader, interpreter: Interpreter) -> list[Trial]:
    """Each of the turns as the program takes it, one after the other as in a conversation."""
    state, found = State(), []
    for text in turns:
        read = reader.read(text)
        meaning = interpreter.interpret(read, state)
        state = meaning.state
        said = tuple(Said(one, text[one.start : one.end], _sentence(text, one)) for one in read.findings)
        found.append(Trial(text, read, said, meaning, reader.why(text)))
    return found


def trained_heads(model: Path) -> Heads | None:
    """The heads inside a trained Rasa model, or None where nothing was trained yet."""
    if not model.is_file():
        return None
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.getmembers():
            data = archive.extractfile(member) if member.isfile() and "MessageReader" in member.name else None
            if data is not None:
                (Path(folder) / Path(member.name).name).write_bytes(data.read())
        return Heads.load(Path(folder)) if (Path(folder) / "heads.npz").is_file() else None


def _sentence(text: str, finding: Finding) -> str:
    """The sentence of a text that a finding stands in."""
    start = max(text.rfind(mark, 0, finding.start) for mark in ".!?\n") + 1
    ends = [end for mark in ".!?\n" if (end := text.find(mark, max(finding.end - 1, 0))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
