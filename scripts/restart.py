"""Replaces the processes of a running Stridewell one by one: nobody is refused, and answers under way are finished.

So a new model, content or code comes into use. First a spare process comes up beside the others, on the same socket.
"""

from __future__ import annotations

import http.client
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault

import run
import supervision

READY_SECONDS = 180


def restart(folder: Path) -> None:
    """Replaces every process that the folder's supervisor runs. Raises StartError."""
    supervisor: Any = supervision.reached(folder).supervisor
    try:
        listed = [(one["group"], one["name"]) for one in supervisor.getAllProcessInfo()]
    except (OSError, Fault, http.client.HTTPException):
        raise run.StartError("nothing runs from this folder; start it with make run") from None
    for group in ("actions", "server"):
        names = sorted(name for of, name in listed if of == group and name != f"{group}-0")
        run.say(f"{group}: a spare process comes up")
        before = heartbeat(folder, f"{group}-spare")
        supervisor.signalProcess(f"{group}:{group}-0", "USR1")
        wait(lambda: heartbeat(folder, f"{group}-spare") not in (None, before), f"the spare process of {group}")  # noqa: B023
        for name in names:
            run.say(f"{name} is replaced")
            replace(supervisor, folder, group, name)
        supervisor.signalProcess(f"{group}:{group}-0", "USR2")


def replace(supervisor: Any, folder: Path, group: str, name: str) -> None:
    """Ends a process, which finishes its answers, and returns when its successor serves."""
    before = heartbeat(folder, name)
    supervisor.stopProcess(f"{group}:{name}", True)
    supervisor.startProcess(f"{group}:{name}", True)
    wait(lambda: heartbeat(folder, name) not in (None, before), name)


def heartbeat(folder: Path, name: str) -> int | None:
    """The number of the process that last gave a sign of life under a name."""
    try:
        return int((folder / "alive" / name).read_text())
    except (OSError, ValueError):
        return None


def wait(ready: Callable[[], bool], what: str) -> None:
    """Returns when it is ready. Raises StartError."""
    until = time.monotonic() + READY_SECONDS
    while not ready():
        if time.monotonic() > until:
            raise run.StartError(f"{what} did not come up. The end of the logs:\n{run.tails()}")
        time.sleep(0.2)


def main() -> int:
    """The command line: 0 when all was replaced."""
    try:
        run.prepare(run.environment(run.port_of("PORT", 8080), run.port_of("ACTIONS_PORT", 5055)))
        restart(run.RUN)
    except (run.StartError, OSError) as error:
        print(f"Stridewell cannot be restarted: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
