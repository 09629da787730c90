"""What becomes of a message, over HTTP: run once, in order, answered in time, never forgotten."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import logging
import time
import uuid
from typing import Any

import pytest

from bot.channel.responder import Heard
from tests.channel_kit import Bench, alert, bench, echo, message, run

SORRY = "sorry GB"


class Script:
    """A reply that fails in the way it is told to."""

    def __init__(self) -> None:
        self.down = False
        self.hang = False
        self.silent = False
        self.entered = asyncio.Event()
        self.go_on = asyncio.Event()
        self.wait = False

    async def __call__(self, heard: Heard) -> list[dict[str, Any]]:
        self.entered.set()
        if self.wait:
            await self.go_on.wait()
        if self.hang:
            await asyncio.sleep(60)
        if self.down:
            raise RuntimeError(f"quotes {heard.text}")
        if self.silent:
            return []
        if "wipe" in heard.text:
            return [alert(flags=["saddle"])]
        return await echo(heard)


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [one["text"] for one in messages]


def test_an_answer_has_an_id_and_is_in_the_transcript() -> None:
    async def test() -> None:
        async with bench() as bot:
            (answer,) = await bot.say("my back hurts", tz="Europe/London", region="ie")
            assert answer["text"] == "you said my back hurts"
            assert uuid.UUID(answer["id"])
            assert await bot.transcript() == ["hello GB", "> my back hurts", "you said my back hurts"]
            (heard,) = bot.responder.heard
            known = {"region": "IE", "lang": None, "tz": "Europe/London", "message_id": heard.message_id}
            assert heard.metadata == {**known, "at": heard.at.isoformat()}
            assert heard.conversation_id not in bot.token

    run(test)


def test_a_done_turn_is_replayed_unchanged_and_not_run_again() -> None:
    async def test() -> None:
        async with bench() as bot:
            one = str(uuid.uuid4())
            first = await bot.say("hello", message_id=one)
            assert await bot.say("hello", message_id=one.upper()) == first
            assert len(bot.responder.heard) == 1

    run(test)


def test_the_same_message_twice_at_a_time_runs_once() -> None:
    async def test() -> None:
        script = Script()
        script.wait = True
        async with bench(script) as bot:
            one = str(uuid.uuid4())
            both = [asyncio.ensure_future(bot.say("hello", message_id=one)) for _ in range(2)]
            await script.entered.wait()
            await asyncio.sleep(0.1)
            script.go_on.set()
            first, second = await asyncio.gather(*both)
            assert first == second
            assert len(bot.responder.heard) == 1

    run(test)


def test_messages_of_one_conversation_run_one_after_the_other_and_others_beside_it() -> None:
    async def test() -> None:
        busy: set[str] = set()
        most = [0]

        async def reply(heard: Heard) -> list[dict[str, Any]]:
            assert heard.conversation_id not in busy
            busy.add(heard.conversation_id)
            most[0] = max(most[0], len(busy))
            await asyncio.sleep(0.05)
            busy.discard(heard.conversation_id)
            return [message(heard.text)]

        async with bench(reply) as bot:
            first = [bot.say(str(number)) for number in range(4)]
            going = [asyncio.ensure_future(one) for one in first]
            await asyncio.sleep(0)
            other = Bench(bot.client, bot.store, bot.content, bot.responder, bot.assistant, bot.journal)
            await other.open()
            answers = await asyncio.gather(*going, other.say("beside"))
            assert [texts(one)[0] for one in answers] == ["0", "1", "2", "3", "beside"]
            assert most[0] == 2

    run(test)


def test_the_caller_hanging_up_does_not_stop_the_turn() -> None:
    async def test() -> None:
        script = Script()
        script.wait = True
        async with bench(script) as bot:
            one = str(uuid.uuid4())
            call = asyncio.ensure_future(bot.say("hello", message_id=one))
            await script.entered.wait()
            call.cancel()
            await asyncio.sleep(0.2)
            script.go_on.set()
            assert texts(await bot.say("hello", message_id=one)) == ["you said hello"]
            assert len(bot.responder.heard) == 1

    run(test)


@pytest.mark.parametrize("fault", ["down", "silent", "hang"])
def test_a_turn_without_an_answer_gets_the_notice_in_time_and_runs_again_with_the_same_id(fault: str) -> None:
    async def test() -> None:
        script = Script()
        setattr(script, fault, True)
        async with bench(script, answer_timeout_seconds=1.0) as bot:
            one = str(uuid.uuid4())
            started = time.monotonic()
            (notice,) = await bot.say("hello", message_id=one)
            assert time.monotonic() - started < 1.0
            assert (notice["type"], notice["reason"], notice["text"]) == ("notice", "unavailable", SORRY)
            assert await bot.transcript() == ["hello GB", "> hello", SORRY]
            setattr(script, fault, False)
            assert texts(await bot.say("hello", message_id=one)) == ["you said hello"]
            assert await bot.transcript() == ["hello GB", "> hello", "you said hello"]
            assert bot.responder.remembered == ["hello"]

    run(test)


@pytest.mark.parametrize("fault", ["down", "silent", "hang"])
def test_words_of_failed_turns_are_heard_before_the_next_ones_and_an_unseen_alert_is_raised(fault: str) -> None:
    async def test() -> None:
        script = Script()
        async with bench(script, answer_timeout_seconds=1.0) as bot:
            await bot.say("hello")
            setattr(script, fault, True)
            await bot.say("I cannot feel it when I wipe")
            await bot.say("are you there")
            setattr(script, fault, False)
            (answer,) = await bot.say("which shoes?")
            assert (answer["type"], answer["level"]) == ("alert", "emergency")
            assert bot.responder.remembered == [
                "hello",
                "I cannot feel it when I wipe",
                "are you there",
                "which shoes?",
            ]
            assert texts(await bot.say("and now?")) == ["you said and now?"]
            assert len(bot.responder.remembered) == 5

    run(test)


def test_replayed_words_go_under_their_own_id_and_a_button_as_its_payload() -> None:
    async def test() -> None:
        script = Script()
        async with bench(script) as bot:
            script.down = True
            one = str(uuid.uuid4())
            await bot.say("/start{}", message_id=one)
            assert await bot.transcript() == ["hello GB", "> Start", SORRY]
            script.down = False
            await bot.say("next")
            assert [(heard.message_id, heard.text) for heard in bot.responder.heard[-2:-1]] == [(one, "/start{}")]

    run(test)


def test_one_message_that_fails_for_ever_does_not_silence_the_others() -> None:
    async def test() -> None:
        async def reply(heard: Heard) -> list[dict[str, Any]]:
            if heard.text == "poison":
                raise RuntimeError
            return await echo(heard)

        async with bench(reply) as bot:
            assert texts(await bot.say("poison")) == [SORRY]
            assert texts(await bot.say("hello")) == ["you said hello"]

    run(test)


def test_a_message_still_queued_is_not_taken_for_a_failed_one() -> None:
    async def test() -> None:
        script = Script()
        script.wait = True
        async with bench(script) as bot:
            first = asyncio.ensure_future(bot.say("first"))
            await script.entered.wait()
            second = asyncio.ensure_future(bot.say("second"))
            await asyncio.sleep(0.1)
            script.go_on.set()
            await asyncio.gather(first, second)
            assert [heard.text for heard in bot.responder.heard] == ["first", "second"]

    run(test)


def test_a_message_that_waited_too_long_in_the_queue_is_heard_with_the_next_one() -> None:
    async def test() -> None:
        script = Script()
        script.wait = True
        async with bench(script, answer_timeout_seconds=3.0) as bot:
            answers = await asyncio.gather(bot.say("first"), bot.say("wipe"))
            assert [texts(one) for one in answers] == [[SORRY], [SORRY]]
            script.wait = False
            assert (await bot.say("third"))[0]["type"] == "alert"
            assert sorted(bot.responder.remembered) == ["first", "third", "wipe"]

    run(test)


def test_a_responder_that_lost_its_memory_is_not_believed() -> None:
    async def test() -> None:
        async with bench() as bot:
            bot.responder.amnesic = True
            assert texts(await bot.say("hello")) == [SORRY]
            bot.responder.amnesic = False
            assert texts(await bot.say("again")) == ["you said again"]
            assert bot.responder.remembered == ["hello", "again"]

    run(test)


def test_a_dead_tracker_store_is_noticed_before_anything_is_asked() -> None:
    async def test() -> None:
        async with bench() as bot:
            bot.responder.broken = True
            assert texts(await bot.say("hello")) == [SORRY]
            assert bot.responder.heard == []
            bot.responder.broken = False
            await bot.say("again")
            assert bot.responder.remembered == ["hello", "again"]

    run(test)


def test_words_typed_while_the_database_is_gone_are_stored_and_heard_when_it_is_back() -> None:
    async def test() -> None:
        script = Script()
        async with bench(script) as bot:
            bot.store.broken = bot.responder.broken = bot.content.broken = bot.assistant.broken = True
            one = str(uuid.uuid4())
            (notice,) = await bot.say("no feeling when I wipe", message_id=one)
            assert notice["reason"] == "unavailable"
            bot.store.broken = bot.responder.broken = bot.content.broken = bot.assistant.broken = False
            assert await bot.transcript() == ["hello GB", "> no feeling when I wipe", notice["text"]]
            assert (await bot.say("which shoes?"))[0]["type"] == "alert"

    run(test)


def test_a_store_that_hangs_is_answered_in_time() -> None:
    async def test() -> None:
        async with bench(answer_timeout_seconds=1.0) as bot:
            find = bot.store.find

            def slow(token_hash: str, now: dt.datetime) -> Any:
                time.sleep(0.8)
                return find(token_hash, now)

            bot.store.find = slow  # type: ignore[method-assign]
            started = time.monotonic()
            assert (await bot.say("hello"))[0]["reason"] == "unavailable"
            assert time.monotonic() - started < 1.0

    run(test)


def test_slash_text_is_words_unless_it_was_offered() -> None:
    async def test() -> None:
        async with bench() as bot:
            await bot.say("/restart_everything{}")
            await bot.say("/start{}")
            await bot.say("/help")
            assert [heard.text for heard in bot.responder.heard] == ["restart_everything{}", "/start{}", "/help"]
            assert (await bot.post(" // ")).status_code == 400

    run(test)


def test_forgetting_leaves_nothing_and_closes_the_token() -> None:
    async def test() -> None:
        async with bench() as bot:
            await bot.say("hello")
            assert (await bot.forget()).status_code == 204
            assert bot.responder.memory == {}
            assert bot.store._kept == {}
            assert [(await bot.forget()).status_code, (await bot.post("hi")).status_code] == [401, 401]

    run(test)


def test_forgetting_while_a_turn_runs_brings_nothing_back() -> None:
    async def test() -> None:
        script = Script()
        script.wait = True
        async with bench(script) as bot:
            running = asyncio.ensure_future(bot.post("hello"))
            await script.entered.wait()
            queued = asyncio.ensure_future(bot.post("second"))
            await asyncio.sleep(0.1)
            assert (await bot.forget()).status_code == 204
            script.go_on.set()
            assert [(await running).status_code, (await queued).status_code] == [401, 401]
            await asyncio.sleep(0.1)
            assert bot.responder.memory == {}
            assert bot.store._kept == {}

    run(test)


def test_a_conversation_forgotten_by_another_process_while_it_is_answered_is_not_kept() -> None:
    async def test() -> None:
        script = Script()
        script.wait = True
        async with bench(script) as bot:
            running = asyncio.ensure_future(bot.post("hello"))
            await script.entered.wait()
            bot.store._kept.clear()
            script.go_on.set()
            assert (await running).status_code == 401
            assert bot.responder.memory == {}

    run(test)


def test_forgetting_fails_openly_when_the_memory_cannot_be_reached() -> None:
    async def test() -> None:
        async with bench() as bot:
            await bot.say("hello")
            bot.responder.broken = True
            assert (await bot.forget()).status_code == 503
            bot.responder.broken = False
            assert texts(await bot.say("still here")) == ["you said still here"]
            assert (await bot.forget()).status_code == 204

    run(test)


def test_no_log_holds_what_a_person_wrote(caplog: pytest.LogCaptureFixture) -> None:
    async def test() -> None:
        script = Script()
        script.down = True
        async with bench(script) as bot:
            with caplog.at_level(logging.DEBUG):
                await bot.say("unrepeatable")
                await bot.say("unrepeatable too")

    run(test)
    assert "turn failed: <class 'RuntimeError'>" in caplog.text
    assert "unrepeatable" not in caplog.text


def test_expired_conversations_are_deleted_when_the_next_one_begins() -> None:
    async def test() -> None:
        async with bench() as bot:
            await bot.say("hello")
            (kept,) = bot.store._kept.values()
            past = kept.conversation.expires_at - dt.timedelta(days=60)
            kept.conversation = dataclasses.replace(kept.conversation, expires_at=past)
            await bot.open()
            assert bot.responder.memory == {}
            assert len(bot.store._kept) == 1


def test_what_cannot_be_deleted_now_is_deleted_later_and_keeps_nobody_out() -> None:
    async def test() -> None:
        async with bench() as bot:
            await bot.say("hello")
            (kept,) = bot.store._kept.values()
            past = kept.conversation.expires_at - dt.timedelta(days=60)
            kept.conversation = dataclasses.replace(kept.conversation, expires_at=past)
            bot.responder.broken = True
            await bot.open()
            assert bot.responder.remembered == ["hello"]
            assert len(bot.store._kept) == 2
            bot.responder.broken = False
            await bot.open()
            assert bot.responder.memory == {}

    run(test)
