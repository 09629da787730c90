"""Calls counted in Redis, by all servers together. Nobody waits for a Redis that is away: then each server counts its own."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from limits import RateLimitItem
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.channel.blocking_calls import BlockingCalls

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.3
"""How long Redis may take for one call."""

AWAY_SECONDS = 5.0
"""How long it is left alone after it failed, so that a Redis that hangs does not slow every call."""

NOT_LIMITED = 0.0


class SharedCounts:
    """The same moving window as in memory, kept in Redis. Off the server's loop."""

    def __init__(self, url: str) -> None:
        patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
        self._url, self._options = url, patience
        self._limiter: MovingWindowRateLimiter | None = None
        self._calls = BlockingCalls(PATIENCE_SECONDS * 2, workers=8, name="redis")
        self._away_until = 0.0

    async def free_at(self, item: RateLimitItem, kind: str, caller: str) -> float | None:
        """Counts a call: 0 where it may go on, else when the caller may come again. None where Redis cannot tell."""
        found: float | None = await self._asked(lambda: free_when(self._ready(), item, kind, caller))
        return found

    async def clear(self, item: RateLimitItem, kind: str, caller: str) -> None:
        """Drops what is known of a caller, who is a hash; where that fails, Redis drops it within the minute."""
        await self._asked(lambda: self._ready().clear(item, kind, caller))

    def close(self) -> None:
        """Lets the threads end."""
        self._calls.close()

    async def _asked(self, work: Callable[[], Any]) -> Any:
        if time.monotonic() < self._away_until:
            return None
        try:
            return await self._calls.call(work)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            logger.warning("Redis does not answer, calls are counted in memory: %s", type(error))
            return None

    def _ready(self) -> MovingWindowRateLimiter:
        """Made at first use and in a thread: registering its scripts asks Redis."""
        if self._limiter is None:
            self._limiter = MovingWindowRateLimiter(storage_from_string(self._url, **self._options))
        return self._limiter


def free_when(limiter: MovingWindowRateLimiter, item: RateLimitItem, kind: str, caller: str) -> float:
    """Counts a call: 0 where it may go on, else the time (seconds since 1970) at which the caller may come again."""
    if limiter.hit(item, kind, caller):
        return NOT_LIMITED
    return float(limiter.get_window_stats(item, kind, caller)[0])
