"""What answers, seen from the channel: bot.rasa_host puts Rasa there, tests a fake."""

from __future__ import annotations

import abc
import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RememberedMessage:
    """One message of the person that the responder's memory holds: the row it begins at, and the id it was sent with."""

    row: int
    message_id: str


@dataclass(frozen=True)
class UnfoldedText:
    """Words that were stored and never answered: the message's id, when it was sent (UTC) and what it says to Rasa."""

    id: str
    at: dt.datetime
    text: str


@dataclass(frozen=True)
class Heard:
    """One message of a person: where, under which id, which words, when, and what the page told about them."""

    conversation_id: str
    message_id: str
    text: str
    at: dt.datetime
    region: str | None = None
    lang: str | None = None
    tz: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Which turn this is."""
        return self.conversation_id, self.message_id

    @property
    def metadata(self) -> dict[str, str | None]:
        """What components and actions may read of it; `at` is when it was typed, which replaying does not change."""
        told = {"region": self.region, "lang": self.lang, "tz": self.tz}
        return {**told, "message_id": self.message_id, "at": self.at.isoformat()}


class SavedMeanwhile(RuntimeError):
    """Another process has saved something in the conversation since it was read; nothing of this message was kept."""


class Responder(abc.ABC):
    """Takes a message and answers it, remembering. `turns` to `check` block: call them in a thread."""

    async def start(self) -> None:  # noqa: B027  (most have nothing to start)
        """Makes ready; the server has started."""

    async def close(self) -> None:  # noqa: B027  (most have nothing to close)
        """Lets go of what is kept open; the server stops."""

    @abc.abstractmethod
    async def answer(self, heard: Heard) -> list[dict[str, Any]]:
        """The messages in answer, in order. Any exception means that there is none; SavedMeanwhile, that trying again helps."""

    @abc.abstractmethod
    def turns(self, conversation_id: str) -> tuple[RememberedMessage, ...]:
        """The person's messages that are remembered, oldest first. Raises StoreUnavailable."""

    @abc.abstractmethod
    def latest(self, conversation_id: str) -> RememberedMessage | None:
        """The last of `turns`, or None. Raises StoreUnavailable."""

    @abc.abstractmethod
    def rewind(self, conversation_id: str, row: int) -> None:
        """Forgets what was said from a row of `turns` on. Raises StoreUnavailable."""

    @abc.abstractmethod
    def forget(self, conversation_id: str) -> None:
        """Forgets the whole conversation, words kept in memory included. Raises StoreUnavailable."""

    @abc.abstractmethod
    def check(self) -> None:
        """Returns when the memory can be read; else raises StoreUnavailable."""

    @abc.abstractmethod
    def model_id(self) -> str | None:
        """Which trained model answers, or None while none is loaded."""
