"""Words that the store could not take: on the journal's disk before anybody is told that they are kept, and replayed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from bot.channel import payloads
from bot.channel.blocking_calls import BlockingCalls
from bot.channel.notices import Notices
from bot.ports import Answered, ConversationStore, Intake, IntakeJournal, Message, NotKept, StoreUnavailable
from bot.telemetry import metrics

logger = logging.getLogger(__name__)

REPLAY_EVERY_SECONDS = 2.0
"""How often to look whether the store takes words again."""


@dataclass(frozen=True)
class Caller:
    """Whose token came with a call: its hash, and whether this service gave it as far as the token itself can tell."""

    owner: str
    sealed: bool


class KeptWords:
    """Keeps and replays. Each message ends in the store exactly once: the store tells the ids of a conversation apart."""

    def __init__(
        self,
        *,
        store: ConversationStore,
        journal: IntakeJournal,
        notices: Notices,
        calls: BlockingCalls,
        seconds: float,
    ) -> None:
        """`calls` are those of the database; the journal has its own, so that a dead database cannot hold it up."""
        self._store = store
        self._journal = journal
        self._notices = notices
        self._calls = calls
        self._disk = BlockingCalls(seconds, workers=4, name="journal")
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def notice(self, owner: str, intake: Intake, region: str | None) -> Message:
        """Keeps the words and says so; where that cannot be done, says that instead."""
        notice = await self._notices.unavailable(region, kept=True)
        try:
            kept = Intake(intake.message_id, intake.text, intake.at, notice)
            await self._disk.call(self._journal.keep, owner, kept)
        except (NotKept, asyncio.TimeoutError) as error:
            logger.error("words could not be kept: %s", type(error))
            return await self._notices.unavailable(region, kept=False)
        return notice

    async def replay(self, owner: str, conversation_id: str) -> None:
        """Puts what waits for an owner into the store. Raises StoreUnavailable or asyncio.TimeoutError."""
        async with self._alone(owner):
            for intake in await self._disk.call(self._journal.of, owner):
                await self._store_one(conversation_id, intake)
                await self._disk.call(self._journal.drop, owner, intake.message_id)

    async def replay_for_ever(self, now: Any) -> None:
        """Replays for everybody as soon as the store takes words again. `now` gives the time."""
        while True:
            await asyncio.sleep(REPLAY_EVERY_SECONDS)
            try:
                await self._replay_all(now)
            except (StoreUnavailable, NotKept, asyncio.TimeoutError) as error:
                logger.info("words still wait: %s", type(error))
            except Exception as error:
                logger.error("replaying failed: %s", type(error))

    def waiting(self, owner: str) -> bool:
        """Whether something waits for an owner."""
        return self._journal.waits(owner)

    async def forget(self, owner: str) -> None:
        """Drops what waits for an owner. Raises StoreUnavailable where that cannot be done now."""
        try:
            async with self._alone(owner):
                await self._disk.call(self._journal.forget, owner)
        except NotKept as error:
            raise StoreUnavailable("the journal cannot be changed") from error

    async def secret(self) -> bytes | None:
        """What tokens are sealed with, or None where the journal has none to give."""
        try:
            await self._disk.call(self._journal.owners)
            return await self._disk.call(self._journal.secret)
        except (NotKept, asyncio.TimeoutError) as error:
            logger.error("the journal cannot be opened: %s", type(error))
            return None

    async def check(self) -> bool:
        """Whether words could be kept now."""
        with contextlib.suppress(NotKept, asyncio.TimeoutError):
            await self._disk.call(self._journal.check)
            return True
        return False

    def close(self) -> None:
        """Lets the threads end."""
        self._disk.close()

    async def _replay_all(self, now: Any) -> None:
        owners = await self._disk.call(self._journal.owners)
        metrics.WAITING.set(len(owners))
        if owners:
            await self._calls.call(self._store.check)
        for owner in owners:
            conversation = await self._calls.call(self._store.find, owner, now())
            if conversation is None:
                await self.forget(owner)
            else:
                await self.replay(owner, conversation.id)

    async def _store_one(self, conversation_id: str, intake: Intake) -> None:
        """The words as a turn that failed, which the next one hears. A payload that was not offered is words."""
        offered: list[Message] = []
        if intake.text.startswith("/"):
            entries = await self._calls.call(self._store.transcript, conversation_id)
            offered = [entry.message for entry in entries if isinstance(entry, Answered)]
        text = payloads.safe(intake.text, offered)
        if not text:
            return
        key, shown = (conversation_id, intake.message_id), payloads.shown(text, offered)
        await self._calls.call(self._store.begin_turn, *key, text=text, at=intake.at, shown=shown)
        await self._calls.call(self._store.fail_turn, *key, messages=[intake.notice], at=intake.at)

    @contextlib.asynccontextmanager
    async def _alone(self, owner: str) -> AsyncIterator[None]:
        """One at a time for an owner: what is being replayed must not be begun twice."""
        async with self._locks.setdefault(owner, asyncio.Lock()):
            yield
