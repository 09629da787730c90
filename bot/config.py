"""The settings of a running Stridewell, from the environment. Nothing else reads the environment."""

from __future__ import annotations

import functools
import ipaddress
from pathlib import Path

from pydantic import BaseSettings, Field, validator


def _embedded_database() -> str:
    """The SQLite file below the working directory."""
    return f"sqlite:///{Path.cwd() / '.run' / 'stridewell.sqlite3'}"


class Settings(BaseSettings):
    """Every setting, in the environment under its name in capitals. A value that makes no sense stops the start."""

    database_url: str = Field(
        default_factory=_embedded_database,
        description="Where content and conversations are kept: an SQLite or a PostgreSQL address.",
    )
    port: int = Field(
        default=8080,
        ge=1,
        le=65535,
        description="The port that the page and the HTTP API are served on.",
    )
    actions_url: str = Field(
        default="http://127.0.0.1:5055/webhook",
        regex=r"^https?://",
        description="The address at which the Rasa server calls the action server.",
    )
    actions_secret: str = Field(
        default="",
        description="What the Rasa server shows the action server, which answers nobody else; `make run` makes one.",
    )
    redis_url: str = Field(
        default="",
        regex=r"^((redis|rediss)://.+|redis\+unix:///.+)?$",
        description="A Redis in which several servers count calls together; without it each counts its own.",
    )
    token_key: str = Field(
        default="",
        regex=r"^([0-9a-f]{64})?$",
        description="64 hexadecimal digits that seal tokens, the same on all machines; without it the journal's own key.",
    )
    session_days: int = Field(
        default=30,
        ge=1,
        le=365,
        description="Days after its last use until a conversation is forgotten.",
    )
    answer_timeout_seconds: float = Field(
        default=10.0,
        gt=0,
        le=120,
        description="Seconds after which a person who still waits is told that the service is not available.",
    )
    message_limit: int = Field(
        default=2000,
        ge=1,
        le=20_000,
        description="The longest message that is read, in characters.",
    )
    rate_limit: int = Field(
        default=30,
        ge=1,
        description="Messages that one conversation may send in a minute.",
    )
    address_rate_limit: int = Field(
        default=300,
        ge=1,
        description="Calls that one network address may make in a minute; many people may share one.",
    )
    new_conversations_limit: int = Field(
        default=30,
        ge=1,
        description="Conversations that one network address may begin in a minute.",
    )
    return_limit: int = Field(
        default=5,
        ge=1,
        description="Pass-phrases that one network address may try in a minute, and as many that begin with the same words.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks, separated by blanks, of proxies whose X-Forwarded-For is believed.",
    )
    most_at_once: int = Field(
        default=96,
        ge=1,
        description="Calls that are worked on at once; beyond that people are told at once to come back in a moment.",
    )
    reading_seconds: float = Field(
        default=2.0,
        gt=0,
        le=60,
        description="Seconds after which the reading of one message is given up.",
    )
    journal_dir: Path = Field(
        default_factory=lambda: Path.cwd() / ".run" / "journal",
        description="Where words are kept that the database cannot take just now; better on another disk than the database.",
    )
    journal_megabytes: int = Field(
        default=64,
        ge=1,
        le=10_000,
        description="The most that is kept there.",
    )
    backup_days: int = Field(
        default=7,
        ge=0,
        le=365,
        description="Days that the operator keeps backups: what is forgotten is gone from them after as many.",
    )
    open_rasa_channels: bool = Field(
        default=False,
        description="Also serve Rasa's own channels and HTTP API. They take any sender id: only behind a gate.",
    )
    default_region: str | None = Field(
        default=None,
        regex=r"^[A-Z]{2}$",
        description="The region whose help lines are shown when the page names none, as two capital letters.",
    )

    metrics_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="The port of /metrics for Prometheus; 0 serves none. Further servers take the next free ports.",
    )
    metrics_interface: str = Field(
        default="127.0.0.1",
        description="The address that /metrics listens on: this machine alone, unless told otherwise.",
    )
    otlp_endpoint: str = Field(
        default="",
        regex=r"^(https?://\S+)?$",
        description="Where traces are sent: the OTLP address over HTTP of a collector, ending in /v1/traces.",
    )

    class Config:
        allow_mutation = False

    @validator("database_url")
    def known_database(cls, url: str) -> str:
        """Only the two kinds of database that the tests run on; the old scheme `postgres:` means PostgreSQL."""
        if url.startswith("postgres://"):
            url = "postgresql://" + url.removeprefix("postgres://")
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
            raise ValueError("begins with neither sqlite:/// nor postgresql://")
        return url

    @validator("trusted_proxies")
    def known_networks(cls, proxies: str) -> str:
        """Addresses and networks that can be read."""
        for network in proxies.split():
            ipaddress.ip_network(network, strict=False)
        return proxies

    @validator("default_region", pre=True)
    def empty_is_none(cls, region: str | None) -> str | None:
        """An empty variable counts as unset: container files set variables to nothing."""
        return region or None


@functools.lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once. Raises pydantic.ValidationError naming every wrong value."""
    return Settings()
