"""What every response of the server says, and what it does not."""

from __future__ import annotations

from tests.channel_kit import bench, run

TLS = {"X-Forwarded-Proto": "https"}


def test_who_came_by_tls_to_a_trusted_proxy_is_told_to_keep_to_it() -> None:
    async def test() -> None:
        async with bench(trusted_proxies="127.0.0.1") as bot:
            told = (await bot.client.get("/chat", headers=TLS)).headers
            assert told["strict-transport-security"] == "max-age=31536000"
            assert "strict-transport-security" not in (await bot.client.get("/chat")).headers
        async with bench() as bot:
            assert "strict-transport-security" not in (await bot.client.get("/chat", headers=TLS)).headers

    run(test)


def test_nothing_names_a_version_at_the_root() -> None:
    async def test() -> None:
        async with bench() as bot:
            answer = await bot.client.get("/")
            assert (answer.status_code, answer.headers["location"]) == (302, "/chat")
            for path in ("/", "/version", "/status", "/nowhere", "/health"):
                found = await bot.client.get(path)
                assert "rasa" not in (found.text + str(dict(found.headers))).lower()
                assert "sanic" not in str(dict(found.headers)).lower()

    run(test)


def test_a_process_says_that_it_lives_without_looking_at_anything_else() -> None:
    async def test() -> None:
        async with bench() as bot:
            bot.store.broken = bot.responder.broken = True
            assert (await bot.client.get("/health")).status_code == 503
            assert (await bot.client.get("/health/live")).json() == {"status": "ok"}

    run(test)
