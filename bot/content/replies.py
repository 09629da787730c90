"""Reads replies.yml: everything the assistant says that is not an article, an exercise or a red flag."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra

PATH = Path(__file__).with_name("replies.yml")


class _Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Button(_Closed):
    """A button and what comes back when it is pressed."""

    title: str
    payload: str


class Reply(_Closed):
    """Words, the names of the buttons under them, and for a notice its reason."""

    text: str
    buttons: tuple[str, ...] = ()
    reason: str | None = None


class Role(_Closed):
    """How a help line is said in a sentence."""

    with_number: str
    without: str


class Alerts(_Closed):
    """Words on alerts."""

    acknowledge: str
    call: str
    numbers_everywhere: dict[str, str]
    arranged_question: str
    also: str


class Replies(_Closed):
    """The whole of replies.yml. `signs` are concepts that belong to no flag, with the name of the text that answers each."""

    texts: dict[str, Reply | str]
    notices: dict[str, Reply]
    choices: Reply
    alerts: Alerts
    question: dict[str, str]
    sections: dict[str, str]
    general_advice: str
    sources_line: str
    roles: dict[str, Role]
    signs: dict[str, str]
    buttons: dict[str, Button]

    def line(self, name: str) -> str:
        """A text that is a plain line."""
        text = self.texts[name]
        return text if isinstance(text, str) else text.text

    def reply(self, name: str) -> Reply:
        """A text with its buttons."""
        text = self.texts[name]
        return Reply(text=text) if isinstance(text, str) else text


@functools.lru_cache(maxsize=1)
def read_replies(path: Path = PATH) -> Replies:
    """The replies. Raises pydantic.ValidationError for an unknown key, and ValueError for a button that is not there."""
    loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    replies = Replies.parse_obj(loaded)
    unknown = set(replies.signs.values()) - set(replies.texts)
    if unknown:
        raise ValueError(f"{path.name}: signs: no text {sorted(unknown)}")
    used = {
        name
        for reply in (*replies.texts.values(), *replies.notices.values())
        if isinstance(reply, Reply)
        for name in reply.buttons
    }
    if used - set(replies.buttons):
        raise ValueError(f"{path.name}: no button {sorted(used - set(replies.buttons))}")
    return replies
