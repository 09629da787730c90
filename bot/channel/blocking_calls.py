"""Blocking calls off the server's loop, with a limit on how long they may take."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bot.telemetry.stages import stage

T = TypeVar("T")

STORE_SECONDS = 2.0
"""How long one call of the database may take, unless the whole answer must come sooner."""

WORKERS = 16
"""More than the few calls that run at once, so that calls stuck on a dead database do not starve the next ones."""


class BlockingCalls:
    """Runs blocking functions in threads; asyncio.TimeoutError after `limit` seconds."""

    def __init__(self, limit: float, *, workers: int = WORKERS, name: str = "store") -> None:
        self._limit = limit
        self._stage = "journal" if name == "journal" else "store"
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix=f"stridewell-{name}")
        self._under_way: set[asyncio.Future[Any]] = set()

    async def call(self, work: Callable[..., T], *args: Any, **named: Any) -> T:
        """The work's result. A thread cannot be stopped: a caller who gives up leaves it to end by itself.

        Work that has not begun by then never will: else a database that hung would be sent, when it is back, all that was
        given up meanwhile.
        """
        loop = asyncio.get_running_loop()
        begun = self._pool.submit(functools.partial(work, *args, **named))
        running = asyncio.wrap_future(begun, loop=loop)
        self._under_way.add(running)
        running.add_done_callback(self._ended)
        # Not wait_for: until Python 3.12 it swallows a cancellation that comes together with the result, and a turn whose
        # time is over would go on.
        with stage(self._stage):
            done, _ = await asyncio.wait({running}, timeout=self._limit)
        if not done:
            begun.cancel()  # refused once a thread has taken it
            raise asyncio.TimeoutError
        return running.result()

    async def quiet(self) -> None:
        """Returns when what runs now has ended, at the latest after the limit. Then nothing old is written any more."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=self._limit)

    def close(self) -> None:
        """Lets the threads end; those still waiting for a database end with it."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ended(self, done: asyncio.Future[Any]) -> None:
        self._under_way.discard(done)
        if not done.cancelled():
            # Looked at here, so that an error after its caller gave up is not reported as overlooked.
            done.exception()
