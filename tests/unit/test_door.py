"""The door from Rasa: the meaning on the parsed message in, the messages and the state of the conversation out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import door, doors
from bot.bootstrap import build
from bot.channel.message_schema import validate
from bot.config import Settings
from bot.conversation import codec
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.state import State
from tests.answering_kit import BALANCE, ask, small
from tests.fakes import FakeConversationStore, FakeDiaryStore, FakePhraseStore

DOORS = [
    found
    for found in vars(doors).values()
    if isinstance(found, type) and issubclass(found, door.Door) and found is not door.Door
]


@pytest.fixture(autouse=True)
def _services(monkeypatch: pytest.MonkeyPatch) -> None:
    services = build(Settings(), small(), FakeConversationStore(), FakeDiaryStore(), FakePhraseStore())
    monkeypatch.setattr(door, "get_services", lambda: services)


def tracker(meaning: Meaning | None, **metadata: Any) -> Tracker:
    parsed = {"metadata": metadata, **({"meaning": codec.meaning_to_json(meaning)} if meaning else {})}
    return SimpleNamespace(latest_message=parsed, sender_id="talk")  # type: ignore[return-value]


@pytest.mark.parametrize("found", DOORS, ids=lambda found: str(found.__name__))
def test_every_door_answers_and_keeps_the_state(found: type[door.Door]) -> None:
    dispatcher = CollectingDispatcher()
    meaning = Meaning("walking", (ask("walking/poles", 0.9, (BALANCE, 0.9)),), State("m1", 1))
    events = found().run(dispatcher, tracker(meaning, region="GB"), {})
    said = [message["custom"]["data"] for message in dispatcher.messages]
    for message in said:
        validate(message)
    assert said[0]["unit"] == BALANCE
    assert [event["name"] for event in events] == ["conversation_state"]
    state = codec.load(events[0]["value"])
    assert (state.message_id, state.shown[0].id) == ("m1", BALANCE)


@pytest.mark.parametrize(("region", "expected"), [("GB", "999"), ("US", "911"), (None, "your emergency number")])
def test_the_region_comes_from_the_page(region: str | None, expected: str) -> None:
    dispatcher = CollectingDispatcher()
    meaning = Meaning("language", (Meant("meta/language", "self", text="spanish?"),), State(turn=1))
    doors.ActionAnswer().run(dispatcher, tracker(meaning, region=region), {})
    assert expected in dispatcher.messages[0]["custom"]["data"]["text"]


def test_a_message_without_a_meaning_is_an_error_that_the_channel_sees() -> None:
    with pytest.raises(KeyError, match=door.MEANING):
        doors.ActionAnswer().run(CollectingDispatcher(), tracker(None), {})


def test_the_channel_gets_its_greeting_and_its_notice() -> None:
    services = build(Settings(), small(), FakeConversationStore(), FakeDiaryStore(), FakePhraseStore())
    for region in ("GB", None):
        for message in (*services.assistant.greeting(region), services.assistant.unavailable(region)):
            validate(message)
    assert "999" in services.assistant.unavailable("GB")["text"]
    assert "911" in services.assistant.unavailable(None)["text"]
