"""The small parts of the channel, each on its own."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest

from bot.channel import headers, pages, payloads, problems, tokens
from bot.channel.blocking_calls import BlockingCalls
from bot.channel.message_schema import message_schema, validate
from bot.channel.problems import CallRefused
from bot.missed_alerts import with_missed_alerts
from bot.rasa_host.collector import Collector
from tests.channel_kit import alert, message

SECRET = bytes(range(32))
SOURCE = {"id": "nhs-1", "title": "Back pain", "publisher": "NHS", "year": 2024, "url": "https://www.nhs.uk/x"}

VALID: dict[str, dict[str, Any]] = {
    "text": {},
    "answer": {"title": "T", "body": "**B**", "sources": [SOURCE], "evidence": "weak", "checked_on": "2026-01-02"},
    "choices": {"options": [{"title": "A", "topic": "care/scans", "payload": "a"}, {"title": "B", "payload": "b"}]},
    "alert": {k: v for k, v in alert().items() if k not in ("v", "type", "text")},
    "question": {"step": 1, "of": 2, "kind": "yes_no", "options": [{"title": "Yes", "payload": "/affirm"}]},
    "exercise": {"title": "T", "steps": ["One"], "dose": {"reps": "5 to 10, slowly"}, "cautions": []},
    "table": {
        "caption": "C",
        "columns": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}],
        "rows": [{"a": "1", "b": "2"}],
    },
    "chart": {"title": "T", "x": ["Mon", "Tue"], "series": [{"name": "Pain", "max": 10, "values": [3, None]}]},
    "plan": {"title": "T", "weeks": [{"label": "Week 1", "days": [{"day": "Mon", "what": "Walk", "minutes": 10}]}]},
    "summary": {"title": "T", "sections": [{"heading": "H", "lines": ["L"]}]},
    "notice": {"reason": "unavailable"},
}


def complete(kind: str, **more: Any) -> dict[str, Any]:
    return {"v": 1, "id": "m-1", "type": kind, "text": "Words.", **VALID[kind], **more}


def test_every_type_of_the_contract_is_in_the_schema() -> None:
    kinds = {ref["$ref"].removeprefix("#/$defs/").removesuffix("_message") for ref in message_schema()["oneOf"]}
    assert kinds == set(VALID)


@pytest.mark.parametrize("kind", VALID)
def test_a_complete_message_is_valid_and_an_unknown_field_is_not(kind: str) -> None:
    validate(complete(kind))
    with pytest.raises(ValueError, match="surprise"):
        validate(complete(kind, surprise=1))


@pytest.mark.parametrize("kind", VALID)
@pytest.mark.parametrize("field", ["v", "id", "text"])
def test_what_every_message_needs(kind: str, field: str) -> None:
    faulty = {key: value for key, value in complete(kind).items() if key != field}
    with pytest.raises(ValueError, match=field):
        validate(faulty)


@pytest.mark.parametrize(
    "faulty",
    [
        complete("answer", quick_replies=[{"title": "x", "payload": "y"}] * 7),
        complete("answer", urgency="soon"),
        complete("answer", sources=[{**SOURCE, "url": "http://www.nhs.uk"}]),
        complete("alert", actions=[{"label": "x", "url": "javascript:alert(1)"}]),
        complete("choices", options=[{"title": "A", "payload": "a"}]),
        complete("table", rows=[{"a": "1"}]),
        complete("chart", x=["Mon"]),
        complete("question", step=3),
        complete("text", v=2),
        complete("text", type="poem"),
    ],
)
def test_faulty_messages_are_refused(faulty: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\$"):
        validate(faulty)


def test_tokens_are_long_different_and_stored_as_a_hash() -> None:
    first, second = tokens.new_token(SECRET), tokens.new_token(SECRET)
    assert first != second
    assert len(first) == 64
    assert len(tokens.digest(first)) == 64
    assert first not in tokens.digest(first)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic " + "a" * 43, "Bearer " + "a" * 42 + "!"])
def test_headers_that_hold_no_token(header: str | None) -> None:
    assert tokens.from_header(header) is None


def test_the_scheme_of_the_header_may_be_in_any_case() -> None:
    token = tokens.new_token(SECRET)
    assert tokens.from_header(f"bearer  {token}") == token


def test_a_token_that_this_service_gave_is_told_from_an_invented_one() -> None:
    token = tokens.new_token(SECRET)
    assert tokens.sealed(token, SECRET)
    assert not tokens.sealed(token, bytes(32))
    assert not tokens.sealed(token[:-1] + ("A" if token[-1] != "A" else "B"), SECRET)
    assert not tokens.sealed("a" * 64, SECRET)
    assert not tokens.sealed("a" * 43, SECRET)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  hi\x00 there\x07 ", "hi there"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("cafe\u0301", "caf\u00e9"),
        ("\ud800x", "x"),
        ("\x1b[31m", "[31m"),
    ],
)
def test_cleaning(raw: str, cleaned: str) -> None:
    assert payloads.clean(raw) == cleaned


OFFERED = [
    message("x", quick_replies=[{"title": "Why?", "payload": '/follow_up{"section":"why"}'}]),
    message("x", options=[{"title": "Yes", "payload": "/affirm"}], see_also=[{"title": "T", "payload": "/t{}"}]),
    message("x", ack_payload="/ack", skip_payload="/skip"),
]


@pytest.mark.parametrize("text", ['/follow_up{"section":"why"}', "/affirm", "/t{}", "/ack", "/skip", "/help", "plain"])
def test_offered_payloads_and_words_pass(text: str) -> None:
    assert payloads.safe(text, OFFERED) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('/follow_up{"section":"how"}', 'follow_up{"section":"how"}'),
        ("/session_start", "session_start"),
        ("//restart", "restart"),
        ("/ /\u3000/restart", "restart"),
        ("/", ""),
    ],
)
def test_other_slash_text_becomes_words(text: str, words: str) -> None:
    assert payloads.safe(text, OFFERED) == words


def test_a_button_is_shown_by_its_title_and_found_again_by_it() -> None:
    assert payloads.shown("/affirm", OFFERED) == "Yes"
    assert payloads.typed("Yes", OFFERED) == "/affirm"
    assert payloads.shown("/ack", OFFERED) is None
    assert payloads.typed("my own words", OFFERED) == "my own words"


def test_the_collector_takes_only_what_has_an_envelope() -> None:
    async def send() -> list[dict[str, Any]]:
        collector = Collector()
        for sent in (
            {"text": "flat"},
            {"custom": {"v": 1}},
            {"custom": {"data": "x"}},
            {"custom": {"data": message("a")}},
        ):
            await collector.send_response("someone", dict(sent))
        await collector.send_response("someone", {"custom": {"data": message("b", id="kept")}, "text": "beside"})
        return collector.messages

    first, second = asyncio.run(send())
    assert first == message("a")
    assert second == message("b", id="kept")


def test_dropped_messages_are_logged_without_their_words(caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(Collector().send_response("someone", {"text": "my secret"}))
    assert "dropped" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("kind", problems.words())
def test_every_problem_says_what_happened_and_what_to_do(kind: str) -> None:
    response = problems.to_response(CallRefused(kind, limit="2,000", seconds=3, line=2))
    body = json.loads(response.body)
    assert response.content_type == "application/problem+json"
    assert body["status"] == response.status
    assert body["type"].endswith(kind)
    assert body["title"]
    assert "{" not in body["detail"]


def test_an_alert_that_went_unseen_comes_first_and_an_emergency_stands_alone() -> None:
    answer, urgent, emergency = message("a"), alert("urgent", flags=["x"]), alert(flags=["y"])
    assert with_missed_alerts([], [answer]) == [answer]
    assert with_missed_alerts([message("old")], [answer]) == [answer]
    assert with_missed_alerts([urgent, urgent], [answer]) == [urgent, answer]
    assert with_missed_alerts([emergency], [answer]) == [emergency]
    assert with_missed_alerts([emergency], [emergency]) == [emergency]
    assert with_missed_alerts([emergency, urgent], [answer]) == [emergency]


@pytest.mark.parametrize(
    "path",
    [
        "../web.py",
        "exercises/../../web.py",
        "/etc/passwd",
        "..\\web.py",
        "chat.html\0",
        "",
        ".",
        "missing.css",
        ".hidden",
    ],
)
def test_no_path_leads_out_of_the_static_folder(path: str) -> None:
    with pytest.raises(CallRefused):
        pages.contents(path)


def test_the_page_needs_nothing_that_its_policy_forbids() -> None:
    page = (pages.STATIC / "chat.html").read_text(encoding="utf-8")
    assert "unsafe" not in headers.PAGE_POLICY
    for forbidden in ("style=", "<style", "onclick", "onload", "http://", "https://"):
        assert forbidden not in page


def test_the_page_says_what_people_must_know() -> None:
    page = (pages.STATIC / "chat.html").read_text(encoding="utf-8")
    for words in (
        "not a diagnosis",
        "No clinician has reviewed it",
        "call your emergency number",
        "Forget this conversation",
        "kept on this server",
    ):
        assert words in page


def test_a_caller_that_is_cancelled_as_its_result_comes_stays_cancelled() -> None:
    async def test() -> None:
        threads, go = BlockingCalls(5.0), threading.Event()
        calling = asyncio.ensure_future(threads.call(go.wait))
        await asyncio.sleep(0)
        (running,) = threads._under_way
        running.add_done_callback(lambda _: calling.cancel())
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await calling
        threads.close()

    asyncio.run(test())


def test_work_that_was_given_up_before_it_began_is_never_done() -> None:
    async def test() -> None:
        calls, go, done = BlockingCalls(0.05, workers=1), threading.Event(), []
        stuck = asyncio.ensure_future(calls.call(go.wait))
        await asyncio.sleep(0)
        with pytest.raises(asyncio.TimeoutError):
            await calls.call(done.append, "late")
        with pytest.raises(asyncio.TimeoutError):
            await stuck
        go.set()
        await calls.quiet()
        await calls.call(done.append, "next")
        assert done == ["next"]
        calls.close()

    asyncio.run(test())
