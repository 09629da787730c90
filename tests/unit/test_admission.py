"""Limits for a conversation, an address and all together; and calls that are slow, false or packed."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import time
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from sanic.compat import Header

from bot.channel import requests, server_rules
from bot.channel.admission import RateLimits
from bot.channel.responder import Heard
from bot.config import Settings
from tests.channel_kit import Bench, bench, echo, run

SESSIONS, MESSAGES = "/webhooks/web/sessions", "/webhooks/web/messages"


class Headers(Header):
    """As Sanic's."""


@pytest.mark.parametrize(
    ("peer", "told", "wanted"),
    [
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", ["6.6.6.6, 1.2.3.4, 10.1.1.1"], "1.2.3.4"),
        ("127.0.0.1", ["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", ["nonsense"], "127.0.0.1"),
        ("9.9.9.9", ["1.2.3.4"], "9.9.9.9"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("::ffff:9.9.9.9", [], "9.9.9.9"),
    ],
)
def test_the_address_is_the_last_one_that_no_trusted_proxy_stands_for(peer: str, told: list[str], wanted: str) -> None:
    request: Any = SimpleNamespace(ip=peer, headers=Headers([("X-Forwarded-For", one) for one in told]))
    assert RateLimits(Settings(trusted_proxies="127.0.0.1 10.0.0.0/8")).address_of(request) == wanted


def test_sixty_addresses_behind_a_proxy_are_served_and_one_alone_is_limited() -> None:
    async def test() -> None:
        async with bench(new_conversations_limit=3, trusted_proxies="127.0.0.1") as bot:
            codes = [
                (await bot.client.post(SESSIONS, headers={"X-Forwarded-For": f"192.0.2.{number}"})).status_code
                for number in range(60)
            ]
            assert set(codes) == {201}
            one = [
                (await bot.client.post(SESSIONS, headers={"X-Forwarded-For": "198.51.100.1"})).status_code
                for _ in range(5)
            ]
            assert one == [201, 201, 201, 429, 429]

    run(test)


def test_nobody_makes_up_an_address_where_no_proxy_is_trusted() -> None:
    async def test() -> None:
        async with bench(new_conversations_limit=2) as bot:
            codes = [
                (await bot.client.post(SESSIONS, headers={"X-Forwarded-For": f"192.0.2.{number}"})).status_code
                for number in range(3)
            ]
            assert codes == [201, 429, 429]

    run(test)


def test_one_address_with_many_conversations_is_limited_as_a_whole() -> None:
    async def test() -> None:
        async with bench(address_rate_limit=6) as bot:
            others = []
            for _ in range(2):
                other = Bench(bot.client, bot.store, bot.content, bot.responder, bot.assistant, bot.journal)
                await other.open()
                others.append(other)
            codes = [(await one.post("hi")).status_code for one in others for _ in range(3)]
            assert codes == [200, 200, 200, 429, 429, 429]

    run(test)


def test_whoever_comes_when_all_places_are_taken_is_told_at_once_and_in_an_emergency_what_to_do() -> None:
    async def test() -> None:
        go_on = asyncio.Event()

        async def slow(heard: Heard) -> list[dict[str, Any]]:
            await go_on.wait()
            return await echo(heard)

        async with bench(slow, most_at_once=4) as bot:
            others = []
            for _ in range(10):
                other = Bench(bot.client, bot.store, bot.content, bot.responder, bot.assistant, bot.journal)
                await other.open()
                others.append(other)
            inside = [asyncio.ensure_future(one.post("hi")) for one in others[:4]]
            await asyncio.sleep(0.2)
            for one in others[4:]:
                began = time.monotonic()
                refused = await one.post("hi")
                assert time.monotonic() - began < 0.1
                assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
                assert "emergency number" in refused.json()["detail"]
                assert "not kept" in refused.json()["detail"]
            go_on.set()
            assert [(await one).status_code for one in inside] == [200] * 4
            assert (await others[5].post("hi")).status_code == 200

    run(test)


async def raw(port: int, *parts: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """What the server answers to bytes, and when it closed the connection."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = asyncio.ensure_future(reader.read())
    with contextlib.suppress(ConnectionError):
        for part in parts if not answer.done() else ():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
    with contextlib.suppress(ConnectionError):
        await asyncio.wait_for(answer, 15)
    writer.close()
    return b"" if answer.exception() else answer.result(), time.monotonic() - began


def head(bot: Bench, length: int, *more: str) -> bytes:
    lines = [f"POST {MESSAGES} HTTP/1.1", "Host: x", f"Authorization: Bearer {bot.token}", *more]
    return "\r\n".join([*lines, "Content-Type: application/json", f"Content-Length: {length}", "", ""]).encode()


def body(text: str = "hi") -> bytes:
    return json.dumps({"id": str(uuid.uuid4()), "message": text}).encode()


def test_bodies_that_never_come_or_come_by_the_byte_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "ARRIVE_SECONDS", 0.5)

    async def test() -> None:
        async with bench() as bot:
            port = int(bot.client.base_url.port or 0)
            sent = body()
            for parts, pause in (
                ([head(bot, len(sent) + 10), sent], 0.0),
                ([head(bot, 500), *[b"x"] * 20], 0.1),
                ([head(bot, 500)], 0.0),
            ):
                answer, took = await raw(port, *parts, pause=pause)
                assert answer.startswith(b"HTTP/1.1 408") or (pause and not answer)
                assert took < 4.0
            assert (await bot.post("still served")).status_code == 200
            assert [heard.text for heard in bot.responder.heard] == ["still served"]

    run(test)


def test_headers_by_the_byte_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert server_rules.ARRIVE_SECONDS + requests.ARRIVE_SECONDS <= 10
    monkeypatch.setattr(server_rules, "ARRIVE_SECONDS", 1)

    async def test() -> None:
        async with bench() as bot:
            port = int(bot.client.base_url.port or 0)
            start = head(bot, 10)[:60]
            answer, took = await raw(port, start, *[b"a"] * 12, pause=0.2)
            assert took < 2.9
            assert not answer.startswith(b"HTTP/1.1 2")
            assert (await bot.post("still served")).status_code == 200

    run(test)


def test_too_much_too_little_and_packed() -> None:
    async def test() -> None:
        async with bench() as bot:
            port = int(bot.client.base_url.port or 0)
            sent = body()
            short, _ = await raw(port, head(bot, len(sent) - 5, "Connection: close") + sent)
            assert short.startswith(b"HTTP/1.1 400")
            many, took = await raw(port, head(bot, 10**9, "Connection: close") + b"x" * 100_000)
            assert many.startswith(b"HTTP/1.1 413")
            assert took < 5.0
            packed = gzip.compress(b" " * 10**8)
            headers = {**bot.auth, "Content-Type": "application/json", "Content-Encoding": "gzip"}
            refused = await bot.client.post(MESSAGES, content=packed[:20_000], headers=headers)
            assert refused.status_code in (413, 415)
            assert (await bot.client.post(MESSAGES, content=packed[:500], headers=headers)).status_code == 415

    run(test)
