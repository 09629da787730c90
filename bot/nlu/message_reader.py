"""Rasa component: reads each message once. Learns topics, units and acts from the training data, dangers from the examples."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable
from contextvars import ContextVar
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
from bot.language.corpus import EXAMPLES, Row, danger_rows, labelled
from bot.language.encoder import shared_encoder
from bot.language.model_files import Heads, fit
from bot.language.reader import Reader
from bot.language.vector_cache import VectorCache
from bot.nlu.payload_reader import typed
from bot.reading import Read

READ = "read"
"""The attribute of a message that holds what was read of it, for the components after this one. It is not kept."""
CACHE = Path(".run") / "vectors"


_taken: ContextVar[tuple[str, Read] | None] = ContextVar("reading_taken", default=None)
"""What was read ahead for the turn that runs, with its text. It ends with the turn."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MessageReader(IntentClassifier, GraphComponent):
    """Thin wrapper over bot.language: fits the heads, and reads."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:  # noqa: UP006
        self._config, self._storage, self._resource = config, storage, resource
        self._reader: Reader | None = None
        self._load: Callable[[], Reader] | None = None

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
        """`examples`: the folder of the examples of danger, and `composed`: how many messages are composed of them."""
        return {"examples": str(EXAMPLES), "composed": 6000}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits every head; the vectors of texts are kept by the texts' hash, so that only new ones are read."""
        rows = [_row(message) for message in typed(training_data)]
        rows += danger_rows(Path(self._config["examples"]))
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
        """The trained component. Its files are kept until they are read: Rasa deletes those of a model that it has loaded."""
        component = cls(config, model_storage, resource)
        kept = tempfile.TemporaryDirectory(prefix="stridewell-heads-")
        with model_storage.read_from(resource) as folder:
            shutil.copytree(folder, kept.name, dirs_exist_ok=True)
        component._load = functools.partial(_loaded, kept)
        return component

    @property
    def reader(self) -> Reader | None:
        """The reader. It is loaded at the first text: a server has its texts read in other processes (see `take`)."""
        if self._reader is None and self._load is not None:
            self._reader, self._load = self._load(), None
        return self._reader

    def take(self, text: str, reading: Read) -> None:
        """Keeps the reading of a text that this task will process, made where it holds up nobody."""
        _taken.set((text, reading))

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        """Puts what was read on each message that has words."""
        for message in messages:
            text = message.get(TEXT) or ""
            read = self._read(text) if text.strip() else None
            if read is not None:
                message.set(READ, read)
        return messages

    def _read(self, text: str) -> Read | None:
        """What is read in a text; one that was taken is not read again."""
        taken = _taken.get()
        if taken is not None and taken[0] == text:
            return taken[1]
        return self.reader.read(text) if self.reader is not None else None


def _loaded(kept: tempfile.TemporaryDirectory[str]) -> Reader:
    """The reader with the heads whose files were kept."""
    return assembly.reader(Heads.load(Path(kept.name)))


def _row(message: Message) -> Row:
    """One training question of Rasa's as a row of the corpus."""
    return labelled(str(message.get(TEXT)), str(message.get_full_intent()))
