"""How long PostgreSQL is waited for, on our side of the line.

`statement_timeout` is kept by the server, and a server that hangs keeps nothing; `connect_timeout` ends with the connection;
`tcp_user_timeout` ends where the other machine takes what is sent, though nobody there reads it. So psycopg waits by a
function of ours (its "green" mode), which gives up in any case; a connection that was given up is closed.
"""

from __future__ import annotations

import select
import time
from typing import Any
from weakref import WeakKeyDictionary

import psycopg2
from psycopg2 import extensions
from sqlalchemy.engine import Connection

CONNECT_SECONDS = 3
STATEMENT_SECONDS = 5
SILENCE_SECONDS = STATEMENT_SECONDS + 1
"""How long the server may say nothing. Longer than a statement may take: where the server lives, its own answer comes first."""

OPTIONS = {
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "timezone": "UTC",
    # The server lets go of what a machine held that is gone without a word: by itself it would after two hours.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

ARGUMENTS: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    "options": " ".join(f"-c {name}={value}" for name, value in OPTIONS.items()),
    "tcp_user_timeout": SILENCE_SECONDS * 1000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

_patience: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
"""Seconds that a connection may be silent, where they are others than SILENCE_SECONDS."""


def install() -> None:
    """Has every connection of this process wait by `wait`. Cheap the second time."""
    extensions.set_wait_callback(wait)


def be_patient(connection: Connection, seconds: float) -> None:
    """Lets a connection be silent for longer, until it is closed: for what changes whole tables."""
    _patience[connection.connection.dbapi_connection] = seconds


def wait(connection: Any) -> None:
    """Waits until psycopg's connection is through with what it does. Raises OperationalError after too long a silence."""
    until = time.monotonic() + _patience.get(connection, SILENCE_SECONDS)
    while (state := connection.poll()) != extensions.POLL_OK:
        poll = select.poll()  # select.select takes no more than 1,024 descriptors
        poll.register(connection.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        if not poll.poll(max(until - time.monotonic(), 0.0) * 1000):
            raise psycopg2.OperationalError("the database says nothing")
