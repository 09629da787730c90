"""`make chaos`: every fault under fifty conversations, on the product as it ships; the figures go to benchmarks/chaos.md."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx

from tests.chaos import faults
from tests.chaos.people import Audit, audit, people, talk
from tests.conversations.stack import Stack, running
from tests.postgres import find_binaries, running_postgres

REPORT = Path(__file__).resolve().parents[2] / "benchmarks" / "chaos.md"
LEAD_SECONDS, AFTER_SECONDS = 3.0, 5.0
Fault = Callable[[httpx.AsyncClient], contextlib.AbstractAsyncContextManager[None]]


def main(arguments: list[str] | None = None) -> int:
    """Runs the faults; 0 when every promise was held."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--pause", type=float, default=6.0, help="seconds between the messages of one person")
    parser.add_argument("--only", default="", help="part of the names of the faults to run")
    given = parser.parse_args(arguments)
    found: dict[str, Audit] = {}
    for name, (seconds, prepare) in CASES.items():
        if given.only in name:
            with (
                tempfile.TemporaryDirectory(prefix="stridewell-chaos-") as folder,
                prepare(Path(folder)) as (stack, fault),
            ):
                found[name] = asyncio.run(_run(stack, fault, seconds, given))
            print(f"{name}: {found[name]}", flush=True)
    if not given.only:
        REPORT.write_text(report(found, given), encoding="utf-8")
    return 0 if all(one.faultless for one in found.values()) else 1


async def _run(stack: Stack, fault: Fault, seconds: float, given: argparse.Namespace) -> Audit:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=f"{stack.address}/webhooks/web", timeout=30, trust_env=False, limits=limits
    ) as http:
        crowd = await people(http, given.people)
        whole = LEAD_SECONDS + seconds + AFTER_SECONDS
        talking = asyncio.ensure_future(talk(crowd, seconds=whole, seed=given.seed, pause=given.pause))
        await asyncio.sleep(LEAD_SECONDS)
        async with fault(http):
            await asyncio.sleep(seconds)
        await talking
        return await audit(crowd)


def report(found: dict[str, Audit], given: argparse.Namespace) -> str:
    """One page: what was broken, what people were told, and what was lost."""
    names = [
        "sent",
        "answered",
        "kept",
        "not_kept",
        "busy",
        "lost",
        "doubled",
        "emergencies_unalerted",
        "late",
        "untold",
    ]
    lines = [
        "# Faults under load",
        "",
        f"Written by `make chaos` on {time.strftime('%Y-%m-%d')}: {given.people} people, a message about every",
        f"{given.pause:g} s, seed {given.seed}. Nobody may be told that words are kept which are then lost or doubled,",
        "no emergency among those may stay without its alert, and everybody is told something true within ten seconds.",
        "",
        f"| fault | {' | '.join(name.replace('_', ' ') for name in names)} | slowest |",
        f"|---|{'---:|' * (len(names) + 1)}",
    ]
    for name, one in found.items():
        values = asdict(one)
        lines.append(f"| {name} | {' | '.join(str(values[key]) for key in names)} | {one.slowest:.1f} s |")
    return "\n".join([*lines, ""])


Prepared = Iterator[tuple[Stack, Fault]]


@contextlib.contextmanager
def _locked(folder: Path) -> Prepared:
    with running(folder) as stack:
        yield stack, lambda http: faults.sqlite_locked(stack.database)


@contextlib.contextmanager
def _full(folder: Path) -> Prepared:
    with faults.small_disk(folder / "disk") as disk:
        journal = {"JOURNAL_DIR": str(folder / "journal")}
        with running(disk, settings=journal) as stack:
            yield stack, lambda http: faults.disk_full(disk)


@contextlib.contextmanager
def _full_with_journal(folder: Path) -> Prepared:
    with faults.small_disk(folder / "disk") as disk, running(disk) as stack:
        yield stack, lambda http: faults.disk_full(disk)


@contextlib.contextmanager
def _away(folder: Path) -> Prepared:
    @contextlib.asynccontextmanager
    async def away(stack: Stack, http: httpx.AsyncClient) -> AsyncIterator[None]:
        async with faults.database_away(stack.database):
            told = await faults.invented_tokens(http)
            assert not told, f"{told} invented callers were told that their words are kept"
            yield

    with running(folder) as stack:
        yield stack, lambda http: away(stack, http)


def _on_postgres(fault: Callable[[Any], contextlib.AbstractAsyncContextManager[None]]) -> Any:
    @contextlib.contextmanager
    def prepared(folder: Path) -> Prepared:
        binaries = find_binaries()
        if binaries is None:
            raise SystemExit("PostgreSQL is needed: an initdb and a pg_ctl on PATH or below /usr/lib/postgresql")
        with running_postgres(binaries) as server, running(folder, url=server.create("chaos")) as stack:
            yield stack, lambda http: fault(server)

    return prepared


CASES: dict[str, tuple[float, Any]] = {
    "SQLite locked for writing, 15 s": (15.0, _locked),
    "disk of the database full, 15 s": (15.0, _full),
    "disk of database and journal full, 15 s": (15.0, _full_with_journal),
    "database away and 1,001 invented tokens": (2.0, _away),
    "PostgreSQL read only, 12 s": (12.0, _on_postgres(faults.postgres_read_only)),
    "PostgreSQL hung, 20 s": (20.0, _on_postgres(faults.postgres_hung)),
}

if __name__ == "__main__":
    sys.exit(main())
