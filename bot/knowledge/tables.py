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

sources = Table(
    "sources",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text),
    Column("year", Integer),
    Column("url", Text),
    Column("checked", String(20), nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("title", Text, nullable=False),
    Column("short", Text, nullable=False),
    Column("evidence", String(20), nullable=False),
    Column("checked_on", Date, nullable=False),
    Column("table", JSON(none_as_null=True)),
    Column("see_also", JSON, nullable=False),
    Column("exercises", JSON, nullable=False),
)

sections = Table(
    "sections",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(20), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("general_advice", Boolean, nullable=False),
)

# `section` is the key of a section, "table", or "" for the article as a whole.
article_sources = Table(
    "article_sources",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("section", String(20), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
)

exercises = Table(
    "exercises",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("targets", Text, nullable=False),
    Column("aka", JSON, nullable=False),
    Column("steps", JSON, nullable=False),
    Column("dose", JSON, nullable=False),
    Column("cautions", JSON, nullable=False),
    Column("easier", Text),
    Column("harder", Text),
    Column("sources", JSON, nullable=False),
    Column("general_advice", Boolean, nullable=False),
    Column("checked_on", Date, nullable=False),
    Column("image", Text),
    Column("image_alt", Text),
)

red_flags = Table(
    "red_flags",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("condition", Text, nullable=False),
    Column("urgency", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("tell", JSON, nullable=False),
    Column("ask", Text, nullable=False, server_default=""),
    Column("raised_by", JSON, nullable=False, server_default="[]"),
    Column("questions", JSON, nullable=False),
    Column("verification", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("screen_order", Integer, nullable=False),
    Column("ask_first", Boolean, nullable=False),
    Column("line", String(20), nullable=False),
    Column("direct", JSON, nullable=False),
    Column("concepts", JSON, nullable=False),
)

help_lines = Table(
    "help_lines",
    metadata,
    Column("region", String(8), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("emergency", JSON, nullable=False),
    Column("same_day", JSON(none_as_null=True)),
    Column("crisis", JSON(none_as_null=True)),
    Column("poison", JSON(none_as_null=True)),
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
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "message_id", name="uq_feedback_message"),
)

CONTENT_TABLES = (sources, articles, sections, article_sources, exercises, red_flags, help_lines, content_meta)
"""Parents first: filled in this order, emptied in the other."""
