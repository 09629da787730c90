"""Rasa's tracker store, with what it lacks: forgetting a person, going back a turn, failing loudly, and remembering.

Rasa's own store builds a conversation anew from all its rows at every message, and counts them before each save. This
one asks whether the rows are still those that it saved, and then goes on with the tracker that it has.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.bootstrap import NOTHING, EventRows, make_kept_engine
from bot.channel.kept_trackers import KeptTrackers
from bot.config import get_settings
from bot.ports import StoreUnavailable

PATIENCE = {
    "sqlite": {"timeout": "3"},
    "postgresql": {"connect_timeout": "3", "options": "-c statement_timeout=3000"},
}
"""Seconds (statement_timeout: milliseconds) after which a database that does not answer counts as gone.

Rasa's store blocks the whole server while it waits, so this has to be well below the time an answer may take.
"""

T = TypeVar("T")

_ROWS = EventRows(SQLTrackerStore.SQLEvent.__table__, UserUttered.type_name)


@dataclass(frozen=True)
class UserTurn:
    """One message of the person that Rasa has kept: the row it begins at, and the id it was sent with."""

    row: int
    message_id: str


class ForgettingTrackerStore(SQLTrackerStore):
    """SQLTrackerStore on the project's own database. Its own methods raise StoreUnavailable and block: use a thread."""

    engine: Any

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, host: str | None = None, **_: Any
    ) -> None:
        """Connects to `host` (a database URL), which is the project's database unless an endpoint names another."""
        url = patient(host or get_settings().database_url)
        super().__init__(domain=domain, event_broker=event_broker, host=url)
        kept = make_kept_engine(url)
        if kept is not None:
            self.engine.dispose()
            self.engine = kept
            self.sessionmaker.configure(bind=kept)
        self._kept = KeptTrackers()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """See SQLTrackerStore. The caller may change the tracker, and has it alone until it is saved."""
        with self.engine.connect() as connection:
            version = _ROWS.version(connection, sender_id)
        tracker = self._kept.give(sender_id, version, self.domain)
        if tracker is None:
            # The version is older than what is read now: where they differ, the next turn reads again.
            tracker = await super().retrieve(sender_id) if version != NOTHING else None
            self._kept.begin(sender_id, tracker, version, self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """See SQLTrackerStore. Stores the events that are new, in one transaction."""
        kept = self._kept.of(tracker)
        if kept is None:
            # Not from `retrieve`, or another was read since: Rasa's way, which compares with what is stored.
            self._kept.drop(tracker.sender_id)
            await super().save(tracker)
            return
        await self.stream_events(tracker)
        new = list(itertools.islice(tracker.events, kept.stored, None))
        if not new:
            return
        with self.engine.begin() as connection:
            _ROWS.add(connection, [_row(tracker.sender_id, event) for event in new])
            version = _ROWS.version(connection, tracker.sender_id)
        if version[0] == kept.version[0] + len(new):
            self._kept.saved(tracker.sender_id, version)
        else:
            self._kept.drop(tracker.sender_id)

    def check(self) -> None:
        """Returns when the store can be read."""
        self._trying(lambda session: session.query(self.SQLEvent.id).limit(1).all())

    def turns(self, sender_id: str) -> tuple[UserTurn, ...]:
        """The person's messages that are kept, oldest first."""

        return self._said(_ROWS.said, sender_id)

    def latest(self, sender_id: str) -> UserTurn | None:
        """The last of `turns`, or None."""
        return next(iter(self._said(_ROWS.said_last, sender_id)), None)

    def _said(self, query: Any, sender_id: str) -> tuple[UserTurn, ...]:
        rows = self._trying(lambda session: session.execute(query, {"sender_id": sender_id}).all())
        return tuple(UserTurn(row, str(json.loads(data).get("message_id"))) for row, data in rows)

    def rewind(self, sender_id: str, row: int) -> None:
        """Drops the person's events from a row on, as if what began there had not been said."""
        self._delete(sender_id, self.SQLEvent.id >= row)

    def delete(self, sender_id: str) -> None:
        """Drops everything that was kept of a person."""
        self._delete(sender_id)

    def _delete(self, sender_id: str, *conditions: Any) -> None:
        def drop(session: Any) -> None:
            mine = self.SQLEvent.sender_id == sender_id
            session.query(self.SQLEvent).filter(mine, *conditions).delete(synchronize_session=False)
            session.commit()

        self._trying(drop)
        self._kept.drop(sender_id)

    def _trying(self, work: Callable[[Any], T]) -> T:
        """The work's result; tried again on fresh connections: a database that restarted leaves dead ones."""
        try:
            return self._once(work)
        except Exception:
            self.engine.dispose()
        try:
            # A database that was away when the server started has no table yet.
            self.Base.metadata.create_all(self.engine)
            return self._once(work)
        except Exception as error:
            raise StoreUnavailable(type(error).__name__) from error

    def _once(self, work: Callable[[Any], T]) -> T:
        with self.session_scope() as session:
            return work(session)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """The row that Rasa's store makes of an event."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def patient(url: str) -> str:
    """The database URL with limits on how long to wait for it; limits that it already has are kept."""
    parts = urlsplit(url)
    query = {**PATIENCE.get(parts.scheme.split("+")[0], {}), **dict(parse_qsl(parts.query))}
    # urlunsplit would turn sqlite:///file into sqlite:/file: only the query is put back.
    return f"{url.split('?', 1)[0]}?{urlencode(query)}" if query else urlunsplit(parts)


def of_agent(agent: Agent | None) -> ForgettingTrackerStore:
    """The store behind a Rasa agent, from now on without the wrapper that hides its errors.

    Rasa turns a failed read into an empty conversation: a dead database would look like a new person, and warning
    signs told earlier would be forgotten. Raises StoreUnavailable where the agent is not loaded or, because an import
    failed, Rasa fell back to a store in memory.
    """
    if agent is None or agent.processor is None:
        raise StoreUnavailable("no model is loaded")
    store: TrackerStore = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store
    if not isinstance(store, ForgettingTrackerStore):
        raise StoreUnavailable(f"the tracker store is {type(store).__name__}")
    agent.tracker_store = agent.processor.tracker_store = store
    return store
