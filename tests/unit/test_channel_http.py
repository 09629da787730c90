"""The HTTP API: what is refused and how, and the headers of everything."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest

from bot.channel import tokens
from tests.channel_kit import bench, run

MESSAGES = "/webhooks/web/messages"


def test_a_conversation_opens_with_a_greeting_and_only_the_hash_of_the_token_is_stored() -> None:
    async def test() -> None:
        async with bench(session_days=3) as bot:
            opened = await bot.open(region="IE", lang="en-IE")
            assert opened["messages"][0]["text"] == "hello IE"
            assert opened["messages"][0]["id"]
            expires = dt.datetime.fromisoformat(opened["expires_at"].replace("Z", "+00:00"))
            assert dt.timedelta(days=2, hours=23) < expires - dt.datetime.now(dt.timezone.utc) <= dt.timedelta(days=3)
            kept = {one.token_hash: one.conversation for one in bot.store._kept.values()}
            assert bot.token not in kept
            assert kept[tokens.digest(bot.token)].lang == "en-IE"
            assert (await bot.client.post("/webhooks/web/sessions")).status_code == 201

    run(test)


def test_a_region_said_later_is_kept() -> None:
    async def test() -> None:
        async with bench() as bot:
            await bot.say("one", region="IE")
            await bot.say("two")
            assert [heard.region for heard in bot.responder.heard] == ["IE", "IE"]

    run(test)


def test_where_somebody_is_can_be_said_in_words_and_the_page_is_told() -> None:
    async def test() -> None:
        async with bench() as bot:

            async def said(text: str) -> dict[str, Any]:
                message = {"id": str(uuid.uuid4()), "message": text, "region": "GB"}
                answer = await bot.client.post(MESSAGES, json=message, headers=bot.auth)
                return dict(answer.json())

            assert (await said("I'm in Ireland"))["region"] == "IE"
            assert (await said("I live in Ireland, and my back hurts"))["region"] == "IE"
            assert "region" not in await said("my mum is in Ireland")
            assert "region" not in await said("I'm in Canada")  # whose numbers this server does not know
            heard = bot.responder.heard
            assert [one.region for one in heard] == ["IE", "IE", "GB", "GB"]
            assert heard[0].text == '/set_region{"region":"IE"}'
            assert heard[1].text == "I live in Ireland, and my back hurts"
            assert (await bot.transcript())[1] == "> I'm in Ireland"

    run(test)


FAULTS: list[tuple[dict[str, Any], int, str]] = [
    ({"content": b"{"}, 400, "malformed"),
    ({"content": b"[]"}, 400, "malformed"),
    ({"content": b"[" * 5000}, 400, "malformed"),
    ({"content": b'\xff"'}, 400, "malformed"),
    ({"json": {"message": "hi"}}, 400, "bad_id"),
    ({"json": {"id": "1", "message": "hi"}}, 400, "bad_id"),
    ({"json": {"id": 7, "message": "hi"}}, 400, "bad_id"),
    ({"json": {"id": str(uuid.uuid4())}}, 400, "malformed"),
    ({"json": {"id": str(uuid.uuid4()), "message": ["hi"]}}, 400, "malformed"),
    ({"json": {"id": str(uuid.uuid4()), "message": " \n\x00 "}}, 400, "empty_message"),
    ({"json": {"id": str(uuid.uuid4()), "message": "x" * 2001}}, 413, "too_long"),
    ({"json": {"id": str(uuid.uuid4()), "message": "x" * 60_000}}, 413, "too_long"),
    ({"json": {"id": str(uuid.uuid4()), "message": "hi", "region": "XX"}}, 400, "unknown_region"),
    ({"json": {"id": str(uuid.uuid4()), "message": "hi", "region": 1}}, 400, "unknown_region"),
    ({"json": {"id": str(uuid.uuid4()), "message": "hi", "tz": "a b"}}, 400, "bad_time_zone"),
    ({"content": b"hi", "headers": {"Content-Type": "text/plain"}}, 415, "not_json"),
    ({"content": b""}, 400, "malformed"),
]


@pytest.mark.parametrize(("sent", "status", "kind"), FAULTS)
def test_faulty_messages_are_refused_in_kind_words(sent: dict[str, Any], status: int, kind: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            headers = {"Content-Type": "application/json", **bot.auth, **sent.get("headers", {})}
            response = await bot.client.post(MESSAGES, **{**sent, "headers": headers})
            assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
            assert response.json()["type"] == f"urn:stridewell:problem:{kind}"
            assert bot.responder.heard == []
            assert await bot.transcript() == ["hello GB"]

    run(test)


def test_the_longest_message_is_taken_also_in_characters_of_many_bytes() -> None:
    async def test() -> None:
        async with bench() as bot:
            assert (await bot.post("\U0001f9b4" * 2000)).status_code == 200

    run(test)


@pytest.mark.parametrize(
    "header", [None, "Bearer x", "Bearer " + "a" * 43, f"Bearer {tokens.new_token(bytes(32))}", "Basic abc"]
)
def test_without_a_good_token_nothing_opens(header: str | None) -> None:
    async def test() -> None:
        async with bench() as bot:
            headers = {"Authorization": header} if header else {}
            body = {"id": str(uuid.uuid4()), "message": "hi"}
            for method, path, more in (
                ("POST", MESSAGES, {"json": body}),
                ("GET", MESSAGES, {}),
                ("POST", "/webhooks/web/feedback", {"json": {"message_id": "x", "helpful": True}}),
                ("DELETE", "/webhooks/web/sessions", {}),
            ):
                response = await bot.client.request(method, path, headers=headers, **more)
                assert response.status_code == 401
                assert response.headers["www-authenticate"] == "Bearer"

    run(test)


def test_too_many_messages_are_told_when_to_come_back() -> None:
    async def test() -> None:
        async with bench(rate_limit=3) as bot:
            codes = [(await bot.post("hi")).status_code for _ in range(3)]
            response = await bot.post("hi")
            assert codes == [200, 200, 200]
            assert response.status_code == 429
            assert 1 <= int(response.headers["retry-after"]) <= 60
            assert "emergency number" in response.json()["detail"]
            assert (await bot.forget()).status_code == 204

    run(test)


def test_too_many_new_conversations_from_one_address_are_refused() -> None:
    async def test() -> None:
        async with bench(new_conversations_limit=2) as bot:
            codes = [(await bot.client.post("/webhooks/web/sessions")).status_code for _ in range(2)]
            assert codes == [201, 429]

    run(test)


def test_feedback_is_kept_for_answers_of_the_conversation_only() -> None:
    async def test() -> None:
        async with bench() as bot:
            (answer,) = await bot.say("hi")

            async def tell(**body: Any) -> int:
                return (await bot.client.post("/webhooks/web/feedback", json=body, headers=bot.auth)).status_code

            assert await tell(message_id=answer["id"], helpful=True, comment=" good\x00 ") == 204
            assert [one.feedback for one in bot.store._kept.values()] == [{answer["id"]: (True, "good")}]
            assert await tell(message_id="other", helpful=True) == 400
            assert await tell(message_id=answer["id"], helpful="yes") == 400
            assert await tell(message_id=answer["id"], helpful=True, comment=1) == 400
            assert await tell(message_id=answer["id"], helpful=True, comment="x" * 1001) == 413

    run(test)


def test_a_dead_store_is_a_503_where_there_is_no_message_to_answer() -> None:
    async def test() -> None:
        async with bench() as bot:
            bot.store.broken = True
            for method, path in (
                ("GET", MESSAGES),
                ("DELETE", "/webhooks/web/sessions"),
                ("POST", "/webhooks/web/sessions"),
            ):
                response = await bot.client.request(method, path, headers=bot.auth)
                assert (response.status_code, response.json()["type"]) == (503, "urn:stridewell:problem:unavailable")
                assert "emergency number" in response.json()["detail"]

    run(test)


def test_an_error_of_our_own_shows_no_trace_of_itself() -> None:
    async def test() -> None:
        async with bench() as bot:

            def broken(conversation_id: str, **_: Any) -> Any:
                raise ZeroDivisionError("secret detail")

            bot.store.page = broken  # type: ignore[method-assign]
            response = await bot.client.get(MESSAGES, headers=bot.auth)
            assert (response.status_code, response.json()["type"]) == (500, "urn:stridewell:problem:broken")
            assert "secret" not in response.text
            assert "Traceback" not in response.text

    run(test)


def test_health_names_the_part_that_fails() -> None:
    async def answer_ok(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        await writer.drain()
        writer.close()

    async def test() -> None:
        server = await asyncio.start_server(answer_ok, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with bench(actions_url=f"http://127.0.0.1:{port}/webhook") as bot:
            well = {"status": "ok", "model": "model-1", "actions": "ok", "database": "ok", "journal": "ok"}
            response = await bot.client.get("/health")
            assert (response.status_code, response.json()) == (200, well)
            bot.responder.broken = True
            response = await bot.client.get("/health")
            assert (response.status_code, response.json()) == (
                503,
                {**well, "status": "failing", "database": "failing"},
            )
            bot.responder.broken = False
            bot.store.read_only = True
            assert (await bot.client.get("/health")).json()["database"] == "failing"
            bot.store.read_only = False
            server.close()
            await server.wait_closed()
            response = await bot.client.get("/health")
            assert (response.status_code, response.json()["actions"]) == (503, "failing")

    run(test)


@pytest.mark.parametrize(
    "path", ["/chat", "/static/chat.css", "/static/words/ar-XB.json", "/widget/stridewell.js", "/health", "/nothing"]
)
def test_every_response_carries_the_protecting_headers(path: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            response = await bot.client.get(path)
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["referrer-policy"] == "no-referrer"
            assert response.headers["content-security-policy"].startswith("default-src 'none'")
            assert response.headers["cache-control"] in ("no-cache", "no-store")
            assert response.headers["content-type"] != "application/octet-stream"

    run(test)


@pytest.mark.parametrize("path", ["/widget/stridewell.js", "/static/chat.css"])
def test_files_are_compressed_for_whoever_takes_it_so_and_conversations_never(path: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            packed = await bot.client.get(path, headers={"Accept-Encoding": "gzip"})
            plain = await bot.client.get(path, headers={"Accept-Encoding": "identity"})
            assert packed.headers["content-encoding"] == "gzip"
            assert "content-encoding" not in plain.headers
            assert packed.content == plain.content
            assert packed.headers["vary"] == "Accept-Encoding"
            assert "content-encoding" not in (await bot.client.get(MESSAGES, headers=bot.auth)).headers

    run(test)


def test_conversations_are_cached_nowhere() -> None:
    async def test() -> None:
        async with bench() as bot:
            assert (await bot.post("hi")).headers["cache-control"] == "no-store"
            assert (await bot.client.get(MESSAGES, headers=bot.auth)).headers["cache-control"] == "no-store"

    run(test)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../web.py",
        "/static/%2e%2e/web.py",
        "/static/..%2fweb.py",
        "/static/%2fetc/passwd",
        "/static/..%5cweb.py",
    ],
)
def test_no_address_leads_out_of_the_static_folder(path: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            assert (await bot.client.get(path)).status_code == 404

    run(test)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", MESSAGES, 405), ("POST", "/chat", 405)]
)
def test_errors_of_the_server_itself_are_problems_too(method: str, path: str, status: int) -> None:
    async def test() -> None:
        async with bench() as bot:
            response = await bot.client.request(method, path)
            assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")

    run(test)


@pytest.mark.parametrize(("wanted", "status"), [(False, 404), (True, 200)])
def test_rasas_own_channels_are_there_only_where_they_are_wanted(wanted: bool, status: int) -> None:
    async def test() -> None:
        async with bench(open_rasa_channels=wanted) as bot:
            assert (await bot.client.get("/webhooks/rest/")).status_code == status
            assert (await bot.post("hi")).status_code == 200

    run(test)
