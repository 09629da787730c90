"""Calls for what is taken along and brought back: the diary's files, the plan's calendar, the pass-phrase."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.channel import calendar_file, phrases, requests, tokens
from bot.channel.admission import RateLimits
from bot.channel.blocking_calls import BlockingCalls
from bot.channel.problems import CallRefused
from bot.diary import files
from bot.ports import Answered, Conversation

DIARY_BYTES = 2**19
"""The longest file of a diary that is taken in: room for the most entries that one holds."""
HASHES_AT_ONCE = 2
"""Phrases hashed at once: each takes 19 MiB."""
TRIES = 8
"""Phrases drawn until one has first words that no other conversation has."""
KINDS = {"csv": ("text/csv; charset=utf-8", files.to_csv), "json": ("application/json", files.to_json)}

FindConversation = Callable[[Request], Awaitable[Conversation]]


class Keepsakes:
    """The calls. Each takes a request and its body, as those of `Api` do; `find` gives the caller's conversation."""

    def __init__(
        self,
        services: Services,
        *,
        calls: BlockingCalls,
        rates: RateLimits,
        find: FindConversation,
        sealing: Callable[[], Awaitable[bytes]],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._services = services
        self._calls = calls
        self._rates = rates
        self._find = find
        self._sealing = sealing
        self._now = clock
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)

    async def save_csv(self, request: Request, body: bytes) -> HTTPResponse:
        """The diary as a spreadsheet."""
        return await self._saved(request, "csv")

    async def save_json(self, request: Request, body: bytes) -> HTTPResponse:
        """The diary for programs."""
        return await self._saved(request, "json")

    async def load(self, request: Request, body: bytes) -> HTTPResponse:
        """A file of a diary brought in: what is there already stays once."""
        conversation = await self._find(request)
        try:
            entries = files.from_text(body.decode("utf-8"))
        except UnicodeDecodeError:
            raise CallRefused("unreadable_diary") from None
        except files.UnreadableDiary as error:
            kind = "unreadable_diary_line" if error.line else "unreadable_diary"
            raise CallRefused(kind, line=error.line) from None
        added = await self._calls.call(self._services.diaries.add, conversation.id, entries)
        return _json({"added": added, "known": len(entries) - added})

    async def calendar(self, request: Request, body: bytes, name: str) -> HTTPResponse:
        """The calendar file of a plan that was shown in this conversation; `name` is the id of its message, and ".ics"."""
        conversation = await self._find(request)
        entries = await self._calls.call(self._services.conversations.transcript, conversation.id)
        for entry in entries:
            found = isinstance(entry, Answered) and f"{entry.message.get('id')}.ics" == name
            if found and isinstance(entry, Answered) and calendar_file.has_dates(entry.message):
                made = calendar_file.to_calendar(entry.message, entry.at)
                return _file(made, "text/calendar; charset=utf-8", calendar_file.NAME)
        raise CallRefused("unknown_plan")

    async def phrase(self, request: Request, body: bytes) -> HTTPResponse:
        """A new pass-phrase, in the place of an earlier one. It is in this answer and nowhere else."""
        conversation = await self._find(request)
        for _ in range(TRIES):
            phrase = phrases.new_phrase(self._services.phrase_words)
            async with self._hashing:
                kept = await asyncio.to_thread(phrases.hashed, phrase)
            if await self._calls.call(self._services.phrases.put, conversation.id, phrases.locator(phrase), kept):
                return _json({"phrase": phrase}, status=201)
        raise CallRefused("unavailable")

    async def come_back(self, request: Request, body: bytes) -> HTTPResponse:
        """A key of one's own for the conversation of a phrase. A phrase that fits none says no more than that."""
        await self._rates.count("returning", self._rates.address_of(request))
        phrase = phrases.plain(requests.parse(request, body, requests.Returning).phrase)
        if phrase is None:
            raise CallRefused("unknown_phrase")
        where = phrases.locator(phrase)
        await self._rates.count("phrase", where)
        found = await self._calls.call(self._services.phrases.of, where, self._now())
        async with self._hashing:
            right = await asyncio.to_thread(phrases.fits, phrase, found[1] if found else None)
        if found is None or not right:
            raise CallRefused("unknown_phrase")
        token, now = tokens.new_token(await self._sealing()), self._now()
        await self._calls.call(self._services.phrases.add_key, found[0], tokens.digest(token), now)
        conversation = await self._calls.call(self._services.conversations.find, tokens.digest(token), now)
        if conversation is None:
            raise CallRefused("unknown_phrase")
        opened = {"session": token, "expires_at": conversation.expires_at.isoformat(timespec="seconds")}
        return _json({**opened, "backup_days": self._services.settings.backup_days}, status=201)

    async def _saved(self, request: Request, kind: str) -> HTTPResponse:
        conversation = await self._find(request)
        diary, _ = await self._calls.call(self._services.diaries.load, conversation.id)
        content_type, made = KINDS[kind]
        return _file(made(diary).encode("utf-8"), content_type, f"stridewell-diary.{kind}")


def _file(body: bytes, content_type: str, name: str) -> HTTPResponse:
    """A file that the browser saves and nobody in between keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HTTPResponse(body, content_type=content_type, headers=headers)


def _json(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    headers = {"Cache-Control": "no-store"}
    return HTTPResponse(json.dumps(body), status=status, content_type="application/json", headers=headers)
