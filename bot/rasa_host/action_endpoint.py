"""How the Rasa server calls the action server: what Rasa does anew at every call is done once here.

Upstream: for each action Rasa 3.6.21 opens a session and a connection, checks that its own JSON Schema is a schema, and
sends every event of the conversation. Its test fails when Rasa keeps a session, a validator, or sends no events.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Callable
from typing import Any

import aiohttp
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.config import get_settings
from bot.telemetry.stages import stage

IDLE_SECONDS = 2.0
"""How long an idle connection is kept: less than the action server does (5), so that it never closes one in use."""

TRY_SECONDS = 2.0
"""How long an answer may take before it is asked for anew: a hundred times what it takes."""

PREDICT = "predict_next_with_tracker_if_should"
"""The method of Rasa's processor that makes the action that is run; it is wrapped on the one processor, not on the class."""


class OnceCheckedAction(RemoteAction):
    """RemoteAction, with the same check of the answer but without checking first that Rasa's own schema is a schema.

    It sends no events: our actions read the latest message and the slot that holds the state (actions/door.py). The events
    grow with the conversation, and are most of what would be written, sent and read again.
    """

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        call: dict[str, Any] = super()._action_call_format(tracker, domain)
        call["tracker"]["events"] = []
        return call

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        fault = best_match(_validator().iter_errors(result))
        if fault is not None:
            raise fault
        return True


@functools.lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


class KeptEndpoint(EndpointConfig):
    """EndpointConfig that keeps its connections between calls."""

    def __init__(self, original: EndpointConfig) -> None:
        self.__dict__.update(original.__dict__)
        self._kept: tuple[asyncio.AbstractEventLoop, aiohttp.ClientSession] | None = None

    def session(self) -> contextlib.nullcontext[aiohttp.ClientSession]:
        """The session that is kept; it stays open when its user is done with it."""
        loop = asyncio.get_running_loop()
        if self._kept is None or self._kept[0] is not loop or self._kept[1].closed:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
            auth = (
                aiohttp.BasicAuth(self.basic_auth["username"], self.basic_auth["password"]) if self.basic_auth else None
            )
            limit = aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT)
            session = aiohttp.ClientSession(connector=connector, headers=self.headers, auth=auth, timeout=limit)
            self._kept = (loop, session)
        return contextlib.nullcontext(self._kept[1])

    async def request(self, *args: Any, **named: Any) -> Any:
        """See EndpointConfig. A kept connection may turn out to be dead, or its server hung: then, once, on a new one.

        Another process may take that one. Calling an action twice is safe: what it leads to are the events that it answers
        with.
        """
        with stage("action"):
            try:
                return await asyncio.wait_for(super().request(*args, **named), TRY_SECONDS)
            except aiohttp.ClientConnectorError:
                raise
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, asyncio.TimeoutError):
                anew = EndpointConfig(self.url)
                anew.__dict__.update({name: value for name, value in vars(self).items() if name != "_kept"})
                return await anew.request(*args, **named)

    async def close(self) -> None:
        """Closes what is kept."""
        if self._kept is not None:
            await self._kept[1].close()


def prepare(agent: Agent | None) -> None:
    """Has a Rasa agent call its actions in these two ways from now on. Cheap when it does so already."""
    processor = agent.processor if agent is not None else None
    if agent is None or processor is None:
        return
    if processor.action_endpoint is None or PREDICT in vars(processor):
        return
    predict: Callable[[DialogueStateTracker], tuple[Action, PolicyPrediction]]
    predict = processor.predict_next_with_tracker_if_should

    def predict_checked_once(tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        action, prediction = predict(tracker)
        # The very class: Rasa's own actions that call the action server are subclasses, with more to them.
        if type(action) is RemoteAction:
            action = OnceCheckedAction(action.name(), action.action_endpoint)
        return action, prediction

    # On the agent too: it hands its endpoint to the processor of the next model that it loads.
    kept = agent.action_endpoint if isinstance(agent.action_endpoint, KeptEndpoint) else None
    processor.action_endpoint = agent.action_endpoint = kept or KeptEndpoint(processor.action_endpoint)
    if "actions_url" in get_settings().__fields_set__:  # endpoints.yml has a default, since Rasa's variables have none
        processor.action_endpoint.url = get_settings().actions_url
    if secret := get_settings().actions_secret:
        processor.action_endpoint.headers = {**processor.action_endpoint.headers, "Authorization": f"Bearer {secret}"}
    setattr(processor, PREDICT, predict_checked_once)


async def close(agent: Agent | None) -> None:
    """Closes the connections that an agent keeps to the action server."""
    if agent is not None and isinstance(agent.action_endpoint, KeptEndpoint):
        await agent.action_endpoint.close()
