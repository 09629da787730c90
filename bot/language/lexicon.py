"""The lexicon: classes of words and phrases ("saddle", "numb") that phrase templates are written in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Keys = tuple[str, ...]


class Lexicon:
    """Finds every term of every class in a sequence of keys, in time linear in its length."""

    def __init__(self, classes: Mapping[str, Sequence[Keys]]) -> None:
        """`classes` maps a class to the keys of its terms."""
        self.classes = frozenset(classes)
        self._by_first: dict[str, list[tuple[Keys, str]]] = defaultdict(list)
        for name, terms in classes.items():
            for term in set(terms):
                self._by_first[term[0]].append((term, name))

    def find(self, keys: Sequence[str]) -> list[dict[str, set[int]]]:
        """For each position, the classes of the terms that begin there, each with the positions after their ends."""
        found: list[dict[str, set[int]]] = []
        for position, key in enumerate(keys):
            here: dict[str, set[int]] = {}
            for term, name in self._by_first.get(key, ()):
                end = position + len(term)
                if tuple(keys[position:end]) == term:
                    here.setdefault(name, set()).add(end)
            found.append(here)
        return found
