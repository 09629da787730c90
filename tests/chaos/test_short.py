"""The audit of `make chaos` in a minute: the channel on a real SQLite file and a real journal, with twenty people."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import itertools
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic

from bot.bootstrap import build
from bot.channel import kept_words
from bot.channel.responder import Heard
from bot.config import Settings
from bot.content.reader import read_content
from bot.knowledge import SqlConversationStore, make_engine, upgrade
from bot.rasa_host.web_input import WebInput
from tests.channel_kit import FakeResponder, alert, echo, serve
from tests.chaos import faults
from tests.chaos.people import EMERGENCY, Audit, Person, Sent, audit, people, talk
from tests.fakes import FakeContentRepository, FakeDiaryStore, FakePhraseStore
from tests.integration.test_two_servers import Shared, two_servers
from tests.postgres import PostgresServer, find_binaries, running_postgres


async def reply(heard: Heard) -> list[dict[str, Any]]:
    await asyncio.sleep(0.01)
    return [alert(flags=["saddle"])] if heard.text == EMERGENCY else await echo(heard)


@contextlib.asynccontextmanager
async def crowd_on(folder: Path, name: str, count: int) -> AsyncIterator[tuple[list[Person], Path]]:
    database = folder / "stridewell.sqlite3"
    upgrade(f"sqlite:///{database}")
    settings = Settings(
        rate_limit=1000, address_rate_limit=100_000, new_conversations_limit=1000, journal_dir=folder / "journal",
        answer_timeout_seconds=6.0,
    )  # fmt: skip
    store = SqlConversationStore(make_engine(f"sqlite:///{database}"))
    services = build(settings, FakeContentRepository.of(read_content()), store, FakeDiaryStore(), FakePhraseStore())
    responder = FakeResponder(reply)
    app = Sanic(f"chaos_{name}", configure_logging=False)
    async with serve(app, WebInput(services, lambda handler, app: responder)) as client:
        client.base_url = client.base_url.join("/webhooks/web")
        yield await people(client, count), database


@pytest.mark.parametrize("name", ["locked", "away"])
def test_nobody_who_was_told_that_words_are_kept_loses_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(kept_words, "REPLAY_EVERY_SECONDS", 0.3)
    fault = {"locked": faults.sqlite_locked, "away": faults.database_away}[name]

    async def test() -> Audit:
        async with crowd_on(tmp_path, name, 20) as (crowd, database):
            talking = asyncio.ensure_future(talk(crowd, seconds=9.0, seed=12, pause=2.0))
            await asyncio.sleep(2.0)
            async with fault(database):
                await asyncio.sleep(5.0)
            await talking
            return await audit(crowd)

    found = asyncio.run(asyncio.wait_for(test(), 120))
    assert found.faultless, found
    assert found.kept >= 10, found
    assert found.answered >= 10, found


class Alternating:
    """A client whose calls go to one server and the other by turns."""

    def __init__(self, clients: list[httpx.AsyncClient]) -> None:
        self._turns = itertools.cycle(clients)

    async def post(self, *given: Any, **named: Any) -> httpx.Response:
        return await next(self._turns).post(*given, **named, timeout=20)

    async def get(self, *given: Any, **named: Any) -> httpx.Response:
        return await next(self._turns).get(*given, **named, timeout=20)


@pytest.mark.parametrize("name", ["hung", "killed", "read only"])
def test_two_servers_on_a_postgresql_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(kept_words, "REPLAY_EVERY_SECONDS", 0.3)
    fault = {"hung": faults.postgres_hung, "killed": faults.postgres_killed, "read only": faults.postgres_read_only}

    async def test(server: PostgresServer, url: str) -> Audit:
        async with two_servers(url, tmp_path, Shared(reply)) as servers:
            crowd = await people(Alternating(servers), 12)  # type: ignore[arg-type]
            talking = asyncio.ensure_future(talk(crowd, seconds=8.0, seed=17, pause=2.0))
            await asyncio.sleep(2.0)
            async with fault[name](server):
                await asyncio.sleep(4.0)
            await talking
            return await audit(crowd)

    binaries = find_binaries()
    if binaries is None:
        assert os.environ.get("CI") != "true", "no PostgreSQL here"
        pytest.skip("no PostgreSQL here")
    with running_postgres(binaries) as server:
        url = server.create("chaos")
        upgrade(url)
        found = asyncio.run(asyncio.wait_for(test(server, url), 120))
    assert found.faultless, found
    assert found.kept >= 4, found
    assert found.answered >= 10, found


def test_the_audit_sees_what_it_is_for() -> None:
    """A service that loses, doubles and never alerts is not found faultless."""

    class Forgetful(Person):
        async def say(self, text: str, *, message_id: str | None = None) -> Sent:
            one = Sent(message_id or f"m-{len(self.sent)}", text, told="answered")
            self.sent.append(one)
            return one

        async def transcript(self) -> list[dict[str, Any]]:
            doubled = {"from": "user", "id": self.sent[1].id}
            return [doubled, doubled]

    async def test() -> Audit:
        person = Forgetful(None, "token")  # type: ignore[arg-type]
        await person.say(EMERGENCY)
        await person.say("words")
        late = await person.say("late")
        late.seconds, late.told = 11.0, "ReadTimeout"
        return await audit([person])

    found = asyncio.run(test())
    assert (found.lost, found.doubled, found.emergencies_unalerted, found.late, found.untold) == (1, 1, 1, 1, 1)
    assert not found.faultless
    assert dataclasses.replace(found, lost=0, doubled=0, emergencies_unalerted=0, late=0, untold=0).faultless


def test_invented_tokens_are_never_told_that_words_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "INVENTED", 60)

    async def test() -> None:
        async with crowd_on(tmp_path, "invented", 1) as (crowd, database):
            async with faults.database_away(database):
                kept = await crowd[0].say("mine")
                assert kept.told == "kept"
                assert await faults.invented_tokens(crowd[0].http) == 0
            assert (await audit(crowd)).faultless

    asyncio.run(asyncio.wait_for(test(), 120))
