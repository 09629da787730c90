"""Fixtures for every kind of test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from bot.config import get_settings

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.timezone.utc)
"""The time at which every test takes place."""


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture(autouse=True)
def _fresh_settings() -> Iterator[None]:
    """No test sees the settings that another one made."""
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()
