"""Numbers for Prometheus. Labels are names out of the content and the code, so that their count is bounded and no word of a
person becomes one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, start_http_server

from bot.telemetry.outcomes import Answer, outcome, taken_back

logger = logging.getLogger(__name__)

SECONDS = Histogram(
    "stridewell_stage_seconds",
    "How long a stage of a call took, in seconds: reading, action, store, journal, whole.",
    ["stage"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
)
MESSAGES = Counter("stridewell_messages", "Messages of people, by what came of them.", ["outcome"])
TOPICS = Counter("stridewell_topics", "Answers by the topic that they are from.", ["topic"])
UNITS = Counter("stridewell_units", "Answers by the narrow question that they answer.", ["unit"])
URGENCY = Counter("stridewell_urgency", "Alerts by level.", ["level"])
TAKEN_BACK = Counter("stridewell_alerts_taken_back", "Alerts that were found not to stand.")
PROBLEMS = Counter("stridewell_problems", "Calls that could not be answered, by the kind of problem.", ["kind"])
FEEDBACK = Counter("stridewell_feedback", "What people said of answers.", ["helpful"])
AT_ONCE = Gauge("stridewell_calls_at_once", "Calls that are worked on now.")
WAITING = Gauge("stridewell_journal_conversations", "Conversations with words that wait for the database.")

PORTS_TRIED = 16
"""Several servers on one machine take ports one after the other, from the one that is set."""


def answered(messages: Answer) -> None:
    """Counts one message of a person by its answer."""
    MESSAGES.labels(outcome(messages)).inc()
    for message in messages:
        _count(message)
    if taken_back(messages):
        TAKEN_BACK.inc()


def _count(message: Mapping[str, Any]) -> None:
    if message.get("topic"):
        TOPICS.labels(message["topic"]).inc()
    if message.get("unit"):
        UNITS.labels(message["unit"]).inc()
    if message.get("type") == "alert":
        URGENCY.labels(message.get("level") or "none").inc()


class Listener:
    """Serves /metrics on a port of its own, so that no proxy in front of the chat can let it out by accident."""

    def __init__(self, port: int, interface: str) -> None:
        """Listens at once; `port` 0 listens nowhere. What is taken is left alone, and the next ports are tried."""
        self.port = 0
        self._server: Any = None
        for one in range(port, port + PORTS_TRIED) if port else ():
            try:
                self._server, _ = start_http_server(one, interface)
            except OSError:
                continue
            self.port = one
            return
        if port:
            logger.error("no port is free for the metrics")

    def close(self) -> None:
        """Stops listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
