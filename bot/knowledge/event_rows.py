"""Statements on the table of events that Rasa's tracker store makes, built once: building one costs more than running it.

None of them looks at more of a conversation than it gives back, so none grows with it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.selectable import Select

Version = tuple["int | None", "float | None"]
"""What tells whether the table still holds the same events of a person: number and time of the last row.

Both: SQLite gives the number of a row that was deleted last to the next one that comes.
"""

NOTHING: Version = (None, None)

RECENT_SLOTS = 200
"""Rows that set slots in which those set before the last turns are looked for: a handful of slots, set at most turns."""


class EventRows:
    """The rows of one person in a table with the columns of Rasa's. Type names: of the person's messages, and of slots."""

    def __init__(self, table: Any, said: str, slot: str) -> None:
        self._table = table
        self._of_person = of_person = table.c.sender_id == bindparam("sender_id")
        newest = table.c.id.desc()
        self._version = select(table.c.id, table.c.timestamp).where(of_person).order_by(newest).limit(1)
        self._add = insert(table)
        self._delete = delete(table).where(of_person & (table.c.id >= bindparam("first")))
        self._starts = select(table.c.id).where(of_person & (table.c.type_name == said)).order_by(newest)
        self._from = select(table.c.data).where(of_person & (table.c.id >= bindparam("first"))).order_by(table.c.id)
        before = of_person & (table.c.type_name == slot) & (table.c.id < bindparam("first"))
        self._slots = select(table.c.action_name, table.c.data).where(before).order_by(newest).limit(RECENT_SLOTS)
        messages = select(table.c.id, table.c.data).where(of_person & (table.c.type_name == said))
        self.said: Select = messages.order_by(table.c.id)
        """Id and data of the person's messages, oldest first; needs `sender_id`."""
        self.said_last: Select = messages.order_by(newest).limit(1)
        """The last of them."""

    def version(self, connection: Connection, sender_id: str) -> Version:
        """What the table holds of a person."""
        row = connection.execute(self._version, {"sender_id": sender_id}).one_or_none()
        return (row[0], row[1]) if row else NOTHING

    def last_turns(self, connection: Connection, sender_id: str, turns: int) -> list[str]:
        """The data of the events since the last `turns`-th message; in front of them the slots as they were then."""
        person = {"sender_id": sender_id}
        first = connection.scalar(self._starts.limit(1).offset(turns - 1), person) or 0
        slots: dict[str, str] = {}
        for name, data in connection.execute(self._slots, {**person, "first": first}) if first else ():
            slots.setdefault(name, data)
        return [*slots.values(), *connection.scalars(self._from, {**person, "first": first})]

    def all(self, connection: Connection, sender_id: str) -> list[str]:
        """The data of every event."""
        return list(connection.scalars(self._from, {"sender_id": sender_id, "first": 0}))

    def add(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Adds rows in their order."""
        connection.execute(self._add, list(rows))

    def delete(self, connection: Connection, sender_id: str, first: int) -> None:
        """Drops the rows from `first` on."""
        connection.execute(self._delete, {"sender_id": sender_id, "first": first})

    def lock(self, connection: Connection, sender_id: str) -> None:
        """Until the transaction ends no other process adds rows of this person. On SQLite the write lock does that."""
        if connection.dialect.name == "postgresql":
            key = zlib.crc32(sender_id.encode())
            connection.execute(text("SELECT pg_advisory_xact_lock(:space, :key)"), {"space": 0x53, "key": key - 2**31})

    def check(self, connection: Connection) -> None:
        """Reads one row."""
        connection.execute(select(self._table.c.id).limit(1)).first()

    def senders(self, connection: Connection) -> list[str]:
        """Whose rows there are."""
        return list(connection.scalars(select(self._table.c.sender_id).distinct()))
