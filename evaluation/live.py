"""The whole assistant without the web: the trained Rasa model in this process, the action server in another.

What a person would get for a message, measured where it counts. Used by the evaluation and by the conversation tests.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "stridewell.tar.gz"
START_SECONDS = 90
_TOPIC = re.compile(r"\"topic\":\"([a-z_/]+)\"")
QUIET = {
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True)
class Turn:
    """What one message led to: the parsed message and the messages of the answer."""

    parsed: dict[str, Any]
    messages: list[dict[str, Any]]

    @property
    def types(self) -> list[str]:
        """The types of the messages."""
        return [message["type"] for message in self.messages]

    @property
    def topics(self) -> list[str]:
        """The topics answered, in order, each once."""
        return list(dict.fromkeys(message["topic"] for message in self.messages if message.get("topic")))

    @property
    def offered(self) -> list[str]:
        """The topics answered or offered as choices."""
        options = [
            option["topic"] for message in self.messages for option in message.get("options", ()) if "topic" in option
        ]
        # After an answer, a text offers what was asked besides; the buttons of small talk offer nothing that was asked.
        texts = [message for message in self.messages if message["type"] == "text" and self.topics]
        payloads = [reply["payload"] for message in texts for reply in message.get("quick_replies") or ()]
        besides = [found.group(1) for payload in payloads if (found := _TOPIC.search(payload))]
        return list(dict.fromkeys([*self.topics, *options, *besides]))

    @property
    def urgency(self) -> str:
        """What the turn advises (message contract): the highest urgency of its messages, else self_care."""
        from bot.messages import advised

        return advised(self.messages).value


class Live:
    """Asks the assistant. Conversations are kept in memory, by name."""

    def __init__(self, agent: Any) -> None:
        self._agent = agent
        self._names = (f"conversation-{number}" for number in itertools.count())
        self._loop = asyncio.new_event_loop()

    def ask(self, text: str, *, conversation: str | None = None, region: str | None = "GB") -> Turn:
        """Sends one message and returns what came back; without `conversation` it is the first of a new one."""
        return self._loop.run_until_complete(self._ask(text, conversation or next(self._names), region))

    def talk(self, *texts: str, region: str | None = "GB") -> list[Turn]:
        """Sends several messages in one new conversation."""
        name = next(self._names)
        return [self.ask(text, conversation=name, region=region) for text in texts]

    async def _ask(self, text: str, conversation: str, region: str | None) -> Turn:
        """One message through Rasa."""
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        output = CollectingOutputChannel()
        await self._agent.handle_message(UserMessage(text, output, conversation, metadata={"region": region}))
        tracker = await self._agent.tracker_store.retrieve(conversation)
        messages = [sent["custom"]["data"] for sent in output.messages if "custom" in sent]
        return Turn(parsed=dict(tracker.latest_message.parse_data or {}), messages=messages)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def action_server(environment: dict[str, str] | None = None) -> Iterator[str]:
    """The real action server; gives its webhook address and stops it at the end."""
    port = free_port()
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    values = {**os.environ, **QUIET, **(environment or {})}
    server = subprocess.Popen(command, cwd=ROOT, env=values, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        server.terminate()
        server.wait(10)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    """Returns when the address answers. Raises RuntimeError when it does not in time or the server ends."""
    began = time.monotonic()
    while time.monotonic() - began < START_SECONDS and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"nothing answers at {address}")


@contextmanager
def live(database_url: str | None = None, model: Path = MODEL) -> Iterator[Live]:
    """The assistant over the trained model. `database_url`: a database with the content loaded (default: the settings')."""
    environment = {"DATABASE_URL": database_url} if database_url else {}
    with action_server(environment) as address:
        import structlog
        from rasa.core.agent import Agent
        from rasa.utils.endpoints import EndpointConfig

        # Rasa tells every message at its debug level, and structlog shows that unless told otherwise.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))

        yield Live(Agent.load(model, action_endpoint=EndpointConfig(url=address)))
