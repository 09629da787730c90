"""Session tokens: random, opaque, known to the browser alone. The database only ever sees their hash."""

from __future__ import annotations

import hashlib
import re
import secrets

TOKEN_BYTES = 32
"""256 random bits: twice what keeps a token from being guessed."""

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A fresh token: 43 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """The SHA-256 of a token in hexadecimal: all that is stored of it.

    A fast hash is enough because the token is random, not chosen by a person.
    """
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def from_header(authorization: str | None) -> str | None:
    """The token in an Authorization header, or None where there is none or it cannot be one of ours."""
    scheme, _, token = (authorization or "").strip().partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and _SHAPE.fullmatch(token) else None
