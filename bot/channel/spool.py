"""Words that could not be stored because the database was gone, kept in memory until it is back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cachetools import TTLCache

MOST_CALLERS = 1000
MOST_MESSAGES = 20
KEPT_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Unstored:
    """One message that is not in the database yet, and the notice that its writer was shown."""

    message_id: str
    text: str
    at: dt.datetime
    notice: dict[str, object]


class Spool:
    """Unstored messages by the hash of the session token: whose they are is known when the database is back.

    Bounded on every side, because callers are not known while the database is gone.
    """

    def __init__(self) -> None:
        self._waiting: TTLCache[str, tuple[Unstored, ...]] = TTLCache(MOST_CALLERS, KEPT_SECONDS)

    def add(self, owner: str, message: Unstored) -> None:
        """Keeps a message; one with the same id is kept once, and only the latest MOST_MESSAGES of an owner."""
        others = [one for one in self._waiting.get(owner, ()) if one.message_id != message.message_id]
        self._waiting[owner] = (*others, message)[-MOST_MESSAGES:]

    def of(self, owner: str) -> tuple[Unstored, ...]:
        """What waits for an owner, oldest first."""
        found: tuple[Unstored, ...] = self._waiting.get(owner, ())
        return found

    def drop(self, owner: str) -> None:
        """Forgets what waits for an owner."""
        self._waiting.pop(owner, None)
