"""Rasa component: the intent, and the ranking over topics that travels with the message."""

from __future__ import annotations

from typing import Any, Dict, List  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import (
    RESPONSE_SELECTOR_DEFAULT_INTENT,
    RESPONSE_SELECTOR_PREDICTION_KEY,
    RESPONSE_SELECTOR_PROPERTY_NAME,
    RESPONSE_SELECTOR_RETRIEVAL_INTENTS,
)
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import wire
from bot.language.encoder import shared_encoder
from bot.language.topics import Guess, TopicModel
from bot.nlu.finding_extractor import QUESTIONS, VECTOR
from bot.nlu.payload_reader import typed

OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Thin wrapper over bot.language.topics. The intent is the topic's category, as Rasa's retrieval intents have it."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:  # noqa: UP006
        self._config = {**self.get_default_config(), **config}
        self._storage, self._resource = storage, resource
        self._model: TopicModel | None = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:  # noqa: UP006
        """`least_similarity` to the nearest questions, and `least_english`: a message below either is out of scope, and so is
        one whose probability of being so is at least `most_outside` (set by cross-validation, evaluation/designs.md).
        """
        return {"least_similarity": 0.53, "least_english": 0.5, "most_outside": 0.4}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """A component that is still to be trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example that has an intent, and keeps the model in the resource."""
        examples = typed(training_data)
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        vectors = shared_encoder().encode([example.get(TEXT) for example in examples])
        self._model = TopicModel.train(vectors, labels, out_of_scope=OUT_OF_SCOPE)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The trained component."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = TopicModel.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        """Sets intent, intent ranking, topic ranking and scope on each message."""
        for message in messages:
            if self._model is not None and (message.get(TEXT) or "").strip():
                self._set(message, self._model.guess(message.get(VECTOR)))
                message.set(wire.ALSO, self._also(message), add_to_output=True)
        return messages

    def _also(self, message: Message) -> List[Dict[str, Any]]:  # noqa: UP006
        """Where a message asks several questions: the best topic of each, in order, each once."""
        found: Dict[str, float] = {}  # noqa: UP006
        vectors = message.get(QUESTIONS)
        model = self._model if vectors is not None and len(vectors) > 1 else None
        for guess in (model.guess(vector, most=1) for vector in vectors) if model else ():
            label, confidence = guess.ranking[0]
            if "/" in label and guess.similarity >= self._config["least_similarity"]:
                found[label] = max(confidence, found.get(label, 0.0))
        return [{"topic": topic, "confidence": confidence} for topic, confidence in found.items()]

    def _set(self, message: Message, guess: Guess) -> None:
        """Writes one guess into one message."""
        topics = [{"topic": label, "confidence": confidence} for label, confidence in guess.ranking if "/" in label]
        ranking = _intents(guess)
        near = guess.similarity >= self._config["least_similarity"]
        near = near and message.get(wire.ENGLISH, 1.0) >= self._config["least_english"]
        outside = sum(confidence for label, confidence in guess.ranking if label.startswith(OUT_OF_SCOPE))
        if not near or (outside >= self._config["most_outside"] and ranking[0]["name"] != OUT_OF_SCOPE):
            ranking.insert(0, {"name": OUT_OF_SCOPE, "confidence": max(outside, 1.0 - max(guess.similarity, 0.0))})
        message.set(INTENT, dict(ranking[0]), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(wire.TOPICS, topics, add_to_output=True)
        selected = _selected(ranking[0]["name"], guess)
        if selected:
            message.set(RESPONSE_SELECTOR_PROPERTY_NAME, selected, add_to_output=True)
        message.set(wire.SCOPE, {"near": near, "similarity": guess.similarity}, add_to_output=True)


def _selected(intent: str, guess: Guess) -> dict[str, Any]:
    """The best topic of an intent in the form of Rasa's ResponseSelector, or {} for an intent without topics.

    `rasa test` scores retrieval intents by this entry alone: by "default", and where the intent is listed as one.
    """
    best = next((label for label in guess.ranking if label[0].startswith(f"{intent}/")), None)
    if best is None:
        return {}
    response = {INTENT_RESPONSE_KEY: best[0], PREDICTED_CONFIDENCE_KEY: best[1]}
    return {
        RESPONSE_SELECTOR_RETRIEVAL_INTENTS: [intent],
        RESPONSE_SELECTOR_DEFAULT_INTENT: {RESPONSE_SELECTOR_PREDICTION_KEY: response},
    }


def _intents(guess: Guess) -> list[dict[str, Any]]:
    """The ranking of intents: of each category, its best topic's place and the sum of its topics' probabilities."""
    sums: dict[str, float] = {}
    for label, confidence in guess.ranking:
        name = label.split("/", 1)[0]
        sums[name] = sums.get(name, 0.0) + confidence
    best = guess.ranking[0][0].split("/", 1)[0]
    return [
        {"name": name, "confidence": sums[name]} for name in sorted(sums, key=lambda name: (name != best, -sums[name]))
    ]
