"""A conversation that another process forgot leaves this one's memory too: its tracker, and words that readers keep."""

from __future__ import annotations

import asyncio
import logging

from cachetools import LRUCache

from bot.channel.blocking_calls import BlockingCalls
from bot.channel.responder import Responder
from bot.ports import ConversationStore, StoreUnavailable

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0

MOST = 2000
"""Conversations that are remembered to be looked after: a reader is replaced after fewer texts (ReadingWorkers)."""


class ForgottenElsewhere:
    """Asks the database now and then which of the conversations that spoke here are gone."""

    def __init__(self, store: ConversationStore, responder: Responder, calls: BlockingCalls) -> None:
        self._store, self._responder, self._calls = store, responder, calls
        self._spoken: LRUCache[str, bool] = LRUCache(MOST)

    def spoken(self, conversation_id: str) -> None:
        """Notes that words of a conversation come into this process."""
        self._spoken[conversation_id] = True

    async def look(self) -> None:
        """Drops what this process keeps of conversations that are gone. Raises StoreUnavailable or asyncio.TimeoutError."""
        for conversation_id in await self._calls.call(self._store.gone, tuple(self._spoken)):
            await self._calls.call(self._responder.forget, conversation_id)
            self._spoken.pop(conversation_id, None)

    async def look_for_ever(self) -> None:
        """Looks until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            try:
                if self._spoken:
                    await self.look()
            except (StoreUnavailable, asyncio.TimeoutError) as error:
                logger.info("what was forgotten elsewhere cannot be told now: %s", type(error))
            except Exception as error:
                logger.error("looking for what was forgotten failed: %s", type(error))
