"""Greetings, thanks and the like: one action, the words are in the content."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import turn

REPLIES = {"greet": "hello_again"}
"""Intents whose reply has another name."""


class ActionSmallTalk(Action):
    """Says the reply that has the intent's name."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_small_talk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the reply, after anything that triage has to say."""
        intent = str((tracker.latest_message.get("intent") or {}).get("name"))
        where = turn.region(tracker)
        assistant = turn.services().assistant
        first = assistant.alerts.before_answer(turn.understood(tracker), where)
        turn.send(dispatcher, first or assistant.say(REPLIES.get(intent, intent), where))
        return [SlotSet(turn.TOPIC_SLOT, None)] if intent == "start_over" else []


class ActionRepeat(Action):
    """Says again what was said last."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the last turn's messages under new ids."""
        said = turn.last_said(tracker.events)
        turn.send(dispatcher, said or turn.services().assistant.say("nothing_to_repeat", turn.region(tracker)))
        return []
