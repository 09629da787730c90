"""The ports kept in memory, for tests that need a store but no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from bot.diary.entries import Diary, Entry
from bot.ports import (
    Answered,
    Conversation,
    ConversationStore,
    DiaryStore,
    Held,
    Message,
    Page,
    PhraseStore,
    Said,
    StoreUnavailable,
    TurnState,
    TurnStatus,
    UnknownConversation,
    UnknownMessage,
)
from evaluation.content import ContentInMemory


class FakeContentRepository(ContentInMemory):
    """Content handed in. `broken = True` makes every call raise StoreUnavailable."""

    broken = False

    def before_reading(self) -> None:
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


class FakeHeld(Held):
    """A conversation in memory is nobody else's."""

    def __init__(self, store: FakeConversationStore, conversation_id: str) -> None:
        self._store, self._id = store, conversation_id
        self.released = False

    def finish_turn(self, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        return self._store.finish_turn(self._id, message_id, messages=messages, at=at)

    def release(self) -> None:
        self.released = True


class FakeConversationStore(ConversationStore):
    """Conversations in memory. `broken = True` makes every call raise StoreUnavailable, `read_only = True` those that write."""

    def __init__(self, *, stale_after: dt.timedelta = dt.timedelta(seconds=60)) -> None:
        self.broken = self.read_only = False
        self._stale_after = stale_after
        self._kept: dict[str, _Kept] = {}
        self._created = 0
        self.more_keys: dict[str, str] = {}

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
            opens = kept.token_hash == token_hash or self.more_keys.get(token_hash) == old.id
            if opens and old.expires_at > now:
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

    def hold(self, conversation_id: str, seconds: float) -> Held:
        self._read()
        return FakeHeld(self, conversation_id)

    def gone(self, conversation_ids: Collection[str]) -> frozenset[str]:
        self._read()
        return frozenset(conversation_ids) - self._kept.keys()

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

    def page(self, conversation_id: str, *, before: str | None, most: int) -> Page:
        self._read()
        kept = self._kept.get(conversation_id)
        turns = list(kept.turns.items()) if kept else []
        if before is not None:
            places = [place for place, (message_id, _) in enumerate(turns) if message_id == before]
            if not places:
                raise UnknownMessage(before)
            turns = turns[: places[0]]
        shown = turns[-most:]
        entries = tuple(entry for message_id, turn in shown for entry in turn.entries(message_id))
        return Page(entries, shown[0][0] if len(turns) > most else None)

    def add_feedback(
        self,
        conversation_id: str,
        message_id: str,
        *,
        helpful: bool,
        comment: str | None,
        at: dt.datetime,
        may_be_read: bool = False,
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


class FakeDiaryStore(DiaryStore):
    """Diaries in memory, of any conversation."""

    def __init__(self) -> None:
        self._now: dict[str, Diary] = {}
        self._before: dict[str, tuple[str, Diary]] = {}

    def load(self, conversation_id: str, message_id: str | None = None) -> tuple[Diary, Diary | None]:
        now = self._now.get(conversation_id, Diary())
        changed_by, before = self._before.get(conversation_id, ("", None))
        return (before, None) if before is not None and changed_by == message_id else (now, before)

    def save(self, conversation_id: str, message_id: str, *, before: Diary, after: Diary) -> None:
        self._now[conversation_id] = after
        self._before[conversation_id] = (message_id, before)

    def settle(self, conversation_id: str, message_id: str) -> None:
        if self._before.get(conversation_id, (message_id,))[0] != message_id:
            del self._before[conversation_id]

    def add(self, conversation_id: str, entries: Sequence[Entry]) -> int:
        old = self._now.get(conversation_id, Diary())
        self._now[conversation_id] = old.joined(entries)
        return len(self._now[conversation_id].entries) - len(old.entries)


class FakePhraseStore(PhraseStore):
    """Pass-phrases in memory; the keys that they give open conversations of `talks`."""

    def __init__(self, talks: FakeConversationStore | None = None) -> None:
        self._talks = talks
        self.kept: dict[str, tuple[str, str]] = {}
        self.keys: list[tuple[str, str]] = []

    def put(self, conversation_id: str, locator: str, phrase_hash: str) -> bool:
        if self.kept.get(locator, (conversation_id,))[0] != conversation_id:
            return False
        self.kept = {where: told for where, told in self.kept.items() if told[0] != conversation_id}
        self.kept[locator] = (conversation_id, phrase_hash)
        return True

    def of(self, locator: str, now: dt.datetime) -> tuple[str, str] | None:
        return self.kept.get(locator)

    def add_key(self, conversation_id: str, token_hash: str, at: dt.datetime) -> None:
        self.keys.append((conversation_id, token_hash))
        if self._talks is not None:
            self._talks.more_keys[token_hash] = conversation_id
