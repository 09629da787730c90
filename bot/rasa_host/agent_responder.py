"""Rasa as what answers. Upstream: Rasa hands a channel a function alone, and keeps the agent behind it in the web server's
context (`app.ctx.agent`), where a reloaded model takes its place; its test fails when it is no longer found there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channel.responder import Heard, RememberedMessage, Responder
from bot.rasa_host import action_endpoint, graph_runner, tracker_store
from bot.rasa_host.blas_threads import one_thread_for_products
from bot.rasa_host.collector import Collector
from bot.rasa_host.reading_workers import ReadingWorkers
from bot.rasa_host.tracker_store import ProjectTrackerStore
from bot.telemetry.stages import stage


class AgentResponder(Responder):
    """The Rasa agent of the running server. Messages are read in processes of their own before its graph runs."""

    def __init__(
        self, handler: Callable[[UserMessage], Awaitable[Any]], app: Callable[[], Sanic], workers: ReadingWorkers
    ) -> None:
        self._handler = handler
        self._app = app
        self._workers = workers

    async def start(self) -> None:
        """Starts the processes that read."""
        one_thread_for_products()
        await self._workers.start()

    async def close(self) -> None:
        """Ends the processes that read and closes the connections to the action server."""
        self._workers.close()
        await action_endpoint.close(self._agent())

    async def answer(self, heard: Heard) -> list[dict[str, Any]]:
        """Hands the message to Rasa and collects what it sends. Raises ReadingFailed when its words cannot be read."""
        self._memory()
        action_endpoint.prepare(self._agent())
        graph_runner.prepare(self._agent())
        if not heard.text.startswith("/"):
            with stage("reading"):
                await graph_runner.read_ahead(self._agent(), heard.text, self._workers.read)
        collector = Collector()
        await self._handler(
            UserMessage(
                text=heard.text,
                output_channel=collector,
                sender_id=heard.conversation_id,
                input_channel=Collector.name(),
                message_id=heard.message_id,
                metadata=heard.metadata,
            )
        )
        return collector.messages

    def turns(self, conversation_id: str) -> tuple[RememberedMessage, ...]:
        """The user events of the tracker."""
        return self._memory().turns(conversation_id)

    def latest(self, conversation_id: str) -> RememberedMessage | None:
        """The last user event of the tracker."""
        return self._memory().latest(conversation_id)

    def rewind(self, conversation_id: str, row: int) -> None:
        """Drops events from the tracker."""
        self._memory().rewind(conversation_id, row)

    def forget(self, conversation_id: str) -> None:
        """Drops the tracker, and replaces the processes that have read words: their caches go with them."""
        self._memory().delete(conversation_id)
        self._workers.renew()

    def check(self) -> None:
        """Reads from the tracker store."""
        self._memory().check()

    def model_id(self) -> str | None:
        """The id in the model's own metadata."""
        agent = self._agent()
        return agent.model_id if agent is not None else None

    def _agent(self) -> Agent | None:
        return getattr(self._app().ctx, "agent", None)

    def _memory(self) -> ProjectTrackerStore:
        return tracker_store.of_agent(self._agent())
