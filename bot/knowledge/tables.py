"""The tables, as the migrations leave them. A test compares the two."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)


class UtcDateTime(TypeDecorator):
    """A point in time. In and out it carries its zone; SQLite, which knows none, keeps UTC without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """Refuses a time without a zone: nobody could say later when that was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(dt.timezone.utc)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """The time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.timezone.utc) if value.tzinfo is None else value.astimezone(dt.timezone.utc)


metadata = MetaData()

content_meta = Table(
    "content_meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# One row, written by the health check: that a database can be read does not mean that it takes words.
write_probe = Table(
    "write_probe",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("token_hash", String(128), nullable=False, unique=True),
    Column("region", String(8)),
    Column("lang", String(40)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

turns = Table(
    "turns",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", String(80), nullable=False),
    Column("text", Text),
    Column("shown", Text),
    Column("status", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("messages", JSON, nullable=False),
    UniqueConstraint("conversation_id", "message_id", name="uq_turns_message"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", String(80), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    # The person's own tick: this comment, and the words that the message answered, may be read by people.
    Column("may_be_read", Boolean, nullable=False, server_default=false()),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "message_id", name="uq_feedback_message"),
)

# One row a walk, a rest day or a number of pain. `number` is the order in which those of one day were told.
diary_entries = Table(
    "diary_entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("id", String(44), nullable=False),
    Column("day", Date, nullable=False),
    Column("minutes", Integer),
    Column("pain", Integer),
    Column("later", Integer),
    Column("note", String(80), nullable=False),
    UniqueConstraint("conversation_id", "id", name="uq_diary_entries_id"),
)

# The diary before the change that a message made, until the message after the next.
diary_before = Table(
    "diary_before",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", String(80), nullable=False),
    Column("entries", JSON, nullable=False),
)

phrases = Table(
    "phrases",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("locator", String(64), nullable=False, unique=True),
    Column("phrase_hash", String(200), nullable=False),
)

# Keys beside the one that a conversation began with: those of other devices.
more_keys = Table(
    "more_keys",
    metadata,
    Column("token_hash", String(128), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)
