"""A message read ahead, so that the server's loop is free while encoders work: the same reading, made once, for one turn."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from bot.channel.straight_runner import COMPONENT, StraightRunner

from bot.channel import straight_runner
from bot.content.reader import read_content
from bot.language.encoder import SentenceEncoder, Vectors, shared_encoder, tuned_encoder
from bot.language.pipeline import FindingReader
from bot.language.reading import Reader, Reading
from bot.nlu.finding_extractor import VECTOR, FindingExtractor

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
    return FindingReader(read_content().red_flag_files.values())


@pytest.fixture
def encoders() -> tuple[Counting, Counting]:
    return Counting(shared_encoder()), Counting(tuned_encoder())


@pytest.fixture
def reader(findings: FindingReader, encoders: tuple[Counting, Counting]) -> Reader:
    return Reader(encoder=encoders[0], tuned=encoders[1], findings=findings)


def same(one: Reading, other: Reading) -> bool:
    pairs = zip(dataclasses.astuple(one), dataclasses.astuple(other), strict=True)
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)


async def ahead_then_read(reader: Reader, text: str, then: str) -> Reading:
    await reader.ahead(text)
    return reader.read(then)


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_the_same_reading_and_is_made_once(
    reader: Reader, encoders: tuple[Counting, Counting], text: str
) -> None:
    plain = reader.read(text)
    asked = [list(one.asked) for one in encoders]
    assert same(asyncio.run(ahead_then_read(reader, text, text)), plain)
    assert [one.asked for one in encoders] == [twice + twice for twice in asked]


def test_other_words_are_read_for_themselves(reader: Reader) -> None:
    assert same(asyncio.run(ahead_then_read(reader, TEXTS[0], TEXTS[1])), reader.read(TEXTS[1]))


def test_turns_at_the_same_time_do_not_meet_and_nothing_is_left_behind(
    reader: Reader, encoders: tuple[Counting, Counting]
) -> None:
    async def all_at_once() -> list[Reading]:
        return await asyncio.gather(*(ahead_then_read(reader, text, text) for text in TEXTS))

    for text, found in zip(TEXTS, asyncio.run(all_at_once()), strict=True):
        assert same(found, reader.read(text))
    before = len(encoders[0].asked)
    reader.read(TEXTS[0])
    assert len(encoders[0].asked) > before


def test_an_agent_has_its_components_read_ahead(reader: Reader, encoders: tuple[Counting, Counting]) -> None:
    runner = StraightRunner.__new__(StraightRunner)
    extractor = FindingExtractor(reader)
    runner._nodes = {name: SimpleNamespace(**{COMPONENT: one}) for name, one in [("a", object()), ("b", extractor)]}
    agent: Any = SimpleNamespace(processor=SimpleNamespace(graph_runner=runner))

    async def turn() -> Any:
        from rasa.shared.nlu.training_data.message import Message

        await straight_runner.ahead(agent, TEXTS[0])
        made = len(encoders[0].asked)
        message = extractor.process([Message(data={"text": TEXTS[0]})])[0]
        assert made == len(encoders[0].asked) == 1
        return message.get(VECTOR)

    assert np.array_equal(asyncio.run(turn()), reader.read(TEXTS[0]).vector)
    for without in (None, SimpleNamespace(processor=None), SimpleNamespace(processor=SimpleNamespace())):
        asyncio.run(straight_runner.ahead(without, TEXTS[0]))  # type: ignore[arg-type]


def test_rasas_nodes_hold_their_component_where_it_is_read() -> None:
    import inspect

    from rasa.engine.graph import GraphNode

    assert f"self.{COMPONENT}:" in inspect.getsource(GraphNode) or f"self.{COMPONENT} =" in inspect.getsource(GraphNode)
