"""One message read: its sentence vector and its clinical findings. The front of the language layer."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.reader import read_content
from bot.language.encoder import SentenceEncoder, Vectors, shared_encoder, tuned_encoder
from bot.language.pipeline import FindingReader
from bot.language.words import english_share, question_of, questions_of
from bot.model import Finding, Subject

FEWEST_WORDS = 4
MOST_PARTS = 6
_SENTENCE = re.compile(r"[.!?\n;]+")


@dataclass(frozen=True)
class Reading:
    """`vector` (shape (384,), unit length) is of the text with its spelling mended, `questions` (n, 384) of each question
    where it asks several, `parts` (n, 384) of the whole and of each sentence by the tuned encoder. `english` is the share
    (0 to 1) of English words; `findings` are in the order in which they are said; `about` is the other person spoken of, or
    the writer."""

    vector: Vectors
    questions: Vectors
    parts: Vectors
    english: float
    findings: tuple[Finding, ...]
    about: tuple[Subject, str | None] = (Subject.SELF, None)


class Reader:
    """Reads messages: one spaCy pass, one run of the encoder, and one of the tuned encoder for each part."""

    def __init__(self, *, encoder: SentenceEncoder, tuned: SentenceEncoder, findings: FindingReader) -> None:
        self._encoder = encoder
        self._tuned = tuned
        self._findings = findings

    def read(self, text: str) -> Reading:
        """Vectors and findings of one message."""
        findings, about = self._findings.read_with_person(text)
        vector = self.encode([question_of(text)])[0]
        asked = questions_of(text)
        questions = self.encode(asked) if len(asked) > 1 else vector[None, :]
        parts = self.encode_tuned(parts_of(text))
        return Reading(
            vector=vector, questions=questions, parts=parts, english=english_share(text), findings=findings, about=about
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors (n, 384) of texts with their spelling mended."""
        return self._encoder.encode([self._findings.mend(text) for text in texts])

    def encode_tuned(self, texts: Sequence[str]) -> Vectors:
        """The tuned encoder's vectors (n, 384) of texts with their spelling mended."""
        return self._tuned.encode([self._findings.mend(text) for text in texts])


def parts_of(text: str) -> list[str]:
    """The whole text, then its sentences where there are several: a sign told in passing drowns in a long story.

    Sentences of fewer than FEWEST words say too little by themselves, and at most MOST_PARTS are read.
    """
    sentences = [part.strip() for part in _SENTENCE.split(text)]
    long = [part for part in sentences if len(part.split()) >= FEWEST_WORDS]
    return [text, *long[:MOST_PARTS]] if len(sentences) > 1 else [text]


@functools.lru_cache(maxsize=1)
def shared_reader() -> Reader:
    """The one reader of this process, over the content that the package ships. Raises ContentError."""
    flags = read_content().red_flag_files.values()
    return Reader(encoder=shared_encoder(), tuned=tuned_encoder(), findings=FindingReader(flags))
