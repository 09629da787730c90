"""A conversation for one turn alone, whichever process the others run in, without the server's loop ever waiting for it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from weakref import WeakValueDictionary

from bot.ports import ConversationStore, Held


class Holding:
    """Takes and lets go in threads. Within this process turns line up in memory, so that one at most asks the database."""

    def __init__(self, store: ConversationStore, *, at_once: int, seconds: float) -> None:
        """`at_once` conversations at most, so that turns of many cannot take all connections; `seconds` to wait for one."""
        self._store = store
        self._seconds = seconds
        self._free = asyncio.Semaphore(at_once)
        self._taking = ThreadPoolExecutor(at_once + 2, thread_name_prefix="stridewell-hold")
        self._leaving = ThreadPoolExecutor(at_once + 2, thread_name_prefix="stridewell-let-go")
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def alone(self, conversation_id: str) -> AsyncIterator[Held]:
        """Holds the conversation until the end of the block. Raises StoreUnavailable."""
        async with self._lines.setdefault(conversation_id, asyncio.Lock()), self._free:
            held = await self._take(conversation_id)
            try:
                yield held
            finally:
                self._leaving.submit(held.release)

    def close(self) -> None:
        """Lets the threads end, those that let go first."""
        self._taking.shutdown(wait=False, cancel_futures=True)
        self._leaving.shutdown(wait=False)

    async def _take(self, conversation_id: str) -> Held:
        begun = self._taking.submit(self._store.hold, conversation_id, self._seconds)
        try:
            return await asyncio.wrap_future(begun)
        except asyncio.CancelledError:
            begun.add_done_callback(_let_go)  # a thread cannot be stopped: what it still gets goes back at once
            raise


def _let_go(begun: Future[Held]) -> None:
    if not begun.cancelled() and begun.exception() is None:
        begun.result().release()
