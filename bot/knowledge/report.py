"""What an operator can learn from what the database keeps: counts, and words only of those who agreed."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import column, inspect, select, table
from sqlalchemy.engine import Connection, Engine

from bot.knowledge.database import reading
from bot.knowledge.tables import feedback, turns
from bot.telemetry.outcomes import OUTCOMES, outcome, taken_back

LOW = 0.5
"""Below this probability the first topic of a message counts as hardly understood."""

MOST = 15
"""Lines of a ranking."""

EVENTS = table("events", column("type_name"), column("timestamp"), column("data"))
"""What is read of the table that Rasa makes."""


@dataclass(frozen=True)
class Agreed:
    """Words that may be read: what the person said of an answer, what they had asked, and the topic that it was from."""

    helpful: bool
    topic: str
    asked: str
    comment: str


@dataclass
class Report:
    """Counts since a day. `topics` counts answers, `unhelpful` and `helpful` feedback by topic."""

    since: dt.datetime
    conversations: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    taken_back: int = 0
    low: Counter[str] = field(default_factory=Counter)
    helpful: Counter[str] = field(default_factory=Counter)
    unhelpful: Counter[str] = field(default_factory=Counter)
    agreed: list[Agreed] = field(default_factory=list)


def report(engine: Engine, since: dt.datetime) -> Report:
    """Counts what was said since a time. Raises StoreUnavailable."""
    found = Report(since)
    with reading(engine) as connection:
        _count_turns(connection, found)
        _count_feedback(connection, found)
        if inspect(connection).has_table("events"):
            _count_low(connection, found)
    return found


def _count_turns(connection: Connection, found: Report) -> None:
    seen: set[str] = set()
    wanted = select(turns.c.conversation_id, turns.c.messages).where(
        turns.c.text.is_not(None) & (turns.c.at >= found.since)
    )
    for conversation_id, messages in connection.execute(wanted.execution_options(yield_per=500)):
        seen.add(conversation_id)
        found.outcomes[outcome(messages)] += 1
        found.taken_back += taken_back(messages)
        for message in messages:
            if message.get("topic"):
                found.topics[message["topic"]] += 1
            if message.get("type") == "alert":
                found.levels[message.get("level") or "none"] += 1
    found.conversations = len(seen)


def _count_feedback(connection: Connection, found: Report) -> None:
    """Feedback by the topic of what it is about."""
    for row in connection.execute(select(feedback).where(feedback.c.at >= found.since)).all():
        asked, topic = _about(connection, row)
        (found.helpful if row.helpful else found.unhelpful)[topic] += 1
        if row.may_be_read:
            found.agreed.append(Agreed(row.helpful, topic, asked, row.comment or ""))


def _about(connection: Connection, row: Any) -> tuple[str, str]:
    """What the person had asked, and the topic of the message that they judged; empty for a greeting."""
    wanted = select(turns.c.text, turns.c.shown, turns.c.messages).where(turns.c.conversation_id == row.conversation_id)
    for text, shown, messages in connection.execute(wanted):
        for message in messages:
            if message.get("id") == row.message_id:
                return shown or text or "", message.get("topic") or "none"
    return "", "none"


def _count_low(connection: Connection, found: Report) -> None:
    """What was hardly understood, by the kind that it was taken for."""
    wanted = select(EVENTS.c.data).where(
        (EVENTS.c.type_name == "user") & (EVENTS.c.timestamp >= found.since.timestamp())
    )
    for (data,) in connection.execute(wanted.execution_options(yield_per=500)):
        intent = json.loads(data).get("parse_data", {}).get("intent") or {}
        if (intent.get("confidence") or 0.0) < LOW:
            found.low[intent.get("name") or "none"] += 1


def lines(found: Report) -> Iterator[str]:
    """The report as Markdown."""
    messages = sum(found.outcomes.values())
    yield f"# Since {found.since:%Y-%m-%d}: {messages} messages in {found.conversations} conversations"
    yield from _ranking("What came of them", [(name, found.outcomes[name]) for name in OUTCOMES])
    yield from _ranking(
        f"Hardly understood (under {LOW:.0%}), by what they were taken for", found.low.most_common(MOST)
    )
    yield from _ranking("Answers by topic", found.topics.most_common(MOST))
    yield from _ranking("Alerts by level", found.levels.most_common())
    yield f"\n{found.taken_back} alerts were taken back."
    judged = Counter(found.helpful) + Counter(found.unhelpful)
    yield "\n## Feedback\n"
    yield f"{sum(found.helpful.values())} answers helped, {sum(found.unhelpful.values())} did not."
    worst = sorted(judged, key=lambda topic: (-found.unhelpful[topic], topic))[:MOST]
    yield from (f"- {topic}: {found.unhelpful[topic]} of {judged[topic]} did not help" for topic in worst)
    yield "\n## In their words\n"
    yield "Of those alone who ticked that their words may be read." if found.agreed else "Nobody agreed to be read."
    for one in found.agreed:
        yield f"- {one.topic}, {'helped' if one.helpful else 'did not help'}. Asked: {one.asked!r}. Said of it: {one.comment!r}"


def _ranking(title: str, counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from (f"- {name}: {count}" for name, count in counts)
    if not counts:
        yield "None."
