"""Trackers that are kept in memory are those that the database holds, whatever happens to it meanwhile."""

from __future__ import annotations

import asyncio
import inspect
import json
import time

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.rasa_host.parsed_message import MOST_RANKED
from bot.rasa_host.tracker_store import CUT_AT, KEPT_TURNS, ProjectTrackerStore, SavedElsewhere, cut

DOMAIN = Domain.from_dict({"slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}}})


@pytest.fixture
def store(database_url: str) -> ProjectTrackerStore:
    return ProjectTrackerStore(DOMAIN, host=database_url)


@pytest.fixture
def other(database_url: str) -> ProjectTrackerStore:
    """Another server process on the same database."""
    return ProjectTrackerStore(DOMAIN, host=database_url)


def say(store: ProjectTrackerStore, text: str, *, save: bool = True, slot: bool = True) -> DialogueStateTracker:
    """One turn, as Rasa's processor takes it."""

    async def turn() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker("somebody", append_action_listen=False)
        parsed = {"intent": {"name": "greet"}, "entities": [], "text": text}
        tracker.update(UserUttered(text, parsed["intent"], [], parsed, message_id=text), DOMAIN)
        said = [BotUttered("hi"), *([SlotSet("topic", text)] if slot else []), ActionExecuted("action_listen")]
        tracker.update_with_events(said, DOMAIN)
        if save:
            await store.save(tracker)
        return tracker

    return asyncio.run(turn())


def texts(tracker: DialogueStateTracker | None) -> list[str | None]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def stored(store: ProjectTrackerStore) -> list[str | None]:
    """What Rasa's own store reads."""
    return texts(asyncio.run(store.retrieve_full_tracker("somebody")))


def state(tracker: DialogueStateTracker) -> object:
    return json.loads(json.dumps(tracker.current_state(EventVerbosity.ALL)))


def test_the_same_tracker_goes_on_and_is_the_one_that_rasa_would_read(store: ProjectTrackerStore) -> None:
    first = say(store, "a")
    assert say(store, "b") is first
    assert stored(store) == ["a", "b"]
    read = asyncio.run(store.retrieve_full_tracker("somebody"))
    assert read is not None
    assert state(read) == state(first)


def test_a_turn_that_was_not_saved_leaves_nothing(store: ProjectTrackerStore) -> None:
    say(store, "a")
    say(store, "lost", save=False)
    assert texts(say(store, "b")) == ["a", "b"] == stored(store)


def test_a_tracker_that_is_changed_after_it_was_saved_is_read_again(store: ProjectTrackerStore) -> None:
    say(store, "a").update(UserUttered("lost"), DOMAIN)
    assert texts(say(store, "b")) == ["a", "b"] == stored(store)


def test_a_save_that_fails_leaves_nothing(store: ProjectTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    say(store, "a")
    with monkeypatch.context() as broken:
        broken.setattr("bot.rasa_host.tracker_store._row", None)
        with pytest.raises(TypeError):
            say(store, "lost")
    assert texts(say(store, "b")) == ["a", "b"] == stored(store)


def test_what_was_taken_back_or_forgotten_is_not_remembered(store: ProjectTrackerStore) -> None:
    say(store, "a")
    say(store, "b")
    store.rewind("somebody", store.turns("somebody")[1].row)
    assert texts(say(store, "c")) == ["a", "c"] == stored(store)
    store.delete("somebody")
    assert texts(say(store, "d")) == ["d"] == stored(store)


def test_what_another_process_does_is_noticed(store: ProjectTrackerStore, other: ProjectTrackerStore) -> None:
    say(store, "a")
    say(other, "b")
    assert texts(say(store, "c")) == ["a", "b", "c"] == stored(store)
    # As many rows, with the same numbers where the database gives them again.
    other.rewind("somebody", other.turns("somebody")[2].row)
    say(other, "d")
    assert texts(say(store, "e")) == ["a", "b", "d", "e"] == stored(store)
    other.delete("somebody")
    assert texts(say(store, "f")) == ["f"] == stored(store)


def test_another_model_reads_again(store: ProjectTrackerStore) -> None:
    first = say(store, "a")
    store.domain = Domain.empty()
    assert say(store, "b") is not first


def test_a_save_on_rows_that_changed_meanwhile_fails_and_stores_nothing(
    store: ProjectTrackerStore, other: ProjectTrackerStore
) -> None:
    say(store, "a")
    tracker = say(store, "b", save=False)
    say(other, "c")
    with pytest.raises(SavedElsewhere):
        asyncio.run(store.save(tracker))
    assert stored(store) == ["a", "c"]
    assert texts(say(store, "d")) == ["a", "c", "d"] == stored(store)


def test_a_tracker_from_elsewhere_is_not_saved(store: ProjectTrackerStore) -> None:
    say(store, "a")
    tracker = asyncio.run(store.retrieve_full_tracker("somebody"))
    assert tracker is not None
    tracker.update(UserUttered("b"), DOMAIN)
    with pytest.raises(SavedElsewhere):
        asyncio.run(store.save(tracker))
    assert stored(store) == ["a"]


@pytest.mark.parametrize("again", [False, True])
def test_the_tracker_ends_at_the_last_turns_and_slots_are_kept_over_the_cut(
    store: ProjectTrackerStore, other: ProjectTrackerStore, again: bool
) -> None:
    sizes = []
    for number in range(CUT_AT + 10):
        said = say(store, str(number), slot=number < 3)
        sizes.append(len(said.events))
    tracker = asyncio.run((other if again else store).retrieve("somebody"))
    assert tracker is not None
    assert texts(tracker)[-KEPT_TURNS:] == [str(number) for number in range(CUT_AT + 10)][-KEPT_TURNS:]
    assert len(texts(tracker)) <= CUT_AT
    assert max(sizes[-10:]) <= max(sizes[: CUT_AT + 3])
    assert tracker.get_slot("topic") == "2"
    # Rasa replays the events in every copy: the slot must be among them.
    assert tracker.copy().get_slot("topic") == "2"
    assert len(stored(store)) == CUT_AT + 10


def test_a_text_slot_of_the_size_of_the_conversations_state_is_carried_by_a_save(store: ProjectTrackerStore) -> None:
    state = json.dumps({"v": 1, "persons": ["x" * 100] * 24})

    async def turn(value: str | None) -> object:
        tracker = await store.get_or_create_tracker("somebody")
        before = tracker.get_slot("topic")
        if value:
            tracker.update(SlotSet("topic", value), DOMAIN)
            await store.save(tracker)
        return before

    asyncio.run(turn(state))
    assert asyncio.run(turn(None)) == state


def test_what_is_stored_of_a_message_is_small_and_holds_five_entries_of_a_ranking(store: ProjectTrackerStore) -> None:
    ranking = [{"topic": f"causes/topic_{number}", "confidence": 1 / (number + 3)} for number in range(75)]
    found = [{"concept": f"concept_{number}", "start": number, "end": 9} for number in range(8)]
    parsed = {"intent": {"name": "causes"}, "text": "x" * 200, "topic_ranking": ranking, "intent_ranking": ranking}

    async def turn() -> None:
        tracker = await store.get_or_create_tracker("somebody")
        tracker.update(UserUttered("x" * 200, parsed["intent"], [], {**parsed, "findings": found}), DOMAIN)
        await store.save(tracker)

    asyncio.run(turn())
    read = asyncio.run(store.retrieve_full_tracker("somebody"))
    assert read is not None
    event = next(event for event in read.events if isinstance(event, UserUttered))
    assert len(json.dumps(event.as_dict())) < 4000
    assert [len(event.parse_data[name]) for name in ("topic_ranking", "intent_ranking")] == [MOST_RANKED] * 2
    assert event.parse_data["findings"] == found


def test_a_short_tracker_is_cut_to_itself(store: ProjectTrackerStore) -> None:
    tracker = say(store, "a")
    assert list(cut(tracker, DOMAIN).events) == list(tracker.events)


def test_the_loop_is_free_while_the_database_hangs(store: ProjectTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    say(store, "a")
    version = store._rows.version

    def slow(*given: object) -> object:
        time.sleep(0.5)
        return version(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store._rows, "version", slow)

    async def beside() -> int:
        reading = asyncio.ensure_future(store.retrieve("somebody"))
        beats = 0
        while not reading.done():
            await asyncio.sleep(0.02)
            beats += 1
        assert texts(await reading) == ["a"]
        return beats

    assert asyncio.run(beside()) > 10


def test_rasas_own_store_still_reads_on_the_loop_reads_everything_and_stores_rankings_whole() -> None:
    """Where one of these fails, ProjectTrackerStore has one reason less."""
    for method in (SQLTrackerStore._retrieve, SQLTrackerStore.save):
        source = inspect.getsource(method)
        assert "self.session_scope()" in source
        assert "await" not in source.split("session_scope")[1]
    assert "limit" not in inspect.getsource(SQLTrackerStore._event_query)
    assert "data=json.dumps(data)" in inspect.getsource(SQLTrackerStore.save)
    assert "return None" in inspect.getsource(FailSafeTrackerStore.retrieve)
