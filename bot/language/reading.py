"""One message read: its sentence vector and its clinical findings. The front of the language layer."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from bot.content.reader import read_content
from bot.language.encoder import SentenceEncoder, Vectors, shared_encoder
from bot.language.pipeline import FindingReader
from bot.language.words import english_share
from bot.model import Finding


@dataclass(frozen=True)
class Reading:
    """`vector` (shape (384,), unit length) is of the text with its spelling mended; `english` is the share (0 to 1) of
    English words; `findings` are in the order in which they are said."""

    vector: Vectors
    english: float
    findings: tuple[Finding, ...]


class Reader:
    """Reads messages. One encoder run and one spaCy pass each."""

    def __init__(self, *, encoder: SentenceEncoder, findings: FindingReader) -> None:
        self._encoder = encoder
        self._findings = findings

    def read(self, text: str) -> Reading:
        """Vector and findings of one message."""
        vector = self._encoder.encode([self._findings.mend(text)])[0]
        return Reading(vector=vector, english=english_share(text), findings=self._findings.read(text))


@functools.lru_cache(maxsize=1)
def shared_reader() -> Reader:
    """The one reader of this process, over the content that the package ships. Raises ContentError."""
    flags = read_content().red_flag_files.values()
    return Reader(encoder=shared_encoder(), findings=FindingReader(flags))
