"""What the program makes of messages, for whoever trusts it or mends it: what was read, what it means, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.conversation.interpreter import Interpreter
from bot.conversation.meaning import Meaning
from bot.conversation.state import State
from bot.language.corpus import Row
from bot.language.encoder import Vectors
from bot.language.reader import Reader, Why
from bot.model import Finding
from bot.reading import Read
from bot.triage.rules import RULES

NEAREST = 3
"""Training texts shown beside a message."""


@dataclass(frozen=True)
class Said:
    """One finding with the words that it was read from and the sentence round them."""

    finding: Finding
    words: str
    sentence: str


@dataclass(frozen=True)
class Near:
    """A training text of danger or of none that a message is like, -1 to 1."""

    similarity: float
    flag: str
    section: str
    text: str


@dataclass(frozen=True)
class Trial:
    """One turn: what was read in its text, what that means in the conversation so far, and why danger was or was not heard."""

    text: str
    read: Read
    said: tuple[Said, ...]
    meaning: Meaning
    why: tuple[Why, ...]
    nearest: tuple[Near, ...] = ()

    def rule(self, rule: str) -> str:
        """What a rule takes, in words; empty for a sign that raises its flag by itself."""
        return " / ".join(one.when for one in RULES if one.id == rule)


def trials(
    turns: Sequence[str], *, reader: Reader, interpreter: Interpreter, nearest: Nearest | None = None
) -> list[Trial]:
    """Each of the turns as the program takes it, one after the other as in a conversation."""
    state, found = State(), []
    for text in turns:
        read = reader.read(text)
        meaning = interpreter.interpret(read, state)
        state = meaning.state
        said = tuple(Said(one, text[one.start : one.end], _sentence(text, one)) for one in read.findings)
        found.append(Trial(text, read, said, meaning, reader.why(text), nearest(text) if nearest else ()))
    return found


class Nearest:
    """Finds the training texts that a message is most like."""

    def __init__(self, rows: Sequence[Row], encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._rows, self._encode = rows, encode
        self._vectors = encode([row.text for row in rows])

    def __call__(self, text: str) -> tuple[Near, ...]:
        """The three nearest, the nearest first."""
        alike = self._vectors @ self._encode([text])[0]
        found = [(float(alike[at]), self._rows[at]) for at in np.argsort(-alike)[:NEAREST]]
        return tuple(Near(round(score, 2), row.about, row.section, row.text) for score, row in found)


def _sentence(text: str, finding: Finding) -> str:
    """The sentence of a text that a finding stands in."""
    start = max(text.rfind(mark, 0, finding.start) for mark in ".!?\n") + 1
    ends = [end for mark in ".!?\n" if (end := text.find(mark, max(finding.end - 1, 0))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
