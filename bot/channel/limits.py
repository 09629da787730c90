"""How fast one caller may ask: a token bucket each, kept in memory."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from cachetools import TTLCache

PERIOD_SECONDS = 60.0
"""Rates are given per minute."""

MOST_CALLERS = 50_000
"""Callers remembered at once; beyond that the ones longest unseen start with a full bucket again."""


class RateLimit:
    """Lets each caller through `rate` times a minute, `rate` of them at once after a pause.

    Only one number a caller is kept: the time at which its bucket is full again (the generic cell rate algorithm).
    """

    def __init__(self, rate: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._step = PERIOD_SECONDS / rate
        self._clock = clock
        self._full_at: TTLCache[str, float] = TTLCache(MOST_CALLERS, PERIOD_SECONDS + self._step, timer=clock)

    def wait(self, caller: str) -> int:
        """Counts one call. 0 when it may go ahead, else the whole seconds after which the next one may."""
        now = self._clock()
        full_at: float = max(self._full_at.get(caller, now), now) + self._step
        over = full_at - now - PERIOD_SECONDS
        if over > 1e-9:
            return math.ceil(over)
        self._full_at[caller] = full_at
        return 0

    def forget(self, caller: str) -> None:
        """Drops what is known of a caller."""
        self._full_at.pop(caller, None)
