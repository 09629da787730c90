"""Starts Stridewell: action servers and Rasa servers under supervisord, and says where to find it.

Stops all on Ctrl-C. Settings: PORT (default 8080), ACTIONS_PORT (default 5055), WORKERS, ACTION_WORKERS, INTERFACE and
ALLOWED_ORIGINS (README), and those of bot/config.py.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shlex
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

import supervision
import train

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
HEALTHY_WITHIN_SECONDS = 180
MOST_WORKERS = 64
TAIL_LINES = 25


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


def port_of(variable: str, default: int) -> int:
    """The port that an environment variable names. Raises StartError when it names none."""
    value = os.environ.get(variable, str(default))
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise StartError(
            f"{variable}={value} is no port. Choose a number from 1 to 65535: {variable}={default} make run"
        )
    return int(value)


def only_one() -> IO[str]:
    """A lock held while this checkout runs. Raises StartError when another run holds it."""
    lock = (RUN / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StartError("it already runs from this folder. Stop that one first (Ctrl-C in its window)") from None
    return lock


def workers_of(variable: str, default: int) -> int:
    """The number of processes that an environment variable names. Raises StartError."""
    value = os.environ.get(variable, str(default))
    if not value.isdecimal() or not 1 <= int(value) <= MOST_WORKERS:
        raise StartError(f"{variable}={value} is no number from 1 to {MOST_WORKERS}")
    return int(value)


def stop_leftover() -> None:
    """Stops the servers of an earlier run of this folder that was killed before it could stop them itself."""
    if supervision.stop_leftover(RUN):
        say("stopped what an earlier run left behind")


def environment(port: int, actions_port: int) -> dict[str, str]:
    """What every process is given."""
    actions_url = os.environ.get("ACTIONS_URL", f"http://127.0.0.1:{actions_port}/webhook")
    secret = os.environ.get("ACTIONS_SECRET") or secrets.token_hex(32)
    return {
        **os.environ, **train.QUIET, "PORT": str(port), "ACTIONS_URL": actions_url, "ACTIONS_SECRET": secret,
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


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
    """Starts supervisord, and with it all servers."""
    for name in ("logs", "alive"):
        (RUN / name).mkdir(exist_ok=True)
    for old in (RUN / "alive").iterdir():
        old.unlink()
    workers = workers_of("WORKERS", 1)
    command = configured(
        RUN, model=train.model_path(ROOT), port=port, actions_port=actions_port,
        interface=values.get("INTERFACE", "127.0.0.1"), origins=values.get("ALLOWED_ORIGINS", ""),
        workers=workers, action_workers=workers_of("ACTION_WORKERS", workers),
    )  # fmt: skip
    # A group of its own: Ctrl-C in the terminal reaches only this script, which then stops things in order.
    return subprocess.Popen(command, cwd=ROOT, env=values, start_new_session=True)


def configured(
    folder: Path, *, model: Path, port: int, actions_port: int, interface: str = "127.0.0.1", origins: str = "",
    workers: int = 1, action_workers: int = 1,
) -> list[str]:  # fmt: skip
    """Writes the supervisor's configuration into `folder` and returns the command that starts all processes with it."""
    python = shlex.quote(sys.executable)
    server = (
        f"{python} -m bot.rasa_host.server --model {shlex.quote(str(model))} --endpoints endpoints.yml "
        f"--credentials credentials.yml --port {port} -i {interface} {cors(origins)}"
    )
    actions = f"{python} -m bot.rasa_host.action_server --actions actions --port {actions_port}"
    path = folder / "supervisord.conf"
    path.write_text(
        supervision.configuration(
            folder, server=server, actions=actions, port=port, actions_port=actions_port, interface=interface,
            workers=workers, action_workers=action_workers,
        )
    )  # fmt: skip
    return [sys.executable, "-m", "supervisor.supervisord", "-c", str(path)]


def cors(origins: str) -> str:
    """The server's arguments for the sites, separated by blanks, whose pages may hold the chat. Raises StartError."""
    wanted = origins.split()
    for origin in wanted:
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?", origin):
            raise StartError(
                f"ALLOWED_ORIGINS has {origin}, which is no address of a site such as https://www.example.org"
            )
    return " ".join(["--cors", *wanted]) if wanted else ""


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
        if report and report.get("status") == "ok" and all_alive():
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


def all_alive() -> bool:
    """Whether each process has given a sign of life; where several share a port, any of them says that it is healthy."""
    workers = workers_of("WORKERS", 1)
    wanted = {"server": workers, "actions": workers_of("ACTION_WORKERS", workers)}
    return all((RUN / "alive" / f"{name}-{number + 1}").exists() for name in wanted for number in range(wanted[name]))


def tails() -> str:
    """The last lines of every log."""
    logs = [*sorted((RUN / "logs").glob("*.log")), RUN / "supervisord.log"]
    return "\n".join(
        f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-TAIL_LINES:])
        for log in logs
        if log.exists()
    )


def stop(supervisor: subprocess.Popen[bytes]) -> None:
    """Stops all servers, which finish their answers, and waits until they are gone."""
    if supervisor.poll() is None:
        supervisor.terminate()
        try:
            supervisor.wait(supervision.STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            supervisor.kill()
    stop_leftover()


def serve(stopped: threading.Event) -> None:
    """Starts, waits for `stopped`, stops. Raises StartError."""
    port, actions_port = port_of("PORT", 8080), port_of("ACTIONS_PORT", 5055)
    if port == actions_port:
        raise StartError(f"PORT and ACTIONS_PORT are both {port}: choose two different ones")
    os.umask(0o077)  # what is written from here on is for the user that runs it alone
    RUN.mkdir(exist_ok=True)
    RUN.chmod(0o700)
    with only_one():
        stop_leftover()
        need_free(port, "PORT")
        need_free(actions_port, "ACTIONS_PORT")
        values = environment(port, actions_port)
        prepare(values)
        if stopped.is_set():
            return
        say("starting the servers")
        supervisor = start(values, port, actions_port)
        try:
            wait_healthy(port, supervisor, stopped)
            if not stopped.is_set():
                print(f"\nStridewell is ready: http://127.0.0.1:{port}/chat   (Ctrl-C stops it)\n", flush=True)
            while not stopped.wait(1.0):
                if supervisor.poll() is not None:
                    say("the supervisor is gone: starting anew")
                    stop_leftover()
                    supervisor = start(values, port, actions_port)
                    wait_healthy(port, supervisor, stopped)
        finally:
            say("stopping")
            stop(supervisor)


def main() -> int:
    """The command line: 0 after Ctrl-C, 1 with a message when Stridewell cannot start or go on."""
    stopped = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stopped.set()

    # SIGHUP: the terminal's window was closed.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        serve(stopped)
    except (StartError, OSError) as error:
        if stopped.is_set():  # what failed was interrupted with us
            return 0
        print(f"Stridewell cannot run: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
