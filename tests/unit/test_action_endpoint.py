"""The Rasa server's calls of the action server: the same checks as Rasa's own, over connections that are kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from jsonschema import ValidationError
from rasa.core.actions.action import ActionListen, RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions import door
from actions.door import Door
from bot.config import Settings
from bot.conversation import codec
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.state import SELF, State
from bot.rasa_host import action_endpoint
from bot.rasa_host.action_endpoint import KeptEndpoint, OnceCheckedAction, close, prepare
from evaluation.live import free_port
from tests.fakes import FakeDiaryStore

GOOD = [
    {"events": [], "responses": []},
    {
        "events": [{"event": "slot", "name": "conversation_state", "value": "a/b", "timestamp": None}],
        "responses": [{"text": "x"}],
    },
    {},
]
BAD: list[Any] = [{"events": [{"event": "slot"}]}, {"events": "none"}, {"responses": ["words"]}, [], None]


@pytest.mark.parametrize("result", GOOD)
def test_what_rasa_takes_is_taken(result: dict[str, Any]) -> None:
    assert RemoteAction("action_x", None)._validate_action_result(result)
    assert OnceCheckedAction("action_x", None)._validate_action_result(result)


@pytest.mark.parametrize("result", BAD)
def test_what_rasa_refuses_is_refused(result: Any) -> None:
    with pytest.raises(ValidationError) as theirs:
        RemoteAction("action_x", None)._validate_action_result(result)
    with pytest.raises(ValidationError) as ours:
        OnceCheckedAction("action_x", None)._validate_action_result(result)
    assert theirs.value.message.startswith(ours.value.message)
    assert list(ours.value.path) == list(theirs.value.path)


class Remembering(Door):
    """The door of every action, under a name of its own."""

    def name(self) -> str:
        return "action_x"


def spoken_to() -> DialogueStateTracker:
    """A conversation of some turns, whose last message has a meaning and where it came from."""
    tracker = DialogueStateTracker("somebody", [])
    for _ in range(3):
        tracker.update(UserUttered("words", {"name": "causes"}))
        tracker.update_with_events([ActionExecuted("action_x"), BotUttered("said")], None)
    meaning = codec.meaning_to_json(Meaning("reply", (Meant("reply/yes", SELF, value="yes"),), State(turn=4)))
    parsed = {"intent": {"name": "reply"}, "entities": [], "text": "again", "meaning": meaning}
    tracker.update(UserUttered("again", parsed["intent"], [], parsed, metadata={"region": "GB"}))
    return tracker


def test_all_is_sent_but_the_events() -> None:
    tracker = spoken_to()
    full = RemoteAction("action_x", None)._action_call_format(tracker, Domain.empty())
    slim = OnceCheckedAction("action_x", None)._action_call_format(tracker, Domain.empty())
    assert len(full["tracker"].pop("events")) == 10
    assert slim["tracker"].pop("events") == []
    assert slim == full


def test_an_action_reads_of_what_is_sent_all_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa's call, written and read as on its way, answered by the door."""
    asked: list[tuple[Meaning, str | None]] = []

    class Assistant:
        def respond(self, meaning: Meaning, *, region: str | None, **_: Any) -> Any:
            asked.append((meaning, region))
            return SimpleNamespace(messages=[{"type": "text", "text": "hello"}], state=meaning.state, diary=None)

    monkeypatch.setattr(door, "get_services", lambda: SimpleNamespace(assistant=Assistant(), diaries=FakeDiaryStore()))
    call = json.loads(json.dumps(OnceCheckedAction("action_x", None)._action_call_format(spoken_to(), Domain.empty())))
    executor = ActionExecutor()
    executor.register_action(Remembering())
    result = asyncio.run(executor.run(call))
    assert asked[0][0].acts[0].value == "yes"
    assert (asked[0][0].state.turn, asked[0][1]) == (4, "GB")
    assert [response["custom"] for response in result["responses"]] == [{"data": {"type": "text", "text": "hello"}}]
    assert [(event["name"], codec.load(event["value"]).turn) for event in result["events"]] == [(door.STATE_SLOT, 4)]


class Server:
    """An action server that counts connections, and drops the ones that `dropping` names by number of the call."""

    def __init__(self) -> None:
        self.calls = 0
        self.peers: set[Any] = set()
        self.dropping: set[int] = set()
        self.hanging: set[int] = set()
        self.status = 200

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        assert request.transport is not None
        self.peers.add(request.transport.get_extra_info("peername"))
        if self.calls in self.hanging:
            await asyncio.sleep(5)
        if self.calls in self.dropping:
            request.transport.close()
        return web.json_response({"got": await request.json()}, status=self.status)


def served(work: Callable[[Server, KeptEndpoint], Any]) -> None:
    """Runs a test against the server."""

    async def run() -> None:
        server, port = Server(), free_port()
        application = web.Application()
        application.router.add_post("/webhook", server.handle)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        endpoint = KeptEndpoint(EndpointConfig(f"http://127.0.0.1:{port}/webhook", headers={"X-Us": "1"}))
        try:
            await work(server, endpoint)
        finally:
            await endpoint.close()
            await runner.cleanup()

    asyncio.run(run())


def test_one_connection_serves_many_calls() -> None:
    async def work(server: Server, endpoint: KeptEndpoint) -> None:
        for number in range(3):
            assert await endpoint.request(json={"n": number}) == {"got": {"n": number}}
        assert len(server.peers) == 1

    served(work)


def test_a_dead_connection_is_replaced_once() -> None:
    async def work(server: Server, endpoint: KeptEndpoint) -> None:
        await endpoint.request(json={})
        server.dropping = {2}
        assert await endpoint.request(json={"n": 2}) == {"got": {"n": 2}}
        assert server.calls == 3
        server.dropping = {4, 5}
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await endpoint.request(json={})

    served(work)


def test_a_server_that_hangs_is_asked_once_more_on_a_new_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_endpoint, "TRY_SECONDS", 0.3)

    async def work(server: Server, endpoint: KeptEndpoint) -> None:
        await endpoint.request(json={})
        server.hanging = {2}
        assert await endpoint.request(json={"n": 2}) == {"got": {"n": 2}}
        assert (server.calls, len(server.peers)) == (3, 2)

    served(work)


def test_the_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_endpoint, "get_settings", lambda: Settings(actions_secret="open sesame"))
    endpoint = EndpointConfig("http://127.0.0.1:1/webhook")
    agent: Any = SimpleNamespace(action_endpoint=endpoint, processor=Processor(endpoint, ActionListen()))
    prepare(agent)
    assert agent.processor.action_endpoint.headers["Authorization"] == "Bearer open sesame"


def test_an_error_of_the_action_server_is_rasas_error_and_not_tried_again() -> None:
    async def work(server: Server, endpoint: KeptEndpoint) -> None:
        server.status = 500
        with pytest.raises(ClientResponseError):
            await endpoint.request(json={})
        assert server.calls == 1

    served(work)


def test_nobody_there_is_said_at_once() -> None:
    async def run() -> None:
        endpoint = KeptEndpoint(EndpointConfig(f"http://127.0.0.1:{free_port()}/webhook"))
        with pytest.raises(aiohttp.ClientConnectorError):
            await endpoint.request(json={})
        await endpoint.close()

    asyncio.run(run())


class Processor:
    """As much of Rasa's processor as matters."""

    def __init__(self, endpoint: EndpointConfig | None, action: Any) -> None:
        self.action_endpoint = endpoint
        self._action = action

    def predict_next_with_tracker_if_should(self, tracker: object) -> tuple[Any, str]:
        return self._action, "prediction"


def test_an_agent_is_prepared_once_and_again_after_a_new_model() -> None:
    endpoint = EndpointConfig("http://127.0.0.1:1/webhook")
    agent: Any = SimpleNamespace(action_endpoint=endpoint)
    kept = []
    for _ in range(2):
        agent.processor = Processor(agent.action_endpoint, RemoteAction("action_x", agent.action_endpoint))
        prepare(agent)
        prepare(agent)
        kept.append(agent.action_endpoint)
        action, prediction = agent.processor.predict_next_with_tracker_if_should(None)
        assert (type(action), action.name(), prediction) == (OnceCheckedAction, "action_x", "prediction")
    assert isinstance(kept[0], KeptEndpoint)
    assert kept[0] is kept[1]
    asyncio.run(close(agent))


def test_actions_that_rasa_runs_itself_are_left_alone() -> None:
    listen = ActionListen()
    agent: Any = SimpleNamespace(action_endpoint=EndpointConfig("http://127.0.0.1:1/webhook"))
    agent.processor = Processor(agent.action_endpoint, listen)
    prepare(agent)
    assert agent.processor.predict_next_with_tracker_if_should(None)[0] is listen


@pytest.mark.parametrize("agent", [None, SimpleNamespace(processor=None)])
def test_without_a_model_there_is_nothing_to_prepare(agent: Any) -> None:
    prepare(agent)


def test_rasas_processor_has_the_method_that_is_wrapped() -> None:
    from rasa.core.processor import MessageProcessor

    from bot.rasa_host.action_endpoint import PREDICT

    assert callable(getattr(MessageProcessor, PREDICT))
