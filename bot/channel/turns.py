"""One message of a person and what comes of it: run once, in order, always answered in time, never forgotten."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cachetools import TTLCache

from bot.channel import payloads
from bot.channel.blocking_calls import BlockingCalls
from bot.channel.holding import Holding
from bot.channel.kept_words import KeptWords
from bot.channel.notices import Notices, with_id
from bot.channel.problems import CallRefused
from bot.channel.responder import Heard, RememberedMessage, Responder, SavedMeanwhile, UnfoldedText
from bot.ports import (
    Answered,
    ConversationStore,
    Held,
    Intake,
    Message,
    Said,
    TurnStatus,
    UnknownConversation,
)

logger = logging.getLogger(__name__)

RESERVE_SECONDS = 2.5
"""Kept back from the time for an answer: to keep the words where there was none, and for the way to the person."""

AT_ONCE = 8
"""Turns that run at once. Each takes the loop for milliseconds between its waits: more would only make all of them late, and
with them those who are told to come back."""


class NoAnswer(Exception):
    """The turn ran, but came to nothing that could be shown or relied on."""


class Turns:
    """Runs turns, those of one conversation one after the other.

    A turn that fails leaves no trace in the responder's memory: what Rasa may have kept of it is taken back when the
    next turn starts, and its words are then heard again, in order, before the new ones. So a warning sign that was
    typed while something was down is still noticed, and an alert that nobody saw is raised again.

    Several processes may serve one conversation. Whoever holds it answers in the order in which the words were stored, also
    what waits for its turn in another process, which then finds the answer there (docs/adr/0017-one-turn-at-a-time.md).
    """

    def __init__(
        self,
        *,
        store: ConversationStore,
        responder: Responder,
        kept: KeptWords,
        notices: Notices,
        calls: BlockingCalls,
        join: Callable[[Sequence[Message], Sequence[Message]], list[Message]],
        place: Callable[[str], str | None],
        seconds: float,
        clock: Callable[[], dt.datetime],
    ) -> None:
        """`join` puts what unheard messages brought before the answer; `place`: the region of words that say only that."""
        self._place = place
        self._store = store
        self._responder = responder
        self._kept_words = kept
        self._notices = notices
        self._calls = calls
        self._join = join
        self._limit = max(seconds - RESERVE_SECONDS, seconds / 2)
        self._holding = Holding(store, at_once=AT_ONCE, seconds=self._limit)
        self._seconds = seconds
        self._now = clock
        self._running: dict[tuple[str, str], asyncio.Task[list[dict[str, Any]]]] = {}
        self._gone: TTLCache[str, bool] = TTLCache(10_000, 600)

    async def take(self, owner: str, heard: Heard, *, spent: float = 0.0) -> list[dict[str, Any]]:
        """The answer to a message, at least one. The same message sent twice at a time is run once.

        `spent` seconds of the time for an answer are already gone.

        The turn goes on when the caller hangs up: what was typed must be heard, and a retry finds the answer ready.
        Raises CallRefused("unauthorised") when the conversation is forgotten meanwhile.
        """
        key = heard.key
        task = self._running.get(key)
        if task is None:
            task = asyncio.ensure_future(self._bounded(owner, heard, max(self._limit - spent, 0.0)))
            self._running[key] = task
            task.add_done_callback(lambda done: self._ended(key, done))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise CallRefused("unauthorised") from None
            raise

    async def forget_expired(self, now: dt.datetime) -> None:
        """Deletes the conversations that have expired, with all that is kept of them. Raises StoreUnavailable."""
        for conversation_id in await self._calls.call(self._store.expired, now):
            # The memory first, as in `forget`: what cannot be dropped is found again. Nothing runs for an expired key.
            await self._calls.call(self._responder.forget, conversation_id)
            await self._calls.call(self._store.delete, conversation_id)

    async def forget(self, conversation_id: str) -> None:
        """Ends what is running for a conversation and drops all that is kept of it. Raises StoreUnavailable."""
        self._gone[conversation_id] = True
        running = [task for key, task in self._running.items() if key[0] == conversation_id]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=self._seconds)
        await self._calls.quiet()
        try:
            async with self._holding.alone(conversation_id):
                # The memory first: if it cannot be dropped, the token still opens the conversation to try again.
                await self._calls.call(self._responder.forget, conversation_id)
                await self._calls.call(self._store.delete, conversation_id)
        except BaseException:
            self._gone.pop(conversation_id, None)
            raise

    async def drained(self, seconds: float) -> None:
        """Returns when no turn runs any more, at the latest after so long; their callers may have hung up."""
        if self._running:
            await asyncio.wait(set(self._running.values()), timeout=seconds)

    def close(self) -> None:
        """Lets the threads end."""
        self._holding.close()

    def _ended(self, key: tuple[str, str], task: asyncio.Task[list[dict[str, Any]]]) -> None:
        self._running.pop(key, None)
        if not task.cancelled():
            task.exception()

    async def _bounded(self, owner: str, heard: Heard, limit: float) -> list[dict[str, Any]]:
        """The answer, or the notice when there is none in time."""
        try:
            return await asyncio.wait_for(self._turn(heard), limit)
        except UnknownConversation:
            raise CallRefused("unauthorised") from None
        except CallRefused:
            raise
        except Exception as error:
            logger.error("turn failed: %s", type(error))
            return [await self._failed(owner, heard)]

    async def _failed(self, owner: str, heard: Heard) -> dict[str, Any]:
        """The notice, with the words on a disk where it says so: the database's, else the journal's."""
        self._still_there(heard)
        notice = await self._notices.unavailable(heard.region, kept=True)
        with contextlib.suppress(Exception):
            marking = self._calls.call(self._store.fail_turn, *heard.key, messages=[notice], at=self._now())
            if await asyncio.wait_for(marking, RESERVE_SECONDS / 3):
                return notice
        intake = Intake(heard.message_id, heard.text, heard.at, {})
        return dict(await self._kept_words.notice(owner, intake, heard.region))

    async def _turn(self, heard: Heard) -> list[dict[str, Any]]:
        """Stores the words, then answers them when it is their turn."""
        self._still_there(heard)
        said = await self._entries(heard) if heard.text.startswith("/") else ()
        heard = replace(heard, text=payloads.safe(heard.text, _messages(said)))
        if not heard.text:
            raise CallRefused("empty_message")
        state = await self._calls.call(
            self._store.begin_turn,
            *heard.key,
            text=heard.text,
            at=self._now(),
            shown=payloads.shown(heard.text, _messages(said)),
        )
        if state.status is TurnStatus.DONE:
            return [dict(message) for message in state.messages]
        async with self._holding.alone(heard.conversation_id) as held:
            self._still_there(heard)
            return await self._run(heard, held)

    async def _run(self, heard: Heard, held: Held) -> list[dict[str, Any]]:
        """The answer. What another process saved meanwhile, after it had lost the conversation, is read, and it runs again."""
        with contextlib.suppress(SavedMeanwhile):
            return await self._once(heard, held)
        return await self._once(heard, held)

    async def _once(self, heard: Heard, held: Held) -> list[dict[str, Any]]:
        """Hears what went unheard, then this message, and keeps the answer."""
        last, statuses = await self._calls.call(self._standing, heard.conversation_id)
        if statuses.get(heard.message_id) is TurnStatus.DONE:  # another process answered it together with a later one
            state = await self._calls.call(self._store.turn, *heard.key)
            return [dict(message) for message in state.messages] if state else []
        missed: list[Message] = []
        for unfolded in await self._unfolded(heard, last, statuses):
            earlier = replace(heard, message_id=unfolded.id, text=unfolded.text, at=unfolded.at)
            missed += await self._again(earlier, held if statuses[unfolded.id] is TurnStatus.RUNNING else None)
        messages = await self._responder.answer(self._placed(heard))
        if not messages:
            raise NoAnswer
        answer = [with_id(message) for message in self._join(missed, messages)]
        if not await self._calls.call(self._kept, heard, answer, held, last=True):
            # Forgotten by another server process while this one was answering.
            await self._calls.call(self._responder.forget, heard.conversation_id)
            raise CallRefused("unauthorised")
        return answer

    async def _again(self, earlier: Heard, held: Held | None) -> Sequence[Message]:
        """What an unheard message brings now. One that fails for ever must not silence all that come after it.

        With `held`, somebody may still wait for its answer, in another process: it is kept for them.
        """
        try:
            messages = await asyncio.wait_for(self._responder.answer(self._placed(earlier)), self._limit / 3)
            if held is not None and messages:
                messages = [with_id(message) for message in messages]
                await self._calls.call(self._kept, earlier, messages, held)
        except SavedMeanwhile:
            raise
        except Exception as error:
            logger.error("an unheard message failed again: %s", type(error))
            return []
        return messages

    def _placed(self, heard: Heard) -> Heard:
        """The message as Rasa is to read it: "I'm in Ireland" as the button that says so. The words stay as they were."""
        region = self._place(heard.text)
        return replace(heard, text=payloads.choosing_region(region)) if region else heard

    def _kept(self, heard: Heard, answer: Sequence[Message], held: Held, *, last: bool = False) -> bool:
        """Stores the answer; False where the conversation is gone. Blocks. Raises NoAnswer where Rasa kept nothing.

        The `last` of a turn lets go of the conversation: one way to the database less.
        """
        remembered = self._responder.latest(heard.conversation_id)
        if remembered is None or remembered.message_id != heard.message_id:
            # Rasa goes on when its memory fails, and then answers like a stranger.
            raise NoAnswer
        there = held.finish_turn(heard.message_id, messages=answer, at=self._now())
        if last and there:
            held.release()
        return there

    async def _unfolded(
        self, heard: Heard, last: RememberedMessage | None, statuses: Mapping[str, TurnStatus]
    ) -> list[UnfoldedText]:
        """The words that were stored and that the memory does not hold, oldest first; `heard` itself is none of them.

        What failed turns left at the end of the memory is taken back first. A message that runs and came after this one has
        its turn yet; one that came before has lost its process, or waits behind us.
        """
        done = {message_id for message_id, status in statuses.items() if status is TurnStatus.DONE}
        if last is not None and last.message_id not in done:
            await self._rewound(heard, done)
        earlier = set(itertools.takewhile(lambda one: one != heard.message_id, statuses))
        undone = {one for one, status in statuses.items() if status is TurnStatus.FAILED or one in earlier} - done
        undone.discard(heard.message_id)
        return await self._unheard(heard, undone) if undone else []

    def _standing(self, conversation_id: str) -> tuple[RememberedMessage | None, Mapping[str, TurnStatus]]:
        """The last message that the memory holds, and where each turn stands. Blocks; one way to the database and back."""
        return self._responder.latest(conversation_id), self._store.statuses(conversation_id)

    async def _rewound(self, heard: Heard, done: Collection[str]) -> None:
        """Takes back what failed turns left at the end of the memory."""
        kept = await self._calls.call(self._responder.turns, heard.conversation_id)
        undone = list(itertools.takewhile(lambda turn: turn.message_id not in done, reversed(kept)))
        if undone:
            await self._calls.call(self._responder.rewind, heard.conversation_id, undone[-1].row)

    async def _unheard(self, heard: Heard, undone: Collection[str]) -> list[UnfoldedText]:
        """The messages of `undone` turns that the memory does not hold, oldest first."""
        kept = {turn.message_id for turn in await self._calls.call(self._responder.turns, heard.conversation_id)}
        entries = await self._entries(heard)
        found = []
        for place, entry in enumerate(entries):
            if isinstance(entry, Said) and entry.id in undone and entry.id not in kept:
                text = payloads.typed(entry.text, _messages(entries[:place]))
                found.append(UnfoldedText(entry.id, entry.at, text))
        return found

    async def _entries(self, heard: Heard) -> tuple[Said | Answered, ...]:
        return await self._calls.call(self._store.transcript, heard.conversation_id)

    def _still_there(self, heard: Heard) -> None:
        if heard.conversation_id in self._gone:
            raise CallRefused("unauthorised")


def _messages(entries: Iterable[Said | Answered]) -> list[Message]:
    return [dict(entry.message) for entry in entries if isinstance(entry, Answered)]
