"""The product as `make run` starts it, several processes under their supervisor, in a folder and on ports of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.content.reader import read_content
from bot.knowledge import load, make_engine, upgrade
from evaluation.live import MODEL, QUIET, ROOT, free_port

sys.path.insert(0, str(ROOT / "scripts"))
import run
import supervision

UP_SECONDS = 240
SECRET = "a secret of the test's own"
LIFTED = {"RATE_LIMIT": "100000", "ADDRESS_RATE_LIMIT": "1000000", "NEW_CONVERSATIONS_LIMIT": "100000"}
"""No limit on how often somebody writes: what is asked here comes from one address."""


@dataclass(frozen=True)
class Service:
    """A running service."""

    address: str
    folder: Path
    workers: int
    supervisor: subprocess.Popen[bytes]
    environment: dict[str, str]

    def number(self, name: str) -> int:
        """The process that serves under a name ("server-1")."""
        return int((self.folder / "alive" / name).read_text())

    def names(self) -> list[str]:
        return [f"{group}-{at + 1}" for group in ("actions", "server") for at in range(self.workers)]

    def ready(self) -> bool:
        """Whether all processes serve and every part is well."""
        try:
            alive = all(Path(f"/proc/{self.number(name)}").exists() for name in self.names())
            return alive and httpx.get(f"{self.address}/health", timeout=5).status_code == 200
        except (OSError, ValueError, httpx.HTTPError):
            return False

    def wait(self) -> None:
        """Returns when it is ready."""
        until = time.monotonic() + UP_SECONDS
        while not self.ready():
            assert time.monotonic() < until, "not ready:\n" + "".join(
                log.read_text(errors="replace")[-2000:] for log in (self.folder / "logs").glob("*.log")
            )
            time.sleep(0.5)

    def restart(self) -> None:
        """Replaces the processes one by one, as `make restart` does."""
        code = (
            "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
            "import restart; restart.restart(Path(sys.argv[2]))"
        )
        command = [sys.executable, "-c", code, str(ROOT / "scripts"), str(self.folder)]
        subprocess.run(command, check=True, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def served(
    folder: Path,
    *,
    url: str | None = None,
    workers: int = 2,
    port: int | None = None,
    settings: dict[str, str] | None = None,
) -> Iterator[Service]:
    """A service with its files in `folder`, stopped at the end."""
    url = url or f"sqlite:///{folder / 'stridewell.sqlite3'}"
    upgrade(url)
    engine = make_engine(url)
    load(engine, read_content())
    engine.dispose()
    port, actions_port = port or free_port(), free_port()
    for name in ("logs", "alive"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ, **QUIET, **LIFTED, "PYTHONUNBUFFERED": "1", "DATABASE_URL": url, "PORT": str(port),
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook", "ACTIONS_SECRET": SECRET,
        "JOURNAL_DIR": str(folder / "journal"), **(settings or {}),
    }  # fmt: skip
    command = run.configured(
        folder, model=MODEL, port=port, actions_port=actions_port, workers=workers, action_workers=workers
    )
    supervisor = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    service = Service(f"http://127.0.0.1:{port}", folder, workers, supervisor, environment)
    try:
        service.wait()
        yield service
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(supervisor.pid, signal.SIGCONT)
        supervisor.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            supervisor.wait(supervision.STOP_WITHIN_SECONDS)
        supervision.stop_leftover(folder)


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis of its own, reached by a socket: its address and its process."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("redis-server is needed")
    path = folder / "redis.sock"
    command = [program, "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not path.exists():
            time.sleep(0.05)
        yield f"redis+unix://{path}", process
    finally:
        process.kill()
        process.wait()
