"""Conversations, turns and feedback in SQL."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from bot.knowledge import turn_locks
from bot.knowledge.database import overwrite_deleted, reading, writing
from bot.knowledge.tables import conversations, feedback, more_keys, turns, write_probe
from bot.ports import (
    Answered,
    Conversation,
    ConversationStore,
    Held,
    Message,
    Page,
    Said,
    StoreUnavailable,
    TurnState,
    TurnStatus,
    UnknownConversation,
    UnknownMessage,
)

STALE_AFTER = dt.timedelta(seconds=60)
"""A turn that ran for this long has lost its process: an answer, or the notice in its place, comes within seconds."""

USED_EVERY = dt.timedelta(minutes=1)
"""How exactly the last use is known: a life lasts days, and noting each use would be a transaction that writes."""

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class SqlConversationStore(ConversationStore):
    """Each call is one transaction. Safe to share between threads, and between processes on one database."""

    def __init__(self, engine: Engine, *, stale_after: dt.timedelta = STALE_AFTER) -> None:
        self._engine = engine
        self._stale_after = stale_after

    def create(
        self, token_hash: str, *, region: str | None, lang: str | None, at: dt.datetime, expires_at: dt.datetime
    ) -> str:
        """See the port."""
        row = {"id": secrets.token_hex(16), "token_hash": token_hash, "region": region, "lang": lang}
        times = {"created_at": at, "last_used_at": at, "expires_at": expires_at}
        with writing(self._engine) as connection:
            connection.execute(insert(conversations), {**row, **times})
        return row["id"] or ""

    def find(self, token_hash: str, now: dt.datetime) -> Conversation | None:
        """See the port."""
        others = select(more_keys.c.conversation_id).where(more_keys.c.token_hash == token_hash)
        opens = (conversations.c.token_hash == token_hash) | conversations.c.id.in_(others)
        known = select(conversations).where(opens & (conversations.c.expires_at > now))
        with reading(self._engine) as connection:
            row = connection.execute(known).one_or_none()
        if row is None:
            return None
        if now - row.last_used_at < USED_EVERY:
            return Conversation(**{key: value for key, value in row._mapping.items() if key != "token_hash"})
        with writing(self._engine) as connection:
            row = connection.execute(known.with_for_update()).one_or_none()
            if row is None:
                return None
            # A clock that goes back must not shorten a life.
            used = max(now, row.last_used_at)
            touched = {"last_used_at": used, "expires_at": used + (row.expires_at - row.last_used_at)}
            connection.execute(update(conversations).where(conversations.c.id == row.id).values(**touched))
        kept = {key: value for key, value in row._mapping.items() if key != "token_hash"}
        return Conversation(**{**kept, **touched})

    def set_region(self, conversation_id: str, region: str) -> None:
        """See the port."""
        with writing(self._engine) as connection:
            connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(region=region))

    def begin_turn(
        self, conversation_id: str, message_id: str, *, text: str, at: dt.datetime, shown: str | None = None
    ) -> TurnState:
        """See the port."""
        row = {"text": text, "shown": shown, "status": TurnStatus.RUNNING.value, "at": at, "started_at": at}
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            if _insert_turn(connection, conversation_id, message_id, row):
                return TurnState(TurnStatus.NEW)
            where = _is_turn(conversation_id, message_id)
            found = connection.execute(select(turns).where(where).with_for_update()).one()
            stale = at - found.started_at >= self._stale_after
            if found.status == TurnStatus.FAILED.value or (found.status == TurnStatus.RUNNING.value and stale):
                again = {"status": TurnStatus.RUNNING.value, "started_at": at}
                connection.execute(update(turns).where(where).values(**again))
                return TurnState(TurnStatus.RESTARTED)
            return _state(found)

    def turn(self, conversation_id: str, message_id: str) -> TurnState | None:
        """See the port."""
        with reading(self._engine) as connection:
            row = connection.execute(select(turns).where(_is_turn(conversation_id, message_id))).one_or_none()
        return _state(row) if row else None

    def statuses(self, conversation_id: str) -> dict[str, TurnStatus]:
        """See the port."""
        wanted = select(turns.c.message_id, turns.c.status).where(turns.c.conversation_id == conversation_id)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(turns.c.number)).all()
        return {message_id: TurnStatus(status) for message_id, status in rows}

    def finish_turn(
        self, conversation_id: str, message_id: str, *, messages: Sequence[Message], at: dt.datetime
    ) -> bool:
        """See the port."""
        with writing(self._engine) as connection:
            return _finished(connection, conversation_id, message_id, messages, at)

    def fail_turn(self, conversation_id: str, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        """See the port."""
        running = _is_turn(conversation_id, message_id) & (turns.c.status == TurnStatus.RUNNING.value)
        with writing(self._engine, durable=True) as connection:
            changed = _end(connection, running, TurnStatus.FAILED, messages, at)
        return changed or self.turn(conversation_id, message_id) is not None

    def hold(self, conversation_id: str, seconds: float) -> Held:
        """See the port."""
        return turn_locks.hold(self._engine, conversation_id, seconds, _finished)

    def gone(self, conversation_ids: Collection[str]) -> frozenset[str]:
        """See the port."""
        with reading(self._engine) as connection:
            known = connection.scalars(select(conversations.c.id).where(conversations.c.id.in_(conversation_ids)))
            return frozenset(conversation_ids).difference(known)

    def greet(self, conversation_id: str, *, messages: Sequence[Message], at: dt.datetime) -> None:
        """See the port."""
        row = {
            "status": TurnStatus.DONE.value,
            "at": at,
            "started_at": at,
            "answered_at": at,
            "messages": [dict(message) for message in messages],
        }
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            _insert_turn(connection, conversation_id, f"greeting-{secrets.token_hex(8)}", row)

    def transcript(self, conversation_id: str) -> tuple[Said | Answered, ...]:
        """See the port."""
        ordered = select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.number)
        with reading(self._engine) as connection:
            return tuple(entry for row in connection.execute(ordered) for entry in _entries(row))

    def page(self, conversation_id: str, *, before: str | None, most: int) -> Page:
        """See the port."""
        mine = turns.c.conversation_id == conversation_id
        with reading(self._engine) as connection:
            if before is not None:
                number = connection.scalar(select(turns.c.number).where(_is_turn(conversation_id, before)))
                if number is None:
                    raise UnknownMessage(before)
                mine &= turns.c.number < number
            newest = select(turns).where(mine).order_by(turns.c.number.desc()).limit(most + 1)
            rows = connection.execute(newest).all()
        shown = rows[:most][::-1]
        return Page(tuple(entry for row in shown for entry in _entries(row)), _older(rows, most))

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
        """See the port."""
        key = {"conversation_id": conversation_id, "message_id": message_id}
        said = {"helpful": helpful, "comment": comment, "at": at, "may_be_read": may_be_read}
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            new = _INSERT[connection.dialect.name](feedback).values(**key, **said)
            connection.execute(new.on_conflict_do_update(index_elements=list(key), set_=said))

    def delete(self, conversation_id: str) -> None:
        """See the port."""
        with writing(self._engine) as connection:
            connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
        overwrite_deleted(self._engine)

    def expired(self, now: dt.datetime) -> tuple[str, ...]:
        """See the port."""
        with reading(self._engine) as connection:
            return tuple(connection.scalars(select(conversations.c.id).where(conversations.c.expires_at <= now)))

    def check(self) -> None:
        """See the port."""
        with writing(self._engine) as connection:
            if not connection.execute(update(write_probe).values(count=(write_probe.c.count + 1) % 1000)).rowcount:
                raise StoreUnavailable("the row to try writing on is not there")
            connection.execute(select(conversations.c.id).limit(1)).first()


def _require(connection: Connection, conversation_id: str) -> None:
    """Raises UnknownConversation when there is none; keeps it from being deleted until the transaction ends."""
    known = select(conversations.c.id).where(conversations.c.id == conversation_id)
    if connection.execute(known.with_for_update(key_share=True, read=True)).first() is None:
        raise UnknownConversation(conversation_id)


def _insert_turn(connection: Connection, conversation_id: str, message_id: str, row: dict[str, Any]) -> bool:
    """Adds a turn. False when the conversation has one with this message id."""
    full = {"conversation_id": conversation_id, "message_id": message_id, "messages": [], **row}
    new = _INSERT[connection.dialect.name](turns).values(**full)
    added: int = connection.execute(
        new.on_conflict_do_nothing(index_elements=["conversation_id", "message_id"])
    ).rowcount
    return added == 1


def _finished(
    connection: Connection, conversation_id: str, message_id: str, messages: Sequence[Message], at: dt.datetime
) -> bool:
    """Stores an answer where there is none yet. False when there is no such turn."""
    turn = _is_turn(conversation_id, message_id)
    if _end(connection, turn & (turns.c.status != TurnStatus.DONE.value), TurnStatus.DONE, messages, at):
        return True
    return connection.execute(select(turns.c.number).where(turn)).first() is not None


def _end(connection: Connection, where: Any, status: TurnStatus, messages: Sequence[Message], at: dt.datetime) -> bool:
    ended = {"status": status.value, "messages": [dict(message) for message in messages], "answered_at": at}
    changed: int = connection.execute(update(turns).where(where).values(**ended)).rowcount
    return changed > 0


def _is_turn(conversation_id: str, message_id: str) -> Any:
    """The condition that a row is this turn."""
    return (turns.c.conversation_id == conversation_id) & (turns.c.message_id == message_id)


def _state(row: Any) -> TurnState:
    """A turn as it stands. A turn that runs again has no messages yet."""
    status = TurnStatus(row.status)
    return TurnState(status, () if status is TurnStatus.RUNNING else tuple(row.messages))


def _older(rows: Sequence[Any], most: int) -> str | None:
    """The message id of the oldest of `most` rows, newest first, where there is one more behind them."""
    return str(rows[most - 1].message_id) if len(rows) > most else None


def _entries(row: Any) -> Iterator[Said | Answered]:
    """What a turn adds to the transcript."""
    if row.text is not None:
        yield Said(row.message_id, row.at, row.shown if row.shown is not None else row.text)
    for message in row.messages:
        yield Answered(row.answered_at, message)
