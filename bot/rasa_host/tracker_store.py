"""Rasa's tracker store, with what it lacks: forgetting, going back a turn, failing loudly, and an end to growing.

Upstream (Rasa 3.6.21): SQLTrackerStore blocks the server's loop while it waits for the database, reads a conversation from
its first row at every message and counts its rows before each save; FailSafeTrackerStore around it turns a failed read into
an empty conversation; and Rasa replays all events in each copy of a tracker and writes them all into each action call. So
here the work is done in threads with a limit, a tracker holds the last KEPT_TURNS turns, and it goes on where one query says
that the rows are still those that were saved. The tests hold each of these against Rasa's own store.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel.blocking_calls import STORE_SECONDS, BlockingCalls
from bot.channel.responder import RememberedMessage, SavedMeanwhile
from bot.config import get_settings
from bot.knowledge.database import make_engine, reading, writing
from bot.knowledge.event_rows import NOTHING, EventRows, Version
from bot.ports import StoreUnavailable
from bot.rasa_host.parsed_message import slim, whole
from bot.rasa_host.tracker_cache import TrackerCache

KEPT_TURNS = 20
"""Messages of the person that a tracker holds when it is read or cut; slots are kept over the cut (design, section 8)."""

CUT_AT = 25
"""Messages at which a tracker that goes on is cut: cutting replays it, so not at every one."""

T = TypeVar("T")


class SavedElsewhere(SavedMeanwhile):
    """The rows of a conversation are not those that its tracker was read from: another process has saved meanwhile."""


class ProjectTrackerStore(SQLTrackerStore):
    """SQLTrackerStore on the project's own database. Its own methods raise StoreUnavailable and block: use a thread."""

    engine: Any

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, host: str | None = None, **_: Any
    ) -> None:
        """Connects to `host` (a database URL), which is the project's database unless an endpoint names another.

        Not through SQLTrackerStore's own __init__: it waits, and tries every five seconds for ever, where there is none.
        """
        TrackerStore.__init__(self, domain, event_broker)
        self.engine = make_engine(host or get_settings().database_url)
        self._rows = EventRows(self.SQLEvent.__table__, UserUttered.type_name, SlotSet.type_name)
        self._cache = TrackerCache()
        self._calls = BlockingCalls(STORE_SECONDS, name="tracker-store")
        self._has_table = False

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last turns, with the slots as they are. The caller may change the tracker, and has it alone until saved."""
        version, tracker = await self._calls.call(self._current, sender_id)
        if tracker is not None and _turns(tracker.events) > CUT_AT:
            tracker = cut(tracker, self.domain)
            self._cache.begin(sender_id, tracker, version, self.domain)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All that is stored, as Rasa's own HTTP API wants it."""
        return await self._calls.call(self._whole, conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the events that are new, in one transaction. Raises SavedElsewhere, with nothing stored."""
        cached = self._cache.of(tracker)
        if cached is None:
            # Not from `retrieve`, or another was read since: what it holds beyond the stored rows cannot be told.
            raise SavedElsewhere(type(tracker).__name__)
        new = list(itertools.islice(tracker.events, cached.stored, None))
        if not new:
            return
        await self.stream_events(tracker)
        rows = [_row(tracker.sender_id, event) for event in new]
        version = await self._calls.call(self._add, tracker.sender_id, rows, cached.version)
        self._cache.saved(tracker.sender_id, version)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await self._calls.call(self._trying, self._rows.senders)

    def check(self) -> None:
        """Returns when the store can be read."""
        self._trying(self._rows.check)

    def turns(self, sender_id: str) -> tuple[RememberedMessage, ...]:
        """The person's messages that are kept, oldest first."""
        return self._said(self._rows.said, sender_id)

    def latest(self, sender_id: str) -> RememberedMessage | None:
        """The last of `turns`, or None."""
        return next(iter(self._said(self._rows.said_last, sender_id)), None)

    def rewind(self, sender_id: str, row: int) -> None:
        """Drops the person's events from a row on, as if what began there had not been said."""
        self._writing(lambda connection: self._rows.delete(connection, sender_id, row))
        self._cache.drop(sender_id)

    def delete(self, sender_id: str) -> None:
        """Drops everything that was kept of a person."""
        self._writing(lambda connection: self._rows.delete(connection, sender_id, 0))
        self._cache.drop(sender_id)

    def close(self) -> None:
        """Lets go of threads and connections."""
        self._calls.close()
        self.engine.dispose()

    def _current(self, sender_id: str) -> tuple[Version, DialogueStateTracker | None]:
        """The tracker in the cache where it is what the rows say, else the one that they make. Blocks."""
        version: Version = self._trying(lambda connection: self._rows.version(connection, sender_id))
        tracker = self._cache.give(sender_id, version, self.domain)
        if tracker is None:
            # The version is older than what is read now: where they differ, the save fails and the next turn reads again.
            tracker = self._trying(lambda connection: self._read(connection, sender_id)) if version != NOTHING else None
            self._cache.begin(sender_id, tracker, version, self.domain)
        return version, tracker

    def _read(self, connection: Any, sender_id: str) -> DialogueStateTracker | None:
        data = self._rows.last_turns(connection, sender_id, KEPT_TURNS)
        return DialogueStateTracker.from_dict(sender_id, _events(data), self.domain.slots)

    def _whole(self, sender_id: str) -> DialogueStateTracker | None:
        data = self._trying(lambda connection: self._rows.all(connection, sender_id))
        events = _events(data)
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots) if events else None

    def _add(self, sender_id: str, rows: list[dict[str, Any]], expected: Version) -> Version:
        def add(connection: Any) -> Version:
            self._rows.lock(connection, sender_id)
            if self._rows.version(connection, sender_id) != expected:
                raise SavedElsewhere
            self._rows.add(connection, rows)
            return self._rows.version(connection, sender_id)

        try:
            return self._writing(add)
        except SavedElsewhere:
            self._cache.drop(sender_id)
            raise

    def _said(self, query: Any, sender_id: str) -> tuple[RememberedMessage, ...]:
        rows = self._trying(lambda connection: connection.execute(query, {"sender_id": sender_id}).all())
        return tuple(RememberedMessage(row, str(json.loads(data).get("message_id"))) for row, data in rows)

    def _trying(self, work: Callable[[Any], T]) -> T:
        """What reads, tried again on fresh connections: a database that restarted leaves dead ones."""
        try:
            return self._once(reading, work)
        except StoreUnavailable:
            self.engine.dispose()
            self._has_table = False
        return self._once(reading, work)

    def _writing(self, work: Callable[[Any], T]) -> T:
        return self._once(writing, work)

    def _once(self, transaction: Callable[[Any], Any], work: Callable[[Any], T]) -> T:
        if not self._has_table:
            # A database that was away when the server started has no table yet.
            with writing(self.engine) as connection:
                self.Base.metadata.create_all(connection)
            self._has_table = True
        with transaction(self.engine) as connection:
            return work(connection)


def cut(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The tracker's last KEPT_TURNS turns; in front of them every slot that was set before, so that replaying sets it."""
    events = list(tracker.events)
    starts = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    at = starts[-KEPT_TURNS] if len(starts) > KEPT_TURNS else 0
    before = {event.key: event for event in events[:at] if isinstance(event, SlotSet)}
    return DialogueStateTracker.from_events(
        tracker.sender_id, [*before.values(), *events[at:]], domain.slots, sender_source=tracker.sender_source
    )


def _turns(events: Iterable[Event]) -> int:
    return sum(isinstance(event, UserUttered) for event in events)


def _events(rows: Iterable[str]) -> list[dict[str, Any]]:
    return [whole(json.loads(row)) for row in rows]


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """The row that Rasa's store makes of an event, without what nobody reads again of it."""
    data = slim(event.as_dict())
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def of_agent(agent: Agent | None) -> ProjectTrackerStore:
    """The store behind a Rasa agent, from now on without the wrapper that hides its errors.

    Raises StoreUnavailable where the agent is not loaded or, because an import failed, Rasa fell back to a store in memory.
    """
    if agent is None or agent.processor is None:
        raise StoreUnavailable("no model is loaded")
    store: TrackerStore = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store
    if not isinstance(store, ProjectTrackerStore):
        raise StoreUnavailable(f"the tracker store is {type(store).__name__}")
    agent.tracker_store = agent.processor.tracker_store = store
    return store
