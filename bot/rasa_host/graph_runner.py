"""Runs the graph of a Rasa model node after node.

Upstream: Rasa 3.6.21 has dask, a scheduler for parallel work, run some ten nodes that need each other, and plans at every
run, which costs more than they do. Its test fails when Rasa's runner is no longer dask's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from graphlib import TopologicalSorter
from typing import Any, Protocol, runtime_checkable

from rasa.core.agent import Agent
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

NODES, SCHEMA = "_instantiated_nodes", "_graph_schema"
"""What is taken from Rasa's runner: its loaded nodes and the schema that says what each needs."""
COMPONENT = "_component"
"""What is taken from a node."""


@runtime_checkable
class TakesReading(Protocol):
    """A component that can be handed the reading of a text before Rasa asks for it and holds up the loop with it."""

    def take(self, text: str, reading: Any) -> None:
        """Keeps the reading of a text that this task will process."""


class NodeByNodeRunner(DaskGraphRunner):
    """A runner that takes over the loaded nodes of Rasa's. The order for each set of targets is found once."""

    def __init__(self, original: DaskGraphRunner) -> None:
        self.__dict__.update(original.__dict__)
        self._nodes: dict[str, GraphNode] = getattr(original, NODES)
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """See DaskGraphRunner."""
        wanted = tuple(targets or getattr(self, SCHEMA).target_names)
        order = self._orders.get(wanted) or self._orders.setdefault(wanted, self._order(wanted))
        found: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name, needs in order:
                # A need that nothing provides is passed as its name: the node then says so.
                found[name] = self._nodes[name](*(found.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(found[target] for target in wanted)

    def takers(self) -> list[TakesReading]:
        """The components that can be handed a reading."""
        components = [getattr(node, COMPONENT) for node in self._nodes.values()]
        return [component for component in components if isinstance(component, TakesReading)]

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The nodes that lead to the targets, each after all that it needs, with the names of those."""
        nodes = getattr(self, SCHEMA).minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs]


def prepare(agent: Agent | None) -> None:
    """Has a Rasa agent run its graph so from now on. Cheap when it does so already."""
    processor = agent.processor if agent is not None else None
    # The very class: another runner has its own reasons.
    if processor is not None and type(getattr(processor, "graph_runner", None)) is DaskGraphRunner:
        processor.graph_runner = NodeByNodeRunner(processor.graph_runner)


async def read_ahead(agent: Agent | None, text: str, read: Callable[[str], Awaitable[Any]]) -> None:
    """Has a text read once, by `read`, for the components of a prepared agent that this task will run."""
    runner = getattr(agent.processor, "graph_runner", None) if agent is not None else None
    takers = runner.takers() if isinstance(runner, NodeByNodeRunner) else []
    reading = await read(text) if takers else None
    for component in takers:
        component.take(text, reading)
