"""Parts that die in the middle of a conversation: the person still hears what to do in an emergency, and nothing is lost."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.conversations.stack import Person, Stack, running


@pytest.fixture
def own_stack(tmp_path: Path) -> Stack:  # type: ignore[misc]
    with running(tmp_path) as started:
        yield started


def unavailable_within_ten_seconds(person: Person, text: str) -> None:
    began = time.monotonic()
    said = person.say(text)
    assert time.monotonic() - began < 10.5
    assert [(message["type"], message["reason"]) for message in said] == [("notice", "unavailable")]
    assert "999" in said[0]["text"]


def test_the_action_server_dies_then_the_database(own_stack: Stack) -> None:
    person = own_stack.person()
    assert person.say("what is sciatica")[0]["type"] == "answer"

    own_stack.actions.kill()
    unavailable_within_ten_seconds(person, "my legs were fine yesterday")
    unavailable_within_ten_seconds(person, "now both my legs feel weak")
    assert not own_stack.healthy()
    own_stack.actions.start()
    own_stack.wait()
    seen = [entry["text"] for entry in person.transcript() if entry["from"] == "user"]
    assert seen == ["what is sciatica", "my legs were fine yesterday", "now both my legs feel weak"]
    # What was said while nobody could answer is not lost on triage.
    assert "emergency" in {message.get("level") for message in person.say("hello?")}

    hidden = own_stack.database.with_suffix(".away")
    files = list(own_stack.database.parent.glob("stridewell.sqlite3*"))
    hidden.mkdir()
    for path in files:
        shutil.move(str(path), hidden / path.name)
    own_stack.database.mkdir()  # nothing can be opened or made here now
    unavailable_within_ten_seconds(person, "is anybody there")
    own_stack.database.rmdir()
    for path in files:
        shutil.move(str(hidden / path.name), path)
    own_stack.wait()
    assert person.say("/acknowledge_alert")
    assert {"answer", "alert"} & {message["type"] for message in person.say("what is sciatica")}
    assert "is anybody there" in [entry["text"] for entry in person.transcript() if entry["from"] == "user"]
