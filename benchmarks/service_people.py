"""People: sixteen, eight hundred at once, sixty behind a proxy, and some who talk for long."""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx

from benchmarks import processes
from tests.chaos.people import ORDINARY, Person, people
from tests.chaos.service import Service, served
from tests.integration.test_behind_nginx import nginx, opens

SIXTEEN, EIGHT_HUNDRED = 16, 800
SOAK_PEOPLE, SOAK_TURNS, SOAK_A_SECOND = 50, 200, 10.0
BUSY_SECONDS, ANSWER_SECONDS = 0.1, 5.0


def client(service: Service) -> httpx.AsyncClient:
    """A client that keeps no connection, so that each message may go to any process."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=f"{service.address}/webhooks/web", timeout=30, trust_env=False, limits=limits)


async def sixteen(service: Service, given: argparse.Namespace) -> dict[str, Any]:
    """Messages a second that sixteen people get answered who write as soon as they are answered; conversations of five."""
    async with client(service) as http:
        rng = random.Random(given.seed)
        times: list[float] = []
        not_answered = 0
        crowds = [await people(http, SIXTEEN) for _ in range(6)]
        await asyncio.gather(*(person.say(ORDINARY[0]) for person in crowds[0]))
        began = time.monotonic()

        async def one(at: int) -> None:
            nonlocal not_answered
            place = 0
            while time.monotonic() - began < given.seconds:
                sent = await crowds[1 + place // 5 % 5][at].say(rng.choice(ORDINARY))
                not_answered += sent.told != "answered"
                times.append(sent.seconds)
                place += 1

        await asyncio.gather(*(one(at) for at in range(SIXTEEN)))
        rate = len(times) / (time.monotonic() - began)
    middle = statistics.median(times)
    said = (
        f"{rate:.1f} messages a second; median {middle * 1000:.0f} ms, slowest {max(times):.2f} s; "
        f"{not_answered} not answered"
    )
    return {"said": said, "rate": rate, "median": middle, "not_answered": not_answered}


async def crowd(service: Service, given: argparse.Namespace) -> dict[str, Any]:
    """Eight hundred people write at the same moment."""
    async with client(service) as http:
        crowd = await people(http, EIGHT_HUNDRED)
        rng = random.Random(given.seed)
        sent = await asyncio.gather(*(person.say(rng.choice(ORDINARY)) for person in crowd))
    answered = [one.seconds for one in sent if one.told == "answered"]
    busy = [one.seconds for one in sent if one.told == "busy"]
    others = Counter(one.told for one in sent if one.told not in ("answered", "busy"))
    said = (
        f"{len(answered)} answered, slowest {max(answered, default=0):.1f} s; {len(busy)} told at once to come back, "
        f"median {statistics.median(busy) if busy else 0:.2f} s, slowest {max(busy, default=0):.2f} s as the driver saw it; "
        f"others: {dict(others) or 'none'}"
    )
    return {"said": said, "answered": len(answered), "busy": len(busy), "others": dict(others)}


def sixty_addresses(given: argparse.Namespace) -> dict[str, Any]:
    """Sixty addresses open a conversation each through a real nginx; then one address opens five."""
    settings = {"NEW_CONVERSATIONS_LIMIT": "2", "TRUSTED_PROXIES": "127.0.0.1"}

    async def asked(service: Service, folder: Path) -> tuple[list[list[int]], list[int]]:
        async with AsyncExitStack() as stack:
            port = await stack.enter_async_context(nginx(folder, int(service.address.rpartition(":")[2])))
            return [await opens(port, f"127.0.0.{at}") for at in range(2, 62)], await opens(port, "127.0.0.99", 10)

    with tempfile.TemporaryDirectory(prefix="stridewell-load-") as made:
        folder = Path(made)
        (folder / "nginx").mkdir()
        with served(folder, workers=1, settings=settings) as service:
            sixty, one = asyncio.run(asked(service, folder / "nginx"))
    served_ones, limited = sum(codes == [201] for codes in sixty), one.count(429)
    return {
        "said": f"{served_ones} of 60 served; of ten calls of one address {one.count(201)} served, {limited} limited"
    }


async def soak(service: Service, given: argparse.Namespace) -> dict[str, Any]:
    """Ten messages a second, conversations of 200 turns, one after the other: memory, and what the last turn takes."""
    family = processes.tree(service.supervisor.pid)
    firsts: list[float] = []
    lasts: list[float] = []
    told: Counter[str] = Counter()
    memory: list[tuple[float, int]] = []
    began = time.monotonic()
    async with client(service) as http:

        async def one(at: int) -> None:
            rng = random.Random(given.seed * 1000 + at)
            pause = SOAK_PEOPLE / SOAK_A_SECOND
            # They are spread over the length of a conversation, so that some are long from the start of the measuring.
            person, turn = (await people(http, 1))[0], 0
            await asyncio.sleep(rng.uniform(0, pause))
            while time.monotonic() - began < given.soak:
                if turn == SOAK_TURNS:
                    person, turn = (await people(http, 1))[0], 0
                sent = await person.say(ORDINARY[turn % len(ORDINARY)])
                told[sent.told] += 1
                turn += 1
                (firsts if turn <= 5 else lasts if turn > SOAK_TURNS - 5 else []).append(sent.seconds)
                await asyncio.sleep(max(0.0, pause * rng.uniform(0.8, 1.2) - sent.seconds))

        async def watch() -> None:
            while time.monotonic() - began < given.soak:
                memory.append((time.monotonic() - began, processes.memory(family)))
                await asyncio.sleep(10)

        await asyncio.gather(watch(), long_talk(http, given, firsts, lasts), *(one(at) for at in range(SOAK_PEOPLE)))
    early = statistics.mean(size for at, size in memory if at < given.soak / 4 and at > 30) / 2**20
    late = statistics.mean(size for at, size in memory if at > given.soak * 3 / 4) / 2**20
    first, last = statistics.median(firsts), statistics.median(lasts) if lasts else 0.0
    said = (
        f"{sum(told.values())} messages in {given.soak / 60:.0f} minutes, {dict(told)}; memory {early:.0f} MB in the first "
        f"quarter, {late:.0f} MB in the last; median of turns 1 to 5 {first * 1000:.0f} ms, of turns 196 to 200 "
        f"{last * 1000:.0f} ms ({last / first:.2f} times)"
    )
    return {"said": said, "early_mb": early, "late_mb": late, "first": first, "last": last}


async def long_talk(
    http: httpx.AsyncClient, given: argparse.Namespace, firsts: list[float], lasts: list[float]
) -> None:
    """Conversations of 200 turns without a pause, beside the others, so that there are last turns to measure."""
    began = time.monotonic()
    while time.monotonic() - began < given.soak * 0.9:
        person: Person = (await people(http, 1))[0]
        for turn in range(1, SOAK_TURNS + 1):
            sent = await person.say(ORDINARY[turn % len(ORDINARY)])
            (firsts if turn <= 5 else lasts if turn > SOAK_TURNS - 5 else []).append(sent.seconds)
