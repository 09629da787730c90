"""What the actions share: reading the turn out of Rasa's tracker and sending messages of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import service
from bot.bootstrap import Services, get_services
from bot.model import Understanding

TOPIC_SLOT = "last_topic"
ANSWERING = ("answer_flag", "red_flag_emergency", "red_flag_urgent")
"""Intents that an answer to a red flag's question can end up with: triage puts its own over it."""


def services() -> Services:
    """The services of this process; tests replace `get_services` in bot.bootstrap."""
    return get_services()


def understood(tracker: Tracker) -> Understanding:
    """What the NLU pipeline understood of the latest message."""
    return service.understanding(tracker.latest_message)


def region(tracker: Tracker) -> str | None:
    """Where the person is, as the channel knows it ("GB"), or None."""
    metadata: Mapping[str, Any] = tracker.latest_message.get("metadata") or {}
    known = metadata.get("region")
    return str(known) if known else None


def entity(tracker: Tracker, name: str) -> str | None:
    """A value that a pressed button carried, or None."""
    return next((str(value) for value in tracker.get_latest_entity_values(name)), None)


def send(dispatcher: CollectingDispatcher, said: Iterable[Mapping[str, Any]]) -> None:
    """Utters messages, each nested under `data` as the contract asks."""
    for message in said:
        dispatcher.utter_message(json_message={"data": dict(message)})


def last_said(events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The messages that answered the message before the latest one, without their ids; [] when there are none.

    `events` are those of the tracker, in order; the latest user event is the request to repeat.
    """
    turns: list[list[dict[str, Any]]] = [[]]
    for event in events:
        if event.get("event") == "user":
            turns.append([])
        elif event.get("event") == "bot":
            data = ((event.get("data") or {}).get("custom") or {}).get("data")
            if data:
                turns[-1].append({name: value for name, value in data.items() if name != "id"})
    return next((said for said in reversed(turns[:-1]) if said), [])


def open_question(events: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The question about a red flag that the message before the latest one was answered with, or None."""
    asked = (message for message in last_said(events) if message.get("type") == "question" and message.get("flags"))
    return next(asked, None)


def answers(events: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The latest answer ("yes", "no", "unsure") to each red flag's question, by flag."""
    found: dict[str, str] = {}
    for event in events:
        parsed = event.get("parse_data") or {}
        if event.get("event") == "user" and (parsed.get("intent") or {}).get("name") in ANSWERING:
            given = {found["entity"]: str(found["value"]) for found in parsed.get("entities") or ()}
            if "flag" in given and "answer" in given:
                found[given["flag"]] = given["answer"]
    return found


def arranged(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the person said that the help advised is arranged, and no alert has come since."""
    done = False
    for event in events:
        parsed = event.get("parse_data") or {}
        intent = (parsed.get("intent") or {}).get("name")
        if intent == "arranged":
            done = any(entity.get("value") == "yes" for entity in parsed.get("entities") or ())
        elif intent in ("red_flag_urgent", "red_flag_emergency"):
            done = False
    return done
