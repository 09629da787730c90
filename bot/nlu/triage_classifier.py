"""Rasa component, last of the pipeline: triage over the whole conversation.

Rasa gives the conversation's tracker to a component whose `process` has a parameter of that name. The findings of
earlier messages are read back from their events, so nothing has to be kept in step and a restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Dict, List, Optional  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot import wire
from bot.content.reader import read_content
from bot.model import Subject, Urgency
from bot.nlu.payload_reader import SCREEN
from bot.triage import Triage
from bot.triage.dialogue import Decision, Turn, decide

INTENTS = {Urgency.EMERGENCY: "red_flag_emergency", Urgency.URGENT: "red_flag_urgent"}

ACKNOWLEDGE = "acknowledge_alert"
RECHECK = "recheck_flag"


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
                _set_person(message, turns)
            findings = [wire.finding_from_json(found) for found in message.get(wire.FINDINGS, [])]
            acknowledges = message.get(INTENT, {}).get(INTENT_NAME_KEY) == ACKNOWLEDGE
            given = {entity["entity"]: entity["value"] for entity in message.get(ENTITIES, [])}
            decision = decide(self._triage, turns, findings, acknowledges=acknowledges, withdraws=_withdrawn(given))
            message.set(wire.TRIAGE, _to_json(decision), add_to_output=True)
            intent = INTENTS.get(decision.alert) if decision.alert else None
            intent = RECHECK if decision.recheck else intent
            if intent:
                message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages


def _set_person(message: Message, turns: Sequence[Turn]) -> None:
    """Makes the answer to a flag's question be about the person spoken of last; the symptom check is about the writer."""
    given = {entity["entity"] for entity in message.get(ENTITIES, [])}
    spoken = (found for turn in reversed(turns) for found in reversed(turn.findings) if found.source != SCREEN)
    about = next(spoken, None)
    if "step" in given or about is None or about.subject is Subject.SELF:
        return
    person = {"subject": about.subject.value, "relation": about.relation}
    found = message.get(wire.FINDINGS, [])
    told = [{**one, **person} if one.get("source") == SCREEN else one for one in found]
    message.set(wire.FINDINGS, told, add_to_output=True)


def _turn(event: UserUttered) -> Turn:
    """What triage needs of an earlier message."""
    parsed = event.parse_data or {}
    alert = parsed.get(wire.TRIAGE, {}).get("alert")
    return Turn(
        findings=tuple(wire.finding_from_json(found) for found in parsed.get(wire.FINDINGS, ())),
        alert=Urgency(alert) if alert else None,
        repeat=bool(parsed.get(wire.TRIAGE, {}).get("repeat")),
        withdrawn=_withdrawn({entity["entity"]: entity["value"] for entity in parsed.get(ENTITIES) or ()}),
    )


def _withdrawn(given: Mapping[str, str]) -> str | None:
    """The flag that a "no" to the question after a correction takes back, or None. `given` is what the button carried."""
    return given.get("flag") if given.get("corrects") == "yes" and given.get("answer") == "no" else None


def _to_json(decision: Decision) -> dict[str, Any]:
    """The decision as it travels with the message."""
    return {
        **wire.assessment_to_json(decision.assessment),
        "alert": decision.alert.value if decision.alert else None,
        "repeat": decision.repeat,
        "here": [wire.match_to_json(match) for match in decision.here],
        "recheck": wire.match_to_json(decision.recheck) if decision.recheck else None,
    }
