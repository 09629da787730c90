"""How our processes listen: several on one socket that their supervisor keeps open, each with a sign of life.

Upstream: Rasa 3.6.21 and rasa_sdk 3.6.2 can only be told a host and a port, which one process can have; Sanic, which both run
on, takes a socket as well. Its test fails when Rasa can be handed one.
"""

from __future__ import annotations

import asyncio
import functools
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sanic import Sanic

BEAT_SECONDS = 1.0
"""How often a process says that its loop goes round (scripts/watchdog.py ends one that does not)."""

BACKLOG = 1024
"""Connections that wait to be taken; they wait through a restart too, since the socket stays open."""


def shared_socket() -> socket.socket | None:
    """Standard input, where it is a socket that listens: so a supervisor, inetd or systemd hands one over.

    Standard input is then empty, so that no process of ours inherits the socket by it.
    """
    try:
        found = socket.socket(fileno=os.dup(0))
    except OSError:
        return None
    if not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        found.detach()
        return None
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return found


def serve_on(shared: socket.socket | None, heartbeat: Path | None) -> None:
    """Has the Sanic server that this process will run listen on the socket, where there is one, and give signs of life."""
    run: Callable[..., Any] = Sanic.run

    @functools.wraps(run)
    def run_there(app: Sanic, *given: Any, **named: Any) -> Any:
        if heartbeat is not None:
            app.register_listener(functools.partial(_live, heartbeat), "after_server_start")
        if shared is None:
            return run(app, *given, **named)
        return run(app, **{**named, "host": None, "port": None, "sock": shared, "backlog": BACKLOG})

    Sanic.run = run_there


async def _live(heartbeat: Path, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    """Writes the process's number once, and from then on touches the file: that takes no room on a full disk."""
    heartbeat.write_text(str(os.getpid()))

    def beat() -> None:
        os.utime(heartbeat)
        loop.call_later(BEAT_SECONDS, beat)

    beat()
