"""A message read ahead, so that the server's loop is free while the reader works: the same reading, made once, for one turn."""

from __future__ import annotations

import asyncio
import pickle
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.language.reader import Reader
from bot.nlu.message_reader import READ, MessageReader
from bot.rasa_host import graph_runner
from bot.rasa_host.graph_runner import COMPONENT, NodeByNodeRunner
from bot.reading import Read
from tests import language_kit

TEXTS = [
    "why does my back hurt on hills",
    "My legs are numb. It began today, and I cannot pee! Is that bad?",
    "how do I stretch, and what shoes should I buy?",
    "👍",
]


class Counting(Reader):
    """A reader that keeps what it was asked to read."""

    def __init__(self, original: Reader) -> None:
        self.__dict__.update(original.__dict__)
        self.asked: list[str] = []

    def read(self, text: str) -> Read:
        self.asked.append(text)
        return super().read(text)


@pytest.fixture
def reader() -> Counting:
    return Counting(language_kit.reader())


@pytest.fixture
def component(reader: Counting) -> MessageReader:
    made = MessageReader({}, None, None)  # type: ignore[arg-type]
    made._reader = reader
    return made


def read(component: MessageReader, text: str) -> Read:
    found: Read = component.process([Message(data={"text": text})])[0].get(READ)
    return found


def taken_then_read(component: MessageReader, text: str, taken: Read) -> Read:
    """What the component writes into a message, after it was handed a reading of the first text in the same task."""

    async def turn() -> Read:
        component.take(TEXTS[0], taken)
        return read(component, text)

    return asyncio.run(turn())


def test_a_reading_that_was_taken_is_not_made_again(component: MessageReader, reader: Counting) -> None:
    ahead = language_kit.reader().read(TEXTS[0])
    assert taken_then_read(component, TEXTS[0], ahead) is ahead
    assert reader.asked == []


def test_other_words_are_read_for_themselves_and_nothing_is_left_behind(
    component: MessageReader, reader: Counting
) -> None:
    ahead = language_kit.reader().read(TEXTS[0])
    assert taken_then_read(component, TEXTS[1], ahead).text == TEXTS[1]
    assert reader.asked == [TEXTS[1]]
    assert read(component, TEXTS[0]) == ahead
    assert reader.asked == TEXTS[1::-1]


@pytest.mark.parametrize("text", TEXTS)
def test_a_reading_travels_between_processes_whole(text: str) -> None:
    made = language_kit.reader().read(text)
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_server_that_has_its_texts_read_elsewhere_loads_no_reader_of_its_own() -> None:
    loaded: list[str] = []

    def load() -> Reader:
        loaded.append("loaded")
        return language_kit.reader()

    component = MessageReader({}, None, None)  # type: ignore[arg-type]
    component._load = load
    taken_then_read(component, TEXTS[0], language_kit.reader().read(TEXTS[0]))
    assert loaded == []
    for text in TEXTS[1:3]:
        assert read(component, text).text == text
    assert loaded == ["loaded"]


def test_an_agent_has_a_text_read_once_for_the_components_that_take_it(component: MessageReader) -> None:
    runner = NodeByNodeRunner.__new__(NodeByNodeRunner)
    runner._nodes = {name: SimpleNamespace(**{COMPONENT: one}) for name, one in [("a", object()), ("b", component)]}
    agent: Any = SimpleNamespace(processor=SimpleNamespace(graph_runner=runner))
    seen: list[str] = []

    async def elsewhere(text: str) -> Read:
        seen.append(text)
        return language_kit.reader().read(text)

    asyncio.run(graph_runner.read_ahead(agent, TEXTS[0], elsewhere))
    assert seen == [TEXTS[0]]
    for without in (None, SimpleNamespace(processor=None), SimpleNamespace(processor=SimpleNamespace())):
        asyncio.run(graph_runner.read_ahead(without, TEXTS[0], elsewhere))  # type: ignore[arg-type]
    assert seen == [TEXTS[0]]


def test_rasas_nodes_hold_their_component_where_it_is_read() -> None:
    import inspect

    from rasa.engine.graph import GraphNode

    assert f"self.{COMPONENT}:" in inspect.getsource(GraphNode) or f"self.{COMPONENT} =" in inspect.getsource(GraphNode)
