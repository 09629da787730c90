"""Answers to questions, and what people ask after one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import turn
from bot import service


class ActionAnswer(Action):
    """Answers from the article of the best topic, offers choices, or says that it does not know."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the answer and remembers its topic for follow-up questions."""
        said = turn.services().assistant.answer(
            turn.understood(tracker),
            region=turn.region(tracker),
            topic=turn.entity(tracker, "topic"),
            arranged=turn.arranged(tracker.events),
        )
        turn.send(dispatcher, said)
        topic = next((message["topic"] for message in said if message.get("topic")), None)
        return [SlotSet(turn.TOPIC_SLOT, topic)] if topic else []


class ActionFollowUp(Action):
    """Answers "why?", "how often?", "is that proven?" from the article that was answered last."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the section."""
        topic = turn.entity(tracker, "topic") or tracker.get_slot(turn.TOPIC_SLOT)
        key = turn.entity(tracker, "section") or service.section_of(turn.understood(tracker).ranking)
        turn.send(dispatcher, turn.services().assistant.follow_up(topic, key, region=turn.region(tracker)))
        return [SlotSet(turn.TOPIC_SLOT, topic)] if topic else []


class ActionOutOfScope(Action):
    """Says honestly that it cannot help with that; while a warning sign is being asked about, asks again."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_out_of_scope"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the notice, or the question that is still open."""
        assistant, understood = turn.services().assistant, turn.understood(tracker)
        asked = turn.open_question(tracker.events)
        turn.send(dispatcher, assistant.off_topic(understood, region=turn.region(tracker), asked=asked))
        return []


class ActionReportSymptom(Action):
    """Acknowledges symptoms told without a question."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_report_symptom"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the acknowledgement and what could help next."""
        turn.send(
            dispatcher, turn.services().assistant.report_symptom(turn.understood(tracker), region=turn.region(tracker))
        )
        return []
