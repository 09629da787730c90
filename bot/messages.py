"""Builds the messages of the contract (bot/channel/message.v1.schema.json) as plain dicts. No words of its own."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.model import Article, Evidence, Exercise, Source, Table, Urgency

Message = dict[str, Any]
MOST_BUTTONS = 6
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_MARKS = re.compile(r"\*\*|(?m:^- )")


def advised(said: Iterable[Mapping[str, Any]]) -> Urgency:
    """What a turn advises: the highest urgency among its messages."""
    levels = [Urgency(message["urgency"]) for message in said if message.get("urgency")]
    return max(levels, key=lambda level: level.rank, default=Urgency.SELF_CARE)


def message(kind: str, text: str, /, **fields: Any) -> Message:
    """A message of type `kind` with a new id; fields that are None or empty are left out."""
    given = {name: value for name, value in fields.items() if value not in (None, (), [], {})}
    return {"v": 1, "id": str(uuid.uuid4()), "type": kind, "text": plain(text), **given}


def in_paragraphs(message: Message, *paragraphs: str) -> Message:
    """The message with a text of several paragraphs: what is read on its own stands on its own."""
    return {**message, "text": "\n\n".join(plain(one) for one in paragraphs)}


def plain(markdown: str) -> str:
    """Text without the marks of the Markdown subset, on one line."""
    return " ".join(_MARKS.sub("", markdown).split())


def first_sentence(markdown: str) -> str:
    """The first sentence, plain: what a screen reader announces of an answer."""
    return _SENTENCE_END.split(plain(markdown), maxsplit=1)[0]


def payload(intent: str, **entities: str) -> str:
    """What a button sends: /intent{...}."""
    return f"/{intent}{json.dumps(entities, separators=(',', ':'))}" if entities else f"/{intent}"


def topic_payload(topic: str) -> str:
    """The payload that asks for a topic's answer."""
    return payload(topic.split("/", 1)[0], topic=topic)


def buttons(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Buttons from pairs of title and payload, at most MOST_BUTTONS."""
    return [{"title": title, "payload": sent} for title, sent in list(pairs)[:MOST_BUTTONS]]


def source_list(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Sources as the contract shows them."""
    fields = ("id", "title", "publisher", "year", "url")
    return [{name: value for name in fields if (value := getattr(source, name)) is not None} for source in sources]


def answer(
    article: Article,
    *,
    title: str,
    body: str,
    sources: Sequence[Source],
    evidence: Evidence,
    see_also: Sequence[Article] = (),
    quick_replies: Sequence[tuple[str, str]] = (),
    urgency: Urgency | None = None,
) -> Message:
    """An answered question: an article's short text, or one of its sections."""
    related = [{"topic": other.id, "title": other.title, "payload": topic_payload(other.id)} for other in see_also]
    return message(
        "answer",
        first_sentence(body),
        topic=article.id,
        urgency=urgency.value if urgency else None,
        title=title,
        body=body,
        sources=source_list(sources),
        evidence=evidence.value,
        checked_on=article.checked_on.isoformat(),
        see_also=related,
        quick_replies=buttons(quick_replies),
    )


def table(article: Article, content: Table, *, sources: Sequence[Source]) -> Message:
    """An article's table."""
    columns = [{"key": column.key, "label": column.label} for column in content.columns]
    rows = [dict(row) for row in content.rows]
    return message(
        "table",
        content.caption,
        topic=article.id,
        caption=content.caption,
        columns=columns,
        rows=rows,
        sources=source_list(sources),
        evidence=Evidence.GENERAL_ADVICE.value if content.general_advice else None,
    )


def exercise(content: Exercise, *, topic: str, sources: Sequence[Source]) -> Message:
    """One exercise with its picture, steps, dose and cautions."""
    dose = {name: value for name, value in vars(content.dose).items() if value is not None}
    image = (
        {"src": f"/static/{content.image}", "alt": content.image_alt} if content.image and content.image_alt else None
    )
    return message(
        "exercise",
        f"{content.name}: {content.targets}.",
        topic=topic,
        title=content.name,
        image=image,
        steps=list(content.steps),
        dose=dose,
        cautions=list(content.cautions),
        easier=content.easier,
        harder=content.harder,
        sources=source_list(sources),
        checked_on=content.checked_on.isoformat(),
    )
