"""Reads diary.yml, the numbers of the walking diary, and phrase_words.txt, the words of pass-phrases."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra

from bot.content.plans import Number

PATH = Path(__file__).with_name("diary.yml")
WORDS = Path(__file__).with_name("phrase_words.txt")


class DiaryNumbers(BaseModel):
    """The numbers; diary.yml says what each is for. `topic` is the article that the diary rests on."""

    days: Number
    shown: Number
    few: Number
    each_week: Number
    worse_by: Number
    more_by: Number
    oldest: Number
    topic: str

    class Config:
        extra = Extra.forbid
        allow_mutation = False


@functools.lru_cache(maxsize=1)
def read_diary(path: Path = PATH) -> DiaryNumbers:
    """The numbers, read once. Raises pydantic.ValidationError."""
    return DiaryNumbers.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))


@functools.lru_cache(maxsize=1)
def phrase_words() -> tuple[str, ...]:
    """The words of phrases, each once, in small letters."""
    return tuple(WORDS.read_text(encoding="utf-8").split())
