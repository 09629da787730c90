"""Red flags: the alert, its acknowledgement and the answers to its questions."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import turn
from bot.triage.concepts import CRISIS


class ActionEscalate(Action):
    """Gives the alert for the level that triage reached, before anything else and alone."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_escalate"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the alert."""
        assistant = turn.services().assistant
        resume = assistant.symptom_check.resume(turn.entity(tracker, "step"))
        understood, answered = turn.understood(tracker), turn.answers(tracker.events)
        said = assistant.alerts.alert(understood, turn.region(tracker), resume=resume, answered=answered)
        turn.send(dispatcher, said)
        return []


class ActionRecheck(Action):
    """After words that take back what raised an alert: asks about it once more."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_recheck"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the question."""
        turn.send(dispatcher, turn.services().assistant.alerts.recheck(turn.understood(tracker)))
        return []


class ActionAcknowledgeAlert(Action):
    """Thanks for reading an emergency alert, and asks where the person is when that is not known."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_acknowledge_alert"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the thanks."""
        turn.send(dispatcher, turn.services().assistant.alerts.acknowledged(turn.region(tracker)))
        return []


class ActionAnswerFlag(Action):
    """After a "no" or "not sure" to a red flag's question; a "yes" is an alert and never comes here."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_answer_flag"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters what follows from the answer."""
        assistant, where, understood = turn.services().assistant, turn.region(tracker), turn.understood(tracker)
        alert = assistant.alerts.alert(understood, where) if understood.here else []
        step, after, answers = turn.entity(tracker, "step"), turn.entity(tracker, "after"), turn.answers(tracker.events)
        if step:
            turn.send(dispatcher, [*alert, *assistant.symptom_check.after(step, answers, understood.assessment, where)])
            return []
        if after and not alert:
            turn.send(dispatcher, assistant.alerts.go_on(after, understood, answers))
            return []
        reply = "flag_no" if turn.entity(tracker, "answer") == "no" else "flag_unsure"
        if turn.entity(tracker, "corrects"):
            reply = "withdrawn" if reply == "flag_no" else "not_withdrawn"
        elif turn.entity(tracker, "flag") == CRISIS:
            reply = "crisis_no" if reply == "flag_no" else "crisis_unsure"
        turn.send(dispatcher, alert or assistant.say(reply, where, standing=understood.assessment))
        return []


class ActionCheckSymptoms(Action):
    """Starts the symptom check, or goes on with it at the step that a button carried."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_check_symptoms"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the question."""
        check, answers = turn.services().assistant.symptom_check, turn.answers(tracker.events)
        assessed = turn.understood(tracker).assessment
        turn.send(dispatcher, check.start(turn.entity(tracker, "step"), answers, assessed, turn.region(tracker)))
        return []


class ActionArranged(Action):
    """After the question whether urgent help is arranged."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_arranged"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters encouragement, or again that it should be today."""
        reply = "arranged" if turn.entity(tracker, "answer") == "yes" else "not_arranged"
        standing = turn.understood(tracker).assessment
        turn.send(dispatcher, turn.services().assistant.say(reply, turn.region(tracker), standing=standing))
        return []


class ActionSetRegion(Action):
    """Keeps where the person said they are; the channel stores it for the turns to come."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_set_region"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters thanks, or the standing alert with the numbers of that place."""
        turn.send(
            dispatcher, turn.services().assistant.set_region(turn.entity(tracker, "region"), turn.understood(tracker))
        )
        return []
