"""Connections to the two kinds of database, made to behave alike, and their errors as StoreUnavailable."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from bot.ports import StoreUnavailable

BUSY_SECONDS = 5
"""How long to wait for a lock or a connection: half the time in which a person gets an answer."""

_LOCK = 0x57524944
"""PostgreSQL's key of the lock that migrations and the loader hold; any number that nothing else uses."""


def make_engine(url: str) -> Engine:
    """An engine for the database. Connects to nothing yet; close it with `dispose()`.

    Errors never carry the values of a statement: they would put a person's words in a log.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed,
            future=True,
            hide_parameters=True,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = f"-c statement_timeout={BUSY_SECONDS}s -c timezone=UTC"
    connect_args = {"connect_timeout": BUSY_SECONDS, "options": options}
    # A connection that died with the server is noticed and replaced before it is used.
    return create_engine(parsed, future=True, hide_parameters=True, pool_pre_ping=True, connect_args=connect_args)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Foreign keys hold, readers do not wait for a writer, and transactions are ours to begin (see _begin_sqlite)."""
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begins a transaction, schema changes included, which Python's sqlite3 would leave outside of it.

    A transaction that will write takes the write lock at once: SQLite does not let a reader that lost the race for
    it wait, it fails.
    """
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


@contextlib.contextmanager
def surfaced() -> Iterator[None]:
    """Turns every error of the database into StoreUnavailable. A value of the wrong kind stays the caller's error."""
    try:
        yield
    except SQLAlchemyError as error:
        if isinstance(error, StatementError) and not isinstance(error, DBAPIError) and error.orig:
            raise error.orig from error
        raise StoreUnavailable(f"the database failed: {error}") from error


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads. Raises StoreUnavailable."""
    with surfaced(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is kept, or with an exception none of it. Raises StoreUnavailable."""
    with surfaced(), engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin() as connection:
        yield connection


def lock_out_others(connection: Connection) -> None:
    """Lets one process at a time go on until its transaction ends; on SQLite the write lock already does that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = '120s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
