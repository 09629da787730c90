"""Rasa component: reads each message once and puts its sentence vector and clinical findings on it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Dict, List  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import wire
from bot.language.reading import Reader, Reading, shared_reader

VECTOR = "sentence_vector"
QUESTIONS = "question_vectors"
PARTS = "part_vectors"
ABOUT = "about"

_taken: ContextVar[tuple[str, Reading] | None] = ContextVar("reading_taken", default=None)
"""What was read ahead for the turn that runs, with its text. It ends with the turn."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FindingExtractor(GraphComponent):
    """Thin wrapper over bot.language: vectors and `about` for the components after it, `findings` for the tracker."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FindingExtractor:
        """A component over the shared reader: the encoder and the phrases are package data, not part of the model.

        It is loaded at the first text: a server has its texts read in other processes (see `take`).
        """
        return cls()

    def take(self, text: str, reading: Reading) -> None:
        """Keeps the reading of a text that this task will process, made where it holds up nobody."""
        _taken.set((text, reading))

    def _read(self, text: str) -> Reading:
        """The reading of a text; one that was taken is not made again."""
        taken = _taken.get()
        return taken[1] if taken is not None and taken[0] == text else (self._reader or shared_reader()).read(text)

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        """Adds the vectors ((384,) of the whole, (n, 384) of its parts) and the person spoken of, which are not kept, and
        the findings, which are kept in the tracker, to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.strip():
                continue
            reading = self._read(text)
            message.set(VECTOR, reading.vector)
            message.set(QUESTIONS, reading.questions)
            message.set(PARTS, reading.parts)
            message.set(ABOUT, reading.about)
            message.set(wire.ENGLISH, reading.english, add_to_output=True)
            message.set(wire.FINDINGS, [wire.finding_to_json(found) for found in reading.findings], add_to_output=True)
        return messages
