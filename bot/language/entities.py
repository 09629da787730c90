"""Things asked about by name ("crocs", "epsom salt"): which of the content's entities a text names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.model import Entity


class EntityFinder:
    """Finds entities by their names, whole words, the longest name first."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._ids = {name: entity.id for entity in entities.values() for name in entity.names}
        names = sorted(self._ids, key=lambda name: (-len(name), name))
        pattern = "|".join(re.escape(name) for name in names)
        self._pattern = re.compile(rf"\b(?:{pattern})(?:s|es)?\b", re.I) if names else None

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the entities named, in order, each once."""
        if self._pattern is None:
            return ()
        named = (self._id(match.group().lower()) for match in self._pattern.finditer(text))
        return tuple(dict.fromkeys(named))

    def _id(self, name: str) -> str:
        """The entity of a name as it was written, singular or plural."""
        ends = (name, name.removesuffix("s"), name.removesuffix("es"))
        return next(self._ids[end] for end in ends if end in self._ids)
