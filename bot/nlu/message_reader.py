"""Rasa component: reads each message once. Learns topics, units and acts from the training data, dangers from the examples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language import assembly
from bot.language.corpus import Row, danger_rows, labelled
from bot.language.encoder import shared_encoder
from bot.language.model_files import Heads, fit
from bot.language.reader import Reader
from bot.language.vector_cache import VectorCache

READ = "read"
"""The attribute of a message that holds what was read of it, for the components after this one. It is not kept."""
CACHE = Path(os.environ.get("STRIDEWELL_VECTORS", ".run/vectors"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MessageReader(IntentClassifier, GraphComponent):
    """Thin wrapper over bot.language: fits the heads, and reads."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:  # noqa: UP006
        self._config, self._storage, self._resource = config, storage, resource
        self._reader: Reader | None = None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageReader:
        """A component that is still to be trained."""
        return cls(config, model_storage, resource)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:  # noqa: UP006
        """`composed`: how many messages are composed of the examples of danger."""
        return {"composed": 6000, "examples": True}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits every head; the vectors of texts are kept by the texts' hash, so that only new ones are read."""
        rows = [_row(message) for message in training_data.intent_examples if message.get(TEXT)]
        rows += danger_rows() if self._config["examples"] else []
        with VectorCache(CACHE, shared_encoder()) as cache:
            heads = fit(rows, cache.encode, composed=int(self._config["composed"]))
        with self._storage.write_to(self._resource) as folder:
            heads.save(folder)
        self._reader = assembly.reader(heads)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageReader:
        """The trained component."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._reader = assembly.reader(Heads.load(folder))
        return component

    @property
    def reader(self) -> Reader | None:
        """The reader, once trained or loaded."""
        return self._reader

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        """Puts what was read on each message that has words."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.strip() and self._reader is not None:
                message.set(READ, self._reader.read(text))
        return messages


def _row(message: Message) -> Row:
    """One training question of Rasa's as a row of the corpus."""
    return labelled(str(message.get(TEXT)), str(message.get_full_intent()))
