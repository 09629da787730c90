"""Processes that share a socket: watched, replaced, found when they were left behind; and what is between them."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import redis

from bot.channel.admission import RateLimits
from bot.channel.problems import CallRefused
from bot.channel.shared_counts import SharedCounts
from bot.config import Settings
from evaluation.live import ROOT, free_port
from tests.channel_kit import run
from tests.chaos.service import redis_server

SERVER = """
import sys
from pathlib import Path
from sanic import Sanic
from sanic.response import text
from bot.rasa_host import serving
import asyncio, os, time
heartbeat = Path(sys.argv[sys.argv.index("--heartbeat") + 1])
serving.BEAT_SECONDS = 0.1
serving.serve_on(serving.shared_socket(), heartbeat)
app = Sanic("tiny", configure_logging=False)
@app.get("/slow")
async def slow(request):
    await asyncio.sleep(1.0)
    return text(str(os.getpid()))
@app.get("/")
async def who(request):
    return text(str(os.getpid()))
app.run("127.0.0.1", 1, access_log=False)
"""


@pytest.fixture
def supervision(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("supervision")


@pytest.fixture
def group(supervision: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, int]]:
    """Two tiny servers and their watcher under a real supervisord, and the port that they share."""
    folder = Path(os.path.realpath(tmp_path))
    for name in ("logs", "alive"):
        (folder / name).mkdir()
    (folder / "tiny.py").write_text(SERVER)
    port = free_port()
    text = supervision.configuration(
        folder, server=f"{sys.executable} {folder / 'tiny.py'}", actions=f"{sys.executable} {folder / 'tiny.py'}",
        port=port, actions_port=free_port(), interface="127.0.0.1", workers=2, action_workers=1,
    )  # fmt: skip
    (folder / "supervisord.conf").write_text(text)
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(folder / "supervisord.conf")]
    supervisor = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        until(lambda: {"server-1", "server-2"} <= {path.name for path in (folder / "alive").iterdir()})
        yield folder, port
    finally:
        supervision.stop_leftover(folder)
        supervisor.wait(20)


def until(ready: object, seconds: float = 40.0) -> None:
    end = time.monotonic() + seconds
    while not ready():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


def asked(port: int, path: str = "/") -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return int(answer.read())


def number(folder: Path, name: str) -> int:
    """The number of a process, once it has given its first sign of life."""
    life, until = folder / "alive" / name, time.monotonic() + 20
    while not life.is_file() and time.monotonic() < until:
        time.sleep(0.1)
    return int(life.read_text())


def test_two_processes_serve_one_port_and_what_dies_comes_back_with_nobody_refused(group: tuple[Path, int]) -> None:
    folder, port = group
    both = {number(folder, "server-1"), number(folder, "server-2")}
    found = set()
    until(lambda: found.add(asked(port)) or found == both)
    for one in both:
        os.kill(one, signal.SIGKILL)
    assert asked(port) not in both  # it waited on the socket, which the watcher holds


def test_a_process_that_hangs_is_ended_and_comes_back(group: tuple[Path, int]) -> None:
    folder, port = group
    hung = number(folder, "server-1")
    os.kill(hung, signal.SIGSTOP)
    until(lambda: number(folder, "server-1") != hung)
    assert asked(port)


def test_answers_under_way_are_finished_when_a_process_is_to_stop(group: tuple[Path, int]) -> None:
    folder, port = group
    slow = subprocess.Popen(
        [sys.executable, "-c", f"import urllib.request as r; print(r.urlopen('http://127.0.0.1:{port}/slow').read().decode())"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(0.6)
    both = {number(folder, "server-1"), number(folder, "server-2")}
    for one in both:
        os.kill(one, signal.SIGTERM)
    assert int(slow.communicate(timeout=30)[0])


def test_all_are_replaced_one_by_one_and_nobody_is_refused(
    group: tuple[Path, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, port = group
    restart = importlib.import_module("restart")
    before = {name: number(folder, name) for name in ("server-1", "server-2", "actions-1")}
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKING, str(port), str(folder / "enough")], stdout=subprocess.PIPE, text=True
    )
    restart.restart(folder)
    (folder / "enough").write_text("")
    done = json.loads(asking.communicate(timeout=30)[0])
    assert done["failed"] == []
    assert done["answered"] > 20
    assert {name for name, one in before.items() if number(folder, name) == one} == set()


ASKING = """
import json, sys, time, urllib.request
from pathlib import Path
done = {"answered": 0, "failed": []}
while not Path(sys.argv[2]).exists():
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/", timeout=10).read()
        done["answered"] += 1
    except OSError as error:
        done["failed"].append(repr(error))
    time.sleep(0.02)
print(json.dumps(done))
"""


def test_servers_whose_supervisor_was_killed_are_found_and_ended(
    group: tuple[Path, int], supervision: ModuleType
) -> None:
    folder, _ = group
    supervisor = int((folder / "supervisord.pid").read_text())
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: supervisor not in supervision.leftover(folder))
    assert len(supervision.leftover(folder)) >= 4
    assert supervision.stop_leftover(folder)
    assert supervision.leftover(folder) == []
    assert not supervision.stop_leftover(folder)


def test_only_a_file_that_stands_still_means_that_a_process_hangs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, supervision: ModuleType
) -> None:
    watchdog = importlib.import_module("watchdog")
    path = tmp_path / "server-1"
    path.write_text(str(os.getpid()))
    monkeypatch.setattr(watchdog, "command_of", lambda one: f"x --heartbeat {path}")
    watch = watchdog.Watch("server", tmp_path)
    for look in range(watchdog.HUNG_LOOKS * 2):
        os.utime(path, (look * 10_000, look * -5_000 + 10**6))  # a clock that jumps is no sign of anything
        assert watch.hung() == []
    found = [watch.hung() for _ in range(watchdog.HUNG_LOOKS)]
    assert found[-1] == [os.getpid()]
    monkeypatch.setattr(watchdog, "command_of", lambda one: "somebody else's")
    assert [watch.hung() for _ in range(watchdog.HUNG_LOOKS * 2)].count([]) == watchdog.HUNG_LOOKS * 2


@contextlib.contextmanager
def action_server(*arguments: str, secret: str = "s" * 32) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "bot.rasa_host.action_server", "--port", str(port), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "ACTIONS_SECRET": secret})
    try:
        until(lambda: process.poll() is not None or listening(port))
        yield port
    finally:
        process.terminate()
        process.wait(20)


def listening(port: int, address: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


def status(port: int, path: str, body: bytes | None = None, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers=sent)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:  # the connection was closed on us while we sent
        return 413


def test_the_action_server_answers_the_rasa_server_alone() -> None:
    with action_server() as port:
        right = f"Bearer {'s' * 32}"
        call = json.dumps({"next_action": "action_nothing"}).encode()
        assert status(port, "/health") == 200
        assert status(port, "/actions") == 401
        assert status(port, "/webhook", call) == 401
        assert status(port, "/webhook", call, Authorization="Bearer wrong") == 401
        assert status(port, "/actions", Authorization=right) == 200
        assert status(port, "/webhook", call, Authorization=right) in (400, 404, 500)
        assert status(port, "/webhook", b"x" * 10**6, Authorization=right) == 413
        assert status(port, "/webhook", b"x", Authorization=right, Content_Encoding="deflate") == 415
        hosts = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        assert not any(listening(port, str(host)) for host in hosts if not str(host).startswith("127."))


def test_without_a_secret_it_listens_nowhere_but_here() -> None:
    command = [sys.executable, "-m", "bot.rasa_host.action_server", "--interface", "0.0.0.0", "--port", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "ACTIONS_SECRET": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "without ACTIONS_SECRET" in done.stderr


needs_redis = pytest.mark.skipif(
    not shutil.which("redis-server") and os.environ.get("CI") != "true", reason="no redis-server here"
)


@needs_redis
def test_servers_count_together_in_redis_and_each_for_itself_while_it_is_away(tmp_path: Path) -> None:
    async def test() -> None:
        with redis_server(tmp_path) as (url, process):
            one, two = (RateLimits(Settings(redis_url=url, rate_limit=3)) for _ in range(2))
            for limits in (one, two, one):
                await limits.count("conversation", "somebody")
            for limits in (one, two):
                with pytest.raises(CallRefused):
                    await limits.count("conversation", "somebody")
            client = redis.Redis(unix_socket_path=str(tmp_path / "redis.sock"))
            assert [0 < client.ttl(key) <= 61 for key in client.scan_iter()] == [True]
            await one.forget("somebody")
            await two.count("conversation", "somebody")
            process.kill()
            process.wait()
            began = time.monotonic()
            for limits in (one, two):
                for _ in range(3):
                    await limits.count("conversation", "nobody")
                with pytest.raises(CallRefused):
                    await limits.count("conversation", "nobody")
            assert time.monotonic() - began < 3.0
            for limits in (one, two):
                limits.close()

    run(test)


@needs_redis
def test_a_redis_that_hangs_holds_nobody_up(tmp_path: Path) -> None:
    async def test() -> None:
        with redis_server(tmp_path) as (url, process):
            counts = SharedCounts(url)
            limits = RateLimits(Settings(redis_url=url))
            await limits.count("address", "somewhere")
            os.kill(process.pid, signal.SIGSTOP)
            began = time.monotonic()
            await asyncio.gather(*(limits.count("address", "somewhere") for _ in range(20)))
            assert time.monotonic() - began < 2.0
            began = time.monotonic()
            await limits.count("address", "somewhere")
            assert time.monotonic() - began < 0.1
            counts.close()
            limits.close()

    run(test)
