"""Reads the lexicon files: word classes for phrase templates, cues of assertion in lay English, words for other people."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("lexicon")
NOT_CLASSES = frozenset(
    f"{name}.yml"
    for name in (
        "amounts",
        "assertion",
        "characters",
        "conversation",
        "diary",
        "narrative",
        "numbers",
        "people",
        "questions",
        "told",
        "words",
    )
)
"""Files of the folder that do not hold word classes."""


def _load(path: Path) -> dict[str, Any]:
    """One lexicon file. Raises ValueError when it is not a mapping."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{path.name}: not a mapping")
    return loaded


@functools.lru_cache(maxsize=1)
def word_classes() -> dict[str, tuple[str, ...]]:
    """The terms of each class. Raises ValueError when two files define one class or a term is not text."""
    classes: dict[str, tuple[str, ...]] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        if path.name in NOT_CLASSES:
            continue
        for name, terms in _load(path).items():
            if name in classes:
                raise ValueError(f"{path.name}: class {name} is defined twice")
            if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
                raise ValueError(
                    f"{path.name}: class {name} must be a list of words; quote yes, no, on, off and numbers"
                )
            classes[name] = tuple(terms)
    return classes


@functools.lru_cache(maxsize=1)
def assertion_rules() -> dict[str, Any]:
    """The cues of assertion.yml: which words say that a finding is denied, past, only imagined or unsure."""
    return _load(FOLDER / "assertion.yml")


@functools.lru_cache(maxsize=1)
def people() -> dict[str, tuple[str, ...]]:
    """Words for the writer, for other people (by relation) and for pronouns, of people.yml."""
    return {name: tuple(words) for name, words in _load(FOLDER / "people.yml").items()}


NO_RELATIONS = frozenset({"self", "pronoun", "anyone", "with_anyone", "spoken_to", "nobody", "no_people", "beside_pet"})
"""Lists of people.yml that name no person by relation."""


@functools.cache
def words(name: str) -> dict[str, Any]:
    """One of the files of plain word lists ("numbers", "amounts" ...): lists, or values by word."""
    return _load(FOLDER / f"{name}.yml")


@functools.lru_cache(maxsize=1)
def body_words() -> frozenset[str]:
    """Every single word of the terms for parts of the body."""
    return frozenset(word for terms in words("body").values() for term in terms for word in term.split())


def characters() -> dict[str, Any]:
    """characters.yml: code points (hexadecimal) by the character that they stand for, and those that stand for nothing."""
    return words("characters")
