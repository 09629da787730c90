"""Messages read in processes of their own: within a limit, beside each other, and forgotten with the process."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import os
import time
from collections.abc import AsyncIterator

import pytest
from rasa.core.processor import MessageProcessor

from bot.rasa_host.reading_workers import ReadingFailed, ReadingWorkers
from tests.reading_stub import read


@contextlib.asynccontextmanager
async def workers(seconds: float = 5.0, count: int = 2) -> AsyncIterator[ReadingWorkers]:
    made = ReadingWorkers(seconds=seconds, read=read, preload="tests.reading_stub", count=count)
    await made.start()
    try:
        yield made
    finally:
        made.close()


def test_a_text_that_cannot_be_read_is_given_up_and_holds_up_nobody() -> None:
    async def test() -> None:
        async with workers(seconds=3.0) as made:
            first = await made.read("one")
            assert first["pid"] != os.getpid()
            slow = asyncio.ensure_future(made.read("slow"))
            await asyncio.sleep(0.05)
            beats = began = time.monotonic()
            longest = 0.0
            while not slow.done():
                await made.read("beside")
                longest, beats = max(longest, time.monotonic() - beats), time.monotonic()
            assert longest < 1.5
            assert time.monotonic() - began < 12.0
            with pytest.raises(ReadingFailed):
                await slow
            for _ in range(4):
                assert "slow" not in (await made.read("after"))["seen"]

    asyncio.run(asyncio.wait_for(test(), 60))


def test_a_reader_that_fails_says_the_kind_and_goes_on() -> None:
    async def test() -> None:
        async with workers(count=1) as made:
            with pytest.raises(ReadingFailed, match=r"^ValueError$"):
                await made.read("broken")
            assert (await made.read("next"))["seen"] == ["broken", "next"]

    asyncio.run(asyncio.wait_for(test(), 60))


def test_what_was_read_is_gone_when_the_processes_are_renewed() -> None:
    async def test() -> None:
        async with workers() as made:
            before = {(await made.read(f"private {number}"))["pid"] for number in range(4)}
            made.renew()
            await asyncio.sleep(0)
            until = time.monotonic() + 20
            while any(os.path.exists(f"/proc/{pid}") for pid in before):
                assert time.monotonic() < until
                await asyncio.sleep(0.05)
            for _ in range(4):
                found = await made.read("new")
                assert found["pid"] not in before
                assert not [text for text in found["seen"] if "private" in text]

    asyncio.run(asyncio.wait_for(test(), 60))


def test_a_caller_who_gives_up_does_not_take_the_process_along() -> None:
    async def test() -> None:
        async with workers(seconds=3.0, count=1) as made:
            call = asyncio.ensure_future(made.read("slow"))
            await asyncio.sleep(0.1)
            call.cancel()
            assert (await made.read("next"))["seen"] == ["next"]

    asyncio.run(asyncio.wait_for(test(), 60))


def test_rasa_still_runs_its_graph_on_the_loop() -> None:
    """Where this fails, messages need no processes of ours to be read beside the loop."""
    source = inspect.getsource(MessageProcessor._parse_message_with_graph)
    assert not inspect.iscoroutinefunction(MessageProcessor._parse_message_with_graph)
    assert "self.graph_runner.run(" in source
    assert "self._parse_message_with_graph(" in inspect.getsource(MessageProcessor.parse_message)
