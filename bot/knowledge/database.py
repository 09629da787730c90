"""Connections to the two kinds of database, made to behave alike, and their errors as StoreUnavailable."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError, StatementError
from sqlalchemy.pool import QueuePool

from bot.knowledge import postgres_waits
from bot.ports import StoreUnavailable

BUSY_SECONDS = 5
"""How long to wait for a lock or a connection: half the time in which a person gets an answer."""

POOL: dict[str, Any] = {"pool_size": 4, "max_overflow": 28, "pool_timeout": BUSY_SECONDS}
"""As many connections as there are threads that may want one."""

KEPT: dict[str, Any] = {"poolclass": QueuePool, **POOL}
"""SQLite's connections are kept like those of a server. Opening one for each transaction, SQLAlchemy's default for
files, costs more than the transaction: closing the last one also writes the whole log back into the file."""

OVERWRITE = "secure_delete=ON"
"""What is deleted is overwritten with zeros in SQLite's pages: not every build of SQLite does so by itself."""

PATIENT_SECONDS = 120
"""How long migrations and the loader may take, and wait for each other."""

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
            **KEPT,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        keep_to_file(engine)
        keep_to_process(engine)
        return engine
    postgres_waits.install()
    # A connection that died with the server is noticed and replaced before it is used.
    engine = create_engine(
        parsed, future=True, hide_parameters=True, pool_pre_ping=True, connect_args=postgres_waits.ARGUMENTS, **POOL
    )
    keep_to_process(engine)
    event.listen(engine, "connect", _commit_for_good)
    return engine


def _commit_for_good(connection: Any, _record: Any) -> None:
    """A commit that was confirmed outlives the server, also where it is set to confirm before it has written.

    A stricter setting stays: "remote_apply" waits for replicas too.
    """
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )


def keep_to_process(engine: Engine) -> None:
    """Replaces connections that came over a fork: two processes on one connection read each other's answers."""

    def remember(_: Any, record: Any) -> None:
        record.info["process"] = os.getpid()

    def compare(_: Any, record: Any, proxy: Any) -> None:
        if record.info["process"] != os.getpid():
            record.dbapi_connection = proxy.dbapi_connection = None  # left open: it is the other process's to close
            raise DisconnectionError("a connection of another process")

    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def keep_to_file(engine: Engine) -> None:
    """Replaces kept connections of a SQLite engine whose file is no longer the one at its path.

    SQLite would go on with a file that was moved away or replaced, and what is written there would be lost.
    """

    def remember(_: Any, record: Any) -> None:
        record.info["file"] = _identity(engine.url.database)

    def compare(_: Any, record: Any, __: Any) -> None:
        if record.info["file"] != _identity(engine.url.database):
            raise DisconnectionError("another file is at the database's path")

    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def _identity(path: str | None) -> tuple[int, int] | None:
    """Which file is at a path, or None for none."""
    try:
        found = os.stat(path or "")
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Foreign keys hold, readers do not wait for a writer, and transactions are ours to begin (see _begin_sqlite)."""
    connection.isolation_level = None
    _set(connection, "foreign_keys=ON", "journal_mode=WAL", OVERWRITE)


def _set(connection: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begins a transaction, schema changes included, which Python's sqlite3 would leave outside of it.

    A transaction that will write takes the write lock at once: SQLite does not let a reader that lost the race for
    it wait, it fails. SQLite leaves it to the log's next checkpoint to reach the disk, which a failing power supply may
    undo, but not what a durable transaction and those before it have written.
    """
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
    connection.exec_driver_sql(options.get("sqlite_begin", "BEGIN"))


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
def writing(engine: Engine, *, durable: bool = False) -> Iterator[Connection]:
    """A transaction that writes: all of it is kept, or with an exception none of it. Raises StoreUnavailable.

    One that is `durable` is on the disk when it ends, with all that was written before it.
    """
    with surfaced(), engine.execution_options(sqlite_begin="BEGIN IMMEDIATE", durable=durable).begin() as connection:
        yield connection


def overwrite_deleted(engine: Engine) -> None:
    """Carries deletions from SQLite's log into its file and empties the log, so that no file holds what was deleted.

    Waits for readers up to BUSY_SECONDS; where one takes longer, the next call does it. PostgreSQL's vacuum is the
    server's own. Raises StoreUnavailable.
    """
    if engine.dialect.name != "sqlite":
        return
    # Not Engine.connect: it would begin a transaction, and none may be open.
    with surfaced(), contextlib.closing(engine.raw_connection()) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def lock_out_others(connection: Connection) -> None:
    """Lets one process at a time go on until its transaction ends; on SQLite the write lock already does that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL statement_timeout = '{PATIENT_SECONDS}s'"))
        postgres_waits.be_patient(connection, PATIENT_SECONDS + 5)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
