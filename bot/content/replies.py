"""Reads the folder replies/: everything the assistant says that is not an article, an exercise or a red flag."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra, validator

PATH = Path(__file__).with_name("replies")
SYSTEM, EPISODE, LANGUAGES = "system.yml", "episode.yml", "languages.yml"
"""The files of a shape of their own; every other file maps names to what is said, in several forms."""


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


class Spoken(_Closed):
    """One thing to say in several forms, with the names of the buttons under it, and for a notice its reason.

    `topic` is the article that the words rest on: its sources are shown with them.
    """

    say: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    reason: str | None = None
    topic: str | None = None

    @validator("say")
    def says_something(cls, say: tuple[str, ...]) -> tuple[str, ...]:
        """At least one form."""
        if not say or not all(text.strip() for text in say):
            raise ValueError("needs at least one form, none of them empty")
        return say


class Language(_Closed):
    """Another language: its name, words that give it away, and what is said to a person who writes in it. {call} in that is
    `with_number` where the place is known, else `without`."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    say: str
    with_number: str
    without: str


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
    """The whole folder. `texts` to `buttons` are system.yml, `spoken` the named replies of the other files, `episode` what is
    said by act and level while an alert stands, `signs` concepts that belong to no flag with the text that answers each,
    `languages` what is said to people who write in another language."""

    texts: dict[str, Reply | str]
    notices: dict[str, Reply]
    alerts: Alerts
    question: dict[str, str]
    sections: dict[str, str]
    roles: dict[str, Role]
    signs: dict[str, str]
    buttons: dict[str, Button]
    spoken: dict[str, Spoken] = {}
    episode: dict[str, dict[str, tuple[str, ...]]] = {}
    languages: dict[str, Language] = {}

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
    """The replies. Raises pydantic.ValidationError for an unknown key, and ValueError for a button that is not there or a
    name that two files have."""
    loaded: dict[str, Any] = {**_load(path / SYSTEM), "spoken": {}}
    for name, key in ((EPISODE, "episode"), (LANGUAGES, "languages")):
        loaded[key] = _load(path / name) if (path / name).exists() else {}
    for file in sorted(path.glob("*.yml")):
        if file.name not in (SYSTEM, EPISODE, LANGUAGES):
            named = _load(file)
            if twice := set(named).intersection(loaded["spoken"]):
                raise ValueError(f"{file.name}: {sorted(twice)} are in another file")
            loaded["spoken"].update({key: _in_full(value) for key, value in named.items()})
    replies = Replies.parse_obj(loaded)
    unknown = set(replies.signs.values()) - set(replies.texts)
    if unknown:
        raise ValueError(f"{SYSTEM}: signs: no text {sorted(unknown)}")
    _check_buttons(replies)
    return replies


def _load(path: Path) -> dict[str, Any]:
    """One file, a mapping."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _in_full(value: Any) -> Any:
    """A reply written as a bare list, or a single text, in full."""
    if isinstance(value, str):
        return {"say": [value]}
    return {"say": value} if isinstance(value, list) else value


def _check_buttons(replies: Replies) -> None:
    """Raises ValueError where a reply names a button that is not there."""
    system = [reply for reply in (*replies.texts.values(), *replies.notices.values()) if isinstance(reply, Reply)]
    used = {name for reply in system for name in reply.buttons}
    used |= {name for spoken in replies.spoken.values() for name in spoken.buttons}
    if used - set(replies.buttons):
        raise ValueError(f"{SYSTEM}: no button {sorted(used - set(replies.buttons))}")
