"""Pass-phrases by which a person comes back on another device: six plain words, shown once, kept as a slow hash.

The first two words say which conversation it may be; all six are held against its argon2id hash. With 1,600 words the other
four are one of 6,500,000,000,000 choices, each of which costs a try that is counted.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from bot.channel import tokens

WORDS, FINDING = 6, 2
"""Words of a phrase, and how many of them find its conversation."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id with 19 MiB, two passes and one lane: the parameters that OWASP's password storage sheet gives for it."""
_NOBODYS = _HASHER.hash(secrets.token_hex(16))
_WORD = re.compile(r"[a-z]+")


def new_phrase(words: Sequence[str]) -> str:
    """Six words drawn at random from at least a thousand."""
    if len(set(words)) < 1000:
        raise ValueError("too few words for a phrase")
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def plain(phrase: str) -> str | None:
    """A phrase as it was typed, whatever stands between its words; None where it has not six."""
    words = _WORD.findall(phrase.lower())
    return " ".join(words) if len(words) == WORDS else None


def locator(phrase: str) -> str:
    """What the conversation of a plain phrase is found by."""
    return tokens.digest(" ".join(phrase.split()[:FINDING]))


def hashed(phrase: str) -> str:
    """The hash that is kept of a plain phrase. Takes some tens of milliseconds."""
    return _HASHER.hash(phrase)


def fits(phrase: str, kept: str | None) -> bool:
    """Whether a plain phrase is the one of a hash; takes as long where there is no hash."""
    try:
        return _HASHER.verify(kept or _NOBODYS, phrase) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False
