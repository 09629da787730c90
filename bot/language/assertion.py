"""Assertion and time by medspaCy ConText, with rules in lay English from the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from medspacy.context import (
    ConTextModifier,  # noqa: F401  (registers the serializers that Span._.modifiers needs)
    ConTextRule,
)

from bot.language import words
from bot.model import Assertion, Time

NEGATED, PAST, HYPOTHETICAL, UNSURE = "NEGATED", "PAST", "HYPOTHETICAL", "UNSURE"
GAP = 4
"""Words that "..." in a literal may stand for ("can ... cause")."""
COMMA = "COMMA"
"""Category of commas, which end a bare "not" but no list ("no numbness, tingling or fever")."""
NEGATION_STOP = "NEGATION_STOP"
"""Category of words that end a negation but not a supposition: "no fever and my legs ..."."""


class ConTextRules:
    """The rules of assertion.yml as medspaCy rules, and the words that say that something past is still there."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.rules = list(_rules(content))
        self._ongoing = [tuple(words.stem(word) for word in phrase.split()) for phrase in content["ongoing"]]

    def ongoing(self, keys: Sequence[str]) -> bool:
        """Whether a sentence (as keys) says that something is still there or has come back."""
        return any(
            tuple(keys[start : start + len(phrase)]) == phrase for phrase in self._ongoing for start in range(len(keys))
        )


def _rules(content: Mapping[str, Any]) -> Iterator[ConTextRule]:
    """One ConText rule for each literal."""
    for category in (NEGATED, PAST, HYPOTHETICAL, UNSURE):
        listed = content[category.lower()]
        stops = {NEGATION_STOP} if category == NEGATED else set()
        for direction in ("forward", "backward", "in_clause"):
            for literal in listed.get(direction, ()):
                yield ConTextRule(
                    literal,
                    category,
                    pattern=_pattern(literal),
                    direction="BACKWARD" if direction == "backward" else "FORWARD",
                    max_scope=listed["max_scope"],
                    terminated_by=stops | {COMMA, NEGATION_STOP} if direction == "in_clause" else stops,
                )
    for literal in content["terminate"]:
        # Without a scope of its own it reaches over the whole sentence; medspaCy then misses that it overlaps with one inside.
        yield ConTextRule(literal, "TERMINATE", direction="TERMINATE", max_scope=1)
    for literal in content["negation_stop"]:
        yield ConTextRule(literal, NEGATION_STOP, direction="FORWARD", max_scope=1)
    yield ConTextRule(",", COMMA, direction="FORWARD", max_scope=1)
    for literal in content["pseudo_negated"]:
        yield ConTextRule(literal, "PSEUDO", direction="PSEUDO")


def _pattern(literal: str) -> list[dict[str, Any]] | None:
    """A token pattern for a literal with "..." (one to GAP words), {year}, {young} (an age below 20) or {decade} of life, or
    None for plain words."""
    special: dict[str, dict[str, Any]] = {
        "...": {"OP": f"{{1,{GAP}}}", "IS_PUNCT": False},
        "{year}": {"TEXT": {"REGEX": r"^(19|20)\d\d$"}},
        "{young}": {"TEXT": {"REGEX": r"^([3-9]|1\d)$"}},
        "{decade}": {"LOWER": {"REGEX": r"^(\d0s|teens|twenties|thirties|forties|fifties)$"}},
    }
    if not set(special) & set(literal.split()):
        return None
    return [special.get(word, {"NORM": word}) for word in literal.split()]


def assertion_of(categories: set[str]) -> Assertion:
    """The assertion of a finding from the categories of its modifiers; a supposition outweighs a negation in it."""
    if HYPOTHETICAL in categories:
        return Assertion.HYPOTHETICAL
    if NEGATED in categories:
        return Assertion.NEGATED
    if UNSURE in categories:
        return Assertion.UNSURE
    return Assertion.AFFIRMED


def time_of(categories: set[str], *, ongoing: bool, event: bool) -> Time:
    """When a finding holds; `ongoing` when its sentence says that it is still there, which an `event` cannot be."""
    if PAST not in categories:
        return Time.NOW
    return Time.PAST_PRESENT if ongoing and not event else Time.PAST_OVER
