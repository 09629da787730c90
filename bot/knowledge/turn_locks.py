"""Who has a conversation alone, among all processes: a lock that its holder's death undoes.

On PostgreSQL it is an advisory lock of a session, held on one connection for the whole turn: where the connection is lost the
lock is lost, and then nothing can be written by it either. On SQLite, whose processes share a machine, it is a lock on a file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from bot.knowledge.database import surfaced, writing
from bot.ports import Held, Message, StoreUnavailable

FILES = 256
"""Conversations whose hash agrees share a file, and now and then wait for each other: better than a file for each."""

LOOK_SECONDS = 0.01
"""How often to look whether a file is free again."""

WAIT_MS = 1000
"""How long PostgreSQL waits for a lock before it asks us whether to go on."""

Finish = Callable[[Connection, str, str, Sequence[Message], dt.datetime], bool]


def hold(engine: Engine, conversation_id: str, seconds: float, finish: Finish) -> Held:
    """The conversation, from now until it is let go. Blocks. Raises StoreUnavailable where another has it for so long."""
    if engine.dialect.name == "postgresql":
        return _SessionHeld(engine, conversation_id, seconds, finish)
    return _FileHeld(engine, conversation_id, seconds, finish)


def key_of(conversation_id: str) -> int:
    """PostgreSQL's key for a conversation: 64 bits with a sign."""
    return int.from_bytes(hashlib.sha256(conversation_id.encode()).digest()[:8], "big", signed=True)


class _SessionHeld(Held):
    """Held by a session of PostgreSQL."""

    def __init__(self, engine: Engine, conversation_id: str, seconds: float, finish: Finish) -> None:
        self._id, self._finish = conversation_id, finish
        self._key = {"key": key_of(conversation_id)}
        self._using = threading.Lock()
        with surfaced():
            self._connection: Connection | None = engine.connect()
        try:
            self._wait(self._connection, time.monotonic() + seconds)
        except BaseException:
            self.release()
            raise

    def finish_turn(self, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        """See the port."""
        with self._using, surfaced():
            if self._connection is None:
                raise StoreUnavailable("the conversation was let go")
            done = self._finish(self._connection, self._id, message_id, messages, at)
            self._connection.commit()
            return done

    def release(self) -> None:
        """See the port. A session that cannot say that it lets go is closed, which lets go."""
        with self._using:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            try:
                connection.rollback()
                freed = connection.scalar(text("SELECT pg_advisory_unlock(:key)"), self._key)
                connection.commit()
                if not freed:
                    connection.invalidate()
            except Exception:
                with contextlib.suppress(Exception):
                    connection.invalidate()
            finally:
                with contextlib.suppress(Exception):
                    connection.close()

    def _wait(self, connection: Connection, until: float) -> None:
        """In pieces: whoever waits for a lock does not notice that nobody waits for it any more."""
        while (left := until - time.monotonic()) > 0:
            with surfaced():
                connection.execute(text(f"SET LOCAL lock_timeout = {max(1, min(WAIT_MS, int(left * 1000)))}"))
                if _locked(connection, self._key):
                    connection.commit()
                    return
        raise StoreUnavailable("another process has the conversation")


def _locked(connection: Connection, key: dict[str, int]) -> bool:
    try:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
    except Exception as error:
        if getattr(getattr(error, "orig", None), "pgcode", None) != "55P03":  # lock_not_available
            raise
        connection.rollback()
        return False
    return True


class _FileHeld(Held):
    """Held by a lock on a file in a folder beside the database."""

    def __init__(self, engine: Engine, conversation_id: str, seconds: float, finish: Finish) -> None:
        self._engine, self._id, self._finish = engine, conversation_id, finish
        self._number = _opened(Path(engine.url.database or "."), conversation_id)
        until = time.monotonic() + seconds
        try:
            while not _taken(self._number):
                if time.monotonic() > until:
                    raise StoreUnavailable("another process has the conversation")
                time.sleep(LOOK_SECONDS)
        except BaseException:
            self.release()
            raise

    def finish_turn(self, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        """See the port."""
        if self._number < 0:
            raise StoreUnavailable("the conversation was let go")
        with writing(self._engine) as connection:
            return self._finish(connection, self._id, message_id, messages, at)

    def release(self) -> None:
        """See the port."""
        number, self._number = self._number, -1
        if number >= 0:
            os.close(number)


def _opened(database: Path, conversation_id: str) -> int:
    folder = database.parent / "locks"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{key_of(conversation_id) % FILES:02x}"
        return os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"the lock cannot be opened: {type(error).__name__}") from error


def _taken(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise StoreUnavailable(f"the lock cannot be taken: {type(error).__name__}") from error
    return True
