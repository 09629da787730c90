"""SQLite's connections are kept between transactions, and never outlive the file that they were opened on."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from sqlalchemy import event

from bot.knowledge import SqlConversationStore, make_engine, upgrade
from bot.knowledge.database import reading, writing
from bot.ports import StoreUnavailable
from bot.rasa_host.tracker_store import ProjectTrackerStore

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "stridewell.sqlite3"
    upgrade(f"sqlite:///{found}")
    return found


def test_a_connection_is_opened_once_and_not_for_each_transaction(path: Path) -> None:
    engine = make_engine(f"sqlite:///{path}")
    opened: list[object] = []
    event.listen(engine, "connect", lambda connection, _: opened.append(connection))
    store = SqlConversationStore(engine)
    for _ in range(5):
        store.check()
    assert len(opened) == 1


def test_a_file_that_is_moved_away_is_missed_and_found_again(path: Path) -> None:
    store = SqlConversationStore(make_engine(f"sqlite:///{path}"))
    store.create("hash", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(days=1))
    away = path.parent / "away"
    away.mkdir()
    files = list(path.parent.glob("stridewell.sqlite3*"))
    for one in files:
        shutil.move(str(one), away / one.name)
    with pytest.raises(StoreUnavailable):
        store.check()
    path.unlink()  # SQLite has made an empty one
    for one in path.parent.glob("stridewell.sqlite3-*"):
        one.unlink()
    for one in files:
        shutil.move(str(away / one.name), one)
    assert store.find("hash", NOW) is not None


def test_a_file_put_in_its_place_is_used(path: Path, tmp_path: Path) -> None:
    store = SqlConversationStore(make_engine(f"sqlite:///{path}"))
    store.create("old", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(days=1))
    other = tmp_path / "other.sqlite3"
    upgrade(f"sqlite:///{other}")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    other.replace(path)
    assert store.find("old", NOW) is None
    store.create("new", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(days=1))
    assert SqlConversationStore(make_engine(f"sqlite:///{path}")).find("new", NOW) is not None


def test_rasas_store_keeps_its_connections_too(path: Path) -> None:
    store = ProjectTrackerStore(Domain.empty(), host=f"sqlite:///{path}")
    opened: list[object] = []
    event.listen(store.engine, "connect", lambda connection, _: opened.append(connection))

    async def turn() -> None:
        tracker = await store.get_or_create_tracker("somebody")
        tracker.update(UserUttered("hello", input_channel="web"))
        await store.save(tracker)

    asyncio.run(turn())
    for _ in range(3):
        assert len(store.turns("somebody")) == 1
    assert len(opened) == 1


def test_a_durable_transaction_reaches_the_disk_and_the_next_may_wait(path: Path) -> None:
    engine = make_engine(f"sqlite:///{path}")
    found = []
    for durable in (False, True, False):
        with writing(engine, durable=durable) as connection:
            found.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    assert found == [1, 2, 1]  # NORMAL, FULL, NORMAL


def test_the_check_writes(path: Path) -> None:
    engine = make_engine(f"sqlite:///{path}")
    store = SqlConversationStore(engine)
    store.check()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with reading(engine) as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=50")
        with pytest.raises(StoreUnavailable):
            store.check()
        other.execute("ROLLBACK")
    store.check()
