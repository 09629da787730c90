"""A PostgreSQL that hangs is given up on our side of the line, and nothing is shared over a fork."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.knowledge import make_engine, postgres_waits
from bot.knowledge.database import lock_out_others, reading, writing
from bot.ports import StoreUnavailable
from tests.postgres import PostgresServer, find_binaries, running_postgres


@contextmanager
def standing_still(server: PostgresServer) -> Iterator[None]:
    first = int((server.data / "postmaster.pid").read_text().split()[0])
    processes = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
    for number in processes:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in processes:
            os.kill(number, signal.SIGCONT)


@pytest.fixture
def hanging() -> Iterator[PostgresServer]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL here")
    with running_postgres(binaries) as server:
        yield server


def asked(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.scalar(text("SELECT 1")))


def test_a_server_that_hangs_is_given_up_and_found_again(
    hanging: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(hanging.create("hung"))
    monkeypatch.setattr(postgres_waits, "SILENCE_SECONDS", 0.5)
    assert asked(engine) == 1
    with standing_still(hanging):
        for _ in range(2):  # a connection that is there, and one that would be made
            began = time.monotonic()
            with pytest.raises(StoreUnavailable):
                asked(engine)
            assert time.monotonic() - began < 3.0
    assert asked(engine) == 1
    engine.dispose()


def test_what_changes_whole_tables_may_take_longer(hanging: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = make_engine(hanging.create("long"))
    monkeypatch.setattr(postgres_waits, "SILENCE_SECONDS", 0.3)
    with writing(engine) as connection:
        lock_out_others(connection)
        connection.execute(text("SELECT pg_sleep(0.6)"))
    with pytest.raises(StoreUnavailable), writing(make_engine(hanging.url("long"))) as connection:
        connection.execute(text("SELECT pg_sleep(0.6)"))
    engine.dispose()


def test_every_time_limit_is_told_to_the_library_too() -> None:
    told = postgres_waits.ARGUMENTS
    assert told["connect_timeout"] < 10
    assert "statement_timeout=5s" in told["options"]
    assert told["tcp_user_timeout"] < 10_000


def test_what_was_confirmed_outlives_the_server(hanging: PostgresServer) -> None:
    """The server of the tests confirms before it has written (synchronous_commit=off), unless it is told otherwise."""
    engine = make_engine(hanging.create("kept"))
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE words (said text)"))
    with reading(engine) as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO words VALUES ('kept')"))
    hanging.stop()
    hanging.start()
    with reading(make_engine(hanging.url("kept"))) as connection:
        assert connection.scalar(text("SELECT said FROM words")) == "kept"


def test_no_connection_is_shared_over_a_fork(engine: Engine) -> None:
    def backend() -> object:
        with engine.connect() as connection:
            dbapi = connection.connection.dbapi_connection
            return dbapi.get_backend_pid() if engine.dialect.name == "postgresql" else id(dbapi)

    mine = backend()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write, str(backend()).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(read, 100).decode()
    assert theirs
    assert theirs != str(mine)
    assert backend() == mine
