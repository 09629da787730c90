"""The graph of a Rasa model run straight through: the same nodes, the same results, the same errors as Rasa's runner."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.rasa_host.graph_runner import NodeByNodeRunner, prepare

CALLS: list[str] = []


class Part(GraphComponent):
    """Joins what it is given under its own name."""

    def __init__(self, name: str, broken: type[Exception] | None) -> None:
        self.name, self.broken = name, broken

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: Any) -> Part:
        return cls(config["name"], config.get("broken"))

    def join(self, one: str, two: str = "") -> str:
        CALLS.append(self.name)
        if self.broken:
            raise self.broken
        return f"{self.name}({one}{two})"


def runner(**broken: type[Exception]) -> DaskGraphRunner:
    def node(name: str, **needs: str) -> SchemaNode:
        config = {"name": name, "broken": broken.get(name)}
        return SchemaNode(needs=needs, uses=Part, constructor_name="create", fn="join", config=config, eager=True)

    nodes = {
        "last": node("last", one="left", two="right"),
        "left": node("left", one="first"),
        "right": node("right", one="__tracker__", two="first"),
        "first": node("first", one="__message__"),
        "aside": node("aside", one="__tracker__"),
    }
    return DaskGraphRunner(GraphSchema(nodes), None, ExecutionContext(GraphSchema(nodes), "model"))


INPUTS = {"__message__": "m", "__tracker__": "t"}


@pytest.mark.parametrize("targets", [["last"], ["aside"], ["left", "aside"]])
def test_it_gives_what_rasas_gives_and_runs_each_node_that_is_needed_once(targets: list[str]) -> None:
    straight = NodeByNodeRunner(runner())
    for _ in range(2):
        assert straight.run(INPUTS, targets) == runner().run(INPUTS, targets)
        CALLS.clear()
    straight.run(INPUTS, targets)
    assert len(CALLS) == len(set(CALLS)) == {"last": 4, "aside": 1, "left": 3}[targets[0]]


@pytest.mark.parametrize("inputs", [{"__message__": "m"}, {}, None])
def test_a_missing_input_is_rasas_error(inputs: dict[str, Any] | None) -> None:
    for one in (runner(), NodeByNodeRunner(runner())):
        with pytest.raises(GraphRunError):
            one.run(inputs, ["last"])


def test_an_error_of_a_node_is_rasas_error() -> None:
    for one in (runner(left=ValueError), NodeByNodeRunner(runner(left=ValueError))):
        with pytest.raises(Exception, match="Error running graph component for node left"):
            one.run(INPUTS, ["last"])


def test_an_agent_is_prepared_once_and_another_runner_is_left_alone() -> None:
    processor = SimpleNamespace(graph_runner=runner())
    agent: Any = SimpleNamespace(processor=processor)
    prepare(agent)
    prepared = processor.graph_runner
    prepare(agent)
    assert type(prepared) is NodeByNodeRunner
    assert processor.graph_runner is prepared
    for without in (None, SimpleNamespace(processor=None), SimpleNamespace(processor=SimpleNamespace())):
        prepare(without)  # type: ignore[arg-type]


def test_rasas_processor_holds_the_runner_where_it_is_replaced() -> None:
    import inspect

    from rasa.core.processor import MessageProcessor

    source = inspect.getsource(MessageProcessor)
    assert "self.graph_runner.run(" in source
    assert "DaskGraphRunner" in inspect.getsource(MessageProcessor._load_model)
