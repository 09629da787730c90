"""A message's words. spaCy parts them; what the rest of this package reads are frozen tokens of our own.

spaCy keeps every string that it ever saw. A tokenizer that has seen MOST_STRINGS
new ones is replaced by a fresh one, and
`forget` does so at once, so what people type stays in memory neither without bound nor after it was forgotten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

MOST_STRINGS = 20_000
"""Strings of typed text that a tokenizer may hold: about 3 MB."""
INFIXES = (r"(?<=[a-z])[?!:;](?=[a-z])", r"(?<=[a-z]{2})\.(?=[a-z]{2})", r"(?<=\w)\.{2,}(?=\w)")
"""Where people leave out the space: "fever?no", "numb.back"."""
SENTENCE_ENDS = frozenset({".", "!", "?", "\n", "…", "।", "?!", "!?"})
_BREAK = re.compile(r"\n+")


@dataclass(frozen=True)
class Token:
    """One word or sign: as typed in lower case, what it stands for (spaCy's norm), and its offsets in the text read."""

    text: str
    norm: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit."""
        return any(letter.isalnum() for letter in self.text)


class Tokenizer:
    """Parts texts into tokens, the same text always alike."""

    def __init__(self, *, most: int = MOST_STRINGS) -> None:
        """`most` strings of typed text are held at most."""
        self._most = most
        self._nlp = _fresh()
        self._own = len(self._nlp.vocab.strings)

    def __call__(self, text: str) -> list[Token]:
        """The tokens of a text in lower case; each line break is one of its own."""
        if len(self._nlp.vocab.strings) > self._own + self._most:
            self.forget()
        doc = self._nlp.make_doc(text.replace("\n", " \n "))
        return _tokens(doc, text)

    def strings(self) -> int:
        """How many strings are held, of the rules and of the texts read."""
        return len(self._nlp.vocab.strings)

    def knows(self, string: str) -> bool:
        """Whether a string is held."""
        return string in self._nlp.vocab.strings

    def forget(self) -> None:
        """Drops every string of the texts read so far."""
        self._nlp = _fresh()


def _fresh() -> Language:
    """spaCy's rules for English words, with no string of anybody's text."""
    nlp = spacy.blank("en")
    infixes = [*(nlp.Defaults.infixes or ()), *INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def _tokens(doc: Doc, text: str) -> list[Token]:
    """The tokens with offsets into `text`, in which line breaks stand without the blanks put round them."""
    tokens: list[Token] = []
    shift = 0
    for token in doc:
        if "\n" in token.text:
            # spaCy joins blanks and breaks: " \n  \n". Each break brought one blank before it and one after it.
            breaks = token.text.count("\n")
            at = text.find("\n", max(0, token.idx - shift - 1))
            tokens.append(Token("\n", "\n", at, at + 1))
            shift += 2 * breaks
            continue
        if not token.text.strip():
            continue
        start = token.idx - shift
        tokens.append(Token(token.lower_, token.norm_.lower(), start, start + len(token)))
    return tokens


def sentences(tokens: list[Token]) -> list[tuple[int, int]]:
    """The sentences as first token and token after the last. Signs that follow the end of one still belong to it."""
    found: list[tuple[int, int]] = []
    start = 0
    ended = False
    for position, token in enumerate(tokens):
        if ended and (token.is_word or token.text in ("(", '"', "'", "-", "[")):
            found.append((start, position))
            start, ended = position, False
        ended = ended or token.text in SENTENCE_ENDS
    if start < len(tokens):
        found.append((start, len(tokens)))
    return found
