"""Measures one side: training, and then in each round a start, right answers, latency, throughput and memory."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from benchmarks import load, processes
from benchmarks.clients import Client, NoAnswer
from benchmarks.questions import Case
from benchmarks.sides import MODELS, Side

START_SECONDS = 300
POLL_SECONDS = 0.05
WARM_UP = 30
"""Messages that are not counted, before any that are."""


class MeasureError(Exception):
    """A side could not be measured; says where its log is."""


@dataclass
class Figures:
    """What was measured on one side; one value for each round, but for training and accuracy."""

    training_seconds: float = 0.0
    accuracy: dict[str, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    first_and_last: list[tuple[float, float]] = field(default_factory=list)
    first_answer_seconds: list[float] = field(default_factory=list)
    messages_per_second: list[float] = field(default_factory=list)
    processor_seconds_per_message: list[float] = field(default_factory=list)
    memory_bytes: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Load:
    """How much is asked in one round."""

    one_by_one: int
    at_once: int


def train(side: Side, *, reuse: bool = False) -> float:
    """Trains, without anything kept of an earlier training; the seconds that it took. Raises MeasureError.

    With `reuse`, the model and the seconds of an earlier run are taken where there are any.
    """
    noted = MODELS / f"{side.name}.seconds"
    if reuse and noted.is_file():
        return float(noted.read_text())
    shutil.rmtree(side.environment["RASA_CACHE_DIRECTORY"], ignore_errors=True)
    noted.unlink(missing_ok=True)
    began = time.perf_counter()
    _run(side, side.train)
    seconds = time.perf_counter() - began
    noted.write_text(str(seconds))
    return seconds


def round_of(side: Side, cases: Sequence[Case], wanted: Load, figures: Figures) -> None:
    """One round: starts the side, measures, stops it, and adds to the figures. Raises MeasureError."""
    began = time.perf_counter()
    if side.before:
        _run(side, side.before)
    with processes.started(side.start, folder=side.folder, environment=side.environment, log=side.log) as process:
        try:
            asyncio.run(_asked(side, process, cases, wanted, figures, began))
        except (NoAnswer, aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise MeasureError(f"{side.name} failed: {error!r}; see {side.log}") from error


async def _asked(
    side: Side, process: subprocess.Popen[bytes], cases: Sequence[Case], wanted: Load, figures: Figures, began: float
) -> None:
    """Everything that needs the side to run."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as http:
        client = side.client(http)
        await _first(side, client, process, cases[0].text)
        figures.first_answer_seconds.append(time.perf_counter() - began)
        await load.one_at_a_time(client, load.scripts(cases, WARM_UP))
        if not figures.accuracy:
            figures.accuracy = await load.right(client, cases)
        figures.latencies += await load.one_at_a_time(client, load.scripts(cases, wanted.one_by_one))
        long = load.scripts(cases, load.LONG_TALKS * load.LONG_TURNS, turns=load.LONG_TURNS)
        figures.first_and_last += await load.first_and_last(client, long)
        await load.at_once(client, load.scripts(cases, WARM_UP))
        family = processes.tree(process.pid)
        before = processes.processor_seconds(family)
        count, seconds = await load.at_once(client, load.scripts(cases, wanted.at_once))
        used = processes.processor_seconds(family) - before
        figures.messages_per_second.append(count / seconds)
        figures.processor_seconds_per_message.append(used / count)
        figures.memory_bytes.append(processes.memory(family))


async def _first(side: Side, client: Client, process: subprocess.Popen[bytes], text: str) -> None:
    """Returns when a question is answered. Raises MeasureError when none is in time, or the process ends."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            await client.ask(await client.open(), text)
            return
        except (NoAnswer, aiohttp.ClientError):
            await asyncio.sleep(POLL_SECONDS)
    raise MeasureError(f"{side.name} does not answer; see {side.log}")


def _run(side: Side, command: Sequence[str]) -> None:
    with side.log.open("ab") as log:
        done = subprocess.run(
            command, cwd=side.folder, env=side.environment, stdout=log, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        raise MeasureError(f"{side.name}: {command[0]} ended with {done.returncode}; see {side.log}")
