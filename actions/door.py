"""The one door from Rasa to bot.answering: every action is this one under a name of its own."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.bootstrap import get_services
from bot.conversation import codec, meaning_codec

STATE_SLOT = "conversation_state"


class Door(Action, abc.ABC):
    """Reads what the message means, has it answered, utters the answer, and keeps the state of the conversation."""

    @abc.abstractmethod
    def name(self) -> str:
        """See rasa_sdk.Action."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters each message nested under `data`, as the contract asks. Raises UnreadableMeaning."""
        meaning = meaning_codec.from_json(tracker.latest_message.get(meaning_codec.KEY))
        metadata: Mapping[str, Any] = tracker.latest_message.get("metadata") or {}
        reply = get_services().assistant.respond(meaning, region=metadata.get("region") or None)
        for message in reply.messages:
            dispatcher.utter_message(json_message={"data": dict(message)})
        return [SlotSet(STATE_SLOT, codec.dump(reply.state))]
