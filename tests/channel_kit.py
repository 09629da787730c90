"""The web channel on a real server in the test's own loop, with a responder that does as the test says."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import socket
import tempfile
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.bootstrap import Services
from bot.channel.responder import Heard, RememberedMessage, Responder
from bot.config import Settings
from bot.content.diary import phrase_words
from bot.knowledge import FileJournal
from bot.model import HelpLine, HelpLines
from bot.ports import StoreUnavailable
from bot.rasa_host.web_input import WebInput
from tests.fakes import FakeContentRepository, FakeConversationStore, FakeDiaryStore, FakePhraseStore

# Sanic rewrites its own methods for speed at the first start in a process and cannot read them again at the next start.
Sanic.test_mode = True

_names = itertools.count()


def message(text: str, **more: Any) -> dict[str, Any]:
    """A message of type text, unless told otherwise."""
    return {"v": 1, "type": "text", "text": text, **more}


def alert(level: str = "emergency", **more: Any) -> dict[str, Any]:
    """An alert, complete but for its id."""
    given = {"title": "Call now", "body": "Call now.", "actions": [{"label": "Call 112", "url": "tel:112"}]}
    return message("Call now.", **{"type": "alert", "level": level, "ack_payload": "/ack", **given, **more})


class FakeAssistant:
    """Greeting and notice with the region in them."""

    broken = False

    def greeting(self, region: str | None) -> list[dict[str, Any]]:
        return [message(f"hello {region}", quick_replies=[{"title": "Start", "payload": "/start{}"}])]

    def unavailable(self, region: str | None, *, kept: bool = True) -> dict[str, Any]:
        if self.broken:
            raise StoreUnavailable("broken for a test")
        text = f"sorry {region}" if kept else f"not kept {region}"
        return message(text, type="notice", reason="unavailable")


Reply = Callable[[Heard], Awaitable[list[dict[str, Any]]]]


@dataclass
class FakeResponder(Responder):
    """Remembers like Rasa does: a message is kept once it was answered, whether or not anything was said to it."""

    reply: Reply
    heard: list[Heard] = field(default_factory=list)
    memory: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    broken: bool = False
    amnesic: bool = False
    rows: Any = field(default_factory=lambda: itertools.count(1))

    async def answer(self, heard: Heard) -> list[dict[str, Any]]:
        self.heard.append(heard)
        messages = await self.reply(heard)
        if not self.amnesic:
            rows = self.memory.setdefault(heard.conversation_id, [])
            rows.append((next(self.rows), heard.message_id, heard.text))
        return messages

    def turns(self, conversation_id: str) -> tuple[RememberedMessage, ...]:
        self.check()
        return tuple(RememberedMessage(row, message_id) for row, message_id, _ in self.memory.get(conversation_id, ()))

    def latest(self, conversation_id: str) -> RememberedMessage | None:
        return next(reversed(self.turns(conversation_id)), None)

    def rewind(self, conversation_id: str, row: int) -> None:
        self.check()
        self.memory[conversation_id] = [kept for kept in self.memory[conversation_id] if kept[0] < row]

    def forget(self, conversation_id: str) -> None:
        self.check()
        self.memory.pop(conversation_id, None)

    def check(self) -> None:
        if self.broken:
            raise StoreUnavailable("broken for a test")

    def model_id(self) -> str | None:
        return "model-1"

    @property
    def remembered(self) -> list[str]:
        return [text for rows in self.memory.values() for _, _, text in rows]


async def echo(heard: Heard) -> list[dict[str, Any]]:
    """The default reply."""
    return [message(f"you said {heard.text}")]


@dataclass
class Bench:
    """A running server, what is behind it, and a client of it."""

    client: httpx.AsyncClient
    store: FakeConversationStore
    content: FakeContentRepository
    responder: FakeResponder
    assistant: FakeAssistant
    journal: FileJournal
    phrases: FakePhraseStore = field(default_factory=FakePhraseStore)
    token: str = ""

    async def open(self, **body: Any) -> dict[str, Any]:
        """Opens a conversation that the next calls are about."""
        response = await self.client.post("/webhooks/web/sessions", json=body)
        assert response.status_code == 201, response.text
        self.token = response.json()["session"]
        found: dict[str, Any] = response.json()
        return found

    async def post(self, text: str, *, message_id: str | None = None, **more: Any) -> httpx.Response:
        """Sends a message."""
        body = {"id": message_id or str(uuid.uuid4()), "message": text, **more}
        return await self.client.post("/webhooks/web/messages", json=body, headers=self.auth)

    async def say(self, text: str, *, message_id: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """Sends a message and gives its answer."""
        response = await self.post(text, message_id=message_id, **more)
        assert response.status_code == 200, response.text
        found: list[dict[str, Any]] = response.json()["messages"]
        return found

    async def transcript(self) -> list[str]:
        """The texts of the conversation so far, those of the person with a > in front."""
        response = await self.client.get("/webhooks/web/messages", headers=self.auth)
        assert response.status_code == 200, response.text
        entries = response.json()["messages"]
        return [f"> {one['text']}" if one["from"] == "user" else one["message"]["text"] for one in entries]

    async def forget(self) -> httpx.Response:
        """Deletes the conversation."""
        return await self.client.delete("/webhooks/web/sessions", headers=self.auth)

    @property
    def auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@asynccontextmanager
async def bench(reply: Reply = echo, *, journal_bytes: int = 2**24, **settings: Any) -> AsyncIterator[Bench]:
    """The channel on a free port, with an open conversation."""
    line = HelpLine(label="Emergency", number="112", url="tel:112", source="x")
    content = FakeContentRepository(
        help_lines=[HelpLines(region=code, name=code, emergency=line) for code in ("GB", "IE")]
    )
    store, responder, assistant = FakeConversationStore(), FakeResponder(reply), FakeAssistant()
    given = {
        "rate_limit": 1000,
        "address_rate_limit": 100_000,
        "new_conversations_limit": 1000,
        "answer_timeout_seconds": 5.0,
        "actions_url": "http://127.0.0.1:9/webhook",
        **settings,
    }
    app = Sanic(f"test_channel_{next(_names)}", configure_logging=False)
    with tempfile.TemporaryDirectory(prefix="stridewell-journal-") as folder:
        journal = FileJournal(Path(folder), most_bytes=journal_bytes)
        stores = FakeDiaryStore(), FakePhraseStore(store), phrase_words()
        services = Services(Settings(**given), content, store, journal, assistant, *stores)  # type: ignore[arg-type]
        async with serve(app, WebInput(services, lambda handler, app: responder)) as client:
            running = Bench(client, store, content, responder, assistant, journal, stores[1])
            await running.open(region="GB")
            yield running


@asynccontextmanager
async def serve(app: Sanic, *channels: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Rasa's own way of putting channels on a server, and a client of it."""
    register(list(channels), app, "/webhooks/")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20) as client:
            yield client
    finally:
        await server.before_stop()
        await server.close()
        await server.after_stop()


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Runs an asynchronous test to its end."""
    asyncio.run(asyncio.wait_for(test(), 60))


NOW = dt.datetime(2026, 3, 2, tzinfo=dt.timezone.utc)

__all__ = ["NOW", "Bench", "FakeResponder", "UserMessage", "alert", "bench", "echo", "message", "run", "serve"]
