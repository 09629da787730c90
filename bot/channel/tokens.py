"""Session tokens: random, opaque, known to the browser alone. The database only ever sees their hash.

A token carries a seal that only this service can make. So one that it gave can be told from an invented one while the
database is away, and nobody fills the intake journal with words of conversations that never were.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

TOKEN_BYTES = 32
"""256 random bits: twice what keeps a token from being guessed."""

SEAL_BYTES = 16

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}(?:[A-Za-z0-9_-]{21})?")


def new_token(secret: bytes) -> str:
    """A fresh token: 64 URL-safe characters."""
    random = secrets.token_bytes(TOKEN_BYTES)
    return base64.urlsafe_b64encode(random + _seal(random, secret)).decode("ascii")


def sealed(token: str, secret: bytes) -> bool:
    """Whether this service gave the token, as far as can be told without the database."""
    if len(token) != 64:
        return False
    data = base64.urlsafe_b64decode(token)
    return hmac.compare_digest(data[TOKEN_BYTES:], _seal(data[:TOKEN_BYTES], secret))


def digest(token: str) -> str:
    """The SHA-256 of a token in hexadecimal: all that is stored of it.

    A fast hash is enough because the token is random, not chosen by a person.
    """
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def from_header(authorization: str | None) -> str | None:
    """The token in an Authorization header, or None where there is none or it cannot be one of ours.

    The shorter ones were given before tokens had a seal.
    """
    scheme, _, token = (authorization or "").strip().partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and _SHAPE.fullmatch(token) else None


def _seal(random: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, random, hashlib.sha256).digest()[:SEAL_BYTES]
