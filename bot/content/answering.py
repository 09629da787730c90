"""Reads answering.yml: the numbers and short lists by which an answer is chosen and fitted to the person."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra

PATH = Path(__file__).with_name("answering.yml")


class _Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Thresholds(_Closed):
    """Probabilities (0 to 1) at which a unit or a topic is answered, offered or refused."""

    unit: float
    unit_margin: float
    topic: float
    topic_margin: float
    sure: float
    offer: float
    answer: float
    told: float
    polarity: float
    foreign: float
    english: float


class Words(_Closed):
    """The words of an answer to one question, and to several together."""

    one: int
    several: int


class Most(_Closed):
    """How many buttons stand under a turn, options in an offer, and sentences in a shortened answer."""

    buttons: int
    options: int
    shorter: int


class NumberRule(_Closed):
    """A number that gives a condition: from `least` up to, not with, `below`."""

    fact: str
    least: float
    below: float
    condition: str


class UnknownRule(_Closed):
    """The conditions that count while the number that would tell which of them is not known."""

    number: str
    conditions: tuple[str, ...]


class OnlyFor(_Closed):
    """Whom a topic is for: people with one of the `conditions`, or who name it with one of the `words` (or their beginning)."""

    conditions: tuple[str, ...]
    words: tuple[str, ...]


class Answering(_Closed):
    """The whole of answering.yml; its comments say what each part is for."""

    thresholds: Thresholds
    words: Words
    most: Most
    plan_from_age: int
    conditions: dict[str, str]
    numbers: tuple[NumberRule, ...]
    unknown: dict[str, UnknownRule]
    positions: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    asks: dict[str, tuple[str, ...]]
    values: dict[str, float | str]
    waiting: tuple[str, ...]
    gentlest: tuple[str, ...]
    goals: dict[str, str]
    near: tuple[str, ...]
    of_pain: tuple[str, ...]
    only_for: dict[str, OnlyFor]


@functools.lru_cache(maxsize=1)
def read_answering(path: Path = PATH) -> Answering:
    """The settings of the answers. Raises pydantic.ValidationError for an unknown key or a wrong value."""
    loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Answering.parse_obj(loaded)
