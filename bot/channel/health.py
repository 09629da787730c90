"""Whether the parts that an answer needs are there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import httpx

from bot.channel.blocking_calls import BlockingCalls
from bot.channel.kept_words import KeptWords
from bot.channel.responder import Responder
from bot.ports import ConversationStore

PATIENCE_SECONDS = 2.0
"""How long the action server may take to say that it is there."""


class Health:
    """Looks at the model, the action server, the database and the journal; both of these are written to."""

    def __init__(
        self, *, responder: Responder, store: ConversationStore, kept: KeptWords, calls: BlockingCalls, actions_url: str
    ) -> None:
        self._responder = responder
        self._store = store
        self._kept = kept
        self._calls = calls
        self._actions = urljoin(actions_url, "health")

    async def report(self) -> dict[str, Any]:
        """`status` is "ok" or "failing"; `model` is the model's id, or null; the parts are "ok" or "failing"."""
        actions, database, journal = await asyncio.gather(
            self._actions_answer(), self._database_answers(), self._kept.check()
        )
        model = self._responder.model_id()
        healthy = actions and database and journal and model is not None
        parts = {"actions": _word(actions), "database": _word(database), "journal": _word(journal)}
        return {"status": _word(healthy), "model": model, **parts}

    async def _actions_answer(self) -> bool:
        try:
            async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, trust_env=False) as client:
                return (await client.get(self._actions)).status_code == 200
        except httpx.HTTPError:
            return False

    async def _database_answers(self) -> bool:
        checks: list[Callable[[], None]] = [self._store.check]
        if self._responder.model_id() is not None:
            # Without a model Rasa has no memory to look at; that the model is missing is said by itself.
            checks.append(self._responder.check)
        try:
            await asyncio.gather(*(self._calls.call(check) for check in checks))
        except Exception:
            return False
        return True


def _word(well: bool) -> str:
    return "ok" if well else "failing"
