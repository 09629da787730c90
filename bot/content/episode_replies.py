"""Reads replies/episode.yml: what is said while an alert stands, several ways to say each."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra

PATH = Path(__file__).with_name("replies") / "episode.yml"

Variants = tuple[str, ...]


class EpisodeReplies(BaseModel):
    """The whole of episode.yml. Texts hold {emergency}, {same_day} and {crisis}, and those of a check {question}."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    are_you_sure: Variants
    why: Variants
    while_waiting: Variants
    on_the_way: Variants
    drive: Variants
    what_to_tell: Variants
    sent_home: Variants
    checked_fine: Variants
    checked_still_there: Variants
    relative_says_nothing: Variants
    not_till_later: Variants
    cannot_afford: Variants
    scared: Variants
    about_whom: Variants
    was_joking: Variants
    wrong_word: Variants
    went_away: Variants
    explained: Variants
    stood_down: Variants
    stands: Variants
    not_sure: Variants
    new_danger: Variants
    plain_question: Variants
    urgent_arranged: Variants
    crisis_stay: Variants
    crisis_joke: Variants
    crisis_no: Variants
    crisis_someone_near: Variants
    crisis_other: Variants


@functools.lru_cache(maxsize=1)
def read_episode_replies(path: Path = PATH) -> EpisodeReplies:
    """The replies. Raises pydantic.ValidationError for a name that is missing or not known."""
    return EpisodeReplies.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
