"""Backs up what people have said, and brings it back: the database, SQLite or PostgreSQL, and the intake journal.

.venv/bin/python scripts/backup.py save FOLDER            a new file in FOLDER; those older than BACKUP_DAYS are deleted
.venv/bin/python scripts/backup.py restore FILE           into the database of DATABASE_URL, which must not hold conversations
.venv/bin/python scripts/backup.py check FILE             says what is in it

Servers may go on while it saves. PostgreSQL's own pg_dump and pg_restore do its part. Backups are for their user alone (0600).
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, inspect, select  # noqa: E402
from sqlalchemy.engine import make_url  # noqa: E402

from bot.config import Settings, get_settings  # noqa: E402
from bot.knowledge import make_engine  # noqa: E402
from bot.knowledge.tables import conversations, turns  # noqa: E402

NAME = "stridewell-%Y%m%dT%H%M%SZ.tar"
WHAT = "what.json"


class BackupError(Exception):
    """Something that the operator can mend; says what."""


def save(settings: Settings, folder: Path, now: dt.datetime) -> Path:
    """A new backup. It has its name only when it is whole. Raises BackupError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / now.strftime(NAME)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        inside = Path(name)
        kind = _dump(settings.database_url, inside / "database")
        # After the database: words that move from the journal into it meanwhile are in one of them, or in both.
        if settings.journal_dir.is_dir():
            shutil.copytree(settings.journal_dir, inside / "journal", ignore=shutil.ignore_patterns("probe", ".new*"))
        what = {"at": now.isoformat(), "kind": kind, **counts(settings.database_url)}
        (inside / WHAT).write_text(json.dumps(what))
        whole = inside / "whole"
        with tarfile.open(whole, "w") as archive:
            for one in (WHAT, "database", "journal"):
                if (inside / one).exists():
                    archive.add(inside / one, one)
        os.chmod(whole, 0o600)
        with whole.open("rb") as written:
            os.fsync(written.fileno())
        whole.rename(path)
    return path


def prune(folder: Path, days: int, now: dt.datetime) -> list[Path]:
    """Deletes the backups that are older than so many days: what is forgotten must be gone from them after as many."""
    old = []
    for path in sorted(folder.glob("stridewell-*.tar")):
        made = dt.datetime.strptime(path.name, NAME).replace(tzinfo=dt.timezone.utc)
        if now - made > dt.timedelta(days=days):
            path.unlink()
            old.append(path)
    return old


def restore(settings: Settings, path: Path) -> dict[str, Any]:
    """Brings a backup into an empty database and journal, and says what is there. Raises BackupError."""
    if counts(settings.database_url)["conversations"]:
        raise BackupError("the database holds conversations already: name an empty one in DATABASE_URL")
    with opened(path) as inside:
        kind = json.loads((inside / WHAT).read_text())["kind"]
        if kind != _kind(settings.database_url):
            raise BackupError(f"the backup is of {kind}: DATABASE_URL must name one too")
        _load(settings.database_url, inside / "database")
        if (inside / "journal").is_dir():
            shutil.copytree(inside / "journal", settings.journal_dir, dirs_exist_ok=True)
    return counts(settings.database_url)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The files of a backup, in a folder that is gone at the end."""
    with tempfile.TemporaryDirectory() as name:
        try:
            with tarfile.open(path) as archive:
                archive.extractall(name, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise BackupError(f"{path} is no whole backup: {error}") from error
        yield Path(name)


def counts(url: str) -> dict[str, int]:
    """How many conversations and turns a database holds; none where it has no tables yet. Raises BackupError."""
    engine = make_engine(url)
    try:
        if _kind(url) == "sqlite" and not Path(make_url(url).database or "").exists():
            return {"conversations": 0, "turns": 0}
        with engine.connect() as connection:
            there = inspect(connection).has_table("conversations")
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) if there else 0
                for table in (conversations, turns)
            }
    finally:
        engine.dispose()


def _kind(url: str) -> str:
    return str(make_url(url).get_backend_name())


def _dump(url: str, path: Path) -> str:
    """Writes the database to a file, as it is at one moment."""
    if _kind(url) == "sqlite":
        address = f"file:{make_url(url).database}?mode=ro"
        with (
            contextlib.closing(sqlite3.connect(address, uri=True)) as source,
            contextlib.closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
            if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError("the copy of the database is not whole")
        return "sqlite"
    _run("pg_dump", "--format=custom", "--no-owner", "--file", str(path), "--dbname", _libpq(url))
    return "postgresql"


def _load(url: str, path: Path) -> None:
    if _kind(url) == "sqlite":
        database = Path(make_url(url).database or "")
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        database.touch(mode=0o600)
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(database)) as target,
        ):
            source.backup(target)
        return
    clean = ("--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction")
    _run("pg_restore", *clean, "--dbname", _libpq(url), str(path))


def _libpq(url: str) -> str:
    """The address as PostgreSQL's own programs take it."""
    return str(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))), None)
    if found is None:
        raise BackupError(f"{program} is not here: install PostgreSQL's client programs")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()[-500:]}")


def main(arguments: list[str]) -> int:
    """The command line: 0 when it worked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["save", "restore", "check"])
    parser.add_argument("path", type=Path)
    given = parser.parse_args(arguments)
    os.umask(0o077)
    settings, now = get_settings(), dt.datetime.now(dt.timezone.utc)
    try:
        if given.command == "save":
            print(save(settings, given.path, now))
            for old in prune(given.path, settings.backup_days, now):
                print(f"deleted {old.name}, older than {settings.backup_days} days")
        elif given.command == "restore":
            print(json.dumps(restore(settings, given.path)))
            print("now: python -m bot.knowledge load, which brings its schema and content up to date")
        else:
            with opened(given.path) as inside:
                print((inside / WHAT).read_text())
    except BackupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
