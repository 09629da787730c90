"""Two servers on one database, and nobody sends a conversation's calls to the same one: in order, once, and none lost."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
import threading
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.bootstrap import build
from bot.channel.responder import Heard, SavedMeanwhile
from bot.config import Settings
from bot.content.reader import read_content
from bot.knowledge import SqlConversationStore, SqlDiaryStore, SqlPhraseStore, make_engine
from bot.ports import StoreUnavailable, TurnStatus
from bot.rasa_host.web_input import WebInput
from tests.channel_kit import FakeResponder, alert, echo, run, serve
from tests.chaos.people import EMERGENCY
from tests.fakes import FakeContentRepository

_names = itertools.count()
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)


@dataclass
class Shared(FakeResponder):
    """A memory that all servers have, and that notices two turns of a conversation at once."""

    busy: set[str] = field(default_factory=set)
    overlaps: int = 0

    async def answer(self, heard: Heard) -> list[dict[str, Any]]:
        self.overlaps += heard.conversation_id in self.busy
        self.busy.add(heard.conversation_id)
        try:
            await asyncio.sleep(0.01)
            return await super().answer(heard)
        finally:
            self.busy.discard(heard.conversation_id)


async def reply(heard: Heard) -> list[dict[str, Any]]:
    return [alert(flags=["saddle"])] if heard.text == EMERGENCY else await echo(heard)


@contextlib.asynccontextmanager
async def two_servers(url: str, folder: Path, responder: FakeResponder) -> AsyncIterator[list[httpx.AsyncClient]]:
    settings = Settings(
        rate_limit=10_000, address_rate_limit=100_000, new_conversations_limit=10_000, journal_dir=folder / "journal",
        answer_timeout_seconds=8.0,
    )  # fmt: skip
    content = FakeContentRepository.of(read_content())
    async with contextlib.AsyncExitStack() as stack:
        clients = []
        for _ in range(2):
            engine = make_engine(url)
            stores = SqlConversationStore(engine), SqlDiaryStore(engine), SqlPhraseStore(engine)
            services = build(settings, content, *stores)
            app = Sanic(f"two_{next(_names)}", configure_logging=False)
            client = await stack.enter_async_context(serve(app, WebInput(services, lambda handler, app: responder)))
            client.base_url = client.base_url.join("/webhooks/web")
            clients.append(client)
        yield clients


async def say(client: httpx.AsyncClient, token: str, words: str, message_id: str) -> dict[str, Any]:
    body = {"id": message_id, "message": words, "region": "GB"}
    answer = await client.post("/messages", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=20)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def opened(client: httpx.AsyncClient) -> str:
    return str((await client.post("/sessions", json={"region": "GB"})).json()["session"])


def test_bursts_are_answered_in_order_once_and_every_emergency_is_alerted(database_url: str, tmp_path: Path) -> None:
    responder, orders = Shared(reply), []  # type: ignore[var-annotated]

    async def test() -> None:
        async with two_servers(database_url, tmp_path, responder) as servers:

            async def burst(number: int) -> None:
                token, ids = await opened(servers[0]), [str(uuid.uuid4()) for _ in range(4)]
                words = ["one", EMERGENCY if number % 2 else "two", "three", "four"]
                sending = []
                for place, (one, said) in enumerate(zip(ids, words, strict=True)):
                    sending.append(asyncio.ensure_future(say(servers[(place + number) % 2], token, said, one)))
                    await asyncio.sleep(0.03)
                answers = await asyncio.gather(*sending)
                assert not [one for one in answers if one["messages"][0].get("reason") == "unavailable"]
                assert answers[1]["messages"][0]["type"] == ("alert" if number % 2 else "text")
                again = await say(servers[number % 2], token, words[2], ids[2])
                assert again == answers[2]
                entries = (
                    await servers[1].get("/messages", headers={"Authorization": f"Bearer {token}"}, timeout=20)
                ).json()["messages"]
                arrived = [entry["id"] for entry in entries if entry["from"] == "user"]
                assert sorted(arrived) == sorted(ids)
                orders.append(arrived)

            await asyncio.gather(*(burst(number) for number in range(12)))
            assert responder.overlaps == 0
            assert sorted([one for _, one, _ in rows] for rows in responder.memory.values()) == sorted(orders)

    asyncio.run(asyncio.wait_for(test(), 120))


def test_what_a_dead_server_had_begun_is_heard_first_and_its_answer_is_kept(database_url: str, tmp_path: Path) -> None:
    responder = Shared(reply)

    async def test() -> None:
        async with two_servers(database_url, tmp_path, responder) as servers:
            token = await opened(servers[0])
            store = SqlConversationStore(make_engine(database_url))
            with store._engine.connect() as connection:
                conversation = connection.scalar(text("SELECT id FROM conversations"))
            dead = str(uuid.uuid4())
            store.begin_turn(conversation, dead, text=EMERGENCY, at=dt.datetime.now(dt.timezone.utc))
            began = time.monotonic()
            answer = await say(servers[1], token, "hello", str(uuid.uuid4()))
            assert time.monotonic() - began < 2.0
            assert answer["messages"][0]["level"] == "emergency"
            assert store.statuses(conversation)[dead] is TurnStatus.DONE
            assert (await say(servers[0], token, EMERGENCY, dead))["messages"][0]["level"] == "emergency"
            assert responder.remembered == [EMERGENCY, "hello"]

    run(test)


def test_what_another_process_saved_meanwhile_is_read_and_the_turn_runs_again(
    database_url: str, tmp_path: Path
) -> None:
    failing = [True]

    async def reply(heard: Heard) -> list[dict[str, Any]]:
        if heard.text == "mine" and failing and failing.pop():
            raise SavedMeanwhile
        return await echo(heard)

    async def test() -> None:
        async with two_servers(database_url, tmp_path, FakeResponder(reply)) as servers:
            token = await opened(servers[0])
            answer = await say(servers[0], token, "mine", str(uuid.uuid4()))
            assert answer["messages"][0]["text"] == "you said mine"

    run(test)


def test_what_is_forgotten_here_leaves_the_memory_there(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channel.forgotten.LOOK_EVERY_SECONDS", 0.1)
    dropped: list[str] = []

    class Noting(FakeResponder):
        def forget(self, conversation_id: str) -> None:
            dropped.append(conversation_id)
            super().forget(conversation_id)

    async def test() -> None:
        async with two_servers(database_url, tmp_path, Noting(echo)) as servers:
            token = await opened(servers[0])
            await say(servers[1], token, "private", str(uuid.uuid4()))
            left = await servers[0].delete("/sessions", headers={"Authorization": f"Bearer {token}"})
            assert left.status_code == 204
            await asyncio.sleep(0.5)
            assert len(dropped) == 2  # by each of the two servers

    run(test)


def test_a_conversation_is_held_by_one_alone_until_it_is_let_go(engine: Engine, database_url: str) -> None:
    one, two = SqlConversationStore(engine), SqlConversationStore(make_engine(database_url))
    held = one.hold("a", 1.0)
    with pytest.raises(StoreUnavailable):
        two.hold("a", 0.2)
    two.hold("b", 0.2).release()
    threading.Timer(0.2, held.release).start()
    began = time.monotonic()
    second = two.hold("a", 5.0)
    assert 0.1 < time.monotonic() - began < 2.0
    second.release()
    held.release()


def test_nothing_is_kept_by_whoever_has_let_go(engine: Engine) -> None:
    store = SqlConversationStore(engine)
    conversation = store.create("hash", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(days=1))
    store.begin_turn(conversation, "m", text="hi", at=NOW)
    held = store.hold(conversation, 1.0)
    held.release()
    with pytest.raises(StoreUnavailable):
        held.finish_turn("m", messages=[], at=NOW)
    assert store.statuses(conversation) == {"m": TurnStatus.RUNNING}


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_lock_whose_connection_is_lost_is_free_and_its_holder_keeps_nothing(
    engine: Engine, database_url: str
) -> None:
    store = SqlConversationStore(engine)
    conversation = store.create("hash", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(days=1))
    store.begin_turn(conversation, "m", text="hi", at=NOW)
    held = store.hold(conversation, 1.0)
    other = make_engine(database_url)
    with other.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        )
    SqlConversationStore(other).hold(conversation, 2.0).release()
    with pytest.raises(StoreUnavailable):
        held.finish_turn("m", messages=[], at=NOW)
    held.release()
    other.dispose()


def test_which_conversations_are_gone(engine: Engine) -> None:
    store = SqlConversationStore(engine)
    there = store.create("hash", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(days=1))
    assert store.gone([there, "gone"]) == {"gone"}
