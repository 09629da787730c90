"""Words to keys: what two spellings or inflections of one word have in common.

A key is the Porter stem of a token's norm, after one spelling mistake in a word of the lexicon has been mended. Keys
are what lexicon terms and phrase templates are matched on, so "numbness", "numb" and "nubmness" meet.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from bot.content import lexicon
from bot.language.patterns import any_of
from bot.language.tokens import Token

SHORTEST_MENDED = 5
"""Letters in the shortest word whose spelling is mended: shorter ones have too many real neighbours."""
TWO_MISTAKES_FROM = 9
"""Letters from which two mistakes are mended ("diahorrea")."""

_LISTS = lexicon.words("words")
NORMS: Mapping[str, str] = _LISTS["norms"]
"""Tokens of contractions and texting, by what they stand for."""
PLURALS = frozenset(_LISTS["plurals"])
"""Plurals that keep their ending: one leg and both legs are different warning signs."""

FEWEST_WORDS = 3
"""Words below which nothing is said about a text's language."""
SHORTEST_GUESSED, SHORTEST_TARGET = 3, 4
"""Letters in the shortest word that is guessed at for topics, and in the shortest word it may become. Triage guesses less."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_ASKED = lexicon.words("questions")
_LEAD = re.compile(
    rf"^(?:{any_of(_ASKED['fillers'])}[,\s]+)*(?:{any_of(_ASKED['corrections'])}[,\s]+)*"
    rf"(?:(?:{any_of(_ASKED['meaning'])}\s+)?{any_of(_ASKED['meant'])}[,:\s]+)?(?:and\s+(?=[\w'-]+\s*\??$))?",
    re.I,
)
_BETWEEN = re.compile(
    rf"[?!.\n]+\s*(?:{any_of(_ASKED['also'])}\b)?|,?\s+{any_of(_ASKED['joins'])}\s+(?:also\s+)?"
    rf"(?={any_of(_ASKED['asks'])}\b)",
    re.I,
)
_stemmer = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Porter (snowball) stem of a lower-case word."""
    return word if word in PLURALS else str(_stemmer.stemWord(word))


@functools.lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """The words of the spelling dictionary: none of them is ever taken for a mistake."""
    return frozenset(SpellChecker(language="en").word_frequency.words())


def norm(token: Token) -> str:
    """The lower-case word that a token stands for, without looking at its spelling."""
    return NORMS.get(token.text, token.norm)


def question_of(text: str) -> str:
    """What a message asks, without what stands before it: "no sorry, I meant shoes" is "shoes", "and insoles?" "insoles?".

    Emoji go too. A text of which nothing would be left stays as it is.
    """
    bare = _LEAD.sub("", _PICTURES.sub(" ", text).strip())
    return bare if bare.strip(" ?!.,") else text


def questions_of(text: str) -> list[str]:
    """The questions of a message that asks several ("how do I ... and is heat or ice better?"), or the text alone."""
    asked = [part.strip(" ,") for part in _BETWEEN.split(text) if part and len(part.split()) >= FEWEST_WORDS]
    return asked if len(asked) > 1 else [text]


def english_share(text: str) -> float:
    """The share (0 to 1) of the words of a text that the spelling dictionary knows; 1 for a text of fewer than 3 words."""
    found = [word.lower().split("'")[0] for word in _WORD.findall(text)]
    if len(found) < FEWEST_WORDS:
        return 1.0
    return sum(word in english_words() for word in found) / len(found)


class Speller:
    """Mends spelling mistakes in the words that matter to triage, and in no others."""

    def __init__(self, words: Collection[str], names: Collection[str] = ()) -> None:
        """`words` that matter; `names` of things, which `mend_text` leaves as they are."""
        self._names = frozenset(names)
        self._words = sorted({word for word in words if len(word) >= SHORTEST_MENDED and word.isalpha()})
        self._known = english_words() | set(self._words)
        self._short = sorted({word for word in words if len(word) >= SHORTEST_TARGET and word.isalpha()})
        self._kept = functools.lru_cache(maxsize=20_000)(self._mend)

    def mend(self, word: str) -> str:
        """The lexicon word that `word` (lower case) misspells, or `word` itself."""
        return self._kept(word)

    def forget(self) -> None:
        """Drops the words that are kept for speed."""
        self._kept.cache_clear()

    def mend_text(self, text: str) -> str:
        """`text` with unknown words put right where one mistake makes them a word of the lexicon ("bak", "wlak")."""
        return _WORD.sub(lambda match: self._mend_short(match.group()), text)

    def _mend_short(self, word: str) -> str:
        lower = word.lower()
        if len(lower) < SHORTEST_GUESSED or lower in self._known or lower in self._names or not lower.isalpha():
            return word
        near = process.extract(lower, self._short, scorer=OSA.distance, score_cutoff=1, limit=5)
        return next((str(found[0]) for found in near if found[0][0] == lower[0]), self.mend(lower))

    def _mend(self, word: str) -> str:
        """The lexicon word that `word` misspells, or `word` itself."""
        if len(word) < SHORTEST_MENDED - 1 or not word.isalpha() or word in self._known:
            return word
        mistakes = 2 if len(word) >= TWO_MISTAKES_FROM else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=mistakes, limit=10)
        if len(word) < SHORTEST_MENDED:  # a word of five letters that lost one
            near = [found for found in near if len(found[0]) == SHORTEST_MENDED]
        # Of equally near words, letters changed round are the likeliest slip, and the first letter is seldom wrong.
        best = min(
            near, key=lambda found: (found[1], sorted(found[0]) != sorted(word), found[0][0] != word[0]), default=None
        )
        return str(best[0]) if best else word
