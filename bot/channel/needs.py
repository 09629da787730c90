"""What the channel needs of the rest of the product; bot.bootstrap builds it, tests hand in fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.config import Settings
from bot.ports import ContentRepository, ConversationStore


class Assistant(Protocol):
    """The messages that the channel sends of its own accord. Both may block."""

    def greeting(self, region: str | None) -> Sequence[Mapping[str, Any]]:
        """The messages that open a conversation."""

    def unavailable(self, region: str | None) -> Mapping[str, Any]:
        """The notice that stands in for an answer that could not be given."""


class Services(Protocol):
    """The parts that bot.bootstrap.get_services() puts together."""

    @property
    def settings(self) -> Settings:
        """The settings."""

    @property
    def content(self) -> ContentRepository:
        """The curated content."""

    @property
    def conversations(self) -> ConversationStore:
        """The conversations and their turns."""

    @property
    def assistant(self) -> Assistant:
        """Greeting and notice."""
