"""The content as the database holds it."""

from __future__ import annotations

import functools
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot import model
from bot.content.reader import Content
from bot.knowledge import rows, tables
from bot.knowledge.database import reading
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

    def every(table: object, *order: object) -> list[object]:
        return list(connection.execute(select(table).order_by(*order)))

    source_rows = every(tables.sources, tables.sources.c.id)
    exercise_rows = every(tables.exercises, tables.exercises.c.id)
    flag_rows = every(tables.red_flags, tables.red_flags.c.id)
    region_rows = every(tables.help_lines, tables.help_lines.c.position)
    return Content(
        sources={source.id: source for source in map(rows.source, source_rows)},
        articles=_articles(connection),
        exercises={exercise.id: exercise for exercise in map(rows.exercise, exercise_rows)},
        help_lines={lines.region: lines for lines in map(rows.help_lines, region_rows)},
        red_flags={flag.id: flag for flag in map(rows.red_flag, flag_rows)},
        signs={},
        examples={},
    )


def _articles(connection: Connection) -> dict[str, model.Article]:
    """All articles with their sections and sources."""
    citations, sections = tables.article_sources, tables.sections
    cited = rows.cited_by(connection.execute(select(citations).order_by(citations.c.position)))
    parts: dict[str, tuple[model.Section, ...]] = defaultdict(tuple)
    for row in connection.execute(select(sections).order_by(sections.c.article_id, sections.c.position)):
        parts[row.article_id] += (rows.section(row, cited),)
    found = connection.execute(select(tables.articles).order_by(tables.articles.c.id))
    return {row.id: rows.article(row, parts[row.id], cited) for row in found}
