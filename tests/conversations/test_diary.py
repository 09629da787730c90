"""The walking diary over HTTP: told, interrupted, put right, left, and found again after every process was restarted."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zoneinfo
from typing import Any

import pytest
from icalendar import Calendar

from tests.conversations.stack import Person, Stack, running

ZONE = "Pacific/Auckland"
NUMB = "I am numb between my legs and cannot pee"


@pytest.fixture
def own_stack(tmp_path: Any) -> Any:
    with running(tmp_path) as started:
        yield started


def said(messages: list[dict[str, Any]]) -> str:
    return " ".join(str(message["text"]) for message in messages)


def rows(person: Person) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(person.call("GET", "diary.csv").text)))


def restart(stack: Stack) -> None:
    stack.server.kill()
    stack.actions.kill()
    stack.actions.start()
    stack.server.start()
    stack.wait()
    warm(stack)


def warm(stack: Stack) -> None:
    """Returns when a first message was answered: on a busy machine the first one after a start may come too late."""
    for _ in range(10):
        if stack.person().say("hello")[0]["type"] != "notice":
            return


def test_the_journey_of_a_diary(own_stack: Stack) -> None:
    warm(own_stack)
    person = own_stack.person()
    today = dt.datetime.now(zoneinfo.ZoneInfo(ZONE)).date()

    # Begun, interrupted by a question, answered.
    assert person.say("log my walk", tz=ZONE)[-1]["type"] == "question"
    person.say("20", tz=ZONE)
    interrupted = person.say("what shoes are best for walking?", tz=ZONE)
    assert interrupted[0]["type"] == "answer"
    assert "pain" in interrupted[-1]["text"].lower()
    assert "20 minutes, pain 3, later 2" in said(person.say("about a 3, then 2", tz=ZONE))

    # Put right, and a day before it.
    assert "25 minutes" in said(person.say("that was 25 not 20", tz=ZONE))
    person.say("yesterday 15 min, pain 3, new shoes", tz=ZONE)
    assert [(row["date"], row["minutes"], row["pain"], row["pain_later"], row["note"]) for row in rows(person)] == [
        ((today - dt.timedelta(1)).isoformat(), "15", "3", "", "new shoes"),
        (today.isoformat(), "25", "3", "2", ""),
    ]

    # Left in the middle; every process restarted; taken up.
    person.say("log my walk", tz=ZONE)
    person.say("10 minutes", tz=ZONE)
    assert said(person.say("stop", tz=ZONE))
    restart(own_stack)
    assert person.say("log my walk", tz=ZONE)[-1]["type"] == "question"
    person.say("none", tz=ZONE)
    assert [row["minutes"] for row in rows(person)] == ["15", "25", "10"]

    # Shown, taken out, put back.
    card = next(one for one in person.say("show my diary", tz=ZONE) if one["type"] == "chart")
    assert card["series"][0]["values"] == [15, 35]
    person.say("delete yesterday", tz=ZONE)
    assert [row["minutes"] for row in rows(person)] == ["25", "10"]
    person.say("undo", tz=ZONE)
    assert [row["minutes"] for row in rows(person)] == ["15", "25", "10"]

    # Out and in again: the same.
    kept = person.call("GET", "diary.json").text
    assert person.call("POST", "diary", kept).json() == {"added": 0, "known": 3}
    assert person.call("GET", "diary.json").text == kept

    # On another device by the phrase, and an emergency beside a walk there: alerted and noted.
    phrase = person.call("POST", "phrase").json()["phrase"]
    other = own_stack.person()
    opened = other.call("POST", "sessions/return", json.dumps({"phrase": phrase.upper()}), key=False)
    assert opened.status_code == 201, opened.text
    other.use(opened.json()["session"])
    assert rows(other) == rows(person)
    alerted = other.say(f"walked 5 min, pain 9. {NUMB}", tz=ZONE)
    assert (alerted[0]["type"], alerted[0]["level"], len(alerted)) == ("alert", "emergency", 1)
    assert [row["minutes"] for row in rows(person)] == ["15", "25", "10", "5"]

    # Forgotten on one device: nothing opens on any, and the phrase is useless.
    assert other.forget() == 204
    assert (person.status(), other.status()) == (401, 401)
    again = other.call("POST", "sessions/return", json.dumps({"phrase": phrase}), key=False)
    assert again.status_code == 403


def test_a_plan_goes_into_the_calendar_and_a_walk_that_hurt_changes_it(stack: Stack) -> None:
    person = stack.person()
    person.say("make me a walking plan", tz=ZONE)
    for answer in ("10 minutes", "30 minutes", "tue, thu and sat", "no worse", "flat"):
        last = person.say(answer, tz=ZONE)
    plan = next(one for one in last if one["type"] == "plan")
    file = person.call("GET", plan["tools"][0]["path"])
    assert file.headers["content-type"].startswith("text/calendar")
    days = [event["dtstart"].dt for event in Calendar.from_ical(file.content).walk("VEVENT")]
    assert {day.weekday() for day in days} == {1, 3, 5}
    assert min(days) >= dt.datetime.now(zoneinfo.ZoneInfo(ZONE)).date()
    assert len(days) == 3 * len(plan["weeks"])
    assert "week 2" in said(person.say("walked 10 min, pain 7", tz=ZONE))
    longer = next(one for one in person.say("show my plan", tz=ZONE) if one["type"] == "plan")
    assert len(longer["weeks"]) > len(plan["weeks"])
