"""Abuse: texts made to be slow to read, and calls that are wrong in every way that the seed thinks of."""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import statistics
import time
import uuid
from collections import Counter
from typing import Any

import httpx

from bot.language.assembly import shared_reader
from tests.chaos.people import ORDINARY, people
from tests.chaos.service import Service

LENGTH = 2000
BAD = 2000
LIMIT_MS = 100

PIECES = (
    ",", ";", ". ", "! ", "? ", "\n", "limp; ;;", "no ", "not ", "and ", "or ", "my back hurts ", "numb ", "saddle ",
    "I cannot pee ", "if I ", "she said ", "yesterday ", "chest pain, ", "\U0001f600", "Ω", "ا", "​", "(", ")", "1234 ",
    "mg ", "5-10 days ", "aaaaaaaaaaaaaaaa", "'", '"', "/", "{", "}", "never had ", "ever ", "since 3 weeks ", "65 yrs ",
)  # fmt: skip
"""What texts are made of: marks, words that begin or end a scope, signs, numbers, other scripts."""


def text_of(number: int, seed: int) -> str:
    """One text: of random pieces, of one or two pieces repeated, or of any characters."""
    rng = random.Random(seed * 1_000_003 + number)
    kind = number % 4
    if kind == 0:
        made = "".join(chr(rng.choice((rng.randrange(32, 127), rng.randrange(160, 0x2FFF)))) for _ in range(LENGTH))
    else:
        among = PIECES if kind == 1 else rng.sample(PIECES, kind - 1 if kind == 2 else 3)
        made = "".join(rng.choice(among) for _ in range(LENGTH))
    return made[:LENGTH]


def fuzzed(given: argparse.Namespace) -> dict[str, Any]:
    """Processor time of reading each text, in this process; goes on where an earlier run stopped."""
    before = given.before or {}
    counts: Counter[int] = Counter()
    if before.get("seed") == given.seed:
        counts.update({int(ms): count for ms, count in before["counts"].items()})
    reader = shared_reader()
    reader.read(ORDINARY[0])
    began = time.monotonic()
    while counts.total() < given.texts and time.monotonic() - began < given.slice:
        text = text_of(counts.total(), given.seed)
        start = time.process_time()
        reader.read(text)
        counts[math.ceil((time.process_time() - start) * 1000)] += 1
    times = sorted(counts.elements())
    said = (
        f"{len(times):,} texts read: median {statistics.median(times):.0f} ms of processor time, 99 of 100 within "
        f"{times[len(times) * 99 // 100]} ms, slowest {times[-1]} ms; {sum(one > LIMIT_MS for one in times)} over 100 ms"
    )
    return {"said": said, "seed": given.seed, "counts": {str(ms): count for ms, count in sorted(counts.items())}}


async def bad(service: Service, given: argparse.Namespace) -> dict[str, Any]:
    """Calls that are wrong: what is answered, and how fast."""
    rng = random.Random(given.seed)
    statuses: Counter[int] = Counter()
    slowest = 0.0
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=16)
    async with httpx.AsyncClient(base_url=service.address, timeout=20, trust_env=False, limits=limits) as http:
        sessions = httpx.AsyncClient(base_url=f"{service.address}/webhooks/web", timeout=20, trust_env=False)
        token = (await people(sessions, 1))[0].token
        await sessions.aclose()
        calls = iter([_bad(rng, token) for _ in range(BAD)])

        async def one() -> None:
            nonlocal slowest
            for call in calls:
                began = time.monotonic()
                try:
                    statuses[(await http.request(**call)).status_code] += 1
                except httpx.TransportError:
                    statuses[0] += 1  # the connection was closed on it
                slowest = max(slowest, time.monotonic() - began)

        await asyncio.gather(*(one() for _ in range(8)))
    broken = sum(count for status, count in statuses.items() if status >= 500 and status != 503)
    said = (
        f"{sum(statuses.values()):,} calls: {dict(sorted(statuses.items()))} (0: connection closed); "
        f"{broken} answered with an error of ours (500), slowest {slowest:.1f} s"
    )
    return {"said": said, "broken": broken, "slowest": slowest}


def _bad(rng: random.Random, token: str) -> dict[str, Any]:
    """One call that is wrong in one or more ways."""
    headers: dict[str, str] = {
        "Content-Type": rng.choice(("application/json", "text/plain", "", "multipart/form-data"))
    }
    headers["Authorization"] = rng.choice(
        (f"Bearer {token}", f"Bearer {token}", "Bearer x", "Basic eDp5", "", "Bearer " + "é")
    )
    headers["Authorization"] = headers["Authorization"].encode("ascii", "replace").decode()
    path = rng.choice(
        ("messages", "messages", "sessions", "feedback", "nowhere", "../health", "messages?x=" + "y" * 900)
    )
    body: Any = {"id": rng.choice((str(uuid.UUID(int=rng.getrandbits(128))), "x", None, 5)), "message": _odd(rng)}
    body["region"] = rng.choice(("GB", "XX", 7, None, [], "gb"))
    body["tz"] = rng.choice(("Europe/London", "../../etc/passwd", 1, None))
    data = json.dumps(
        rng.choice((body, body, body, [body], "text", 1e308, {"message": {"a": [body]}, "helpful": "no"}))
    ).encode()
    if rng.random() < 0.3:
        data = rng.choice(
            (data[: rng.randrange(len(data))], b"\xff\xfe" + data, b"[" * 5000, rng.randbytes(300), b"x" * 70_000)
        )
    method = rng.choice(("POST", "POST", "POST", "GET", "PUT", "PATCH", "HEAD", "OPTIONS"))
    return {"method": method, "url": f"/webhooks/web/{path}", "headers": headers, "content": data}


def _odd(rng: random.Random) -> Any:
    return rng.choice(
        (
            "", " ", "\u0000", "/restart", "/", "//", "/causes{", '/x{"a": [' + "[" * 500, "a" * 2000, "a" * 2001, 12, None, [],
            "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "‮abc", "my back hurts",
            text_of(rng.randrange(10**6), 3),
        )
    )  # fmt: skip
