"""Fifty people who talk while something breaks, what each was told, and what the service knows of it afterwards."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

ORDINARY = (
    "my back hurts when I walk uphill",
    "what shoes should I wear",
    "is it bad to walk with back pain",
    "how far should I walk",
    "what is sciatica",
)
EMERGENCY = "I cannot feel it when I wipe and I cannot pee since this morning"
SHARE_OF_EMERGENCIES = 0.15
NOT_KEPT = "what you wrote is not kept"
ANSWER_SECONDS = 10.0


@dataclass
class Sent:
    """One message, and what its writer was told: "answered", "kept", "not kept", "busy", or what went wrong."""

    id: str
    text: str
    told: str = "nothing"
    seconds: float = 0.0


@dataclass
class Person:
    """A conversation over HTTP."""

    http: httpx.AsyncClient
    token: str
    sent: list[Sent] = field(default_factory=list)

    async def say(self, text: str, *, message_id: str | None = None) -> Sent:
        """Sends one message and notes what came of it."""
        one = Sent(message_id or str(uuid.uuid4()), text)
        self.sent.append(one)
        began = time.monotonic()
        while True:
            try:
                answer = await self.http.post(
                    "/messages", json={"id": one.id, "message": text, "region": "GB"}, headers=self._headers
                )
                one.told = _told(answer)
            except httpx.TransportError as error:
                one.told = type(error).__name__
                if time.monotonic() - began < ANSWER_SECONDS - 1:
                    await asyncio.sleep(0.3)
                    continue  # as the page does, under the same id
            one.seconds = time.monotonic() - began
            return one

    async def transcript(self) -> list[dict[str, Any]]:
        """The conversation as the service knows it."""
        answer = await self.http.get("/messages", headers=self._headers)
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class Audit:
    """What a fault came to. All but the first four should be 0."""

    sent: int
    answered: int
    kept: int
    not_kept: int
    busy: int
    lost: int
    doubled: int
    emergencies_unalerted: int
    late: int
    untold: int
    slowest: float

    @property
    def faultless(self) -> bool:
        """Whether every promise was held."""
        return not (self.lost or self.doubled or self.emergencies_unalerted or self.late or self.untold)


async def people(http: httpx.AsyncClient, count: int) -> list[Person]:
    """Opens so many conversations, eight at a time."""
    free = asyncio.Semaphore(8)

    async def one() -> Person:
        async with free:
            opened = await http.post("/sessions", json={"region": "GB"})
        opened.raise_for_status()
        return Person(http, opened.json()["session"])

    return list(await asyncio.gather(*(one() for _ in range(count))))


async def burst(crowd: list[Person], *, messages: int, seed: int) -> None:
    """Everybody sends so many messages at once, a few hundredths of a second apart, one of them an emergency for some."""

    async def one(person: Person, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0, 8.0))
        danger = rng.randrange(messages * 2)
        sending = []
        for place in range(messages):
            words = EMERGENCY if place == danger else rng.choice(ORDINARY)
            sending.append(asyncio.ensure_future(person.say(words)))
            await asyncio.sleep(rng.uniform(0.01, 0.05))
        await asyncio.gather(*sending)

    await asyncio.gather(*(one(person, random.Random(seed * 1000 + at)) for at, person in enumerate(crowd)))


async def talk(crowd: list[Person], *, seconds: float, seed: int, pause: float) -> None:
    """Everybody talks for so long: a message, a pause of about `pause` seconds, the next."""
    until = time.monotonic() + seconds

    async def one(person: Person, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0, pause))
        while time.monotonic() < until:
            danger = rng.random() < SHARE_OF_EMERGENCIES
            await person.say(EMERGENCY if danger else rng.choice(ORDINARY))
            await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)

    await asyncio.gather(*(one(person, random.Random(seed * 1000 + at)) for at, person in enumerate(crowd)))


async def audit(crowd: list[Person]) -> Audit:
    """Each person makes contact once more; then what they were told is held against what is there."""
    during = [one for person in crowd for one in person.sent]
    lost = doubled = unalerted = 0
    before = [list(person.sent) for person in crowd]
    for person, told in zip(crowd, before, strict=True):
        await _contact(person)
        entries = await person.transcript()
        ids = [entry["id"] for entry in entries if entry["from"] == "user"]
        owed = {one.id for one in told if one.told in ("answered", "kept")}
        lost += sum(ids.count(one) == 0 for one in owed)
        doubled += sum(ids.count(one) > 1 for one in set(ids))
        danger = any(one.text == EMERGENCY and one.id in owed for one in told)
        alerted = any(entry.get("message", {}).get("level") == "emergency" for entry in entries)
        unalerted += danger and not alerted
    count = {kind: sum(one.told == kind for one in during) for kind in ("answered", "kept", "not kept", "busy")}
    return Audit(
        sent=len(during), answered=count["answered"], kept=count["kept"], not_kept=count["not kept"], busy=count["busy"],
        lost=lost, doubled=doubled, emergencies_unalerted=unalerted,
        late=sum(one.seconds > ANSWER_SECONDS for one in during), untold=len(during) - sum(count.values()),
        slowest=max((one.seconds for one in during), default=0.0),
    )  # fmt: skip


async def _contact(person: Person) -> None:
    """Says hello until it is answered, ten times at most: a service that has just come back may need a moment."""
    for _ in itertools.repeat(None, 10):
        if (await person.say("hello?")).told == "answered":
            return
        await asyncio.sleep(1.0)


def _told(answer: httpx.Response) -> str:
    if answer.status_code in (429, 503) and "emergency number" in answer.json()["detail"]:
        return "busy"
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    messages = answer.json()["messages"]
    if not messages:
        return "no message"
    if messages[0].get("reason") != "unavailable":
        return "answered"
    return "not kept" if NOT_KEPT in messages[0]["text"] else "kept"
