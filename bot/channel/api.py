"""The calls of the HTTP API: who may make them, how fast, and what they answer."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channel import payloads, reading, tokens
from bot.channel.cores import one_thread_for_products
from bot.channel.dialogue import Dialogue, Heard
from bot.channel.health import Health
from bot.channel.limits import RateLimit
from bot.channel.needs import Services
from bot.channel.notices import Notices
from bot.channel.output import Message
from bot.channel.problems import Problem
from bot.channel.spool import Spool, Unstored
from bot.channel.threads import Threads
from bot.channel.turns import Turns
from bot.ports import Answered, Conversation, Said, StoreUnavailable, UnknownConversation

logger = logging.getLogger(__name__)

STORE_SECONDS = 2.0
"""How long one call of the database may take, unless the whole answer must come sooner."""

Call = Callable[..., Awaitable[HTTPResponse]]


class Api:
    """Everything below /webhooks/web, and /health."""

    def __init__(
        self, services: Services, dialogue: Dialogue, *, clock: Callable[[], dt.datetime] | None = None
    ) -> None:
        settings = services.settings
        self._settings = settings
        self._store = services.conversations
        self._now = clock or (lambda: dt.datetime.now(dt.timezone.utc))
        self._dialogue = dialogue
        self._threads = Threads(min(STORE_SECONDS, settings.answer_timeout_seconds / 5))
        self._notices = Notices(services, self._threads)
        self._turns = Turns(
            store=self._store,
            dialogue=dialogue,
            notices=self._notices,
            threads=self._threads,
            seconds=settings.answer_timeout_seconds,
            clock=self._now,
        )
        self._health = Health(
            dialogue=dialogue, store=self._store, threads=self._threads, actions_url=settings.actions_url
        )
        self._rate = RateLimit(settings.rate_limit)
        self._spool = Spool()

    def add_to(self, blueprint: Blueprint) -> None:
        """Adds the calls of a conversation."""
        calls: tuple[tuple[Call, str, str], ...] = (
            (self.open, "/sessions", "POST"),
            (self.forget, "/sessions", "DELETE"),
            (self.say, "/messages", "POST"),
            (self.transcript, "/messages", "GET"),
            (self.feedback, "/feedback", "POST"),
        )
        for call, path, method in calls:
            # DELETE has no body by default, and none is wanted.
            blueprint.add_route(_guarded(call), path, methods=[method], name=call.__name__)
        blueprint.listener("after_server_start")(self._start)
        blueprint.listener("after_server_stop")(self._stop)

    def add_health_to(self, blueprint: Blueprint) -> None:
        """Adds the health call."""
        blueprint.add_route(_guarded(self.health), "/health", methods=["GET"], name="health")

    async def open(self, request: Request) -> HTTPResponse:
        """A new conversation with its greeting."""
        self._slow_down(f"address {request.remote_addr or request.ip}")
        body = reading.body_of(request, optional=True)
        region = reading.region_of(body, await self._notices.regions()) or self._settings.default_region
        lang = reading.language_of(body)
        greeting = await self._notices.greeting(region)
        now = self._now()
        expires_at = now + dt.timedelta(days=self._settings.session_days)
        token = tokens.new_token()
        conversation_id = await self._threads.call(
            self._store.create, tokens.digest(token), region=region, lang=lang, at=now, expires_at=expires_at
        )
        await self._threads.call(self._store.greet, conversation_id, messages=greeting, at=now)
        try:
            await self._turns.forget_expired(now)
        except (StoreUnavailable, asyncio.TimeoutError) as error:  # tidying must not keep anybody out
            logger.error("expired conversations could not be deleted: %s", type(error).__name__)
        return _json({"session": token, "expires_at": _time(expires_at), "messages": greeting}, status=201)

    async def say(self, request: Request) -> HTTPResponse:
        """One message and its answer. When the database is gone, the answer is the notice."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        owner = _owner(request)
        self._slow_down(owner)
        body = reading.body_of(request)
        message_id = reading.uuid_of(body, "id")
        text = reading.words_of(body, "message", limit=self._settings.message_limit)
        tz = reading.time_zone_of(body)
        region = None
        try:
            regions = await self._notices.regions()
            chosen = payloads.region_chosen(text)
            region = chosen if chosen in regions else reading.region_of(body, regions)
            conversation = await self._conversation(owner)
            region = await self._region(conversation, region)
        except (StoreUnavailable, asyncio.TimeoutError) as error:
            logger.error("a message could not be stored: %s", type(error).__name__)
            return _json({"messages": [await self._spooled(owner, message_id, text, region)]})
        heard = Heard(conversation.id, message_id, text, region, conversation.lang, tz)
        messages = await self._turns.take(heard, spent=loop.time() - started)
        return _json({"messages": messages})

    async def transcript(self, request: Request) -> HTTPResponse:
        """The conversation so far."""
        conversation = await self._conversation(_owner(request))
        entries = await self._threads.call(self._store.transcript, conversation.id)
        return _json({"messages": [_entry(entry) for entry in entries]})

    async def feedback(self, request: Request) -> HTTPResponse:
        """Whether an answer of this conversation helped."""
        owner = _owner(request)
        self._slow_down(owner)
        body = reading.body_of(request)
        message_id, helpful, comment = body.get("message_id"), body.get("helpful"), reading.comment_of(body)
        if not isinstance(message_id, str) or not isinstance(helpful, bool):
            raise Problem("malformed")
        conversation = await self._conversation(owner)
        entries = await self._threads.call(self._store.transcript, conversation.id)
        if message_id not in {entry.message.get("id") for entry in entries if isinstance(entry, Answered)}:
            raise Problem("unknown_message")
        await self._threads.call(
            self._store.add_feedback, conversation.id, message_id, helpful=helpful, comment=comment, at=self._now()
        )
        return empty(status=204)

    async def forget(self, request: Request) -> HTTPResponse:
        """Forgets the conversation and everything kept for it."""
        owner = _owner(request)
        conversation = await self._conversation(owner)
        self._spool.drop(owner)
        await self._turns.forget(conversation.id)
        self._rate.forget(owner)
        return empty(status=204)

    async def health(self, request: Request) -> HTTPResponse:
        """Which parts are there."""
        report = await self._health.report()
        return _json(report, status=200 if report["status"] == "ok" else 503)

    async def _conversation(self, owner: str) -> Conversation:
        """The caller's conversation, with all that waited to be stored for it."""
        conversation = await self._threads.call(self._store.find, owner, self._now())
        if conversation is None:
            self._spool.drop(owner)
            raise Problem("unauthorised")
        for one in self._spool.of(owner):
            key = (conversation.id, one.message_id)
            state = await self._threads.call(self._store.begin_turn, *key, text=one.text, at=one.at)
            if state.status.mine:
                await self._threads.call(self._store.fail_turn, *key, messages=[one.notice], at=one.at)
        self._spool.drop(owner)
        return conversation

    async def _region(self, conversation: Conversation, region: str | None) -> str | None:
        """Where the person is: what this message says, and is then kept, or what an earlier one said."""
        if region is None or region == conversation.region:
            return conversation.region
        await self._threads.call(self._store.set_region, conversation.id, region)
        return region

    async def _spooled(self, owner: str, message_id: str, text: str, region: str | None) -> Message:
        notice = await self._notices.unavailable(region)
        # A payload cannot be told from typed words while the conversation cannot be read; the page sends it again.
        if not text.startswith("/"):
            self._spool.add(owner, Unstored(message_id, text, self._now(), notice))
        return notice

    def _slow_down(self, caller: str) -> None:
        seconds = self._rate.wait(caller)
        if seconds:
            raise Problem("too_fast", headers={"Retry-After": str(seconds)}, seconds=seconds)

    async def _start(self, app: Sanic, _: Any) -> None:
        one_thread_for_products()
        await self._notices.warm()

    async def _stop(self, app: Sanic, _: Any) -> None:
        self._threads.close()
        await self._dialogue.close()


def _guarded(call: Call) -> Call:
    """The call, with a store that is gone turned into the problem that says so.

    A function, also because Sanic marks its handlers with attributes, which methods do not take.
    """

    @functools.wraps(call)
    async def guarded(request: Request) -> HTTPResponse:
        try:
            return await call(request)
        except UnknownConversation:
            raise Problem("unauthorised") from None
        except (StoreUnavailable, asyncio.TimeoutError) as error:
            logger.error("%s failed: %s", call.__name__, type(error).__name__)
            raise Problem("unavailable") from None

    return guarded


def _owner(request: Request) -> str:
    """The hash of the caller's token. Raises Problem("unauthorised")."""
    token = tokens.from_header(request.headers.get("authorization"))
    if token is None:
        raise Problem("unauthorised")
    return tokens.digest(token)


def _entry(entry: Said | Answered) -> dict[str, Any]:
    if isinstance(entry, Said):
        return {"from": "user", "id": entry.id, "at": _time(entry.at), "text": entry.text}
    return {"from": "assistant", "at": _time(entry.at), "message": dict(entry.message)}


def _time(when: dt.datetime) -> str:
    return when.astimezone(dt.timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def _json(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    return HTTPResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")
