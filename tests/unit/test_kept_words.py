"""Kept means kept: over HTTP, with stores that fail in the ways they fail."""

from __future__ import annotations

import asyncio
import secrets
import time
import uuid
from typing import Any

import pytest

from bot.channel import kept_words, tokens
from bot.channel.responder import Heard
from bot.ports import NotKept
from tests.channel_kit import Bench, alert, bench, echo, run

NOT_KEPT = "not kept GB"


async def reply(heard: Heard) -> list[dict[str, Any]]:
    return [alert(flags=["saddle"])] if "wipe" in heard.text else await echo(heard)


async def said(bot: Bench) -> list[str]:
    return [line for line in await bot.transcript() if line.startswith(">")]


@pytest.mark.parametrize("fault", ["broken", "read_only"])
def test_words_that_the_store_does_not_take_are_on_the_journals_disk_when_the_notice_says_so(fault: str) -> None:
    async def test() -> None:
        async with bench(reply) as bot:
            setattr(bot.store, fault, True)
            one = str(uuid.uuid4())
            (notice,) = await bot.say("no feeling when I wipe", message_id=one, region="GB")
            assert notice["text"].startswith("sorry")
            (kept,) = bot.journal.of(tokens.digest(bot.token))
            assert (kept.message_id, kept.text) == (one, "no feeling when I wipe")
            setattr(bot.store, fault, False)
            assert (await bot.say("which shoes?"))[0]["type"] == "alert"
            assert await said(bot) == ["> no feeling when I wipe", "> which shoes?"]
            assert bot.journal.owners() == ()

    run(test)


def test_they_are_replayed_without_a_contact_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_words, "REPLAY_EVERY_SECONDS", 0.05)

    async def test() -> None:
        async with bench(reply) as bot:
            bot.store.read_only = True
            one = str(uuid.uuid4())
            for _ in range(3):
                await bot.say("same", message_id=one)
            await bot.say("other")
            await asyncio.sleep(0.2)
            assert len(bot.journal.of(tokens.digest(bot.token))) == 2
            bot.store.read_only = False
            await asyncio.sleep(0.4)
            assert bot.journal.owners() == ()
            (kept,) = bot.store._kept.values()
            assert [turn.text for turn in kept.turns.values() if turn.text] == ["same", "other"]
            assert await said(bot) == ["> same", "> other"]

    run(test)


def test_the_same_message_sent_again_when_the_store_is_back_is_answered_and_there_once() -> None:
    async def test() -> None:
        async with bench(reply) as bot:
            bot.store.read_only = True
            one = str(uuid.uuid4())
            await bot.say("hello", message_id=one)
            bot.store.read_only = False
            assert (await bot.say("hello", message_id=one))[0]["text"] == "you said hello"
            assert await bot.transcript() == ["hello GB", "> hello", "you said hello"]

    run(test)


def test_a_button_pressed_meanwhile_is_kept_as_what_it_sends() -> None:
    async def test() -> None:
        async with bench(reply) as bot:
            bot.store.broken = True
            for text in ("/start{}", "/restart", "/"):
                await bot.post(text)
            bot.store.broken = False
            await bot.say("next")
            assert [heard.text for heard in bot.responder.heard] == ["/start{}", "restart", "next"]
            assert await said(bot) == ["> Start", "> restart", "> next"]

    run(test)


def test_invented_tokens_fill_no_disk_and_put_nobody_out() -> None:
    async def test() -> None:
        async with bench(reply, journal_bytes=2**18) as bot:
            bot.store.broken = True
            await bot.say("mine")
            real = bot.token
            for number in range(1001):
                bot.token = secrets.token_urlsafe(48 if number % 2 else 32)
                assert (await bot.say("noise"))[0]["text"] == "not kept None"
            bot.token = real
            assert bot.journal.owners() == (tokens.digest(real),)
            bot.store.broken = False
            assert await said(bot) == ["> mine"]

    run(test)


def test_where_nothing_can_be_kept_the_notice_says_so_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        async with bench(reply, answer_timeout_seconds=2.0) as bot:

            def full(*_: Any) -> None:
                raise NotKept

            def hangs(*_: Any) -> None:
                time.sleep(1.0)

            bot.store.read_only = True
            for fault in (full, hangs):
                monkeypatch.setattr(bot.journal, "keep", fault)
                began = time.monotonic()
                assert [m["text"] for m in await bot.say("hello")] == [NOT_KEPT]
                assert time.monotonic() - began < 2.0

    run(test)


def test_forgetting_takes_them_out_of_the_journal() -> None:
    async def test() -> None:
        async with bench(reply) as bot:
            bot.store.read_only = True
            await bot.say("hello")
            assert (await bot.forget()).status_code == 503
            bot.store.read_only = False
            assert (await bot.forget()).status_code == 204
            assert bot.journal.owners() == ()
            assert bot.store._kept == {}

    run(test)


def test_what_waits_for_a_conversation_that_is_gone_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_words, "REPLAY_EVERY_SECONDS", 0.05)

    async def test() -> None:
        async with bench(reply) as bot:
            bot.store.broken = True
            await bot.say("hello")
            bot.store._kept.clear()
            bot.store.broken = False
            await asyncio.sleep(0.3)
            assert bot.journal.owners() == ()

    run(test)


def test_the_texts_not_yet_folded_in_come_with_their_ids_and_times() -> None:
    async def test() -> None:
        fails = [True]

        async def flaky(heard: Heard) -> list[dict[str, Any]]:
            if fails[0]:
                raise RuntimeError
            return await reply(heard)

        async with bench(flaky) as bot:
            ids = [str(uuid.uuid4()) for _ in range(2)]
            for number, one in enumerate(ids):
                await bot.say(f"text {number}", message_id=one)
            first = next(heard for heard in bot.responder.heard if heard.message_id == ids[0])
            fails[0] = False
            await bot.say("now")
            again = bot.responder.heard[-3:]
            assert [(heard.message_id, heard.text) for heard in again[:2]] == [(ids[0], "text 0"), (ids[1], "text 1")]
            assert abs((again[0].at - first.at).total_seconds()) < 1.0
            assert again[0].at < again[1].at < again[2].at

    run(test)
