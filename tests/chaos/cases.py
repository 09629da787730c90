"""What is broken, on which product: one start of the product serves several faults, one after the other."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx

from tests.chaos import faults
from tests.chaos.service import Service, redis_server, served
from tests.postgres import PostgresServer, find_binaries, running_postgres


@dataclass(frozen=True)
class Broken:
    """A running product and what it stands on."""

    service: Service
    disk: Path | None = None
    postgres: PostgresServer | None = None
    redis: Popen[bytes] | None = None


Fault = Callable[[Broken, httpx.AsyncClient], AbstractAsyncContextManager[None]]
Start = Callable[[Path], AbstractContextManager[Broken]]


@dataclass(frozen=True)
class Case:
    """A fault and for how many seconds it lasts, or 320 bursts with nothing broken."""

    seconds: float
    fault: Fault
    bursts: bool = False


@contextlib.contextmanager
def sqlite(folder: Path) -> Iterator[Broken]:
    """SQLite, nothing else."""
    with served(folder) as service:
        yield Broken(service)


@contextlib.contextmanager
def full_database(folder: Path) -> Iterator[Broken]:
    """SQLite on a small disk, the journal on another."""
    with faults.small_disk(folder / "disk") as disk:
        url = f"sqlite:///{disk / 'stridewell.sqlite3'}"
        with served(folder, url=url) as service:
            yield Broken(service, disk=disk)


@contextlib.contextmanager
def full_both(folder: Path) -> Iterator[Broken]:
    """SQLite and journal on one small disk."""
    with faults.small_disk(folder / "disk") as disk:
        url, journal = f"sqlite:///{disk / 'stridewell.sqlite3'}", {"JOURNAL_DIR": str(disk / "journal")}
        with served(folder, url=url, settings=journal) as service:
            yield Broken(service, disk=disk)


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[Broken]:
    """PostgreSQL and Redis."""
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is needed: an initdb and a pg_ctl on PATH or below /usr/lib/postgresql")
    with (
        running_postgres(binaries) as server,
        redis_server(folder) as (url, redis),
        served(folder, url=server.create("chaos"), settings={"REDIS_URL": url}) as service,
    ):
        yield Broken(service, postgres=server, redis=redis)


@contextlib.asynccontextmanager
async def _away(broken: Broken, http: httpx.AsyncClient) -> AsyncIterator[None]:
    async with faults.database_away(broken.service.folder / "stridewell.sqlite3"):
        told = await faults.invented_tokens(http)
        assert not told, f"{told} invented callers were told that their words are kept"
        yield


def _on(what: Callable[[Any], AbstractAsyncContextManager[None]], part: str) -> Fault:
    return lambda broken, http: what(getattr(broken, part))


def _process(what: Callable[[Service, str], AbstractAsyncContextManager[None]], name: str) -> Fault:
    return lambda broken, http: what(broken.service, name)


def _nothing(broken: Broken, http: httpx.AsyncClient) -> AbstractAsyncContextManager[None]:
    return contextlib.nullcontext()


CASES: dict[Start, dict[str, Case]] = {
    sqlite: {
        "SQLite locked for writing, 15 s": Case(
            15.0, lambda broken, http: faults.sqlite_locked(broken.service.folder / "stridewell.sqlite3")
        ),
        "database away and 1,001 invented tokens": Case(2.0, _away),
    },
    full_database: {"disk of the database full, 15 s": Case(15.0, _on(faults.disk_full, "disk"))},
    full_both: {"disk of database and journal full, 15 s": Case(15.0, _on(faults.disk_full, "disk"))},
    postgres: {
        "320 bursts on two servers, no affinity": Case(0.0, _nothing, bursts=True),
        "PostgreSQL read only, 12 s": Case(12.0, _on(faults.postgres_read_only, "postgres")),
        "PostgreSQL hung, 20 s": Case(20.0, _on(faults.postgres_hung, "postgres")),
        "PostgreSQL killed, 5 s": Case(5.0, _on(faults.postgres_killed, "postgres")),
        "Redis killed": Case(5.0, _on(faults.killed, "redis")),
        "an action server killed": Case(5.0, _process(faults.process_killed, "actions-1")),
        "an action server stopped (SIGSTOP)": Case(10.0, _process(faults.process_stopped, "actions-2")),
        "a Rasa server killed": Case(8.0, _process(faults.process_killed, "server-1")),
        "a Rasa server stopped (SIGSTOP)": Case(12.0, _process(faults.process_stopped, "server-2")),
        "all replaced one by one (make restart)": Case(1.0, lambda broken, http: faults.replaced(broken.service)),
    },
}
PRODUCTS: tuple[Start, ...] = tuple(CASES)


@functools.cache
def of(start: Start) -> dict[str, Case]:
    """The faults of a product by name."""
    return CASES[start]
