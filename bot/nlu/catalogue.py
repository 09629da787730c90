"""What people call the things that are shown: the words of titles, other names, positions and rows."""

from __future__ import annotations

import functools
import re

from bot.content.reader import Content
from bot.conversation.references import Catalogue

_WORD = re.compile(r"[a-z0-9']+")


class ContentCatalogue(Catalogue):
    """The names of articles, units and exercises of the content."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._units = {unit.id: unit for article in content.articles.values() for unit in article.units}

    @functools.lru_cache(maxsize=4096)  # noqa: B019  (one catalogue a process, over content that does not change)
    def names(self, kind: str, entry: str) -> frozenset[str]:
        """See Catalogue: an exercise by its names and its position, an article or a unit by its title, else its own words."""
        exercise = self._content.exercises.get(entry)
        if exercise is not None:
            return _words(exercise.name, *exercise.aka, exercise.position)
        article = self._content.articles.get(entry)
        if article is not None:
            return _words(article.title, article.id)
        unit = self._units.get(entry)
        return _words(unit.asks) if unit else _words(entry)


def _words(*texts: str) -> frozenset[str]:
    """The words of some texts, with and without a plural's ending."""
    found = {word for text in texts for word in _WORD.findall(text.lower().replace("_", " ").replace("/", " "))}
    return frozenset(found | {word[:-1] for word in found if word.endswith("s") and len(word) > 3})
