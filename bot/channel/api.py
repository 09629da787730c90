"""The calls of the HTTP API: who may make them, how fast, and what they answer."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.bootstrap import Services
from bot.channel import openapi, payloads, requests, tokens
from bot.channel.admission import Places, RateLimits
from bot.channel.blocking_calls import STORE_SECONDS, BlockingCalls
from bot.channel.forgotten import ForgottenElsewhere
from bot.channel.health import Health
from bot.channel.keepsakes import DIARY_BYTES, Keepsakes
from bot.channel.kept_words import Caller, KeptWords
from bot.channel.notices import Notices
from bot.channel.problems import CallRefused
from bot.channel.responder import Heard, Responder
from bot.channel.turns import Turns
from bot.missed_alerts import with_missed_alerts
from bot.ports import Answered, Conversation, Intake, Said, StoreUnavailable, UnknownConversation, UnknownMessage
from bot.telemetry import metrics
from bot.telemetry.stages import Telemetry, stage

logger = logging.getLogger(__name__)

Call = Callable[..., Awaitable[HTTPResponse]]


class Api:
    """Everything below /webhooks/web, and /health."""

    def __init__(
        self, services: Services, responder: Responder, *, clock: Callable[[], dt.datetime] | None = None
    ) -> None:
        settings = services.settings
        seconds = settings.answer_timeout_seconds
        self._settings = settings
        self._store = services.conversations
        self._places_said = services.places
        self._now = clock or (lambda: dt.datetime.now(dt.timezone.utc))
        self._responder = responder
        self._calls = calls = BlockingCalls(min(STORE_SECONDS, seconds / 5))
        self._notices = notices = Notices(services, calls)
        self._kept = kept = KeptWords(
            store=self._store, journal=services.journal, notices=notices, calls=calls, seconds=min(1.5, seconds / 7)
        )
        self._turns = Turns(
            store=self._store, responder=responder, kept=kept, notices=notices, calls=calls, join=with_missed_alerts,
            place=services.places.alone, seconds=seconds, clock=self._now,
        )  # fmt: skip
        self._health = Health(
            responder=responder, store=self._store, kept=kept, calls=calls, actions_url=settings.actions_url
        )
        self._rates = RateLimits(settings)
        self._places = Places(settings.most_at_once)
        self._keepsakes = Keepsakes(
            services, calls=calls, rates=self._rates, find=self._of_caller, sealing=self._sealing, clock=self._now
        )
        self._secret = bytes.fromhex(settings.token_key)
        self._forgotten = ForgottenElsewhere(self._store, responder, calls)
        self._background: list[asyncio.Task[None]] = []
        self._telemetry: Telemetry | None = None

    def add_to(self, blueprint: Blueprint) -> None:
        """Adds the calls of a conversation."""
        keep = self._keepsakes
        calls: tuple[tuple[Call, str, str], ...] = (
            (self.open, "/sessions", "POST"),
            (self.forget, "/sessions", "DELETE"),
            (self.say, "/messages", "POST"),
            (self.transcript, "/messages", "GET"),
            (self.feedback, "/feedback", "POST"),
            (keep.save_csv, "/diary.csv", "GET"),
            (keep.save_json, "/diary.json", "GET"),
            (keep.load, "/diary", "POST"),
            (keep.calendar, "/calendar/<name:str>", "GET"),
            (keep.phrase, "/phrase", "POST"),
            (keep.come_back, "/sessions/return", "POST"),
        )
        for call, path, method in calls:
            # As streams: Sanic would wait for a body as long as something of it comes.
            blueprint.add_route(self._guarded(call), path, methods=[method], name=call.__name__, stream=True)
        # Before it listens: others may share its socket, and would have answered what is taken too early.
        blueprint.listener("before_server_start")(self._start)
        blueprint.listener("after_server_stop")(self._stop)

    def add_health_to(self, blueprint: Blueprint) -> None:
        """Adds the health calls and the description of all calls; /health/live says only that this process answers."""

        async def health(request: Request) -> HTTPResponse:
            report = await self._health.report()
            return _json(report, status=200 if report["status"] == "ok" else 503)

        async def description(request: Request) -> HTTPResponse:
            regions = await self._notices.regions()
            return _json(openapi.description(sorted(regions), message_limit=self._settings.message_limit))

        async def alive(request: Request) -> HTTPResponse:
            return _json({"status": "ok"})

        blueprint.add_route(alive, "/health/live", methods=["GET"], name="alive")
        blueprint.add_route(health, "/health", methods=["GET"], name="health")
        blueprint.add_route(description, "/openapi.json", methods=["GET"], name="openapi")

    async def open(self, request: Request, body: bytes) -> HTTPResponse:
        """A new conversation with its greeting."""
        await self._rates.count("opening", self._rates.address_of(request))
        asked = requests.parse(request, body, requests.NewConversation, optional=True)
        region = _known(asked.region, await self._notices.regions()) or self._settings.default_region
        greeting = await self._notices.greeting(region)
        now = self._now()
        expires_at = now + dt.timedelta(days=self._settings.session_days)
        token = tokens.new_token(await self._sealing())
        conversation_id = await self._calls.call(
            self._store.create, tokens.digest(token), region=region, lang=asked.lang, at=now, expires_at=expires_at
        )
        await self._calls.call(self._store.greet, conversation_id, messages=greeting, at=now)
        try:
            await self._turns.forget_expired(now)
        except (StoreUnavailable, asyncio.TimeoutError) as error:  # tidying must not keep anybody out
            logger.error("expired conversations could not be deleted: %s", type(error))
        opened = {"session": token, "expires_at": _time(expires_at), "backup_days": self._settings.backup_days}
        return _json({**opened, "messages": greeting}, status=201)

    async def say(self, request: Request, body: bytes) -> HTTPResponse:
        """One message and its answer. When the database is gone, the answer is the notice."""
        with stage("whole"):
            messages, region = await self._said(request, body)
        metrics.answered(messages)
        return _json({"messages": messages, **({"region": region} if region else {})})

    async def _said(self, request: Request, body: bytes) -> tuple[list[dict[str, Any]], str | None]:
        """The answer, and the region that the message says its writer is in."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        caller = self._caller(request)
        await self._rates.count("conversation", caller.owner)
        asked = requests.parse(request, body, requests.NewMessage)
        text = requests.within(asked.message, self._settings.message_limit)
        intake = Intake(asked.id, text, self._now(), {})
        region = chosen = None
        try:
            regions = await self._notices.regions()
            said = payloads.region_chosen(text) or self._places_said.region(text)
            chosen = said if said in regions else None
            region = chosen or _known(asked.region, regions)
            conversation = await self._conversation(caller.owner)
            region = await self._region(conversation, region)
        except (StoreUnavailable, asyncio.TimeoutError) as error:
            logger.error("a message could not be stored: %s", type(error))
            return [await self._unstored(caller, intake, region)], None
        self._forgotten.spoken(conversation.id)
        heard = Heard(conversation.id, asked.id, text, intake.at, region, conversation.lang, asked.tz)
        messages = await self._turns.take(caller.owner, heard, spent=loop.time() - started)
        return messages, chosen

    async def transcript(self, request: Request, body: bytes) -> HTTPResponse:
        """The conversation so far, or what of it was before a turn: the newest turns, and where the older ones begin."""
        conversation = await self._conversation(self._caller(request).owner)
        asked = requests.query(request, requests.WantedPage)
        try:
            page = await self._calls.call(self._store.page, conversation.id, before=asked.before, most=asked.limit)
        except UnknownMessage:
            raise CallRefused("unknown_message") from None
        return _json({"messages": [_entry(entry) for entry in page.entries], "older": page.older})

    async def feedback(self, request: Request, body: bytes) -> HTTPResponse:
        """Whether an answer of this conversation helped."""
        owner = self._caller(request).owner
        await self._rates.count("conversation", owner)
        told = requests.parse(request, body, requests.NewFeedback)
        if told.comment:
            requests.within(told.comment, requests.COMMENT_CHARACTERS)
        conversation = await self._conversation(owner)
        entries = await self._calls.call(self._store.transcript, conversation.id)
        if told.message_id not in {entry.message.get("id") for entry in entries if isinstance(entry, Answered)}:
            raise CallRefused("unknown_message")
        given = {"helpful": told.helpful, "comment": told.comment, "at": self._now(), "may_be_read": told.may_be_read}
        await self._calls.call(self._store.add_feedback, conversation.id, told.message_id, **given)
        metrics.FEEDBACK.labels("yes" if told.helpful else "no").inc()
        return empty(status=204)

    async def forget(self, request: Request, body: bytes) -> HTTPResponse:
        """Forgets the conversation and everything kept for it."""
        owner = self._caller(request).owner
        conversation = await self._calls.call(self._store.find, owner, self._now())
        await self._kept.forget(owner)
        if conversation is None:
            raise CallRefused("unauthorised")
        await self._turns.forget(conversation.id)
        await self._kept.forget(owner)  # what a turn that was ended may still have kept
        await self._rates.forget(owner)
        return empty(status=204)

    def _guarded(self, call: Call) -> Call:
        """The call with its body, where there is a place for it; a store that is gone becomes the problem that says so.

        A function, also because Sanic marks its handlers with attributes, which methods do not take.
        """
        most = requests.most_bytes(self._settings.message_limit)
        if call == self._keepsakes.load:
            most = max(most, DIARY_BYTES)

        @functools.wraps(call)
        async def guarded(request: Request, **found: str) -> HTTPResponse:
            try:
                await self._rates.count("address", self._rates.address_of(request))
                body = await requests.receive(request, most=most)  # who sends slowly takes no place
                with self._places.one():
                    return await call(request, body, **found)
            except UnknownConversation:
                raise CallRefused("unauthorised") from None
            except (StoreUnavailable, asyncio.TimeoutError) as error:
                logger.error("a call failed: %s", type(error))
                raise CallRefused("unavailable") from None

        return guarded

    def _caller(self, request: Request) -> Caller:
        """Whose call it is. Raises CallRefused("unauthorised")."""
        token = tokens.from_header(request.headers.get("authorization"))
        if token is None:
            raise CallRefused("unauthorised")
        return Caller(tokens.digest(token), bool(self._secret) and tokens.sealed(token, self._secret))

    async def _of_caller(self, request: Request) -> Conversation:
        """The conversation of a call that counts as one of its messages."""
        owner = self._caller(request).owner
        await self._rates.count("conversation", owner)
        return await self._conversation(owner)

    async def _conversation(self, owner: str) -> Conversation:
        """The caller's conversation, with all that waited to be stored for it."""
        conversation = await self._calls.call(self._store.find, owner, self._now())
        waiting = self._kept.waiting(owner)
        if conversation is None:
            if waiting:
                await self._kept.forget(owner)
            raise CallRefused("unauthorised")
        if waiting:
            await self._kept.replay(owner, conversation.id)
        return conversation

    async def _region(self, conversation: Conversation, region: str | None) -> str | None:
        """Where the person is: what this message says, and is then kept, or what an earlier one said."""
        if region is None or region == conversation.region:
            return conversation.region
        await self._calls.call(self._store.set_region, conversation.id, region)
        return region

    async def _unstored(self, caller: Caller, intake: Intake, region: str | None) -> dict[str, Any]:
        """The notice. An invented token fills no disk: only one that this service sealed has its words kept."""
        if not caller.sealed:
            return await self._notices.unavailable(region, kept=False)
        return dict(await self._kept.notice(caller.owner, intake, region))

    async def _sealing(self) -> bytes:
        """What tokens are sealed with; where the journal cannot be opened, something that seals nothing for long."""
        self._secret = self._secret or await self._kept.secret() or b""
        return self._secret or secrets.token_bytes(32)

    async def _start(self, app: Sanic, _: Any) -> None:
        self._telemetry = Telemetry(self._settings)
        await self._sealing()
        await self._responder.start()
        await self._notices.warm()
        for work in (self._kept.replay_for_ever(self._now), self._forgotten.look_for_ever()):
            self._background.append(asyncio.ensure_future(work))

    async def _stop(self, app: Sanic, _: Any) -> None:
        """Every connection is answered and closed; turns whose callers hung up end yet."""
        for task in self._background:
            task.cancel()
        await self._turns.drained(self._settings.answer_timeout_seconds)
        self._turns.close()
        self._rates.close()
        if self._telemetry is not None:
            self._telemetry.close()
        self._calls.close()
        self._kept.close()
        await self._responder.close()


def _known(region: str | None, regions: frozenset[str]) -> str | None:
    """The region that was given. Raises CallRefused for one that is not known."""
    if region is not None and region not in regions:
        raise CallRefused("unknown_region")
    return region


def _entry(entry: Said | Answered) -> dict[str, Any]:
    if isinstance(entry, Said):
        return {"from": "user", "id": entry.id, "at": _time(entry.at), "text": entry.text}
    return {"from": "assistant", "at": _time(entry.at), "message": dict(entry.message)}


def _time(when: dt.datetime) -> str:
    return when.astimezone(dt.timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def _json(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    return HTTPResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")
