"""Content into the database: everything or nothing, and nothing at all where nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Engine

from bot.content.reader import Content
from bot.knowledge.database import lock_out_others, writing
from bot.knowledge.documents import Row, to_rows
from bot.knowledge.tables import content_meta, documents

_HASH = "content_hash"


@dataclass(frozen=True)
class Loaded:
    """What a load did: whether it wrote, and how many documents of each kind there are now."""

    changed: bool
    counts: Mapping[str, int]


def load(engine: Engine, content: Content) -> Loaded:
    """Makes the database hold exactly this content, in one transaction. The same content again writes nothing.

    The schema must be current (see migrate.upgrade). Raises StoreUnavailable, with the old content still in place.
    """
    found = to_rows(content)
    counts = {name: len(items) for name, items in found.items()}
    fingerprint = content_hash(found)
    with writing(engine) as connection:
        lock_out_others(connection)
        if _stored_hash(connection) == fingerprint:
            return Loaded(changed=False, counts=counts)
        _replace(connection, [row for items in found.values() for row in items], fingerprint)
    return Loaded(changed=True, counts=counts)


def content_hash(found: Mapping[str, list[Row]]) -> str:
    """The SHA-256 of the rows in hexadecimal: it changes with any of them."""
    return hashlib.sha256(json.dumps(found, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def _stored_hash(connection: Connection) -> str | None:
    """The hash of the content that the database holds, or None."""
    found: str | None = connection.scalar(select(content_meta.c.value).where(content_meta.c.key == _HASH))
    return found


def _replace(connection: Connection, rows: list[Row], fingerprint: str) -> None:
    """Puts the rows in the place of all there are. Readers see the old ones until the transaction ends."""
    connection.execute(delete(documents))
    connection.execute(delete(content_meta))
    if rows:
        connection.execute(insert(documents), rows)
    connection.execute(insert(content_meta), {"key": _HASH, "value": fingerprint})
