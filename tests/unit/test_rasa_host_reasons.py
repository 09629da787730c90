"""Why each file of bot/rasa_host is there: a test fails where upstream no longer needs it, and then the file can go."""

from __future__ import annotations

import ast
import asyncio
import inspect
from pathlib import Path

import pytest
import rasa.core.channels.channel
import rasa.core.processor
import rasa.core.run
import rasa_sdk.endpoint
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

FOLDER = Path(__file__).resolve().parents[2] / "bot" / "rasa_host"
NO_REASON = {"__init__", "reading_preload", "policy"}
"""The room itself, what reading_workers needs, and a file with a test of its own."""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_every_file_says_what_upstream_does(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert path.stem in NO_REASON or "Upstream" in said


def test_tracker_cache_rasas_store_builds_a_tracker_anew_each_time(tmp_path: Path) -> None:
    store = SQLTrackerStore(Domain.empty(), host=f"sqlite:///{tmp_path / 'x.sqlite3'}")

    async def twice() -> bool:
        tracker = DialogueStateTracker("somebody", [])
        tracker.update(UserUttered("hello"))
        await store.save(tracker)
        return await store.retrieve("somebody") is await store.retrieve("somebody")

    assert not asyncio.run(twice())


def test_graph_runner_rasa_runs_its_graph_by_dask() -> None:
    assert "DaskGraphRunner" in inspect.getsource(rasa.core.processor)


def test_action_endpoint_rasa_opens_a_session_checks_its_schema_and_sends_all_events() -> None:
    assert "async with self.session()" in inspect.getsource(EndpointConfig.request)
    assert "aiohttp.ClientSession(" in inspect.getsource(EndpointConfig.session)
    assert "validate(result, self.action_response_format_spec())" in inspect.getsource(RemoteAction)
    assert "EventVerbosity.ALL" in inspect.getsource(RemoteAction._action_call_format)


def test_collector_rasas_own_adds_a_recipient() -> None:
    async def sent() -> object:
        channel = CollectingOutputChannel()
        await channel.send_response("somebody", {"custom": {"data": {"type": "text"}}})
        return channel.messages

    assert asyncio.run(sent()) == [{"recipient_id": "somebody", "custom": {"data": {"type": "text"}}}]


def test_web_input_rasa_mounts_a_channel_below_its_route_alone() -> None:
    source = inspect.getsource(rasa.core.channels.channel.register)
    assert "urljoin(route, channel.url_prefix())" in source
    assert source.count("app.blueprint(") == 1


def test_agent_responder_rasa_keeps_the_agent_in_the_servers_context() -> None:
    assert "app.ctx.agent" in inspect.getsource(rasa.core.run)
    assert "app.ctx.agent.handle_message" in inspect.getsource(rasa.core.channels.channel.register)


def test_serving_rasa_can_be_told_a_host_and_a_port_alone() -> None:
    for source in (inspect.getsource(rasa.core.run.serve_application), inspect.getsource(rasa_sdk.endpoint.run)):
        assert "app.run(" in source
        assert "sock" not in source


def test_action_server_rasas_echoes_the_request_that_failed() -> None:
    assert '"request_body": request.json' in inspect.getsource(rasa_sdk.endpoint.create_app)
