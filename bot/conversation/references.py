"""What "the second one", "week 4", "the cat one", "next" and "that" name among the things that were shown."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.conversation.state import Shown, State
from bot.conversation.words import Words, words_of

NUMBERED = ("list", "choices", "table", "plan", "routine", "check")
"""Kinds of things shown whose entries people count; "the second one" looks there before the steps of a card."""
CHOICES = "choices"
"""What was only offered; it is counted in the next message, and no longer once something else was answered."""
STEPPED = tuple(kind for kind in NUMBERED if kind != CHOICES)
"""Kinds that people go through one after the other; what was only offered is chosen from."""
FEWEST_NAMED = 1
PRONOUN = "one"
"""Counts as a number only by itself or behind a word that is counted: "the cat one" is no first."""


class Catalogue(abc.ABC):
    """What people call the things shown: implemented over the content."""

    @abc.abstractmethod
    def names(self, kind: str, entry: str) -> frozenset[str]:
        """The words by which an entry is called: of its title, its other names, its position; lower case."""


@dataclass(frozen=True)
class Reference:
    """What is named: the thing shown with its cursor on the entry, and the entry."""

    shown: Shown
    entry: str | None = None


def resolve(label: str, text: str, state: State, *, words: Words, catalogue: Catalogue) -> Reference | None:
    """What a reference names, or None. `label` is its act: reference/next and reference/previous move the cursor."""
    said = words_of(text)
    if label == "reference/next":
        return _moved(state, 1)
    if label == "reference/previous":
        first = any(words.ordinals.get(word) == 0 for word in said)
        return _placed(state, 0) if first else _moved(state, -1)
    return _counted(said, state, words) or _nth(said, state, words) or named(said, state, words, catalogue)


def latest(state: State, *kinds: str) -> Shown | None:
    """The thing shown last, of these kinds where any are given."""
    return next((shown for shown in state.shown if not kinds or shown.kind in kinds), None)


def named(said: Sequence[str], state: State, words: Words, catalogue: Catalogue) -> Reference | None:
    """The entry whose names share most words with what was said ("the cat one", "the one on all fours")."""
    wanted = {word for word in said if word not in words.filler}
    best, most = None, FEWEST_NAMED - 1
    for shown, place, entry in _entries(state):
        common = len(wanted & catalogue.names(shown.kind, entry))
        if common > most:
            best, most = Reference(replace(shown, cursor=place), entry), common
    return best


def _entries(state: State) -> Iterator[tuple[Shown, int, str]]:
    """Every entry of what was shown, the latest first."""
    for shown in state.shown:
        for place, entry in enumerate(shown.entries):
            yield shown, place, entry


def _counted(said: Sequence[str], state: State, words: Words) -> Reference | None:
    """ "week 4", "step two": the entry that is called so."""
    for word, after in pairwise(said):
        if word not in words.counted:
            continue
        number = _number(after, words)
        for shown in state.shown:
            wanted = f"{word} {number}"
            if number is not None and wanted in shown.entries:
                return Reference(replace(shown, cursor=shown.entries.index(wanted)), wanted)
    return None


def _number(word: str, words: Words) -> int | None:
    """The number that a word says, from 1."""
    if word.isdigit():
        return int(word)
    place = words.ordinals.get(word)
    return place + 1 if place is not None and place >= 0 else None


def _nth(said: Sequence[str], state: State, words: Words) -> Reference | None:
    """ "the second one": of the latest thing with entries to count."""
    counted = [
        word for at, word in enumerate(said) if word != PRONOUN or len(said) == 1 or said[at - 1] in words.counted
    ]
    place = next((words.ordinals[word] for word in counted if word in words.ordinals), None)
    return _placed(state, place) if place is not None else None


def counted(said: Sequence[str], state: State, words: Words) -> Reference | None:
    """The entry that a question counts ("is the first one standing or sitting?"): only by words that nothing else means."""
    place = next((words.ordinals[word] for word in said if word in words.ranks), None)
    return _placed(state, place) if place is not None and {"one", "exercise", "stretch"}.intersection(said) else None


def _placed(state: State, place: int) -> Reference | None:
    """The entry at a place (from 0, -1 the last) of the latest thing whose entries are counted."""
    fresh = tuple(one for one in state.shown if one.kind != CHOICES or one.turn >= state.turn - 1)
    numbered = (one for one in fresh if one.kind in NUMBERED)
    shown = next(numbered, None) or next((one for one in fresh if one.entries), None)
    if shown is None or not -len(shown.entries) <= place < len(shown.entries):
        return None
    place = place % len(shown.entries)
    return Reference(replace(shown, cursor=place), shown.entries[place])


def _moved(state: State, by: int) -> Reference | None:
    """The entry after or before the one spoken of last."""
    shown = latest(state, *STEPPED)
    if shown is None or not shown.entries:
        return None
    at = (shown.cursor if shown.cursor is not None else -1) + by
    return Reference(replace(shown, cursor=at), shown.entries[at]) if 0 <= at < len(shown.entries) else Reference(shown)
