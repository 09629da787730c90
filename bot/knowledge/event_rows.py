"""Statements on the table of events that Rasa's tracker store makes, built once: building one costs more than running it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.selectable import Select

Version = tuple[int, "int | None", "float | None"]
"""What tells whether the table still holds the same events of a person: how many, the last row, the latest time.

All three: SQLite gives a row that was deleted last to the next one that comes.
"""

NOTHING: Version = (0, None, None)


class EventRows:
    """The rows of one person in a table with the columns of Rasa's. `type_name`: that of the person's messages."""

    def __init__(self, table: Any, type_name: str) -> None:
        of_person = table.c.sender_id == bindparam("sender_id")
        said = select(table.c.id, table.c.data).where(of_person & (table.c.type_name == type_name))
        self._version = select(func.count(), func.max(table.c.id), func.max(table.c.timestamp)).where(of_person)
        self._add = insert(table)
        self.said: Select = said.order_by(table.c.id)
        """Id and data of the person's messages, oldest first; needs `sender_id`."""
        self.said_last: Select = said.order_by(table.c.id.desc()).limit(1)
        """The last of them."""

    def version(self, connection: Connection, sender_id: str) -> Version:
        """What the table holds of a person."""
        count, last, latest = connection.execute(self._version, {"sender_id": sender_id}).one()
        return count, last, latest

    def add(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Adds rows in their order."""
        connection.execute(self._add, list(rows))
