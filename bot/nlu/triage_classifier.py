"""Rasa component, last of the pipeline: triage over the whole conversation.

Rasa gives the conversation's tracker to a component whose `process` has a parameter of that name. The findings of
earlier messages are read back from their events, so nothing has to be kept in step and a restart loses nothing.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import wire
from bot.content.reader import read_content
from bot.model import Urgency
from bot.nlu.payload_reader import parse_payload, set_payload
from bot.triage import Triage
from bot.triage.dialogue import Decision, Turn, decide

INTENTS = {Urgency.EMERGENCY: "red_flag_emergency", Urgency.URGENT: "red_flag_urgent"}

ACKNOWLEDGE = "acknowledge_alert"
TYPED_ANSWERS = {"affirm": "yes", "deny": "no"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class TriageClassifier(GraphComponent):
    """Thin wrapper over bot.triage: sets the intent to a red flag's when a level is newly reached."""

    def __init__(self, triage: Triage) -> None:
        self._triage = triage

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TriageClassifier:
        """A component over the red flags that the package ships."""
        return cls(Triage(read_content().red_flags))

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:  # noqa: UP006, UP045
        """Writes the decision into each message, and over its intent where there is something to alert."""
        turns = [_turn(event) for event in tracker.events if isinstance(event, UserUttered)] if tracker else []
        for message in messages:
            if tracker:
                _read_typed_answer(message, tracker)
            findings = [wire.finding_from_json(found) for found in message.get(wire.FINDINGS, [])]
            acknowledges = message.get(INTENT, {}).get(INTENT_NAME_KEY) == ACKNOWLEDGE
            decision = decide(self._triage, turns, findings, acknowledges=acknowledges)
            message.set(wire.TRIAGE, _to_json(decision), add_to_output=True)
            intent = INTENTS.get(decision.alert) if decision.alert else None
            if intent:
                message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages


def _read_typed_answer(message: Message, tracker: DialogueStateTracker) -> None:
    """Makes a typed "yes" or "no" to the question asked last what its button would have been."""
    answer = TYPED_ANSWERS.get(message.get(INTENT, {}).get(INTENT_NAME_KEY))
    spoken = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    asked = ((spoken.data or {}).get("custom") or {}).get("data", {}) if spoken else {}
    if answer is None or not message.get(TEXT) or asked.get("type") != "question":
        return
    option = next((one for one in asked.get("options", ()) if f'"answer":"{answer}"' in one["payload"]), None)
    read = parse_payload(option["payload"]) if option else None
    if read is not None:
        set_payload(message, *read)


def _turn(event: UserUttered) -> Turn:
    """What triage needs of an earlier message."""
    parsed = event.parse_data or {}
    alert = parsed.get(wire.TRIAGE, {}).get("alert")
    return Turn(
        findings=tuple(wire.finding_from_json(found) for found in parsed.get(wire.FINDINGS, ())),
        alert=Urgency(alert) if alert else None,
        repeat=bool(parsed.get(wire.TRIAGE, {}).get("repeat")),
    )


def _to_json(decision: Decision) -> dict[str, Any]:
    """The decision as it travels with the message."""
    return {
        **wire.assessment_to_json(decision.assessment),
        "alert": decision.alert.value if decision.alert else None,
        "repeat": decision.repeat,
        "here": wire.assessment_to_json(decision.assessment.__class__(matches=decision.here))["matches"],
    }
