"""Rasa component, last of the pipeline: what a message means in its conversation.

Rasa gives the conversation's tracker to a component whose `process` has a parameter of that name. The state of the
conversation is one slot; a message that the slot does not hold yet (its turn failed) is folded in first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Dict, List, Optional  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import (
    RESPONSE_SELECTOR_DEFAULT_INTENT,
    RESPONSE_SELECTOR_PREDICTION_KEY,
    RESPONSE_SELECTOR_PROPERTY_NAME,
    RESPONSE_SELECTOR_RETRIEVAL_INTENTS,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message

from bot.conversation import codec
from bot.conversation.buttons import Pressed
from bot.conversation.interpreter import Interpreter
from bot.conversation.meaning import Meaning
from bot.conversation.state import State
from bot.nlu import assembly
from bot.nlu.message_reader import READ
from bot.reading import Part, Read

SLOT = "conversation_state"
MEANING = "meaning"
METADATA = "metadata"
EMPTY = Read(text="", whole=Part("", 0, 0), parts=(Part("", 0, 0),))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MessageInterpreter(GraphComponent):
    """Thin wrapper over bot.conversation: writes the meaning, and the intent that the policy reads."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageInterpreter:
        """A component over the content that the package ships."""
        return cls(assembly.interpreter())

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:  # noqa: UP006, UP045
        """Writes intent, ranking and meaning into each message; without a tracker it is the first of a conversation."""
        state = codec.load(tracker.get_slot(SLOT)) if tracker else State()
        for message in messages:
            metadata = message.get(METADATA) or {}
            meaning = self._interpreter.interpret(
                message.get(READ) or EMPTY,
                state,
                message_id=metadata.get("message_id"),
                pressed=_pressed(message),
            )
            self._write(message, meaning)
        return messages

    def _write(self, message: Message, meaning: Meaning) -> None:
        """The meaning as Rasa and the actions read it."""
        ranking = list(_intents(meaning, message.get(READ)))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(MEANING, codec.meaning_to_json(meaning), add_to_output=True)
        selected = _selected(meaning)
        if selected:
            message.set(RESPONSE_SELECTOR_PROPERTY_NAME, selected, add_to_output=True)


def _pressed(message: Message) -> Pressed | None:
    """The button that was pressed, if the payload reader found one."""
    intent = message.get(INTENT) or {}
    if message.get(READ) is not None or not intent.get(INTENT_NAME_KEY):
        return None
    carried = {entity["entity"]: str(entity["value"]) for entity in message.get(ENTITIES) or []}
    return Pressed(str(intent[INTENT_NAME_KEY]), carried)


def _intents(meaning: Meaning, read: Read | None) -> Iterator[Mapping[str, Any]]:
    """The ranking of intents, five at most: the one that was meant, then the categories of the next topics."""
    first = read.whole.topics[0].probability if read and read.whole.topics else 1.0
    yield {INTENT_NAME_KEY: meaning.intent, PREDICTED_CONFIDENCE_KEY: first}
    known = {meaning.intent}
    for topic in read.whole.topics if read else ():
        name = topic.label.split("/", 1)[0]
        if name not in known:
            known.add(name)
            yield {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: topic.probability}


def _selected(meaning: Meaning) -> dict[str, Any]:
    """The topic asked for, in the form of Rasa's ResponseSelector: `rasa test` scores retrieval intents by it alone."""
    ask = next(
        (act for act in meaning.acts if act.topics and act.topics[0].label.startswith(f"{meaning.intent}/")), None
    )
    label = (
        ask.topics[0].label
        if ask
        else next((act.act for act in meaning.acts if act.act.startswith(f"{meaning.intent}/")), None)
    )
    if label is None:
        return {}
    confidence = ask.topics[0].probability if ask else 1.0
    response = {INTENT_RESPONSE_KEY: label, PREDICTED_CONFIDENCE_KEY: confidence}
    return {
        RESPONSE_SELECTOR_RETRIEVAL_INTENTS: [meaning.intent],
        RESPONSE_SELECTOR_DEFAULT_INTENT: {RESPONSE_SELECTOR_PREDICTION_KEY: response},
    }
