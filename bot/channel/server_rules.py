"""What holds for every call to the server: how large and how slow it may be, its headers, and errors as problem JSON."""

from __future__ import annotations

import logging

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel import headers
from bot.channel.problems import BY_STATUS, CallRefused, to_response
from bot.channel.requests import most_bytes
from bot.config import Settings

logger = logging.getLogger(__name__)


ARRIVE_SECONDS = 5
"""How long a call may take to arrive. Sanic looks every half of it, so it is cut off within 10 seconds at the latest."""

IDLE_SECONDS = 5
"""How long a connection without a call is kept."""


def set_on(app: Sanic, settings: Settings, *, whole: bool) -> None:
    """Sets the rules on a server; where it is not `whole` ours, only those that leave Rasa's own calls as they are."""
    app.error_handler.add(CallRefused, _refused)
    app.register_middleware(headers.protect, "response")
    if not whole:
        return
    app.error_handler.add(SanicException, _sanic_problem)
    app.error_handler.add(Exception, _broken)
    app.register_middleware(_refuse_encoded, "request")
    app.config.REQUEST_MAX_SIZE = most_bytes(settings.message_limit)
    app.config.REQUEST_TIMEOUT = ARRIVE_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = IDLE_SECONDS
    app.config.ACCESS_LOG = False


async def _refuse_encoded(request: Request) -> None:
    """A body that would have to be unpacked is refused: a few bytes can unpack to gigabytes."""
    if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise CallRefused("not_json")


def _refused(request: Request, refused: CallRefused) -> HTTPResponse:
    return to_response(refused)


def _sanic_problem(request: Request, error: SanicException) -> HTTPResponse:
    kind = BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "broken")
    return to_response(CallRefused(kind, limit="2,000"))


def _broken(request: Request, error: Exception) -> HTTPResponse:
    logger.error("a call failed: %s", type(error))
    return to_response(CallRefused("broken"))
