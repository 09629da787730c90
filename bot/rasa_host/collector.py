"""Rasa's output side of the channel: collects the messages of one turn. Upstream: Rasa's CollectingOutputChannel flattens
every message to text and buttons and adds a recipient; its test fails when that class keeps `custom` alone."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.channels.channel import OutputChannel

logger = logging.getLogger(__name__)


class Collector(OutputChannel):
    """Keeps every `{"data": MESSAGE}` that a turn sends, in order. Anything else is dropped.

    A message without the envelope has no type, no sources and no urgency, so the page could not show it safely.
    """

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The name of the channel that this is the output of."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one message from Rasa."""
        custom = message.get("custom")
        data = custom.get("data") if isinstance(custom, dict) else None
        if isinstance(data, dict) and isinstance(data.get("text"), str) and isinstance(data.get("type"), str):
            self.messages.append(data)
        else:
            logger.warning("dropped a message that has no data")
