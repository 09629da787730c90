"""The action server as `make run` starts it: rasa_sdk's own, for the Rasa server alone, and with a log that holds no words.

Upstream: rasa_sdk 3.6.2 listens on every address, answers anybody, and unpacks a body of any size. When an action fails it
logs the request and its error, and sends the whole request back as the error's body, which the Rasa server then logs. Its test
fails when rasa_sdk's answer to a failure no longer holds the request.
"""

from __future__ import annotations

import argparse
import hmac
import ipaddress
from pathlib import Path

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot import redacted_log
from bot.config import get_settings
from bot.rasa_host import serving

MOST_BYTES = 256 * 1024
"""The longest call: a message with its meaning, and the state before and after it, take a tenth of it."""

ARRIVE_SECONDS = 5


def main() -> None:
    """`python -m bot.rasa_host.action_server --actions PACKAGE --port N [--interface ADDRESS] [--heartbeat FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", default="actions")
    parser.add_argument("--port", type=int, default=5055)
    parser.add_argument("--interface", default="127.0.0.1")
    parser.add_argument("--heartbeat", type=Path)
    given = parser.parse_args()
    secret = get_settings().actions_secret
    if not secret and not ipaddress.ip_address(given.interface).is_loopback:
        parser.error("without ACTIONS_SECRET it listens on this machine alone")
    redacted_log.install()
    serving.serve_on(serving.shared_socket(), given.heartbeat)
    app = create_app(given.actions, cors_origins=None)
    guard(app, secret)
    app.run(given.interface, given.port, access_log=False)


def guard(app: Sanic, secret: str) -> None:
    """Has a server answer nobody who does not show the secret, where there is one, and take nothing that is long or packed."""
    app.config.REQUEST_MAX_SIZE = MOST_BYTES
    app.config.REQUEST_TIMEOUT = ARRIVE_SECONDS
    wanted = f"Bearer {secret}".encode()

    async def check(request: Request) -> HTTPResponse | None:
        if request.path == "/health":
            return None
        if secret and not hmac.compare_digest(request.headers.get("authorization", "").encode(), wanted):
            return empty(status=401)
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            return empty(status=415)
        return None

    app.register_middleware(check, "request")
    app.error_handler.add(PayloadTooLarge, lambda request, error: empty(status=413))


if __name__ == "__main__":
    main()
