"""Stands in for the reader, in the processes that read; it is imported once by what they are forked from."""

from __future__ import annotations

import os
import re
from typing import Any

import bot.rasa_host.reading_workers  # noqa: F401  (so that a forked process has it already)

SEEN: list[str] = []


def read(text: str) -> Any:
    """Keeps what it read, as caches do."""
    SEEN.append(text)
    if text == "slow":
        re.match(r"(a+)+$", "a" * 40 + "b")  # holds the interpreter for hours
    if text == "broken":
        raise ValueError(text)
    return {"pid": os.getpid(), "seen": list(SEEN)}
