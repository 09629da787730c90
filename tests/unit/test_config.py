"""The settings: defaults, the environment, and values that make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Settings, get_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.__fields__:
        monkeypatch.delenv(name.upper(), raising=False)


def test_defaults_need_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = get_settings()
    assert settings.database_url == f"sqlite:///{tmp_path}/.run/stridewell.sqlite3"
    assert (settings.port, settings.session_days, settings.message_limit) == (8080, 30, 2000)
    assert settings.answer_timeout_seconds == 10
    assert settings.open_rasa_channels is False
    assert settings.default_region is None


def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert get_settings().port == 9000
    monkeypatch.setenv("PORT", "9001")
    assert get_settings().port == 9000


def test_settings_are_frozen() -> None:
    with pytest.raises(TypeError):
        get_settings().port = 1


def test_the_old_scheme_means_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://user@host/name")
    assert get_settings().database_url == "postgresql://user@host/name"


def test_an_empty_region_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_REGION", "")
    assert get_settings().default_region is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("PORT", "0"),
        ("PORT", "eighty"),
        ("ACTIONS_URL", "localhost:5055"),
        ("SESSION_DAYS", "0"),
        ("ANSWER_TIMEOUT_SECONDS", "0"),
        ("MESSAGE_LIMIT", "-1"),
        ("RATE_LIMIT", "0"),
        ("OPEN_RASA_CHANNELS", "perhaps"),
        ("DEFAULT_REGION", "Britain"),
    ],
)
def test_values_without_sense_are_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        get_settings()
    assert [error["loc"] for error in caught.value.errors()] == [(name.lower(),)]


def test_every_setting_says_what_it_is() -> None:
    undescribed = [name for name, field in Settings.__fields__.items() if not field.field_info.description]
    assert undescribed == []
