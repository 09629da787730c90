"""Starts Stridewell: the action server and the Rasa server under supervisord, and says where to find it.

Stops both on Ctrl-C. Settings: PORT (default 8080) and ACTIONS_PORT (default 5055), and those of bot/config.py.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import IO

import train

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
HEALTHY_WITHIN_SECONDS = 120
STOP_WITHIN_SECONDS = 20
TAIL_LINES = 25

CONFIGURATION = """\
[supervisord]
nodaemon=true
silent=true
logfile={run}/supervisord.log
logfile_maxbytes=1MB
pidfile={run}/supervisord.pid
childlogdir={run}/logs

[program:actions]
command={python} -m rasa_sdk --actions actions --port {actions_port}
directory={root}
autorestart=true
startretries=1000
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={run}/logs/actions.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2

[program:server]
command={python} -m rasa run --model {model} --endpoints endpoints.yml --credentials credentials.yml --port {port} -i {interface}
directory={root}
autorestart=true
startretries=1000
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={run}/logs/server.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""


class StartError(Exception):
    """Something that the person at the keyboard can mend; says what and how."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"- {text}", flush=True)


def need_free(port: int, variable: str) -> None:
    """Raises StartError when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise StartError(
                f"port {port} is taken by another program. Stop it, or choose another: {variable}={port + 1} make run"
            ) from None


def only_one() -> IO[str]:
    """A lock held while this checkout runs. Raises StartError when another run holds it."""
    lock = (RUN / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StartError("Stridewell already runs from this folder. Stop that one first (Ctrl-C in its window).") from None
    return lock


def environment(port: int, actions_port: int) -> dict[str, str]:
    """What every process is given."""
    actions_url = os.environ.get("ACTIONS_URL", f"http://127.0.0.1:{actions_port}/webhook")
    return {**os.environ, **train.QUIET, "PORT": str(port), "ACTIONS_URL": actions_url, "PYTHONUNBUFFERED": "1"}


def prepare(values: dict[str, str]) -> None:
    """Trains the model when needed, and brings the database up to date. Raises StartError."""
    if not train.is_fresh(ROOT) and train.train(ROOT):
        raise StartError("the model could not be trained; the lines above say why")
    command = [sys.executable, "-m", "bot.knowledge", "load"]
    done = subprocess.run(command, cwd=ROOT, env=values, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartError(f"the database could not be prepared:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    for line in done.stdout.splitlines():
        say(line)


def start(values: dict[str, str], port: int, actions_port: int) -> subprocess.Popen[bytes]:
    """Starts supervisord, and with it both servers."""
    (RUN / "logs").mkdir(exist_ok=True)
    configuration = RUN / "supervisord.conf"
    configuration.write_text(
        CONFIGURATION.format(
            run=RUN, root=ROOT, python=sys.executable, port=port, actions_port=actions_port,
            model=train.model_path(ROOT), interface=values.get("INTERFACE", "127.0.0.1"),
        ).replace("%", "%%")
    )  # fmt: skip
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)]
    # A group of its own: Ctrl-C in the terminal reaches only this script, which then stops things in order.
    return subprocess.Popen(command, cwd=ROOT, env=values, start_new_session=True)


def health(port: int) -> dict[str, str] | None:
    """What GET /health says, or None while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=3) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        return dict(json.load(error))
    except (OSError, ValueError):
        return None


def wait_healthy(port: int, supervisor: subprocess.Popen[bytes], stopped: threading.Event) -> None:
    """Returns when all parts are up. Raises StartError when they do not come up in time."""
    began, told = time.monotonic(), ""
    while time.monotonic() - began < HEALTHY_WITHIN_SECONDS and not stopped.is_set():
        report = health(port)
        if report and report.get("status") == "ok":
            say(f"healthy after {time.monotonic() - began:.0f} s")
            return
        waiting = "the servers" if report is None else ", ".join(k for k, v in report.items() if v in ("failing", None))
        if waiting != told:
            say(f"waiting for {waiting}")
            told = waiting
        if supervisor.poll() is not None:
            break
        stopped.wait(0.5)
    if not stopped.is_set():
        raise StartError(f"it did not come up within {HEALTHY_WITHIN_SECONDS} s. The end of the logs:\n{tails()}")


def tails() -> str:
    """The last lines of every log."""
    logs = [*sorted((RUN / "logs").glob("*.log")), RUN / "supervisord.log"]
    return "\n".join(
        f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-TAIL_LINES:])
        for log in logs
        if log.exists()
    )


def stop(supervisor: subprocess.Popen[bytes]) -> None:
    """Stops both servers and waits until they are gone."""
    if supervisor.poll() is None:
        supervisor.terminate()
        try:
            supervisor.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            supervisor.kill()


def main() -> int:
    """Starts, waits for Ctrl-C, stops."""
    port, actions_port = int(os.environ.get("PORT", "8080")), int(os.environ.get("ACTIONS_PORT", "5055"))
    stopped = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    supervisor = None
    try:
        RUN.mkdir(exist_ok=True)
        lock = only_one()
        need_free(port, "PORT")
        need_free(actions_port, "ACTIONS_PORT")
        values = environment(port, actions_port)
        prepare(values)
        say("starting the servers")
        supervisor = start(values, port, actions_port)
        wait_healthy(port, supervisor, stopped)
        if not stopped.is_set():
            print(f"\nStridewell is ready: http://127.0.0.1:{port}/chat   (Ctrl-C stops it)\n", flush=True)
        while not stopped.wait(1.0) and supervisor.poll() is None:
            pass
        lock.close()
    except StartError as error:
        print(f"Stridewell cannot start: {error}", file=sys.stderr)
        return 1
    finally:
        if supervisor is not None:
            say("stopping")
            stop(supervisor)
    return 0


if __name__ == "__main__":
    sys.exit(main())
