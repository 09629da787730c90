"""The one door from Rasa to bot.answering: every action is this one under a name of its own."""

from __future__ import annotations

import abc
import contextlib
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answering.moment import KeptDiary, Moment, moment
from bot.bootstrap import get_services
from bot.conversation import codec
from bot.diary.entries import Diary
from bot.ports import UnknownConversation

STATE_SLOT = "conversation_state"
MEANING = "meaning"


def _keep(after: Diary | None, when: Moment, talk: str, message: str) -> None:
    """Keeps the diary where the message changed it. Whoever talks past our channel (`rasa shell`) has no conversation that it
    could be kept for, and one that is forgotten meanwhile stays forgotten."""
    diaries = get_services().diaries
    with contextlib.suppress(UnknownConversation):
        if after is None:
            diaries.settle(talk, message)
        else:
            diaries.save(talk, message, before=when.load().diary, after=after)


class Door(Action, abc.ABC):
    """Reads what the message means, has it answered, utters the answer, and keeps the state of the conversation."""

    @abc.abstractmethod
    def name(self) -> str:
        """See rasa_sdk.Action."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters each message nested under `data`, as the contract asks. Raises KeyError where there is no meaning."""
        meaning = codec.meaning_from_json(tracker.latest_message[MEANING])
        metadata: Mapping[str, Any] = tracker.latest_message.get("metadata") or {}
        talk, message_id = str(tracker.sender_id), str(metadata.get("message_id") or "")
        diaries = get_services().diaries
        when = moment(
            metadata.get("at"),
            metadata.get("tz"),
            str(tracker.latest_message.get("text") or ""),
            lambda: KeptDiary(*diaries.load(talk, message_id)),
        )
        reply = get_services().assistant.respond(meaning, region=metadata.get("region") or None, moment=when)
        _keep(reply.diary, when, talk, message_id)
        for message in reply.messages:
            dispatcher.utter_message(json_message={"data": dict(message)})
        return [SlotSet(STATE_SLOT, codec.dump(reply.state))]
