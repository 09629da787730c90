"""What holds for every call to the server: how large and how slow it may be, its headers, and errors as problem JSON."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.models.server_types import ConnInfo
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, redirect

from bot.channel import headers
from bot.channel.admission import Proxies
from bot.channel.problems import BY_STATUS, CallRefused, to_response
from bot.channel.requests import most_bytes
from bot.config import Settings

logger = logging.getLogger(__name__)


ARRIVE_SECONDS = 5
"""How long the headers of a call may take to arrive; its body has a limit of its own. Sanic's begins anew at every byte."""

GRACE_SECONDS = 0.5

IDLE_SECONDS = 5
"""How long a connection without a call is kept."""


def set_on(app: Sanic, settings: Settings, *, whole: bool) -> None:
    """Sets the rules on a server; where it is not `whole` ours, only those that leave Rasa's own calls as they are."""
    app.error_handler.add(CallRefused, _refused)
    app.register_middleware(headers.protect, "response")
    app.register_middleware(_tls_alone(Proxies(settings)), "response")
    app.register_middleware(_nothing_at_the_root, "request")
    if not whole:
        return
    app.error_handler.add(SanicException, _sanic_problem)
    app.error_handler.add(Exception, _broken)
    app.register_middleware(_arrived, "request")
    app.register_middleware(_refuse_encoded, "request")
    app.register_middleware(_wait_for_next, "response")
    app.add_signal(_connected, "http.lifecycle.begin")
    app.config.REQUEST_MAX_SIZE = most_bytes(settings.message_limit)
    app.config.REQUEST_TIMEOUT = ARRIVE_SECONDS
    app.config.RESPONSE_TIMEOUT = settings.answer_timeout_seconds + ARRIVE_SECONDS + 5
    app.config.KEEP_ALIVE_TIMEOUT = IDLE_SECONDS
    app.config.ACCESS_LOG = False


def _tls_alone(proxies: Proxies) -> Callable[[Request, BaseHTTPResponse], Awaitable[None]]:
    """Has browsers that came by TLS keep to it. Told by a trusted proxy, or by the connection itself."""

    async def tell(request: Request, response: BaseHTTPResponse) -> None:
        if _own_tls(request) or proxies.tell_tls(request):
            response.headers.setdefault("Strict-Transport-Security", headers.HSTS)

    return tell


def _own_tls(request: Request) -> bool:
    return request.transport is not None and request.transport.get_extra_info("sslcontext") is not None


async def _nothing_at_the_root(request: Request) -> HTTPResponse | None:
    """The page, where Rasa would greet with its version."""
    return redirect("/chat") if request.path == "/" and request.method in ("GET", "HEAD") else None


async def _connected(conn_info: ConnInfo, **_: object) -> None:
    """Begins to wait for the headers of a new connection's first call."""
    conn_info.ctx.task = asyncio.current_task()
    _wait(conn_info)


async def _wait_for_next(request: Request, response: BaseHTTPResponse) -> None:
    if request.conn_info is not None and hasattr(request.conn_info.ctx, "task"):
        _wait(request.conn_info)


async def _arrived(request: Request) -> None:
    if request.conn_info is not None:
        request.conn_info.ctx.waiting = None


def _wait(conn_info: ConnInfo) -> None:
    """Ends the connection where no call has arrived in time; Sanic itself closes one that is idle."""
    conn_info.ctx.waiting = waiting = object()

    def cut_off() -> None:
        if conn_info.ctx.waiting is waiting:
            conn_info.ctx.task.cancel()

    loop = asyncio.get_running_loop()
    # In two steps: a loop that was held up must look at what has arrived meanwhile before it ends anything.
    loop.call_later(ARRIVE_SECONDS, loop.call_later, GRACE_SECONDS, cut_off)


async def _refuse_encoded(request: Request) -> None:
    """A body that would have to be unpacked is refused: a few bytes can unpack to gigabytes."""
    if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise CallRefused("not_json")


def _refused(request: Request, refused: CallRefused) -> HTTPResponse:
    return to_response(refused)


def _sanic_problem(request: Request, error: SanicException) -> HTTPResponse:
    kind = BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "broken")
    allowed = {name: value for name, value in getattr(error, "headers", {}).items() if name == "Allow"}
    return to_response(CallRefused(kind, headers=allowed, limit="2,000"))


def _broken(request: Request, error: Exception) -> HTTPResponse:
    logger.error("a call failed: %s", type(error))
    return to_response(CallRefused("broken"))
