"""The Rasa input channel "web": the HTTP API of bot.channel, mounted on Rasa's own web server.

Upstream: Rasa 3.6.21 mounts a channel below /webhooks only, so the page at the root is a second blueprint that the first
brings with it. Its test fails when a channel may mount at the root.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from rasa.core.channels.socketio import SocketIOInput
from sanic import Blueprint, Sanic

from bot import redacted_log
from bot.bootstrap import Services
from bot.channel import pages, server_rules
from bot.channel.api import Api
from bot.channel.responder import Responder
from bot.rasa_host.agent_responder import AgentResponder
from bot.rasa_host.reading_workers import ReadingWorkers

Handler = Callable[[UserMessage], Awaitable[Any]]
MakeResponder = Callable[[Handler, Callable[[], Sanic]], Responder]


class WebInput(InputChannel):
    """Stridewell's own channel: plain JSON over HTTP, opaque tokens, an answer always."""

    def __init__(self, services: Services, responder: MakeResponder | None = None) -> None:
        self._services = services
        self._responder = responder or self._agent

    @classmethod
    def name(cls) -> str:
        """The channel is mounted below /webhooks/web."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """The channel as Rasa builds it; it needs no credentials. From then on no log of this process holds words."""
        # Here, because importing the channel must open nothing.
        from bot.bootstrap import get_services

        redacted_log.install()
        return cls(get_services())

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes of the API; with them come those at the root and, where it is wanted, Rasa's own channels."""
        blueprint = _Mounted("stridewell", self._services)
        api = Api(self._services, self._responder(on_new_message, blueprint.app))
        api.add_to(blueprint)
        api.add_health_to(blueprint.root)
        pages.add_to(blueprint.root)
        if self._services.settings.open_rasa_channels:
            blueprint.others = _rasa_channels(on_new_message)
        return blueprint

    def _agent(self, handler: Handler, app: Callable[[], Sanic]) -> Responder:
        return AgentResponder(handler, app, ReadingWorkers(seconds=self._services.settings.reading_seconds))


def _rasa_channels(on_new_message: Handler) -> dict[str, Blueprint]:
    """Rasa's own channels by where they are mounted. They take any sender id: whoever knows one can speak for it."""
    channels = (RestInput(), SocketIOInput())
    return {f"/webhooks/{channel.name()}": channel.blueprint(on_new_message) for channel in channels}


class _Mounted(Blueprint):
    """A blueprint that brings a second one with it, mounted at the root."""

    # Sanic's blueprints have slots and refuse other attributes.
    __slots__ = ("_services", "others", "root")

    def __init__(self, name: str, services: Services) -> None:
        super().__init__(name)
        self._services = services
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
        # Rasa's own HTTP API takes models and answers errors in its own way: left alone where it is wanted.
        server_rules.set_on(app, self._services.settings, whole=not self.others)
