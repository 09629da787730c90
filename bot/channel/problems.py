"""What a call that cannot be answered gets: problem JSON (RFC 9457). The words are in problems.yml."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

import yaml
from sanic.response import HTTPResponse

from bot.telemetry import metrics

BY_STATUS = {
    400: "malformed",
    401: "unauthorised",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "too_long",
    415: "not_json",
    503: "unavailable",
}
"""The kind of problem that stands for a status which the web server itself raised."""


class CallRefused(Exception):
    """A call that cannot be answered, by the kind of problem in problems.yml. `fill` goes into its words."""

    def __init__(self, kind: str, *, headers: dict[str, str] | None = None, **fill: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.headers = headers or {}
        self.fill = fill


@functools.lru_cache(maxsize=1)
def words() -> dict[str, dict[str, Any]]:
    """Every kind of problem with its status, title and detail."""
    text = resources.files("bot.channel").joinpath("problems.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def to_response(problem: CallRefused) -> HTTPResponse:
    """The response for a problem: its status, and a body that says what happened and what to do."""
    metrics.PROBLEMS.labels(problem.kind).inc()
    entry = words()[problem.kind]
    body = {
        "type": f"urn:stridewell:problem:{problem.kind}",
        "title": entry["title"],
        "status": entry["status"],
        "detail": entry["detail"].format(**problem.fill),
    }
    headers = dict(problem.headers)
    if entry["status"] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return HTTPResponse(
        json.dumps(body, ensure_ascii=False),
        status=entry["status"],
        headers=headers,
        content_type="application/problem+json",
    )
