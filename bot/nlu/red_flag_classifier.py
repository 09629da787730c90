"""Rasa component: the second net. Hears red flags that no phrase holds, and puts them among the findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Dict, List  # noqa: UP035  (Rasa reads these annotations)

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import wire
from bot.content.reader import read_content
from bot.content.schema import RedFlagFile
from bot.language.reading import shared_reader
from bot.language.second_net import NOTHING, SecondNet
from bot.nlu.finding_extractor import ABOUT, PARTS
from bot.nlu.payload_reader import typed
from bot.triage.second_net import heard


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RedFlagClassifier(IntentClassifier, GraphComponent):
    """Thin wrapper over bot.language.second_net, trained on the flags' own examples and on ordinary questions."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = storage, resource
        self._flags = read_content().red_flags
        self._net: SecondNet | None = None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagClassifier:
        """A component that is still to be trained."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples of the flags; every training question is an example of no danger."""
        questions = [message.get(TEXT) for message in typed(training_data)]
        texts, flags = examples(read_content().red_flag_files.values(), questions)
        reader = shared_reader()
        self._net = SecondNet.train(reader.encode_tuned(texts), flags)
        with self._storage.write_to(self._resource) as folder:
            self._net.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RedFlagClassifier:
        """The trained component."""
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._net = SecondNet.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        """Adds a finding for each flag that a message sounds like."""
        for message in messages:
            parts = message.get(PARTS)
            if self._net is None or parts is None:
                continue
            found = message.get(wire.FINDINGS, [])
            findings = [wire.finding_from_json(one) for one in found]
            scores = self._net.scores(np.asarray(parts))
            new = heard(scores, findings, self._flags, about=message.get(ABOUT))
            message.set(wire.FINDINGS, [*found, *map(wire.finding_to_json, new)], add_to_output=True)
        return messages


def examples(flags: Iterable[RedFlagFile], questions: Sequence[str]) -> tuple[list[str], list[str]]:
    """The training texts and the flag of each, NOTHING for look-alikes and ordinary questions."""
    pairs = [(text, flag.id) for flag in flags for text in flag.examples.affirmed]
    pairs += [(text, NOTHING) for flag in flags for text in flag.examples.look_alike]
    pairs += [(text, NOTHING) for text in questions]
    return [text for text, _ in pairs], [label for _, label in pairs]
