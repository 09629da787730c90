"""The curated content in memory, behind the port that answering reads it through: no database is needed to play a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from bot.content.reader import Content
from bot.model import Article, Condition, Entity, Exercise, HelpLines, RedFlag, Source
from bot.ports import ContentRepository


class ContentInMemory(ContentRepository):
    """Content handed in. Tests break it by overriding `before_reading`."""

    def __init__(
        self,
        *,
        articles: Iterable[Article] = (),
        exercises: Iterable[Exercise] = (),
        sources: Iterable[Source] = (),
        red_flags: Iterable[RedFlag] = (),
        help_lines: Iterable[HelpLines] = (),
        conditions: Iterable[Condition] = (),
        entities: Iterable[Entity] = (),
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self._exercises = {exercise.id: exercise for exercise in exercises}
        self._sources = {source.id: source for source in sources}
        self._red_flags = {flag.id: flag for flag in red_flags}
        self._help_lines = {lines.region: lines for lines in help_lines}
        self._conditions = {condition.id: condition for condition in conditions}
        self._entities = {entity.id: entity for entity in entities}

    @classmethod
    def of(cls, content: Content) -> Self:
        """A repository of what the reader read."""
        return cls(
            articles=content.articles.values(),
            exercises=content.exercises.values(),
            sources=content.sources.values(),
            red_flags=content.red_flags.values(),
            help_lines=content.help_lines.values(),
            conditions=content.conditions.values(),
            entities=content.entities.values(),
        )

    def before_reading(self) -> None:
        """Called before anything is read; may raise StoreUnavailable."""

    def article(self, article_id: str) -> Article | None:
        """See the port."""
        self.before_reading()
        return self._articles.get(article_id)

    def topics(self) -> tuple[str, ...]:
        """See the port."""
        self.before_reading()
        return tuple(sorted(self._articles))

    def exercise(self, exercise_id: str) -> Exercise | None:
        """See the port."""
        self.before_reading()
        return self._exercises.get(exercise_id)

    def exercises(self) -> tuple[Exercise, ...]:
        """See the port."""
        self.before_reading()
        return tuple(exercise for _, exercise in sorted(self._exercises.items()))

    def condition(self, condition_id: str) -> Condition | None:
        """See the port."""
        self.before_reading()
        return self._conditions.get(condition_id)

    def entity(self, entity_id: str) -> Entity | None:
        """See the port."""
        self.before_reading()
        return self._entities.get(entity_id)

    def source(self, source_id: str) -> Source | None:
        """See the port."""
        self.before_reading()
        return self._sources.get(source_id)

    def red_flag(self, flag_id: str) -> RedFlag | None:
        """See the port."""
        self.before_reading()
        return self._red_flags.get(flag_id)

    def red_flags(self) -> tuple[RedFlag, ...]:
        """See the port."""
        self.before_reading()
        return tuple(flag for _, flag in sorted(self._red_flags.items()))

    def help_lines(self, region: str) -> HelpLines | None:
        """See the port."""
        self.before_reading()
        return self._help_lines.get(region)

    def all_help_lines(self) -> tuple[HelpLines, ...]:
        """See the port."""
        self.before_reading()
        return tuple(self._help_lines.values())
