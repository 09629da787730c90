"""What answers: Rasa, seen from the channel. Tests put a fake in its place."""

from __future__ import annotations

import abc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channel import action_calls, straight_runner, tracker_store
from bot.channel.output import Collector, Message
from bot.channel.tracker_store import ForgettingTrackerStore, UserTurn


@dataclass(frozen=True)
class Heard:
    """One message of a person: where, under which id, which words, and what the page told about them."""

    conversation_id: str
    message_id: str
    text: str
    region: str | None = None
    lang: str | None = None
    tz: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Which turn this is."""
        return self.conversation_id, self.message_id

    @property
    def metadata(self) -> dict[str, str | None]:
        """What the actions may read of it."""
        return {"region": self.region, "lang": self.lang, "tz": self.tz, "message_id": self.message_id}


class Dialogue(abc.ABC):
    """Takes a message and answers it, remembering. All but `answer`, `close` and `model_id` block: call them in a thread."""

    @abc.abstractmethod
    async def answer(self, heard: Heard) -> list[Message]:
        """The messages in answer, in order. Any exception means that there is none."""

    @abc.abstractmethod
    def turns(self, conversation_id: str) -> tuple[UserTurn, ...]:
        """The person's messages that are remembered, oldest first. Raises StoreUnavailable."""

    @abc.abstractmethod
    def latest(self, conversation_id: str) -> UserTurn | None:
        """The last of `turns`, or None. Raises StoreUnavailable."""

    @abc.abstractmethod
    def rewind(self, conversation_id: str, row: int) -> None:
        """Forgets what was said from a row of `turns` on. Raises StoreUnavailable."""

    @abc.abstractmethod
    def forget(self, conversation_id: str) -> None:
        """Forgets the whole conversation. Raises StoreUnavailable."""

    @abc.abstractmethod
    def check(self) -> None:
        """Returns when the memory can be read; else raises StoreUnavailable."""

    async def close(self) -> None:  # noqa: B027  (most have nothing to close)
        """Lets go of what is kept open; the server stops."""

    @abc.abstractmethod
    def model_id(self) -> str | None:
        """Which trained model answers, or None while none is loaded."""


class RasaDialogue(Dialogue):
    """The Rasa agent of the running server."""

    def __init__(self, handler: Callable[[UserMessage], Awaitable[Any]], app: Callable[[], Sanic]) -> None:
        self._handler = handler
        self._app = app

    async def answer(self, heard: Heard) -> list[Message]:
        """Hands the message to Rasa and collects what it sends."""
        self._memory()
        action_calls.prepare(self._agent())
        straight_runner.prepare(self._agent())
        if not heard.text.startswith("/"):
            await straight_runner.ahead(self._agent(), heard.text)
        collector = Collector()
        await self._handler(
            UserMessage(
                text=heard.text,
                output_channel=collector,
                sender_id=heard.conversation_id,
                input_channel=Collector.name(),
                message_id=heard.message_id,
                metadata=heard.metadata,
            )
        )
        return collector.messages

    def turns(self, conversation_id: str) -> tuple[UserTurn, ...]:
        """The user events of the tracker."""
        return self._memory().turns(conversation_id)

    def latest(self, conversation_id: str) -> UserTurn | None:
        """The last user event of the tracker."""
        return self._memory().latest(conversation_id)

    def rewind(self, conversation_id: str, row: int) -> None:
        """Drops events from the tracker."""
        self._memory().rewind(conversation_id, row)

    def forget(self, conversation_id: str) -> None:
        """Drops the tracker."""
        self._memory().delete(conversation_id)

    def check(self) -> None:
        """Reads from the tracker store."""
        self._memory().check()

    async def close(self) -> None:
        """Closes the connections to the action server."""
        await action_calls.close(self._agent())

    def model_id(self) -> str | None:
        """The id in the model's own metadata."""
        agent = self._agent()
        return agent.model_id if agent is not None else None

    def _agent(self) -> Agent | None:
        return getattr(self._app().ctx, "agent", None)

    def _memory(self) -> ForgettingTrackerStore:
        return tracker_store.of_agent(self._agent())
