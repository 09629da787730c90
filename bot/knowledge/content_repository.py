"""The content as the database holds it."""

from __future__ import annotations

import functools
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot import model
from bot.content.reader import Content
from bot.knowledge.database import reading
from bot.knowledge.documents import KINDS, from_row
from bot.knowledge.tables import documents
from bot.ports import ContentRepository


class SqlContentRepository(ContentRepository):
    """Reads the whole content at the first question and keeps it: under a megabyte, and loaded before every start."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @functools.cached_property
    def _content(self) -> Content:
        with reading(self._engine) as connection:
            return read_stored(connection)

    def article(self, article_id: str) -> model.Article | None:
        """See the port."""
        return self._content.articles.get(article_id)

    def topics(self) -> tuple[str, ...]:
        """See the port."""
        return tuple(sorted(self._content.articles))

    def exercise(self, exercise_id: str) -> model.Exercise | None:
        """See the port."""
        return self._content.exercises.get(exercise_id)

    def exercises(self) -> tuple[model.Exercise, ...]:
        """See the port."""
        return tuple(exercise for _, exercise in sorted(self._content.exercises.items()))

    def condition(self, condition_id: str) -> model.Condition | None:
        """See the port."""
        return self._content.conditions.get(condition_id)

    def entity(self, entity_id: str) -> model.Entity | None:
        """See the port."""
        return self._content.entities.get(entity_id)

    def source(self, source_id: str) -> model.Source | None:
        """See the port."""
        return self._content.sources.get(source_id)

    def red_flag(self, flag_id: str) -> model.RedFlag | None:
        """See the port."""
        return self._content.red_flags.get(flag_id)

    def red_flags(self) -> tuple[model.RedFlag, ...]:
        """See the port."""
        return tuple(flag for _, flag in sorted(self._content.red_flags.items()))

    def help_lines(self, region: str) -> model.HelpLines | None:
        """See the port."""
        return self._content.help_lines.get(region)

    def all_help_lines(self) -> tuple[model.HelpLines, ...]:
        """See the port."""
        return tuple(self._content.help_lines.values())


def read_stored(connection: Connection) -> Content:
    """Everything that the loader stored. The signs with their phrases and the examples are not stored: both are empty."""
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for row in connection.execute(select(documents).order_by(documents.c.kind, documents.c.position)):
        found[row.kind][row.id] = from_row(row.kind, row.body)
    return Content(**found, signs={}, examples={})
