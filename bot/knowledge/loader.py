"""Content into the database: everything or nothing, and nothing at all where nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Engine

from bot.content.reader import Content
from bot.knowledge import rows
from bot.knowledge.database import lock_out_others, writing
from bot.knowledge.tables import CONTENT_TABLES, content_meta

_HASH = "content_hash"


@dataclass(frozen=True)
class Loaded:
    """What a load did: whether it wrote, and how many rows each table holds now."""

    changed: bool
    counts: Mapping[str, int]


def load(engine: Engine, content: Content) -> Loaded:
    """Makes the database hold exactly this content, in one transaction. The same content again writes nothing.

    The schema must be current (see migrate.upgrade). Raises StoreUnavailable, with the old content still in place;
    so does content that cites a source which it does not have.
    """
    found = rows.to_rows(content)
    counts = {name: len(items) for name, items in found.items()}
    fingerprint = content_hash(found)
    with writing(engine) as connection:
        lock_out_others(connection)
        if _stored_hash(connection) == fingerprint:
            return Loaded(changed=False, counts=counts)
        _replace(connection, {**found, content_meta.name: [{"key": _HASH, "value": fingerprint}]})
    return Loaded(changed=True, counts=counts)


def content_hash(found: Mapping[str, list[rows.Row]]) -> str:
    """The SHA-256 of the rows in hexadecimal: it changes with any of them, and with the columns of a table."""
    columns = {table.name: [column.name for column in table.columns] for table in CONTENT_TABLES}
    text = json.dumps([columns, found], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _stored_hash(connection: Connection) -> str | None:
    """The hash of the content that the database holds, or None."""
    found: str | None = connection.scalar(select(content_meta.c.value).where(content_meta.c.key == _HASH))
    return found


def _replace(connection: Connection, found: Mapping[str, list[rows.Row]]) -> None:
    """Empties every content table and fills it anew. Readers see the old rows until the transaction ends."""
    for table in reversed(CONTENT_TABLES):
        connection.execute(delete(table))
    for table in CONTENT_TABLES:
        if items := found[table.name]:
            connection.execute(insert(table), items)
