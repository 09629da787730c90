"""The messages that the channel sends of its own accord, at hand even when the database is gone."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any

from bot.bootstrap import Services
from bot.channel.blocking_calls import BlockingCalls
from bot.channel.problems import CallRefused
from bot.ports import Message, StoreUnavailable

logger = logging.getLogger(__name__)


class Notices:
    """Greeting and `unavailable` notice, and which regions there are. What was once read is kept."""

    def __init__(self, services: Services, calls: BlockingCalls) -> None:
        self._services = services
        self._calls = calls
        self._read_before: dict[tuple[str | None, bool], Message] = {}
        self._regions: frozenset[str] = frozenset()

    async def warm(self) -> None:
        """Reads ahead all that will be needed when nothing can be read. Failing is no reason not to start."""
        try:
            for region in (None, *await self.regions()):
                await self._read(region, kept=True)
                await self._read(region, kept=False)
        except (StoreUnavailable, asyncio.TimeoutError) as error:
            logger.warning("notices could not be read ahead: %s", type(error))

    async def regions(self) -> frozenset[str]:
        """The regions whose help lines are known. Raises StoreUnavailable or asyncio.TimeoutError."""
        if not self._regions:
            lines = await self._calls.call(self._services.content.all_help_lines)
            self._regions = frozenset(line.region for line in lines)
        return self._regions

    async def greeting(self, region: str | None) -> list[dict[str, Any]]:
        """The messages that open a conversation."""
        found = await self._calls.call(self._services.assistant.greeting, region)
        return [with_id(message) for message in found]

    async def unavailable(self, region: str | None, *, kept: bool) -> dict[str, Any]:
        """The notice, with an id of its own; it says whether the person's words are `kept`.

        Raises CallRefused("unavailable"), which says no more than that, if all else fails.
        """
        try:
            notice = self._read_before.get((region, kept)) or await self._read(region, kept=kept)
        except Exception as error:
            logger.error("no notice could be read: %s", type(error))
            notice = self._read_before.get((None, kept), {})
        if not notice:
            raise CallRefused("unavailable")
        return with_id({key: value for key, value in notice.items() if key != "id"})

    async def _read(self, region: str | None, *, kept: bool) -> Message:
        found = await self._calls.call(self._services.assistant.unavailable, region, kept=kept)
        self._read_before[region, kept] = found
        return found


def with_id(message: Message) -> dict[str, Any]:
    """The message with an id of its own; one that it has is kept."""
    return dict(message) if message.get("id") else {**message, "id": str(uuid.uuid4())}
