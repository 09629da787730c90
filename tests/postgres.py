"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket there, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

ACCOUNT = "postgres"
"""Who runs the server when the tests run as root, which PostgreSQL refuses."""

FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses='' -c max_connections=50"


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `stop` and `start` let a test take it away for a while."""

    binaries: Path
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://{ACCOUNT}@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Makes a database and returns its address."""
        self._administer(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self._administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _administer(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), future=True, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()

    def start(self) -> None:
        options = f"{FAST} -k {self.folder}"
        self.run("pg_ctl", "-D", self.data, "-o", options, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self.binaries / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


def find_binaries() -> Path | None:
    """The folder of the newest installed initdb and pg_ctl, or None."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    by_version = sorted(installed, key=lambda path: float(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    on_path = [Path(found)] if (found := shutil.which("pg_ctl")) else []
    candidates = [path.parent for path in [*on_path, *by_version] if (path.parent / "initdb").exists()]
    return candidates[-1] if candidates else None


@contextmanager
def running_postgres(binaries: Path) -> Iterator[PostgresServer]:
    """A new, empty server until the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="stridewell-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        server = PostgresServer(binaries, folder)
        server.run(
            "initdb", "-D", server.data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        server.start()
        try:
            yield server
        finally:
            if (server.data / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
