"""Rasa component, first of the pipeline: buttons' payloads ("/causes{...}") become intent and entities.

Rasa's own handler for these runs after the pipeline and throws away what the pipeline found. Reading them here lets the
interpreter take a pressed button for what its words would be.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

PAYLOAD = re.compile(r"^/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?$", re.DOTALL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PayloadReader(GraphComponent):
    """Sets intent and entities of messages that are payloads, and empties the text that the rest would read."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PayloadReader:
        """A component; it has nothing to load."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        """Reads each message that is a payload; a text that only looks like one is left as plain words."""
        for message in messages:
            read = parse_payload(message.get(TEXT) or "")
            if read is not None:
                message.set(TEXT, "", add_to_output=True)
                set_payload(message, *read)
        return messages


def set_payload(message: Message, intent: str, entities: Dict[str, str]) -> None:  # noqa: UP006
    """Writes a payload's intent and entities into a message."""
    listed = [{"entity": name, "value": value} for name, value in entities.items()]
    message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
    message.set(ENTITIES, listed, add_to_output=True)


def parse_payload(text: str) -> tuple[str, dict[str, str]] | None:
    """Intent and entities of a payload, or None for anything else.

    Read as sent: a button sends plain characters, and a full-width slash that somebody types must not become an order.
    """
    match = PAYLOAD.match(text.strip())
    if match is None:
        return None
    try:
        entities = json.loads(match["entities"] or "{}")
    except json.JSONDecodeError:
        return None
    return match["intent"], {str(name): str(value) for name, value in entities.items()}


def typed(training_data: TrainingData) -> list[Message]:
    """The examples of a text with an intent, without those that only buttons send."""
    examples = (example for example in training_data.intent_examples if example.get(TEXT))
    return [example for example in examples if parse_payload(example.get(TEXT)) is None]
