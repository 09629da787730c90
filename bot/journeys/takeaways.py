"""The heart of a conversation in a few lines: what was answered, and what to look out for."""

from __future__ import annotations

from collections.abc import Iterable

MOST, MOST_WATCH = 6, 2
"""Lines in all, and of those that say what to look out for."""


def lines(points: Iterable[str], watch: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The latest points in the order in which they came, and what to look out for, each once; together MOST at most."""
    watched = tuple(dict.fromkeys(watch))[-MOST_WATCH:]
    kept = tuple(dict.fromkeys(points))[-(MOST - len(watched)) :]
    return kept, watched
