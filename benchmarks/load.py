"""Asks an assistant, and times it. All conversations have the same number of turns, and are opened before the clock runs."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

from benchmarks.clients import Client
from benchmarks.questions import Case

TURNS = 5
"""Messages of one conversation: what an answer costs may grow with what was said before."""
PEOPLE = 16
"""How many talk at once."""

LONG_TURNS, LONG_TALKS = 50, 12
"""Messages of a long conversation, and how many of those there are in a round."""

Talk = tuple[str, tuple[str, ...]]
"""An open conversation and what is said in it."""


def scripts(cases: Sequence[Case], messages: int, *, turns: int = TURNS) -> list[tuple[str, ...]]:
    """What is said in each conversation: the questions in one fixed random order, again and again, `messages` in all."""
    texts = [case.text for case in cases]
    random.Random(1).shuffle(texts)
    said = [texts[place % len(texts)] for place in range(messages)]
    return [tuple(said[place : place + turns]) for place in range(0, messages, turns)]


async def right(client: Client, cases: Sequence[Case]) -> dict[str, float]:
    """Shares (0 to 1) of the cases: answered right; right or offered; answered by an alert. Each is a new conversation."""
    fits = near = alerts = 0
    for case in cases:
        answer = await client.ask(await client.open(), case.text)
        good = bool(answer.labels & case.accepted)
        fits += good
        near += good or bool(answer.offered & case.accepted)
        alerts += answer.alert
    return {"right": fits / len(cases), "right_or_offered": near / len(cases), "alerts": alerts / len(cases)}


async def one_at_a_time(client: Client, talks: Sequence[Sequence[str]]) -> list[float]:
    """The seconds from each question to its answer, asked one after the other."""
    times = []
    for conversation, texts in await _opened(client, talks):
        times += [await _seconds(client, conversation, text) for text in texts]
    return times


async def first_and_last(client: Client, talks: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """The seconds of the first and of the last message of each conversation, asked one after the other.

    Both are the same question, so that only what was said before makes a difference.
    """
    times = []
    for conversation, texts in await _opened(client, talks):
        asked = (texts[0], *texts[1:-1], texts[0])
        seconds = [await _seconds(client, conversation, text) for text in asked]
        times.append((seconds[0], seconds[-1]))
    return times


async def _seconds(client: Client, conversation: str, text: str) -> float:
    """How long one answer takes."""
    began = time.perf_counter()
    await client.ask(conversation, text)
    return time.perf_counter() - began


async def at_once(client: Client, talks: Sequence[Sequence[str]]) -> tuple[int, float]:
    """How many messages PEOPLE people got answered, and in how many seconds. Each takes the next conversation left."""
    waiting = await _opened(client, talks)
    messages = sum(len(texts) for _, texts in waiting)
    began = time.perf_counter()
    await asyncio.gather(*(_person(client, waiting) for _ in range(PEOPLE)))
    return messages, time.perf_counter() - began


async def _opened(client: Client, talks: Sequence[Sequence[str]]) -> list[Talk]:
    return [(await client.open(), tuple(texts)) for texts in talks]


async def _person(client: Client, waiting: list[Talk]) -> None:
    while waiting:
        conversation, texts = waiting.pop()
        for text in texts:
            await client.ask(conversation, text)
