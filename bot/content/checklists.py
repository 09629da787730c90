"""Reads checklists.yml: the walking-form check and the shoe chooser; and the words by which people tell things in passing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra, Field

from bot.content import lexicon
from bot.content.facts import read_facts

PATH = Path(__file__).with_name("checklists.yml")


class _Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Choice(_Closed):
    """An answer to choose: the words on its button, and what people type for it."""

    id: str
    title: str
    words: tuple[str, ...]


class FormStep(_Closed):
    """One observation. `find_out` is said to those who do not know; `unit` is what is advised after a yes, `title` its name;
    `known` are findings that answer it. One with a `sign` is that warning sign's own question and has nothing else."""

    id: str
    sign: str | None = None
    question: str = ""
    find_out: str = ""
    title: str = ""
    unit: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    known: dict[str, str] = {}


class Form(_Closed):
    """The walking-form check. `order` is which observations go first in what is worth trying."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    order: tuple[str, ...]
    steps: tuple[FormStep, ...]


class ShoeStep(_Closed):
    """One question of the shoe chooser. `when` are answers of which one must have been given; `months` the option by age;
    `about` words of which one must be said for an answer to count while another question is open."""

    id: str
    sign: str | None = None
    question: str = ""
    about: tuple[str, ...] = ()
    several: bool = False
    default: str = "unsure"
    when: tuple[str, ...] = ()
    known: dict[str, str] = {}
    months: dict[int, str] = {}
    options: tuple[Choice, ...] = ()


class Feature(_Closed):
    """Something to look for in a shoe: why, when it counts, and the unit that it rests on."""

    id: str
    look: str
    why: str
    when: tuple[str, ...]
    unit: str


class Fitting(_Closed):
    """The section that is the fitting checklist."""

    topic: str
    section: str


class Shoes(_Closed):
    """The shoe chooser."""

    steps: tuple[ShoeStep, ...]
    features: tuple[Feature, ...]
    checklist: Fitting


class Checklists(_Closed):
    """The whole of checklists.yml; its comments say what each part is for."""

    unsure: tuple[str, ...]
    denies: tuple[str, ...]
    most_tried: int = Field(gt=0)
    form: Form
    shoes: Shoes


@functools.lru_cache(maxsize=1)
def read_checklists(path: Path = PATH) -> Checklists:
    """The two lists. Raises pydantic.ValidationError for an unknown key or a wrong value."""
    return Checklists.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))


def told_words() -> Mapping[str, object]:
    """The word lists of lexicon/told.yml."""
    return lexicon.words("told")


def other_medicines() -> tuple[str, ...]:
    """The names of medicines in the other lists: one list for one thing."""
    classes = lexicon.word_classes()
    return tuple(name for kind in ("medicine", "painkiller", "blood_thinner", "steroid") for name in classes[kind])


def fact_names() -> Mapping[str, str]:
    """The fact that each concept tells."""
    return read_facts()[0]
