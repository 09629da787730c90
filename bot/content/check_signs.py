"""Checks on signs and phrases: every template can be read and is matched by some text, every case is what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from bot.content.document import Problem
from bot.content.reader import Reading
from bot.content.signs import Phrase, SignFile
from bot.model import Finding

CASES = Path("evaluation") / "triage"
"""Below the project's folder: texts that only measure."""


class PhraseReader(Protocol):
    """What these checks need of bot.language, which may import this package and is not imported by it."""

    def unreadable(self, sign: SignFile) -> Iterator[tuple[Phrase, str]]:
        """The phrases of a sign that are no templates, and why."""

    def unmatched(self, signs: Iterable[SignFile], texts: Iterable[str]) -> Iterator[tuple[SignFile, Phrase]]:
        """The phrases of the signs that no text holds."""

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The findings of a text."""


def sign_errors(reading: Reading, phrases: PhraseReader) -> Iterator[Problem]:
    """Phrases that cannot be read or that nothing matches, cases that are not so, and flags and signs that do not meet."""
    yield from _links(reading)
    unreadable = [problem for sign in reading.content.signs.values() for problem in _unreadable(reading, sign, phrases)]
    yield from unreadable
    if unreadable:
        return
    signs = reading.content.signs.values()
    for sign, phrase in phrases.unmatched(signs, _texts(reading)):
        entry = reading.entries[f"signs/{sign.concept}"]
        yield entry.problem(f"{phrase.say!r}: no example or case matches it", *phrase.place)
    for sign in signs:
        yield from _wrong_cases(reading, sign, phrases)


def _unreadable(reading: Reading, sign: SignFile, phrases: PhraseReader) -> Iterator[Problem]:
    for phrase, error in phrases.unreadable(sign):
        yield reading.entries[f"signs/{sign.concept}"].problem(error, *phrase.place)


def _links(reading: Reading) -> Iterator[Problem]:
    """Signs that a flag names and that are not there, and examples of no flag."""
    content = reading.content
    for flag in content.red_flags.values():
        entry = reading.entries[f"red_flags/{flag.id}"]
        for concept in flag.concepts:
            if concept not in content.signs:
                yield entry.problem(f"there is no sign {concept!r}", "alone" if concept in flag.direct else "together")
        for concept in set(flag.direct) & set(flag.concepts[len(flag.direct) :]):
            yield entry.problem(f"sign {concept!r} stands under alone and together", "together")
    for name in content.examples:
        if name not in content.red_flags:
            yield Problem(reading.name(reading.root / "examples" / f"{name}.txt"), 1, f"there is no red flag {name!r}")


def _wrong_cases(reading: Reading, sign: SignFile, phrases: PhraseReader) -> Iterator[Problem]:
    """Cases in which the sign is not found as they say."""
    entry = reading.entries[f"signs/{sign.concept}"]
    for kind, texts in (("affirmed", sign.cases.affirmed), ("absent", sign.cases.absent)):
        for number, text in enumerate(texts):
            found = [one for one in phrases.findings(text) if one.concept == sign.concept]
            there = any(one.ever if sign.event else one.present for one in found)
            if there is not (kind == "affirmed"):
                said = "is not found" if kind == "affirmed" else "is found"
                yield entry.problem(f"{sign.concept} {said} in {text!r}", "cases", kind, number)


def _texts(reading: Reading) -> Iterator[str]:
    """Every text that a phrase may be there for: cases of the signs, examples, and the cases of the evaluation."""
    for sign in reading.content.signs.values():
        yield from (*sign.cases.affirmed, *sign.cases.absent)
    for examples in reading.content.examples.values():
        yield from (example.text for example in examples)
    for path in sorted((reading.root.parent.parent / CASES).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield from case.get("turns") or [case["text"]]
