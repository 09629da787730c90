"""Trackers kept in memory between the messages of a conversation. The database stays the truth.

Upstream: SQLTrackerStore (Rasa 3.6.21) builds a conversation anew from all its rows at every message, which costs more the
longer it is. Its test fails when Rasa's own store gives the same tracker twice.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from cachetools import TTLCache
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.knowledge.event_rows import Version

MOST = 500
SECONDS = 600
"""How many trackers are kept, and for how long after their last message: a person who talks answers within minutes."""


@dataclass
class CachedTracker:
    """A tracker, or None where the person is new; how many of its events are stored, and what the database then held.

    Rasa changes the tracker that it was given. From then until it is saved, it holds what the database does not.
    """

    tracker: DialogueStateTracker | None
    stored: int
    version: Version
    domain: Domain
    given: bool = True


class TrackerCache:
    """Trackers by sender id, for the server's loop, and for threads that drop them."""

    def __init__(self) -> None:
        self._kept: TTLCache[str, CachedTracker] = TTLCache(MOST, SECONDS)
        self._lock = threading.Lock()

    def give(self, sender_id: str, version: Version, domain: Domain) -> DialogueStateTracker | None:
        """The tracker for the next turn, or None where none is kept that is as the database holds it."""
        with self._lock:
            kept = self._kept.get(sender_id)
            if kept is None or kept.given or kept.version != version or kept.domain is not domain:
                return None
            if kept.tracker is not None and len(kept.tracker.events) != kept.stored:
                return None  # changed after it was saved
            kept.given = True
            return kept.tracker

    def begin(self, sender_id: str, tracker: DialogueStateTracker | None, version: Version, domain: Domain) -> None:
        """Notes a tracker that was read just now, all of its events stored; None for a person who has none."""
        with self._lock:
            self._kept[sender_id] = CachedTracker(tracker, len(tracker.events) if tracker else 0, version, domain)

    def of(self, tracker: DialogueStateTracker) -> CachedTracker | None:
        """What is known of the very tracker that is to be saved, or None."""
        with self._lock:
            kept = self._kept.get(tracker.sender_id)
            if kept is not None and kept.tracker is None:
                kept.tracker = tracker
            return kept if kept is not None and kept.tracker is tracker else None

    def saved(self, sender_id: str, version: Version) -> None:
        """Notes that the database now holds all events of the tracker, and nothing else of the person."""
        with self._lock:
            kept = self._kept.get(sender_id)
            if kept is not None and kept.tracker is not None:
                kept.stored, kept.version, kept.given = len(kept.tracker.events), version, False
                self._kept[sender_id] = kept  # its time begins anew

    def drop(self, sender_id: str) -> None:
        """Forgets what is kept of a person."""
        with self._lock:
            self._kept.pop(sender_id, None)
