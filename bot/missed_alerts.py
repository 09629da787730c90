"""What becomes of alerts that nobody saw, because the turn that should have given them failed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ports import Message


def with_missed_alerts(missed: Sequence[Message], messages: Sequence[Message]) -> list[Message]:
    """The messages with the alerts that earlier ones should have brought in front; an emergency stands alone."""
    there = {_sign(message) for message in messages}
    alerts = [message for message in missed if message["type"] == "alert" and _sign(message) not in there]
    together = [*{_sign(alert): alert for alert in alerts}.values(), *messages]
    emergencies = [message for message in together if message.get("level") == "emergency"]
    return emergencies if alerts and emergencies else together


def _sign(message: Message) -> tuple[object, ...]:
    return (message["type"], message.get("level"), tuple(message.get("flags") or ()), message.get("title"))
