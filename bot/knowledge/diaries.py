"""Walking diaries, pass-phrases and the keys of other devices in SQL. All of it goes with its conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from bot.diary.entries import MOST_ENTRIES, Diary, Entry
from bot.knowledge.database import overwrite_deleted, reading, writing
from bot.knowledge.tables import conversations, diary_before, diary_entries, more_keys, phrases
from bot.ports import DiaryStore, PhraseStore, UnknownConversation

MOST_KEYS = 10
"""Keys of other devices that open one conversation; the oldest make way."""
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class SqlDiaryStore(DiaryStore):
    """Each call is one transaction. Safe to share between threads, and between processes on one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self, conversation_id: str, message_id: str | None = None) -> tuple[Diary, Diary | None]:
        """See the port."""
        with reading(self._engine) as connection:
            now = _stored(connection, conversation_id)
            kept = select(diary_before).where(diary_before.c.conversation_id == conversation_id)
            row = connection.execute(kept).one_or_none()
        before = Diary(tuple(_from_json(one) for one in row.entries)) if row is not None else None
        if row is not None and before is not None and row.message_id == message_id:
            return before, None
        return now, before

    # What a message changes follows from its words and the diary before it. So one that failed and is heard again changes the
    # same, from the diary that is kept here as the one before.
    def save(self, conversation_id: str, message_id: str, *, before: Diary, after: Diary) -> None:
        """See the port."""
        old = {entry.id: entry for entry in before.entries}
        new = {entry.id: entry for entry in after.entries}
        gone = [name for name in old if name not in new]
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            for name in gone:
                connection.execute(delete(diary_entries).where(_is_entry(conversation_id, name)))
            for entry in after.entries:
                if old.get(entry.id) != entry:
                    _put(connection, conversation_id, entry)
            _keep_most(connection, conversation_id)
            kept = {"message_id": message_id, "entries": [_to_json(entry) for entry in before.entries]}
            row = _INSERT[connection.dialect.name](diary_before).values(conversation_id=conversation_id, **kept)
            connection.execute(row.on_conflict_do_update(index_elements=["conversation_id"], set_=kept))

    def settle(self, conversation_id: str, message_id: str) -> None:
        """See the port."""
        where = (diary_before.c.conversation_id == conversation_id) & (diary_before.c.message_id != message_id)
        with reading(self._engine) as connection:
            if connection.execute(select(diary_before.c.message_id).where(where)).first() is None:
                return
        with writing(self._engine) as connection:
            connection.execute(delete(diary_before).where(where))
        overwrite_deleted(self._engine)

    def add(self, conversation_id: str, entries: Sequence[Entry]) -> int:
        """See the port."""
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            before = _stored(connection, conversation_id)
            after = before.joined(entries)
            known = {entry.id for entry in before.entries}
            new = [entry for entry in after.entries if entry.id not in known]
            if new:
                connection.execute(insert(diary_entries), [_row(conversation_id, entry) for entry in new])
            _keep_most(connection, conversation_id)
        return len(new)


class SqlPhraseStore(PhraseStore):
    """Each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, conversation_id: str, locator: str, phrase_hash: str) -> bool:
        """See the port."""
        told = {"locator": locator, "phrase_hash": phrase_hash}
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            taken = select(phrases.c.conversation_id).where(
                (phrases.c.locator == locator) & (phrases.c.conversation_id != conversation_id)
            )
            if connection.execute(taken).first() is not None:
                return False
            row = _INSERT[connection.dialect.name](phrases).values(conversation_id=conversation_id, **told)
            connection.execute(row.on_conflict_do_update(index_elements=["conversation_id"], set_=told))
        return True

    def of(self, locator: str, now: dt.datetime) -> tuple[str, str] | None:
        """See the port."""
        there = select(phrases.c.conversation_id, phrases.c.phrase_hash).join(conversations)
        where = (phrases.c.locator == locator) & (conversations.c.expires_at > now)
        with reading(self._engine) as connection:
            row = connection.execute(there.where(where)).one_or_none()
        return (row.conversation_id, row.phrase_hash) if row is not None else None

    def add_key(self, conversation_id: str, token_hash: str, at: dt.datetime) -> None:
        """See the port."""
        with writing(self._engine) as connection:
            _require(connection, conversation_id)
            row = {"conversation_id": conversation_id, "token_hash": token_hash, "at": at}
            connection.execute(insert(more_keys).values(**row))
            mine = select(more_keys.c.token_hash).where(more_keys.c.conversation_id == conversation_id)
            old = connection.scalars(mine.order_by(more_keys.c.at.desc(), more_keys.c.token_hash)).all()[MOST_KEYS:]
            connection.execute(delete(more_keys).where(more_keys.c.token_hash.in_(old)))


def _require(connection: Connection, conversation_id: str) -> None:
    """Raises UnknownConversation where there is none; holds it until the transaction ends, so that changes to one diary come
    one after the other."""
    known = select(conversations.c.id).where(conversations.c.id == conversation_id)
    if connection.execute(known.with_for_update()).first() is None:
        raise UnknownConversation(conversation_id)


def _stored(connection: Connection, conversation_id: str) -> Diary:
    """The diary as it is in the table."""
    ordered = (
        select(diary_entries)
        .where(diary_entries.c.conversation_id == conversation_id)
        .order_by(diary_entries.c.day, diary_entries.c.number)
    )
    rows = connection.execute(ordered)
    return Diary(tuple(Entry(row.id, row.day, row.minutes, row.pain, row.later, row.note) for row in rows))


def _is_entry(conversation_id: str, name: str) -> Any:
    return (diary_entries.c.conversation_id == conversation_id) & (diary_entries.c.id == name)


def _put(connection: Connection, conversation_id: str, entry: Entry) -> None:
    """An entry added, or put right where it stands."""
    values = _row(conversation_id, entry)
    changed = connection.execute(
        update(diary_entries).where(_is_entry(conversation_id, entry.id)).values(**values)
    ).rowcount
    if not changed:
        connection.execute(insert(diary_entries).values(**values))


def _keep_most(connection: Connection, conversation_id: str) -> None:
    """Takes out the oldest entries beyond the most that a diary holds."""
    stored = _stored(connection, conversation_id)
    for entry in stored.entries[: max(0, len(stored.entries) - MOST_ENTRIES)]:
        connection.execute(delete(diary_entries).where(_is_entry(conversation_id, entry.id)))


def _row(conversation_id: str, entry: Entry) -> dict[str, Any]:
    return {"conversation_id": conversation_id, **vars(entry)}


def _to_json(entry: Entry) -> dict[str, Any]:
    return {**vars(entry), "day": entry.day.isoformat()}


def _from_json(data: Mapping[str, Any]) -> Entry:
    return Entry(**{**data, "day": dt.date.fromisoformat(str(data["day"]))})
