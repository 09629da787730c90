"""The ports kept in memory, for tests that need a store but no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.content.reader import Content
from bot.model import Article, Condition, Entity, Exercise, HelpLines, RedFlag, Source
from bot.ports import (
    Answered,
    ContentRepository,
    Conversation,
    ConversationStore,
    Message,
    Said,
    StoreUnavailable,
    TurnState,
    TurnStatus,
    UnknownConversation,
)


class FakeContentRepository(ContentRepository):
    """Content handed in. `broken = True` makes every call raise StoreUnavailable."""

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
        self.broken = False
        self._articles = {article.id: article for article in articles}
        self._exercises = {exercise.id: exercise for exercise in exercises}
        self._sources = {source.id: source for source in sources}
        self._red_flags = {flag.id: flag for flag in red_flags}
        self._help_lines = {lines.region: lines for lines in help_lines}
        self._conditions = {condition.id: condition for condition in conditions}
        self._entities = {entity.id: entity for entity in entities}

    @classmethod
    def of(cls, content: Content) -> FakeContentRepository:
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

    def article(self, article_id: str) -> Article | None:
        self._check()
        return self._articles.get(article_id)

    def topics(self) -> tuple[str, ...]:
        self._check()
        return tuple(sorted(self._articles))

    def exercise(self, exercise_id: str) -> Exercise | None:
        self._check()
        return self._exercises.get(exercise_id)

    def exercises(self) -> tuple[Exercise, ...]:
        self._check()
        return tuple(exercise for _, exercise in sorted(self._exercises.items()))

    def condition(self, condition_id: str) -> Condition | None:
        self._check()
        return self._conditions.get(condition_id)

    def entity(self, entity_id: str) -> Entity | None:
        self._check()
        return self._entities.get(entity_id)

    def source(self, source_id: str) -> Source | None:
        self._check()
        return self._sources.get(source_id)

    def red_flag(self, flag_id: str) -> RedFlag | None:
        self._check()
        return self._red_flags.get(flag_id)

    def red_flags(self) -> tuple[RedFlag, ...]:
        self._check()
        return tuple(flag for _, flag in sorted(self._red_flags.items()))

    def help_lines(self, region: str) -> HelpLines | None:
        self._check()
        return self._help_lines.get(region)

    def all_help_lines(self) -> tuple[HelpLines, ...]:
        self._check()
        return tuple(self._help_lines.values())

    def _check(self) -> None:
        if self.broken:
            raise StoreUnavailable("broken for a test")


@dataclass
class _Turn:
    text: str | None
    shown: str | None
    at: dt.datetime
    started_at: dt.datetime
    status: TurnStatus = TurnStatus.RUNNING
    messages: tuple[Message, ...] = ()
    answered_at: dt.datetime | None = None

    def entries(self, message_id: str) -> list[Said | Answered]:
        shown = self.shown if self.shown is not None else self.text
        said: list[Said | Answered] = [] if shown is None else [Said(message_id, self.at, shown)]
        return said + [Answered(self.answered_at or self.at, message) for message in self.messages]


@dataclass
class _Kept:
    conversation: Conversation
    token_hash: str
    turns: dict[str, _Turn] = field(default_factory=dict)
    feedback: dict[str, tuple[bool, str | None]] = field(default_factory=dict)


class FakeConversationStore(ConversationStore):
    """Conversations in memory. `broken = True` makes every call raise StoreUnavailable, `read_only = True` those that write."""

    def __init__(self, *, stale_after: dt.timedelta = dt.timedelta(seconds=60)) -> None:
        self.broken = self.read_only = False
        self._stale_after = stale_after
        self._kept: dict[str, _Kept] = {}
        self._created = 0

    def create(
        self, token_hash: str, *, region: str | None, lang: str | None, at: dt.datetime, expires_at: dt.datetime
    ) -> str:
        self._write()
        self._created += 1
        conversation = Conversation(f"conversation-{self._created}", region, lang, at, at, expires_at)
        self._kept[conversation.id] = _Kept(conversation, token_hash)
        return conversation.id

    def find(self, token_hash: str, now: dt.datetime) -> Conversation | None:
        self._read()
        for kept in self._kept.values():
            old = kept.conversation
            if kept.token_hash == token_hash and old.expires_at > now:
                used = max(now, old.last_used_at)
                expires_at = used + (old.expires_at - old.last_used_at)
                kept.conversation = replace(old, last_used_at=used, expires_at=expires_at)
                return kept.conversation
        return None

    def set_region(self, conversation_id: str, region: str) -> None:
        self._write()
        if kept := self._kept.get(conversation_id):
            kept.conversation = replace(kept.conversation, region=region)

    def begin_turn(
        self, conversation_id: str, message_id: str, *, text: str, at: dt.datetime, shown: str | None = None
    ) -> TurnState:
        self._write()
        turns = self._of(conversation_id).turns
        turn = turns.get(message_id)
        if turn is None:
            turns[message_id] = _Turn(text, shown, at, at)
            return TurnState(TurnStatus.NEW)
        stale = turn.status is TurnStatus.RUNNING and at - turn.started_at >= self._stale_after
        if turn.status is TurnStatus.FAILED or stale:
            turn.status, turn.started_at = TurnStatus.RUNNING, at
            return TurnState(TurnStatus.RESTARTED)
        return self._state(turn)

    def turn(self, conversation_id: str, message_id: str) -> TurnState | None:
        turn = self._find(conversation_id, message_id)
        return self._state(turn) if turn else None

    def statuses(self, conversation_id: str) -> dict[str, TurnStatus]:
        self._read()
        kept = self._kept.get(conversation_id)
        return {message_id: turn.status for message_id, turn in kept.turns.items()} if kept else {}

    def finish_turn(
        self, conversation_id: str, message_id: str, *, messages: Sequence[Message], at: dt.datetime
    ) -> bool:
        self._write()
        turn = self._find(conversation_id, message_id)
        if turn and turn.status is not TurnStatus.DONE:
            turn.status, turn.messages, turn.answered_at = TurnStatus.DONE, tuple(messages), at
        return turn is not None

    def fail_turn(self, conversation_id: str, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        self._write()
        turn = self._find(conversation_id, message_id)
        if turn and turn.status is TurnStatus.RUNNING:
            turn.status, turn.messages, turn.answered_at = TurnStatus.FAILED, tuple(messages), at
        return turn is not None

    def greet(self, conversation_id: str, *, messages: Sequence[Message], at: dt.datetime) -> None:
        turns = self._of(conversation_id).turns
        turns[f"greeting-{len(turns)}"] = _Turn(None, None, at, at, TurnStatus.DONE, tuple(messages), at)

    def transcript(self, conversation_id: str) -> tuple[Said | Answered, ...]:
        self._read()
        kept = self._kept.get(conversation_id)
        turns = kept.turns if kept else {}
        return tuple(entry for message_id, turn in turns.items() for entry in turn.entries(message_id))

    def add_feedback(
        self, conversation_id: str, message_id: str, *, helpful: bool, comment: str | None, at: dt.datetime
    ) -> None:
        self._of(conversation_id).feedback[message_id] = (helpful, comment)

    def delete(self, conversation_id: str) -> None:
        self._write()
        self._kept.pop(conversation_id, None)

    def expired(self, now: dt.datetime) -> tuple[str, ...]:
        self._read()
        return tuple(key for key, kept in self._kept.items() if kept.conversation.expires_at <= now)

    def check(self) -> None:
        self._write()

    def _read(self) -> None:
        if self.broken:
            raise StoreUnavailable("broken for a test")

    def _write(self) -> None:
        self._read()
        if self.read_only:
            raise StoreUnavailable("read only for a test")

    def _of(self, conversation_id: str) -> _Kept:
        self._read()
        if conversation_id not in self._kept:
            raise UnknownConversation(conversation_id)
        return self._kept[conversation_id]

    def _find(self, conversation_id: str, message_id: str) -> _Turn | None:
        self._read()
        kept = self._kept.get(conversation_id)
        return kept.turns.get(message_id) if kept else None

    @staticmethod
    def _state(turn: _Turn) -> TurnState:
        return TurnState(turn.status, () if turn.status is TurnStatus.RUNNING else turn.messages)
