"""The messages that the channel sends of its own accord, at hand even when the database is gone."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from bot.channel.needs import Services
from bot.channel.output import Message, with_id
from bot.channel.problems import Problem
from bot.channel.threads import Threads
from bot.ports import StoreUnavailable

logger = logging.getLogger(__name__)


class Notices:
    """Greeting and `unavailable` notice, and which regions there are. What was once read is kept."""

    def __init__(self, services: Services, threads: Threads) -> None:
        self._services = services
        self._threads = threads
        self._kept: dict[str | None, Message] = {}
        self._regions: frozenset[str] = frozenset()

    async def warm(self) -> None:
        """Reads ahead all that will be needed when nothing can be read. Failing is no reason not to start."""
        try:
            for region in (None, *await self.regions()):
                await self._read(region)
        except (StoreUnavailable, asyncio.TimeoutError) as error:
            logger.warning("notices could not be read ahead: %s", type(error).__name__)

    async def regions(self) -> frozenset[str]:
        """The regions whose help lines are known. Raises StoreUnavailable or asyncio.TimeoutError."""
        if not self._regions:
            lines = await self._threads.call(self._services.content.all_help_lines)
            self._regions = frozenset(line.region for line in lines)
        return self._regions

    async def greeting(self, region: str | None) -> list[Message]:
        """The messages that open a conversation."""
        found = await self._threads.call(self._services.assistant.greeting, region)
        return [with_id(dict(message)) for message in found]

    async def unavailable(self, region: str | None) -> Message:
        """The notice, with an id of its own. Raises Problem("unavailable"), which says the same, if all else fails."""
        try:
            notice = self._kept.get(region) or await self._read(region)
        except Exception as error:
            logger.error("no notice could be read: %s", type(error).__name__)
            notice = self._kept.get(None, {})
        if not notice:
            raise Problem("unavailable")
        return with_id({key: value for key, value in notice.items() if key != "id"})

    async def _read(self, region: str | None) -> Message:
        found: dict[str, Any] = dict(await self._threads.call(self._services.assistant.unavailable, region))
        self._kept[region] = found
        return found
