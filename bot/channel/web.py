"""The Rasa input channel "web": the HTTP API of a conversation, the page, and the server's health."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from rasa.core.channels.socketio import SocketIOInput
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel import headers, pages
from bot.channel.api import Api
from bot.channel.dialogue import Dialogue, RasaDialogue
from bot.channel.needs import Services
from bot.channel.problems import BY_STATUS, Problem, to_response

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]

BYTES_PER_CHARACTER = 12
"""The most that one character can take in JSON: two \\uXXXX escapes."""


class WebInput(InputChannel):
    """Stridewell's own channel: plain JSON over HTTP, opaque tokens, an answer always."""

    def __init__(
        self, services: Services, dialogue: Callable[[Handler, Callable[[], Sanic]], Dialogue] = RasaDialogue
    ) -> None:
        self._services = services
        self._dialogue = dialogue

    @classmethod
    def name(cls) -> str:
        """The channel is mounted below /webhooks/web."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """The channel as Rasa builds it; it needs no credentials."""
        # Here, because importing the channel must open nothing.
        from bot.bootstrap import get_services

        return cls(get_services())

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes of the API; with them come those at the root and, where it is wanted, Rasa's own channels."""
        blueprint = _Mounted("stridewell", self._services.settings.message_limit)
        dialogue = self._dialogue(on_new_message, blueprint.app)
        api = Api(self._services, dialogue)
        api.add_to(blueprint)
        api.add_health_to(blueprint.root)
        pages.add_to(blueprint.root)
        if self._services.settings.open_rasa_channels:
            blueprint.others = _rasa_channels(on_new_message)
        return blueprint


def _rasa_channels(on_new_message: Handler) -> dict[str, Blueprint]:
    """Rasa's own channels by where they are mounted. They take any sender id: whoever knows one can speak for it."""
    channels = (RestInput(), SocketIOInput())
    return {f"/webhooks/{channel.name()}": channel.blueprint(on_new_message) for channel in channels}


class _Mounted(Blueprint):
    """A blueprint that brings a second one with it, mounted at the root: Rasa puts a channel below /webhooks only."""

    # Sanic's blueprints have slots and refuse other attributes.
    __slots__ = ("_limit", "others", "root")

    def __init__(self, name: str, message_limit: int) -> None:
        super().__init__(name)
        self._limit = message_limit
        self.root = Blueprint(f"{name}_root")
        self.others: dict[str, Blueprint] = {}

    def app(self) -> Sanic:
        """The server that the blueprint is mounted on."""
        return next(iter(self.apps))

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Mounts this blueprint as asked, and the others beside it."""
        super().register(app, options)
        app.blueprint(self.root)
        for prefix, other in self.others.items():
            app.blueprint(other, url_prefix=prefix)
        app.error_handler.add(Problem, _problem)
        if not self.others:
            # Rasa's own HTTP API takes models and answers errors in its own way: left alone where it is wanted.
            app.error_handler.add(SanicException, _sanic_problem)
            app.error_handler.add(Exception, _broken)
            app.config.REQUEST_MAX_SIZE = self._limit * BYTES_PER_CHARACTER + 8192
        app.register_middleware(headers.protect, "response")


def _problem(request: Request, problem: Problem) -> HTTPResponse:
    return to_response(problem)


def _sanic_problem(request: Request, error: SanicException) -> HTTPResponse:
    kind = BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "broken")
    return to_response(Problem(kind, limit="2,000"))


def _broken(request: Request, error: Exception) -> HTTPResponse:
    # Neither its text nor a trace: both may quote what a person wrote.
    logger.error("a call failed: %s", type(error).__name__)
    return to_response(Problem("broken"))
