"""The lexical half of the reader: which words and letter groups stand in a text, as numbers of a plain dictionary.

Words in ones and twos and letter groups of three to five, weighted by tf-idf (sublinear term counts, cosine length 1). The
vocabulary is fitted on the training texts; at run time a text is some hundred look-ups.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

FEWEST_TEXTS = 3
"""Texts in which a term must occur to be kept."""
MOST_TERMS = 60_000
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[?!]")
MOST_WORDS = 400
"""Words of one text that are looked at: a message of 2,000 characters."""


class Lexicon:
    """The terms that are known, with the place and the inverse document frequency of each."""

    def __init__(self, terms: Mapping[str, tuple[int, float]]) -> None:
        self._terms = dict(terms)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Lexicon:
        """The lexicon of the training texts: terms of FEWEST_TEXTS texts and more, the commonest MOST_TERMS."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(_terms(text)))
        common = [term for term, count in seen.most_common(MOST_TERMS) if count >= FEWEST_TEXTS]
        places = ((term, place) for place, term in enumerate(sorted(common)))
        return cls({term: (place, math.log((1 + len(texts)) / (1 + seen[term])) + 1) for term, place in places})

    def __len__(self) -> int:
        return len(self._terms)

    def weights(self, text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The places of the terms of a text and their weights, whose squares sum to 1."""
        counts = Counter(term for term in _terms(text) if term in self._terms)
        places = np.fromiter((self._terms[term][0] for term in counts), dtype=np.int64, count=len(counts))
        weights = np.fromiter(
            ((1 + math.log(count)) * self._terms[term][1] for term, count in counts.items()),
            dtype=np.float32,
            count=len(counts),
        )
        return places, weights / max(float(np.linalg.norm(weights)), 1e-9)

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """The weights of many texts: shape (texts, terms)."""
        places, weights, ends = [], [], [0]
        for text in texts:
            here, weight = self.weights(text)
            places.append(here)
            weights.append(weight)
            ends.append(ends[-1] + len(here))
        columns = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
        values = np.concatenate(weights) if weights else np.zeros(0, dtype=np.float32)
        return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(self._terms)))

    def to_json(self) -> dict[str, list[float]]:
        """The terms as plain data."""
        return {term: [place, round(weight, 4)] for term, (place, weight) in self._terms.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Sequence[float]]) -> Lexicon:
        """The lexicon that `to_json` gave."""
        return cls({term: (int(place), float(weight)) for term, (place, weight) in data.items()})


def _terms(text: str) -> Iterator[str]:
    """The terms of a text: words, pairs of words, and letter groups that do not cross words."""
    words = _WORD.findall(text.lower().replace("’", "'"))[:MOST_WORDS]
    for word, after in zip_longest(words, words[1:]):
        yield word
        if after:
            yield f"{word} {after}"
        edged = f"<{word}>"
        for size in (3, 4, 5):
            for start in range(len(edged) - size + 1):
                yield f"#{edged[start : start + size]}"
