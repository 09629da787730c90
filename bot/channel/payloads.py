"""What a person may send: plain words, or a payload that this conversation offered them.

Rasa reads any text that begins with a slash as an order ("/restart", "/any_intent{...}"). So a slash text goes
through only where it was offered; otherwise it loses its slash and is words like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.ports import Message

ALWAYS = frozenset({"/help", "/start_over", "/check_symptoms"})
"""Orders that the page may send at any time: they carry nothing and harm nobody."""

_KEPT_CONTROLS = "\n\t"

_REGION_CHOSEN = re.compile(r'/set_region\{"region":"([A-Z]{2})"\}')

_SLASHES = re.compile(r"^[/\s]+")
"""Every slash in front, also behind blanks: Rasa trims what it reads."""


def clean(text: str) -> str:
    """The text in Unicode form NFC, without control and lone surrogate characters, trimmed. Line breaks stay."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in unified if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def safe(text: str, offered: Iterable[Message]) -> str:
    """The text as Rasa may read it, given the messages that the conversation was `offered`. May come out empty."""
    if not text.startswith("/") or text in ALWAYS or any(payload == text for _, payload in buttons(offered)):
        return text
    return _SLASHES.sub("", text)


def region_chosen(text: str) -> str | None:
    """The region that the person chose with a button, or None: the numbers they see from now on are that region's."""
    match = _REGION_CHOSEN.fullmatch(text)
    return match.group(1) if match else None


def choosing_region(region: str) -> str:
    """What the button sends that chooses a region: words that say no more than where somebody is are heard as that."""
    return f'/set_region{{"region":"{region}"}}'


def shown(text: str, offered: Iterable[Message]) -> str | None:
    """What stood on the button that sent the text, so that the transcript need not show a payload; None without one."""
    return next((title for title, payload in _newest_first(offered) if payload == text and title), None)


def typed(words: str, offered: Iterable[Message]) -> str:
    """The way back from `shown`: the payload of the button that was offered last with these words, or the words."""
    return next((payload for title, payload in _newest_first(offered) if title == words), words)


def buttons(messages: Iterable[Message]) -> Iterator[tuple[str | None, str]]:
    """The title and payload of every button in the messages; some have no title of their own."""
    for message in messages:
        for key in ("ack_payload", "skip_payload"):
            if isinstance(message.get(key), str):
                yield None, message[key]
        for key in ("quick_replies", "options", "see_also"):
            for button in message.get(key) or ():
                yield button.get("title"), str(button.get("payload"))


def _newest_first(messages: Iterable[Message]) -> list[tuple[str | None, str]]:
    return list(buttons(messages))[::-1]
