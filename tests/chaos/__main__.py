"""`make chaos`: every fault under many conversations, on the product as it ships, and what people were told of it.

Parts can be run by name (ARGS="--only postgres"); the figures are kept in benchmarks/chaos.json, and the page is written anew.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.chaos import cases, page
from tests.chaos.people import Audit, Person, audit, burst, people, talk

LEAD_SECONDS, AFTER_SECONDS = 2.0, 4.0
BURSTS = 320


@dataclass(frozen=True)
class Given:
    """How much is asked: people, seconds between the messages of one, and the seed."""

    people: int
    pause: float
    seed: int


def main(arguments: list[str] | None = None) -> int:
    """Runs the faults; 0 when every promise was held."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--pause", type=float, default=6.0, help="seconds between the messages of one person")
    parser.add_argument("--only", default="", help="part of the names of the faults to run")
    parsed = parser.parse_args(arguments)
    given = Given(parsed.people, parsed.pause, parsed.seed)
    found: list[Audit] = []
    for start in cases.PRODUCTS:
        wanted = [name for name in cases.of(start) if parsed.only in f"{start.__name__}: {name}"]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="stridewell-chaos-") as folder, start(Path(folder)) as broken:
            for name in wanted:
                done = asyncio.run(_run(broken, cases.of(start)[name], given))
                found.append(done)
                print(f"{name}: {done}", flush=True)
                page.keep(name, done, given.people, given.pause, given.seed)
                broken.service.wait()
    return 0 if found and all(one.faultless for one in found) else 1


async def _run(broken: cases.Broken, case: cases.Case, given: Given) -> Audit:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    address = f"{broken.service.address}/webhooks/web"
    async with httpx.AsyncClient(base_url=address, timeout=10.5, trust_env=False, limits=limits) as http:
        if case.bursts:
            return await _audited(http, BURSTS // 4, lambda crowd: burst(crowd, messages=4, seed=given.seed))

        async def through(crowd: list[Person]) -> None:
            whole = LEAD_SECONDS + case.seconds + AFTER_SECONDS
            talking = asyncio.ensure_future(talk(crowd, seconds=whole, seed=given.seed, pause=given.pause))
            await asyncio.sleep(LEAD_SECONDS)
            async with case.fault(broken, http):
                await asyncio.sleep(case.seconds)
            await talking

        return await _audited(http, given.people, through)


async def _audited(http: httpx.AsyncClient, count: int, work: Callable[[list[Person]], Awaitable[None]]) -> Audit:
    crowd = await people(http, count)
    await work(crowd)
    return await audit(crowd)


if __name__ == "__main__":
    sys.exit(main())
