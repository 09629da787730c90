"""Stridewell as it ships, on ports of its own: the trained model, the action server, a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.content.reader import read_content
from bot.knowledge import load, make_engine, upgrade
from evaluation.live import MODEL, QUIET, ROOT, free_port

HEALTHY_SECONDS = 240


class Process:
    """One server that can be killed and started again."""

    def __init__(self, *arguments: str, environment: dict[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", *arguments]
        self._environment = {**os.environ, **QUIET, **environment}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@dataclass
class Stack:
    """The address of the running assistant, its processes and its database."""

    address: str
    actions: Process
    server: Process
    database: Path
    actions_url: str = ""
    logs: list[Path] = field(default_factory=list)

    def healthy(self) -> bool:
        """Whether every part is up."""
        try:
            return httpx.get(f"{self.address}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def wait(self) -> None:
        """Returns when every part is up."""
        began = time.monotonic()
        while time.monotonic() - began < HEALTHY_SECONDS:
            if self.healthy():
                return
            time.sleep(0.3)
        raise AssertionError("not healthy:\n" + "\n".join(log.read_text(errors="replace")[-3000:] for log in self.logs))

    def person(self, region: str | None = "GB") -> Person:
        """Somebody who opens the page."""
        return Person(self.address, region)


class Person:
    """A conversation over the HTTP API, as the page holds it."""

    def __init__(self, address: str, region: str | None) -> None:
        self._http = httpx.Client(base_url=f"{address}/webhooks/web", timeout=15)
        begun = self._http.post("/sessions", json={"region": region} if region else {})
        assert begun.status_code == 201, begun.text
        self.greeting: list[dict[str, Any]] = begun.json()["messages"]
        self.token: str = begun.json()["session"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"

    def say(self, text: str, *, message_id: str | None = None, tz: str | None = None) -> list[dict[str, Any]]:
        """Sends one message, perhaps from a time zone, and returns the answer's messages."""
        sent = {"id": message_id or str(uuid.uuid4()), "message": text, **({"tz": tz} if tz else {})}
        answer = self._http.post("/messages", json=sent)
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def transcript(self) -> list[dict[str, Any]]:
        """The conversation so far."""
        messages: list[dict[str, Any]] = self._http.get("/messages").json()["messages"]
        return messages

    def call(self, method: str, path: str, content: str | None = None, *, key: bool = True) -> httpx.Response:
        """Any other call, with the key or without."""
        headers = (
            {"Content-Type": "application/json"} if key else {"Content-Type": "application/json", "Authorization": ""}
        )
        return self._http.request(method, f"/{path}", content=content, headers=headers)

    def use(self, token: str) -> None:
        """Goes on with another key."""
        self.token = token
        self._http.headers["Authorization"] = f"Bearer {token}"

    def forget(self) -> int:
        """Deletes the conversation; the status."""
        return self._http.delete("/sessions").status_code

    def status(self) -> int:
        """The status of reading the transcript."""
        return self._http.get("/messages").status_code


@contextmanager
def running(
    folder: Path, *options: str, url: str | None = None, settings: dict[str, str] | None = None
) -> Iterator[Stack]:
    """A whole stack with its files in `folder`, stopped at the end. `options` are more arguments of the server."""
    database = folder / "stridewell.sqlite3"
    url = url or f"sqlite:///{database}"
    upgrade(url)
    load(make_engine(url), read_content())
    port, actions_port = free_port(), free_port()
    environment = {
        "DATABASE_URL": url,
        "PORT": str(port),
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "RATE_LIMIT": "1000",
        "ADDRESS_RATE_LIMIT": "100000",
        "NEW_CONVERSATIONS_LIMIT": "10000",
        "RETURN_LIMIT": "10000",
        "JOURNAL_DIR": str(folder / "journal"),
        **(settings or {}),
    }
    logs = [folder / "actions.log", folder / "server.log"]
    actions = Process(
        "bot.rasa_host.action_server",
        "--actions",
        "actions",
        "--port",
        str(actions_port),
        environment=environment,
        log=logs[0],
    )
    server = Process(
        "rasa", "run", "--model", str(MODEL), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        "--port", str(port), "-i", "127.0.0.1", *options, environment=environment, log=logs[1],
    )  # fmt: skip
    stack = Stack(f"http://127.0.0.1:{port}", actions, server, database, environment["ACTIONS_URL"], logs)
    try:
        actions.start()
        server.start()
        stack.wait()
        yield stack
    finally:
        server.kill()
        actions.kill()
