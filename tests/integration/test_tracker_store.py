"""Trackers that are kept in memory are those that the database holds, whatever happens to it meanwhile."""

from __future__ import annotations

import asyncio
import json

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.channel.tracker_store import ForgettingTrackerStore

DOMAIN = Domain.from_dict({"slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}}})


@pytest.fixture
def store(database_url: str) -> ForgettingTrackerStore:
    return ForgettingTrackerStore(DOMAIN, host=database_url)


@pytest.fixture
def other(database_url: str) -> ForgettingTrackerStore:
    """Another server process on the same database."""
    return ForgettingTrackerStore(DOMAIN, host=database_url)


def say(store: ForgettingTrackerStore, text: str, *, save: bool = True) -> DialogueStateTracker:
    """One turn, as Rasa's processor takes it."""

    async def turn() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker("somebody", append_action_listen=False)
        parsed = {"intent": {"name": "greet"}, "entities": [], "text": text}
        tracker.update(UserUttered(text, parsed["intent"], [], parsed, message_id=text), DOMAIN)
        tracker.update_with_events([BotUttered("hi"), SlotSet("topic", text), ActionExecuted("action_listen")], DOMAIN)
        if save:
            await store.save(tracker)
        return tracker

    return asyncio.run(turn())


def texts(tracker: DialogueStateTracker | None) -> list[str | None]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def stored(store: ForgettingTrackerStore) -> list[str | None]:
    """What Rasa's own store reads."""
    return texts(asyncio.run(SQLTrackerStore.retrieve(store, "somebody")))


def state(tracker: DialogueStateTracker) -> object:
    return json.loads(json.dumps(tracker.current_state(EventVerbosity.ALL)))


def test_the_same_tracker_goes_on_and_is_the_one_that_rasa_would_read(store: ForgettingTrackerStore) -> None:
    first = say(store, "a")
    assert say(store, "b") is first
    assert stored(store) == ["a", "b"]
    read = asyncio.run(SQLTrackerStore.retrieve(store, "somebody"))
    assert read is not None
    assert state(read) == state(first)


def test_a_turn_that_was_not_saved_leaves_nothing(store: ForgettingTrackerStore) -> None:
    say(store, "a")
    say(store, "lost", save=False)
    assert texts(say(store, "b")) == ["a", "b"] == stored(store)


def test_a_tracker_that_is_changed_after_it_was_saved_is_read_again(store: ForgettingTrackerStore) -> None:
    say(store, "a").update(UserUttered("lost"), DOMAIN)
    assert texts(say(store, "b")) == ["a", "b"] == stored(store)


def test_a_save_that_fails_leaves_nothing(store: ForgettingTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    say(store, "a")
    with monkeypatch.context() as broken:
        broken.setattr("bot.channel.tracker_store._row", None)
        with pytest.raises(TypeError):
            say(store, "lost")
    assert texts(say(store, "b")) == ["a", "b"] == stored(store)


def test_what_was_taken_back_or_forgotten_is_not_remembered(store: ForgettingTrackerStore) -> None:
    say(store, "a")
    say(store, "b")
    store.rewind("somebody", store.turns("somebody")[1].row)
    assert texts(say(store, "c")) == ["a", "c"] == stored(store)
    store.delete("somebody")
    assert texts(say(store, "d")) == ["d"] == stored(store)


def test_what_another_process_does_is_noticed(store: ForgettingTrackerStore, other: ForgettingTrackerStore) -> None:
    say(store, "a")
    say(other, "b")
    assert texts(say(store, "c")) == ["a", "b", "c"] == stored(store)
    # As many rows, with the same numbers where the database gives them again.
    other.rewind("somebody", other.turns("somebody")[2].row)
    say(other, "d")
    assert texts(say(store, "e")) == ["a", "b", "d", "e"] == stored(store)
    other.delete("somebody")
    assert texts(say(store, "f")) == ["f"] == stored(store)


def test_another_model_reads_again(store: ForgettingTrackerStore) -> None:
    first = say(store, "a")
    store.domain = Domain.empty()
    assert say(store, "b") is not first


def test_a_tracker_from_elsewhere_is_saved_as_rasa_does(store: ForgettingTrackerStore) -> None:
    say(store, "a")
    tracker = asyncio.run(SQLTrackerStore.retrieve(store, "somebody"))
    assert tracker is not None
    tracker.update(UserUttered("b"), DOMAIN)
    asyncio.run(store.save(tracker))
    assert texts(say(store, "c")) == ["a", "b", "c"] == stored(store)
