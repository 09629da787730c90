"""Reading what callers send: every part checked before anything else sees it. Raises Problem."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Collection
from typing import Any

from sanic.request import Request

from bot.channel.payloads import clean
from bot.channel.problems import Problem

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
TIME_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,20}(/[A-Za-z0-9_+-]{1,20}){0,2}")
"""The shape alone: a name that this machine does not know must not stop a message."""

COMMENT_CHARACTERS = 1000


def body_of(request: Request, *, optional: bool = False) -> dict[str, Any]:
    """The JSON object in the body; an empty one where there is no body and it is `optional`."""
    if optional and not request.body:
        return {}
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise Problem("not_json")
    try:
        found = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Problem("malformed") from None
    if not isinstance(found, dict):
        raise Problem("malformed")
    return found


def uuid_of(body: dict[str, Any], key: str) -> str:
    """A UUID in its one canonical spelling, so that two spellings of it are the same message."""
    value = body.get(key)
    try:
        if not isinstance(value, str) or len(value) > 36:
            raise ValueError
        return str(uuid.UUID(value))
    except ValueError:
        raise Problem("bad_id") from None


def words_of(body: dict[str, Any], key: str, *, limit: int) -> str:
    """The cleaned text of a message: at least one character and at most `limit`."""
    value = body.get(key)
    if not isinstance(value, str):
        raise Problem("malformed")
    words = clean(value)
    if not words:
        raise Problem("empty_message")
    if len(words) > limit:
        raise Problem("too_long", limit=f"{limit:,}")
    return words


def region_of(body: dict[str, Any], known: Collection[str]) -> str | None:
    """The region, or None where none is given."""
    value = body.get("region")
    if value is None:
        return None
    if not isinstance(value, str) or value.upper() not in known:
        raise Problem("unknown_region")
    return value.upper()


def language_of(body: dict[str, Any]) -> str | None:
    """The language tag, or None where none is given."""
    value = body.get("lang")
    if value is None:
        return None
    if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
        raise Problem("bad_language")
    return value


def time_zone_of(body: dict[str, Any]) -> str | None:
    """The name of the time zone, or None where none is given."""
    value = body.get("tz")
    if value is None:
        return None
    if not isinstance(value, str) or not TIME_ZONE.fullmatch(value):
        raise Problem("bad_time_zone")
    return value


def comment_of(body: dict[str, Any]) -> str | None:
    """The words that go with feedback, or None where there are none."""
    value = body.get("comment")
    if value is None:
        return None
    if not isinstance(value, str):
        raise Problem("malformed")
    words = clean(value)
    if len(words) > COMMENT_CHARACTERS:
        raise Problem("too_long", limit=f"{COMMENT_CHARACTERS:,}")
    return words or None
