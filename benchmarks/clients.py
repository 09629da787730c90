"""How a person reaches each assistant over HTTP, and what they get."""

from __future__ import annotations

import abc
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.stock_project import ANSWERS, FALLBACK

_TOPIC = re.compile(r"\"topic\":\"([a-z_/]+)\"")
HONEST = {"none": ("notice",), "statement": ("notice", "text", "question")}
"""Questions with no topic, and our message types that a reasonable person would be content with."""
HONEST_STOCK = {"none": ("outside", FALLBACK), "statement": ("outside", FALLBACK, "tell")}
"""The same for the labels of stock Rasa's answers."""


class NoAnswer(Exception):
    """The assistant failed, or said that it cannot answer now."""


@dataclass(frozen=True)
class Answer:
    """What was answered, as labels of the cases, and what was offered beside it."""

    labels: frozenset[str]
    offered: frozenset[str] = frozenset()
    alert: bool = False


class Client(abc.ABC):
    """Talks to one assistant. Raises NoAnswer or aiohttp.ClientError."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self._http = http
        self._address = address

    @abc.abstractmethod
    async def open(self) -> str:
        """A new conversation."""

    @abc.abstractmethod
    async def ask(self, conversation: str, text: str) -> Answer:
        """One message and its answer."""

    async def _post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        async with self._http.post(f"{self._address}{path}", json=body, headers=headers) as answer:
            if answer.status not in (200, 201):
                raise NoAnswer(f"{answer.status} {(await answer.text())[:200]}")
            return await answer.json()


class Stock(Client):
    """Rasa's own `rest` channel. `folder`: the stock project, for which answer stands for which label."""

    def __init__(self, http: aiohttp.ClientSession, address: str, folder: Path) -> None:
        super().__init__(http, address)
        self._labels: dict[str, str] = json.loads((folder / ANSWERS).read_text(encoding="utf-8"))

    async def open(self) -> str:
        """Any sender id will do."""
        return uuid.uuid4().hex

    async def ask(self, conversation: str, text: str) -> Answer:
        """See Client. An empty answer is wrong, but it is no failure: stock Rasa is quiet when nothing fits."""
        said = await self._post("/webhooks/rest/webhook", {"sender": conversation, "message": text})
        labels = [self._labels[message["text"]] for message in said if message.get("text") in self._labels]
        return stock_answer(labels[0] if labels else None)


class Ours(Client):
    """Stridewell's own channel, as its page uses it."""

    async def open(self) -> str:
        """A session's token."""
        begun = await self._post("/webhooks/web/sessions", {"region": "GB"})
        return str(begun["session"])

    async def ask(self, conversation: str, text: str) -> Answer:
        """See Client."""
        body = {"id": str(uuid.uuid4()), "message": text}
        said = await self._post("/webhooks/web/messages", body, {"Authorization": f"Bearer {conversation}"})
        return our_answer(said["messages"])


def stock_answer(label: str | None) -> Answer:
    """A stock answer, by the label that it stands for; None for one that stands for no label of ours."""
    if label is None:
        return Answer(frozenset())
    honest = [name for name, labels in HONEST_STOCK.items() if label.split("/")[0] in labels]
    return Answer(frozenset((label, *honest)))


def our_answer(messages: list[dict[str, Any]]) -> Answer:
    """One of ours: the topic of its first message that has one, or which honest kinds of answer it is.

    An alert alone answers no question here, as in `make evaluate`.
    """
    if any(message.get("reason") == "unavailable" for message in messages):
        raise NoAnswer("unavailable")
    types = {message["type"] for message in messages}
    topics = [message["topic"] for message in messages if message.get("topic")]
    options = [option["topic"] for message in messages for option in message.get("options", ()) if option.get("topic")]
    texts = [message for message in messages if message["type"] == "text" and topics]
    payloads = [reply["payload"] for message in texts for reply in message.get("quick_replies") or ()]
    besides = [found.group(1) for payload in payloads if (found := _TOPIC.search(payload))]
    honest = () if topics else (name for name, kinds in HONEST.items() if types.intersection(kinds))
    return Answer(frozenset((*topics[:1], *honest)), frozenset((*topics, *options, *besides)), "alert" in types)
