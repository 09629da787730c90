"""Whether the parts that an answer needs are there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import httpx

from bot.channel.dialogue import Dialogue
from bot.channel.threads import Threads
from bot.ports import ConversationStore

PATIENCE_SECONDS = 2.0
"""How long the action server may take to say that it is there."""


class Health:
    """Looks at the model, the action server and the database."""

    def __init__(self, *, dialogue: Dialogue, store: ConversationStore, threads: Threads, actions_url: str) -> None:
        self._dialogue = dialogue
        self._store = store
        self._threads = threads
        self._actions = urljoin(actions_url, "health")

    async def report(self) -> dict[str, Any]:
        """`status` is "ok" or "failing"; `model` is the model's id, or null; the parts are "ok" or "failing"."""
        actions, database = await asyncio.gather(self._actions_answer(), self._database_answers())
        model = self._dialogue.model_id()
        healthy = actions and database and model is not None
        return {"status": _word(healthy), "model": model, "actions": _word(actions), "database": _word(database)}

    async def _actions_answer(self) -> bool:
        try:
            async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, trust_env=False) as client:
                return (await client.get(self._actions)).status_code == 200
        except httpx.HTTPError:
            return False

    async def _database_answers(self) -> bool:
        checks: list[Callable[[], None]] = [self._store.check]
        if self._dialogue.model_id() is not None:
            # Without a model Rasa has no memory to look at; that the model is missing is said by itself.
            checks.append(self._dialogue.check)
        try:
            await asyncio.gather(*(self._threads.call(check) for check in checks))
        except Exception:
            return False
        return True


def _word(well: bool) -> str:
    return "ok" if well else "failing"
