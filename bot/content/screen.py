"""Reads screen.yml: the questions of the symptom check, in the order of the triage specification."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra

PATH = Path(__file__).with_name("screen.yml")


class _Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Step(_Closed):
    """One question, and the flag that a "yes" raises. It is not asked where every group of `denied` has a name that was denied
    in words (a concept, or a name of lexicon/told.yml); `days` are those from which a pain answers it by itself."""

    flag: str
    question: str
    denied: tuple[tuple[str, ...], ...] = ()
    days: int | None = None


class Result(_Closed):
    """Words of the summary; one text for each level."""

    title: str
    told: str
    next: str
    watch: str
    self_care: str
    unsure: str
    see_doctor: str
    urgent: str
    emergency: str
    watch_for: str


class Screen(_Closed):
    """The whole of screen.yml."""

    intro: str
    steps: tuple[Step, ...]
    result: Result
    resume: str


@functools.lru_cache(maxsize=1)
def read_screen(path: Path = PATH) -> Screen:
    """The symptom check. Raises pydantic.ValidationError for an unknown key."""
    return Screen.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
