"""Reads plans.yml: the numbers by which a walking plan grows and a routine is put together, each with what it rests on."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra, validator

PATH = Path(__file__).with_name("plans.yml")


class _Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Number(_Closed):
    """A number, and the id of a source or what it rests on instead."""

    value: float
    source: str | None = None
    why: str | None = None

    @validator("why", always=True)
    def rests_on_something(cls, why: str | None, values: dict[str, Any]) -> str | None:
        """A number without a source says what it rests on."""
        if not why and not values.get("source"):
            raise ValueError("needs a source, or why")
        return why

    @property
    def whole(self) -> int:
        """The number as a whole one."""
        return int(self.value)


class Step(_Closed):
    """Minutes that a walk of fewer than `below` minutes may grow from one week to the next."""

    below: int
    minutes: int


class Walking(_Closed):
    """The walking plan's numbers, conditions and sources; plans.yml says what each is for."""

    least: Number
    most: Number
    start: Number
    goal: Number
    days: Number
    weeks: Number
    fewest_weeks: Number
    good_days: Number
    full_days: Number
    twice_below: Number
    times: Number
    drop_pain: Number
    watch_pain: Number
    sit_share: Number
    sit_minutes: Number
    gentle_goal: Number
    pace: Number
    steps: tuple[Step, ...]
    gentle: tuple[str, ...]
    ask_first: tuple[str, ...]
    sitting: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    def step(self, minutes: int) -> int:
        """The most minutes that a walk of so many may grow in a week."""
        return next(step.minutes for step in self.steps if minutes < step.below)


class PlaceRule(_Closed):
    """A place where a routine is done: the needs of exercises that it does not meet, words of the positions it asks for,
    and words of an easier way that can be done there."""

    without: tuple[str, ...]
    position: tuple[str, ...]
    easier: tuple[str, ...]


class Routine(_Closed):
    """The routine's numbers and lists; plans.yml says what each is for."""

    fewest: Number
    most: Number
    minutes_each: Number
    minutes: Number
    days: Number
    strength_days: Number
    longest: Number
    order: tuple[str, ...]
    abilities: dict[str, tuple[str, ...]]
    places: dict[str, PlaceRule]


class Plans(_Closed):
    """The whole of plans.yml."""

    walking: Walking
    routine: Routine


@functools.lru_cache(maxsize=1)
def read_plans(path: Path = PATH) -> Plans:
    """The numbers of plans and routines, read once. Raises pydantic.ValidationError."""
    return Plans.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
