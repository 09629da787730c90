"""`make report` counts what the database keeps, and shows words of those alone who agreed."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.knowledge import SqlConversationStore
from bot.knowledge.__main__ import main
from bot.knowledge.report import lines, report

SECRET = "a hidden numbness in the saddle"
OPEN = "does walking uphill hurt discs"


def answer(name: str, **more: object) -> dict[str, object]:
    return {"v": 1, "id": name, "type": "answer", "text": "So.", "topic": "causes/posture", **more}


@pytest.fixture
def told(store: SqlConversationStore, engine: Engine, now: dt.datetime) -> Engine:
    """Six messages of two people, with feedback, of which one may be read; and one message of long ago."""
    said = {
        "one": [answer("m1")],
        "two": [answer("m2", type="notice", reason="out_of_scope", topic=None)],
        "three": [answer("m3", type="choices", topic=None)],
        "four": [answer("m4", type="alert", level="emergency", topic=None)],
        "five": [answer("m5", stands_down=True)],
        "six": [answer("m6")],
    }
    ends = now + dt.timedelta(days=9)
    made = {token: store.create(token, region=None, lang=None, at=now, expires_at=ends) for token in "ab"}
    store.greet(made["a"], messages=[answer("hello")], at=now)
    for name, messages in said.items():
        key = (made["b" if name == "six" else "a"], name)
        store.begin_turn(*key, text=OPEN if name == "one" else f"{SECRET} {name}", at=now)
        store.finish_turn(*key, messages=messages, at=now)
    store.begin_turn(made["b"], "old", text="long ago", at=now - dt.timedelta(days=40))
    good, bad = {"helpful": True, "at": now}, {"helpful": False, "at": now}
    store.add_feedback(made["a"], "m1", comment="too short for me", may_be_read=True, **bad)
    store.add_feedback(made["a"], "m5", comment=SECRET, **bad)
    store.add_feedback(made["b"], "m6", comment=None, **good)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (type_name VARCHAR(255), timestamp FLOAT, data TEXT)"))
        for confidence in (0.2, 0.9):
            data = json.dumps({"parse_data": {"intent": {"name": "causes", "confidence": confidence}}, "text": SECRET})
            row = {"type": "user", "at": now.timestamp(), "data": data}
            connection.execute(text("INSERT INTO events VALUES (:type, :at, :data)"), row)
    return engine


def test_it_counts_what_came_of_messages(told: Engine, now: dt.datetime) -> None:
    found = report(told, now - dt.timedelta(days=30))
    assert found.conversations == 2
    assert found.outcomes == {"answered": 3, "declined": 1, "unsure": 1, "alert": 1}
    assert found.taken_back == 1
    assert found.levels == {"emergency": 1}
    assert found.low == {"causes": 1}
    assert found.topics == {"causes/posture": 3}
    assert (found.helpful, found.unhelpful) == ({"causes/posture": 1}, {"causes/posture": 2})


def test_words_are_shown_only_where_the_person_agreed(told: Engine, now: dt.datetime) -> None:
    page = "\n".join(lines(report(told, now - dt.timedelta(days=30))))
    assert "too short for me" in page
    assert OPEN in page
    assert SECRET not in page


def test_without_consent_there_are_no_words(engine: Engine, now: dt.datetime) -> None:
    page = "\n".join(lines(report(engine, now)))
    assert "Nobody agreed to be read." in page
    assert "0 messages in 0 conversations" in page


def test_the_command_prints_it(
    told: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["report", "--days", "20000"]) == 0
    page = capsys.readouterr().out
    assert "7 messages in 2 conversations" in page
    assert SECRET not in page
