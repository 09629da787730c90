"""Rasa's output side of the channel: collects the messages of one turn."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from rasa.core.channels.channel import OutputChannel

Message = dict[str, Any]
"""One MESSAGE of message.v1.schema.json."""

logger = logging.getLogger(__name__)


class Collector(OutputChannel):
    """Keeps every `{"data": MESSAGE}` that a turn sends, in order, each with an id. Anything else is dropped.

    A message without the envelope has no type, no sources and no urgency, so the page could not show it safely.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """The name of the channel that this is the output of."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one message from Rasa."""
        custom = message.get("custom")
        data = custom.get("data") if isinstance(custom, dict) else None
        if isinstance(data, dict) and isinstance(data.get("text"), str) and isinstance(data.get("type"), str):
            self.messages.append(with_id(data))
        else:
            # The keys only: the words of a conversation belong in no log.
            logger.warning("dropped a message without data; it had the keys %s", sorted(message))


def with_id(message: Message) -> Message:
    """The message with an id of its own; one that it has is kept."""
    return message if message.get("id") else {**message, "id": str(uuid.uuid4())}
