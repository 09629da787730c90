"""Over HTTP: the diary's files out and in, the plan's calendar, and coming back on another device with a phrase."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from bot.channel import calendar_file, phrases
from bot.content.diary import phrase_words
from tests.channel_kit import Bench, bench, message, run
from tests.fakes import FakePhraseStore

CSV = "date,minutes,pain,pain_later,note,id\r\n2026-11-20,15,3,2,new shoes,file-1\r\n"


def plan(**more: Any) -> dict[str, Any]:
    """A plan of one week with two walking days."""
    days = [
        {
            "day": "Sat, Tue",
            "what": "10 minutes, twice a day. Flat.",
            "minutes": 10,
            "dates": ["2026-11-28", "2026-12-01"],
        }
    ]
    weeks = [{"label": "Week 1", "days": [*days, {"day": "Other days", "what": "Rest"}]}]
    return message("A plan.", type="plan", id="plan-1", title="Walking plan: 10 minutes", weeks=weeks, **more)


async def get(bot: Bench, path: str, **more: Any) -> httpx.Response:
    return await bot.client.get(f"/webhooks/web/{path}", headers=more.get("headers", bot.auth))


async def post(bot: Bench, path: str, content: str, **more: Any) -> httpx.Response:
    headers = {"Content-Type": "application/json", **more.get("headers", bot.auth)}
    return await bot.client.post(f"/webhooks/web/{path}", content=content, headers=headers)


def test_a_diary_goes_out_and_comes_in_again_the_same() -> None:
    async def test() -> None:
        async with bench() as bot:
            assert (await post(bot, "diary", CSV)).json() == {"added": 1, "known": 0}
            saved = await get(bot, "diary.csv")
            assert saved.text == CSV
            assert saved.headers["content-disposition"] == 'attachment; filename="stridewell-diary.csv"'
            assert saved.headers["cache-control"] == "no-store"
            as_json = (await get(bot, "diary.json")).text
            for again in (CSV, as_json):
                assert (await post(bot, "diary", again)).json() == {"added": 0, "known": 1}

    run(test)


@pytest.mark.parametrize(
    ("body", "detail"),
    [("hello", "Line 1"), ("date,pain\nmonday,3", "Line 2"), ("{", "no diary"), ("\udcff", "no diary")],
)
def test_what_is_no_diary_is_refused_in_words(body: str, detail: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            content = body.encode("utf-8", "surrogateescape")
            response = await bot.client.post("/webhooks/web/diary", content=content, headers=bot.auth)
            assert response.status_code == 422
            problem = response.json()
            assert detail in problem["detail"] or detail in problem["title"]

    run(test)


def test_a_long_diary_is_taken_and_a_longer_one_refused() -> None:
    async def test() -> None:
        async with bench() as bot:
            lines = "\n".join(f"2026-{1 + at % 12:02}-{1 + at % 28:02},15,3,some words" for at in range(1500))
            assert (await post(bot, "diary", f"date,minutes,pain,note\n{lines}")).json()["added"] == 1500
            assert (await post(bot, "diary", "x" * 600_000)).status_code == 413

    run(test)


@pytest.mark.parametrize("path", ["diary.csv", "diary.json", "calendar/plan-1.ics"])
def test_nothing_is_given_without_the_key(path: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            assert (await get(bot, path, headers={})).status_code == 401

    run(test)


def test_the_plan_of_a_conversation_is_a_calendar_for_it_alone() -> None:
    async def reply(heard: Any) -> list[dict[str, Any]]:
        return [plan()]

    async def test() -> None:
        async with bench(reply) as bot:
            await bot.say("make me a plan")
            response = await get(bot, "calendar/plan-1.ics")
            assert response.headers["content-type"].startswith("text/calendar")
            events = Calendar.from_ical(response.content).walk("VEVENT")
            assert [event["dtstart"].dt for event in events] == [dt.date(2026, 11, 28), dt.date(2026, 12, 1)]
            assert str(events[0]["summary"]) == "Walking plan: 10 minutes, twice a day"
            assert (await get(bot, "calendar/plan-2.ics")).status_code == 404
            await bot.open()
            assert (await get(bot, "calendar/plan-1.ics")).status_code == 404

    run(test)


def test_a_time_of_day_carries_its_zone_over_daylight_saving() -> None:
    days = [{"day": "Sun", "what": "10 minutes.", "minutes": 10, "dates": ["2026-03-22", "2026-03-29"]}]
    shown = {**plan(clock="07:00", zone="Europe/London"), "weeks": [{"label": "Week 1", "days": days}]}
    made = calendar_file.to_calendar(shown, dt.datetime(2026, 3, 1, tzinfo=dt.timezone.utc))
    calendar = Calendar.from_ical(made)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    begins = [event["dtstart"].dt for event in calendar.walk("VEVENT")]
    assert [(one.hour, one.utcoffset()) for one in begins] == [(7, dt.timedelta(0)), (7, dt.timedelta(hours=1))]
    assert calendar_file.to_calendar(shown, dt.datetime(2026, 3, 1, tzinfo=dt.timezone.utc)) == made


def test_a_phrase_is_shown_once_and_kept_as_a_slow_hash_alone() -> None:
    async def test() -> None:
        async with bench() as bot:
            response = await post(bot, "phrase", "")
            phrase = response.json()["phrase"]
            assert response.status_code == 201
            assert response.headers["cache-control"] == "no-store"
            assert len(phrase.split()) == phrases.WORDS
            assert set(phrase.split()) <= set(phrase_words())
            assert phrase not in json.dumps(await bot.transcript())
            assert bot.phrases.kept[phrases.locator(phrase)][1].startswith("$argon2id$")
            again = (await post(bot, "phrase", "")).json()["phrase"]
            assert again != phrase
            assert list(bot.phrases.kept) == [phrases.locator(again)]

    run(test)


def test_a_phrase_opens_the_conversation_on_another_device_however_it_is_typed() -> None:
    async def test() -> None:
        async with bench() as bot:
            phrase = (await post(bot, "phrase", "")).json()["phrase"]
            typed = f"  {phrase.upper().replace(' ', ' - ')}. "
            response = await post(bot, "sessions/return", json.dumps({"phrase": typed}), headers={})
            assert response.status_code == 201
            assert response.json()["session"] != bot.token
            assert len(bot.phrases.keys) == 1

    run(test)


@pytest.mark.parametrize("change", ["last", "all", "short"])
def test_a_wrong_phrase_opens_nothing(change: str) -> None:
    async def test() -> None:
        async with bench() as bot:
            words = (await post(bot, "phrase", "")).json()["phrase"].split()
            wrong = {"last": [*words[:5], "zzzz"], "all": ["zzzz"] * 6, "short": words[:5]}[change]
            response = await post(bot, "sessions/return", json.dumps({"phrase": " ".join(wrong)}), headers={})
            assert response.status_code == 403
            assert bot.phrases.keys == []

    run(test)


def test_trying_phrases_is_slow() -> None:
    async def test() -> None:
        async with bench(return_limit=3) as bot:
            tried = [await post(bot, "sessions/return", '{"phrase": "a b c d e f"}', headers={}) for _ in range(4)]
            assert [one.status_code for one in tried] == [403, 403, 403, 429]
            assert int(tried[-1].headers["retry-after"]) > 0

    run(test)


def test_the_words_of_one_conversation_are_tried_slowly_from_many_addresses() -> None:
    async def test() -> None:
        async with bench(return_limit=2, trusted_proxies="127.0.0.1") as bot:
            statuses = []
            for at in range(3):
                headers = {"X-Forwarded-For": f"192.0.2.{at}"}
                statuses.append(
                    (await post(bot, "sessions/return", '{"phrase": "a b c d e f"}', headers=headers)).status_code
                )
            assert statuses == [403, 403, 429]

    run(test)


def test_a_list_that_is_too_short_makes_no_phrase() -> None:
    with pytest.raises(ValueError, match="too few"):
        phrases.new_phrase(["one", "two"])
    assert not phrases.fits("a b c d e f", None)
    assert not phrases.fits("a b c d e f", "no hash")
    assert FakePhraseStore().of("x", dt.datetime.now(dt.timezone.utc)) is None
