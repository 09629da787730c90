"""Reads thresholds.yml: every age, day, dose and limit that triage decides by, with its unit and source."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Extra, validator

PATH = Path(__file__).with_name("thresholds.yml")


class _Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Threshold(_Closed):
    """One limit: what it decides, its value in its unit, and the id of a source or, in `why`, what it rests on instead."""

    decides: str
    value: float
    unit: Literal["years", "days", "weeks", "minutes", "tablets", "grams"]
    source: str | None = None
    why: str | None = None

    @validator("why", always=True)
    def rests_on_something(cls, why: str | None, values: dict[str, Any]) -> str | None:
        """A limit without a source says what it rests on."""
        if not why and not values.get("source"):
            raise ValueError("needs a source, or why")
        return why


class Thresholds(_Closed):
    """The whole of thresholds.yml; each name is what code calls it."""

    fracture_age: Threshold
    fragile_age_women: Threshold
    fragile_age_men: Threshold
    weight_loss_age: Threshold
    lasting_pain_age: Threshold
    first_episode_age: Threshold
    aneurysm_age: Threshold
    inflammatory_age: Threshold
    pregnant_below_age: Threshold
    child_age: Threshold
    youngest_writer_age: Threshold
    child_alarm_age: Threshold
    unsettled_days: Threshold
    lasting_days: Threshold
    leg_pain_days: Threshold
    inflammatory_days: Threshold
    known_numbness_days: Threshold
    early_pregnancy_weeks: Threshold
    angina_minutes: Threshold
    tablets_a_day: Threshold
    paracetamol_grams_a_day: Threshold


@functools.lru_cache(maxsize=1)
def thresholds(path: Path = PATH) -> Thresholds:
    """The thresholds, read once. Raises pydantic.ValidationError for a name that is missing or not known."""
    return Thresholds.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
