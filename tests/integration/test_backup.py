"""A backup brings back every conversation and every word that waited, on both databases, while servers go on."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.config import Settings
from bot.knowledge import FileJournal, SqlConversationStore, make_engine, upgrade
from bot.ports import Answered, Intake, Said, StoreUnavailable
from tests.postgres import PostgresServer

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import backup

OWNER = "ab" * 32
_NUMBERS = count(1)
HELLO = {"v": 1, "id": "m1", "type": "text", "text": "Hello"}


@pytest.fixture
def empty_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Another database, without any table: where a backup is brought to."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'other' / 'stridewell.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"restored_{next(_NUMBERS)}"
    yield server.create(name)
    server.drop(name)


def settings(url: str, journal: Path) -> Settings:
    return Settings(database_url=url, journal_dir=journal, backup_days=7)


def say(engine: Engine, name: str, now: dt.datetime) -> str:
    store = SqlConversationStore(engine)
    made = store.create(f"hash-{name}", region="GB", lang=None, at=now, expires_at=now + dt.timedelta(days=30))
    store.begin_turn(made, "t1", text=f"words of {name}", at=now)
    store.finish_turn(made, "t1", messages=[HELLO], at=now)
    return made


def test_what_was_saved_comes_back_whole(
    engine: Engine, database_url: str, empty_url: str, tmp_path: Path, now: dt.datetime
) -> None:
    made = say(engine, "before", now)
    FileJournal(tmp_path / "journal", most_bytes=2**24).keep(OWNER, Intake("w1", "waiting words", now, HELLO))
    path = backup.save(settings(database_url, tmp_path / "journal"), tmp_path / "backups", now)
    say(engine, "after", now)  # what comes later is not in it
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert [one.name for one in (tmp_path / "backups").iterdir()] == [path.name]

    found = backup.restore(settings(empty_url, tmp_path / "new-journal"), path)
    assert found == {"conversations": 1, "turns": 1}
    upgrade(empty_url)
    again = make_engine(empty_url)
    try:
        store = SqlConversationStore(again)
        assert store.transcript(made) == (Said("t1", now, "words of before"), Answered(now, HELLO))
        known = store.find("hash-before", now)
        assert known is not None
        assert known.id == made
        say(again, "later", now)  # numbers go on where they were
        assert backup.counts(empty_url) == {"conversations": 2, "turns": 2}
    finally:
        again.dispose()
    (waiting,) = FileJournal(tmp_path / "new-journal", most_bytes=2**24).of(OWNER)
    assert waiting.text == "waiting words"


def test_nothing_is_put_over_what_is_there(engine: Engine, database_url: str, tmp_path: Path, now: dt.datetime) -> None:
    say(engine, "before", now)
    given = settings(database_url, tmp_path / "journal")
    path = backup.save(given, tmp_path, now)
    with pytest.raises(backup.BackupError, match="holds conversations already"):
        backup.restore(given, path)


def test_a_backup_that_is_cut_short_is_refused(
    engine: Engine, database_url: str, empty_url: str, tmp_path: Path, now: dt.datetime
) -> None:
    say(engine, "before", now)
    path = backup.save(settings(database_url, tmp_path / "journal"), tmp_path, now)
    short = tmp_path / "short.tar"
    short.write_bytes(path.read_bytes()[:700])
    with pytest.raises(backup.BackupError, match="no whole backup"):
        backup.restore(settings(empty_url, tmp_path / "new"), short)


def test_old_backups_are_deleted_so_that_what_was_forgotten_is_gone(tmp_path: Path, now: dt.datetime) -> None:
    for days in (0, 6, 8, 30):
        (tmp_path / (now - dt.timedelta(days=days)).strftime(backup.NAME)).touch()
    assert len(backup.prune(tmp_path, 7, now)) == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_without_a_database_there_is_no_backup(tmp_path: Path, now: dt.datetime) -> None:
    url = "postgresql://nobody@127.0.0.1:9/none"
    with pytest.raises((backup.BackupError, StoreUnavailable)):
        backup.save(settings(url, tmp_path / "journal"), tmp_path / "backups", now)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_server_of_the_version_before_goes_on_after_the_schema_was_changed(engine: Engine, now: dt.datetime) -> None:
    """Rolling upgrades: what the older version writes must still be taken (0005 added a column)."""
    made = say(engine, "before", now)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO feedback (conversation_id, message_id, helpful, at) "
            f"VALUES ('{made}', 'm1', {'true' if connection.dialect.name == 'postgresql' else 1}, '2026-03-02 00:00:00')"
        )
