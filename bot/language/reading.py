"""One message read: its sentence vector and its clinical findings. The front of the language layer."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass

from bot.content.reader import read_content
from bot.language.characters import plain_text
from bot.language.encoder import SentenceEncoder, Vectors, shared_encoder, tuned_encoder
from bot.language.pipeline import FindingReader
from bot.language.words import english_share, question_of, questions_of
from bot.model import Finding, Subject

FEWEST_WORDS = 4
MOST_PARTS = 6
Person = tuple[Subject, str | None]
ENCODERS = 2
"""Threads that encode: one for each encoder, which run without holding the interpreter."""
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
    about: Person = (Subject.SELF, None)


_read_ahead: ContextVar[tuple[str, Reading] | None] = ContextVar("read_ahead", default=None)
"""What the turn that runs has read ahead, with its text. It ends with the turn."""


class Reader:
    """Reads messages: one pass for findings, a run of the encoder for each question, one of the tuned encoder for each part."""

    def __init__(self, *, encoder: SentenceEncoder, tuned: SentenceEncoder, findings: FindingReader) -> None:
        self._encoder = encoder
        self._tuned = tuned
        self._findings = findings
        self._threads = ThreadPoolExecutor(ENCODERS, thread_name_prefix="encoder")

    def read(self, text: str) -> Reading:
        """Vectors and findings of one message; what was read ahead is not read again."""
        ahead = _read_ahead.get()
        if ahead is not None and ahead[0] == text:
            return ahead[1]
        plain = plain_text(text)
        asked, parts = self._asked(plain), self._parts(plain)
        found = self._findings.read_with_person(text)
        return _reading(text, self._encoder.encode(asked), self._tuned.encode(parts), found)

    async def ahead(self, text: str) -> None:
        """Reads a message for the `read` that comes later in this task: both encoders at once, while the loop serves others."""
        loop, plain = asyncio.get_running_loop(), plain_text(text)
        vectors = loop.run_in_executor(self._threads, self._encoder.encode, self._asked(plain))
        parts = loop.run_in_executor(self._threads, self._tuned.encode, self._parts(plain))
        found = self._findings.read_with_person(text)
        _read_ahead.set((text, _reading(text, await vectors, await parts, found)))

    def forget(self) -> None:
        """Drops what is kept of the words of messages read so far, for speed alone."""
        self._findings.forget()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors (n, 384) of texts with their spelling mended."""
        return self._encoder.encode(self._mended(texts))

    def encode_tuned(self, texts: Sequence[str]) -> Vectors:
        """The tuned encoder's vectors (n, 384) of texts with their spelling mended."""
        return self._tuned.encode(self._mended(texts))

    def _asked(self, text: str) -> list[str]:
        """What the encoder reads of a message: what it asks, and then each question where it asks several."""
        several = questions_of(text)
        return self._mended([question_of(text), *(several if len(several) > 1 else ())])

    def _parts(self, text: str) -> list[str]:
        """What the tuned encoder reads of a message."""
        return self._mended(parts_of(text))

    def _mended(self, texts: Iterable[str]) -> list[str]:
        return [self._findings.mend(text) for text in texts]


def _reading(text: str, asked: Vectors, parts: Vectors, found: tuple[tuple[Finding, ...], Person]) -> Reading:
    """A reading put together: `asked` (1 or more, 384) holds the whole and then each question."""
    findings, about = found
    questions = asked[1:] if len(asked) > 1 else asked
    return Reading(
        vector=asked[0],
        questions=questions,
        parts=parts,
        english=english_share(plain_text(text)),
        findings=findings,
        about=about,
    )


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
