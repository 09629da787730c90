"""A message read ahead, so that the server's loop is free while encoders work: the same reading, made once, for one turn."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from bot.language.reading import Reader, Reading
from bot.nlu.finding_extractor import VECTOR, FindingExtractor

from bot.content.reader import read_content
from bot.language.encoder import SentenceEncoder, Vectors, shared_encoder, tuned_encoder
from bot.language.pipeline import FindingReader
from bot.rasa_host import graph_runner
from bot.rasa_host.graph_runner import COMPONENT, NodeByNodeRunner

TEXTS = [
    "why does my back hurt on hills",
    "My legs are numb. It began today, and I cannot pee! Is that bad?",
    "how do I stretch, and what shoes should I buy?",
    "👍",
]


class Counting(SentenceEncoder):
    """An encoder that keeps what it was asked for."""

    def __init__(self, original: SentenceEncoder) -> None:
        self.__dict__.update(original.__dict__)
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


@pytest.fixture(scope="module")
def findings() -> FindingReader:
    return FindingReader(read_content().signs.values())


@pytest.fixture
def encoders() -> tuple[Counting, Counting]:
    return Counting(shared_encoder()), Counting(tuned_encoder())


@pytest.fixture
def reader(findings: FindingReader, encoders: tuple[Counting, Counting]) -> Reader:
    return Reader(encoder=encoders[0], tuned=encoders[1], findings=findings)


def same(one: Reading, other: Reading) -> bool:
    pairs = zip(dataclasses.astuple(one), dataclasses.astuple(other), strict=True)
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)


def taken_then_read(extractor: FindingExtractor, text: str, reading: Reading) -> Any:
    """What the component writes into a message, after it was handed a reading in the same task."""
    from rasa.shared.nlu.training_data.message import Message

    extractor.take(TEXTS[0], reading)
    return extractor.process([Message(data={"text": text})])[0].get(VECTOR)


def in_a_task(work: Any, *given: Any) -> Any:
    async def turn() -> Any:
        return work(*given)

    return asyncio.run(turn())


def test_a_reading_that_was_taken_is_not_made_again(reader: Reader, encoders: tuple[Counting, Counting]) -> None:
    reading = reader.read(TEXTS[0])
    made = len(encoders[0].asked)
    found = in_a_task(taken_then_read, FindingExtractor(reader), TEXTS[0], reading)
    assert np.array_equal(found, reading.vector)
    assert len(encoders[0].asked) == made


def test_other_words_are_read_for_themselves_and_nothing_is_left_behind(
    reader: Reader, encoders: tuple[Counting, Counting]
) -> None:
    reading = reader.read(TEXTS[0])
    extractor = FindingExtractor(reader)
    assert np.array_equal(in_a_task(taken_then_read, extractor, TEXTS[1], reading), reader.read(TEXTS[1]).vector)
    made = len(encoders[0].asked)
    assert same(extractor._read(TEXTS[0]), reading)
    assert len(encoders[0].asked) > made


def test_an_agent_has_a_text_read_once_for_the_components_that_take_it(reader: Reader) -> None:
    runner = NodeByNodeRunner.__new__(NodeByNodeRunner)
    extractor = FindingExtractor(reader)
    runner._nodes = {name: SimpleNamespace(**{COMPONENT: one}) for name, one in [("a", object()), ("b", extractor)]}
    agent: Any = SimpleNamespace(processor=SimpleNamespace(graph_runner=runner))
    read: list[str] = []

    async def elsewhere(text: str) -> Reading:
        read.append(text)
        return reader.read(text)

    asyncio.run(graph_runner.read_ahead(agent, TEXTS[0], elsewhere))
    assert read == [TEXTS[0]]
    for without in (None, SimpleNamespace(processor=None), SimpleNamespace(processor=SimpleNamespace())):
        asyncio.run(graph_runner.read_ahead(without, TEXTS[0], elsewhere))  # type: ignore[arg-type]
    assert read == [TEXTS[0]]


def test_rasas_nodes_hold_their_component_where_it_is_read() -> None:
    import inspect

    from rasa.engine.graph import GraphNode

    assert f"self.{COMPONENT}:" in inspect.getsource(GraphNode) or f"self.{COMPONENT} =" in inspect.getsource(GraphNode)
