"""What breaks, each until the end of its block."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
from sqlalchemy import create_engine, text

from tests.chaos.people import Person
from tests.chaos.service import Service
from tests.postgres import PostgresServer

INVENTED = 1001


@contextlib.asynccontextmanager
async def sqlite_locked(database: Path) -> AsyncIterator[None]:
    """Another process holds the write lock."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("PRAGMA busy_timeout=10000")
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int = 24) -> Iterator[Path]:
    """A disk of its own, in memory. Needs the right to mount."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.asynccontextmanager
async def disk_full(folder: Path) -> AsyncIterator[None]:
    """No byte is left on the disk of a folder."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (65536, 512, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        filler.unlink()


@contextlib.asynccontextmanager
async def database_away(database: Path) -> AsyncIterator[None]:
    """The files of SQLite are somewhere else, and nothing can be opened in their place."""
    hidden = database.with_suffix(".away")
    hidden.mkdir()
    files = [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    for path in files:
        shutil.move(path, hidden / path.name)
    database.mkdir()
    try:
        yield
    finally:
        database.rmdir()
        for path in files:
            shutil.move(hidden / path.name, path)
        hidden.rmdir()


@contextlib.asynccontextmanager
async def postgres_read_only(server: PostgresServer) -> AsyncIterator[None]:
    """Every transaction is read only, as on a replica that took over."""
    await asyncio.to_thread(_set_read_only, server, "on")
    try:
        yield
    finally:
        await asyncio.to_thread(_set_read_only, server, "off")


@contextlib.asynccontextmanager
async def postgres_hung(server: PostgresServer) -> AsyncIterator[None]:
    """All processes of the server stand still: it takes connections and says nothing."""
    first = int((server.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    processes = [first, *map(int, children)]
    for number in processes:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGCONT)


async def invented_tokens(http: httpx.AsyncClient) -> int:
    """As many people as there are not send words; how many of them were told that these are kept."""
    told = [await Person(http, secrets.token_urlsafe(48 if at % 2 else 32)).say("noise") for at in range(INVENTED)]
    return sum(one.told == "kept" for one in told)


def _set_read_only(server: PostgresServer, value: str) -> None:
    engine = create_engine(server.url("postgres"), future=True, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER SYSTEM SET default_transaction_read_only = {value}"))
            connection.execute(text("SELECT pg_reload_conf()"))
    finally:
        engine.dispose()


@contextlib.asynccontextmanager
async def postgres_killed(server: PostgresServer) -> AsyncIterator[None]:
    """All processes of the server end at once, and it starts again at the end."""
    await asyncio.to_thread(server.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(server.start)


@contextlib.asynccontextmanager
async def killed(process: subprocess.Popen[bytes]) -> AsyncIterator[None]:
    """A process is killed, and stays so."""
    process.kill()
    process.wait()
    yield


@contextlib.asynccontextmanager
async def process_killed(service: Service, name: str) -> AsyncIterator[None]:
    """A process of the service is killed; bringing it back is the service's business."""
    os.kill(service.number(name), signal.SIGKILL)
    yield


@contextlib.asynccontextmanager
async def process_stopped(service: Service, name: str) -> AsyncIterator[None]:
    """A process of the service stands still, and nobody has it go on."""
    os.kill(service.number(name), signal.SIGSTOP)
    yield


@contextlib.asynccontextmanager
async def replaced(service: Service) -> AsyncIterator[None]:
    """Every process is replaced, one by one, while people talk."""
    await asyncio.to_thread(service.restart)
    yield
