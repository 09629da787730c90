"""What callers send: received within a time and a size, and every part checked before anything else sees it."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any, TypeVar

from pydantic import BaseModel, Field, StrictBool, StrictStr, ValidationError, validator
from sanic.request import Request

from bot.channel.payloads import clean
from bot.channel.problems import CallRefused

COMMENT_CHARACTERS = 1000

ARRIVE_SECONDS = 5.0
"""How long a body may take to arrive once its headers are there."""

HEARD_OUT = 8
"""A body up to so many times too long is let arrive: whose connection is closed while they send never reads why."""

BYTES_PER_CHARACTER = 12
"""The most that one character can take in JSON: two \\uXXXX escapes."""

PROBLEMS = {"id": "bad_id", "region": "unknown_region", "lang": "bad_language", "tz": "bad_time_zone"}
"""The kind of problem that stands for a field that cannot be read; any other is `malformed`."""

LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
TIME_ZONE = r"^[A-Za-z0-9_+-]{1,20}(/[A-Za-z0-9_+-]{1,20}){0,2}$"
"""The shape alone: a name that this machine does not know must not stop a message."""


class NewConversation(BaseModel):
    """The body of POST /sessions; `region` in capitals."""

    region: StrictStr | None = None
    lang: StrictStr | None = Field(None, regex=LANGUAGE)

    @validator("region")
    def _capitals(cls, region: str | None) -> str | None:
        return region.upper() if region is not None else None


class NewMessage(BaseModel):
    """The body of POST /messages: a UUID in its one canonical spelling, and the cleaned text, not empty."""

    id: StrictStr = Field(max_length=36)
    message: StrictStr
    region: StrictStr | None = None
    tz: StrictStr | None = Field(None, regex=TIME_ZONE)

    _capitals = validator("region", allow_reuse=True)(lambda cls, region: region.upper() if region else region)

    @validator("id")
    def _canonical(cls, value: str) -> str:
        return str(uuid.UUID(value))

    @validator("message")
    def _cleaned(cls, value: str) -> str:
        return clean(value)


class NewFeedback(BaseModel):
    """The body of POST /feedback; the comment is cleaned, and None where nothing is left of it.

    `may_be_read`: the person's own tick that people may read the comment and the words that were answered.
    """

    message_id: StrictStr
    helpful: StrictBool
    comment: StrictStr | None = None
    may_be_read: StrictBool = False

    @validator("comment")
    def _cleaned(cls, value: str | None) -> str | None:
        return clean(value or "") or None


MOST_TURNS = 100
"""Turns of a transcript in one answer, and as many where the caller does not say."""


class WantedPage(BaseModel):
    """The query of GET /messages: the turns before one of them, given by its message id, and how many at most."""

    before: str | None = Field(None, min_length=1, max_length=80)
    limit: int = Field(MOST_TURNS, ge=1, le=MOST_TURNS)


class Returning(BaseModel):
    """The body of POST /sessions/return."""

    phrase: StrictStr = Field(max_length=200)


Body = TypeVar("Body", bound=BaseModel)


def most_bytes(characters: int) -> int:
    """The longest body that a text of so many characters can come in, with room for what is beside it."""
    return characters * BYTES_PER_CHARACTER + 8192


async def receive(request: Request, *, most: int) -> bytes:
    """The body of a call, of at most `most` bytes. Raises CallRefused for one that is too long or too slow to come."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most * HEARD_OUT:
        raise CallRefused("too_long", limit="2,000")
    parts: list[bytes] = []
    size = 0

    async def arrive() -> None:
        nonlocal size
        async for part in request.stream:
            size += len(part)
            if size <= most:
                parts.append(part)
            elif size > most * HEARD_OUT:
                return

    try:
        await asyncio.wait_for(arrive(), ARRIVE_SECONDS)
    except asyncio.TimeoutError:
        _hang_up(request)
        raise CallRefused("too_slow") from None
    if size > most:
        raise CallRefused("too_long", limit="2,000")
    return b"".join(parts)


def parse(request: Request, body: bytes, kind: type[Body], *, optional: bool = False) -> Body:
    """The body as a model; the model's defaults where there is none and it is `optional`. Raises CallRefused."""
    if optional and not body:
        return kind()
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise CallRefused("not_json")
    try:
        found: Any = json.loads(body.decode("utf-8"))
        if not isinstance(found, dict):
            raise CallRefused("malformed")
        return kind.parse_obj(found)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise CallRefused(PROBLEMS.get(field, "malformed")) from None
    except (ValueError, RecursionError):
        raise CallRefused("malformed") from None


def query(request: Request, kind: type[Body]) -> Body:
    """The query of a call as a model. Raises CallRefused."""
    try:
        given = request.get_args(keep_blank_values=True)
        return kind.parse_obj({name: given.get(name) for name in kind.__fields__ if name in given})
    except ValidationError:
        raise CallRefused("malformed") from None


def within(text: str, limit: int) -> str:
    """The text, where it has words and not more than `limit` characters. Raises CallRefused."""
    if not text:
        raise CallRefused("empty_message")
    if len(text) > limit:
        raise CallRefused("too_long", limit=f"{limit:,}")
    return text


def _hang_up(request: Request) -> None:
    """Has Sanic end the connection after its response: it would else wait for the rest of the body."""
    request.stream.keep_alive = False
    request.stream.request_body = None
