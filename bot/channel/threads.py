"""Blocking calls of the database off the server's loop, with a limit on how long they may take."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

WORKERS = 16
"""More than the few calls that run at once, so that calls stuck on a dead database do not starve the next ones."""


class Threads:
    """Runs blocking functions in threads; asyncio.TimeoutError after `limit` seconds."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="stridewell-store")
        self._under_way: set[asyncio.Future[Any]] = set()

    async def call(self, work: Callable[..., T], *args: Any, **named: Any) -> T:
        """The work's result. A thread cannot be stopped: a caller who gives up leaves it to end by itself."""
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._pool, functools.partial(work, *args, **named))
        self._under_way.add(running)
        running.add_done_callback(self._ended)
        # Not wait_for: until Python 3.12 it swallows a cancellation that comes together with the result, and a turn whose
        # time is over would go on.
        done, _ = await asyncio.wait({running}, timeout=self._limit)
        if not done:
            raise asyncio.TimeoutError
        return running.result()

    async def quiet(self) -> None:
        """Returns when what runs now has ended, at the latest after the limit. Then nothing old is written any more."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=self._limit)

    def close(self) -> None:
        """Lets the threads end; those still waiting for a database end with it."""
        self._pool.shutdown(wait=False)

    def _ended(self, done: asyncio.Future[Any]) -> None:
        self._under_way.discard(done)
        if not done.cancelled():
            # Looked at here, so that an error after its caller gave up is not reported as overlooked.
            done.exception()
