"""Phrase templates: how the content says which phrases mean a clinical concept.

A template is a line of elements that a clinician can read aloud:

    {numb} ... {saddle}         a word of class numb, up to GAP other words, a word of class saddle
    {numb} ~ {saddle}           the same in either order
    (lost|losing all) control ... {bladder|bowel}     alternatives in brackets: plain words, several words, or a class
    shin|calf ... {numb}        without brackets only where nothing stands right beside: "leg day|boot camp" is an error

Neighbouring elements may be parted by up to FILLERS words of the class `filler` ("the", "really"). No part of a phrase
reaches over a word of the class `gap_break` ("but", "not", a full stop).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

GAP = 6
"""Words that "..." and "~" may stand for. Measured on our own cases: 4 misses phrasings, 8 joins separate complaints."""
FILLERS = 3

Found = list[dict[str, set[int]]]

_PART = re.compile(r"\([^()]*\)\S*|\S+")
_ALTERNATIVE = re.compile(r"\{[^{}]+\}|[^{}|]+")
_ELEMENT = re.compile(rf"(?:{_ALTERNATIVE.pattern})(?:\|(?:{_ALTERNATIVE.pattern}))*")

_BARE = re.compile(r"^[^(].*\|(?![^{]*\})")
"""A part that has a bar outside brackets and braces."""
_CAN_NOT = re.compile(r"\bcan not\b")


class TemplateError(ValueError):
    """A template that cannot be read; says which and why."""


@dataclass(frozen=True)
class Element:
    """One place in a template: any of `classes`, or any of `words` (each a sequence of keys), after up to `gap` words."""

    classes: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    gap: int


Template = tuple[Element, ...]


def variants(template: str) -> list[str]:
    """The line, and where it says "can not" the other ways to say so: "could not", "not able to", "unable to"."""
    found = [template]
    for instead in ("could not", "not able to", "unable to"):
        other = _CAN_NOT.sub(instead, template)
        if other != template:
            found.append(other)
    return found


def parse(template: str, to_keys: Callable[[str], Sequence[str]], classes: frozenset[str]) -> list[Template]:
    """The templates that one line stands for (two for each "~"). Raises TemplateError."""
    sides = [side.strip() for side in template.split("~")]
    if not all(sides) or len(sides) > 3:
        raise TemplateError(f"{template!r}: '~' needs something on both sides, and at most two may be used")
    orders = itertools.permutations(sides) if len(sides) > 1 else [tuple(sides)]
    return [_parse_ordered(" ... ".join(order), to_keys, classes) for order in orders]


def _parse_ordered(template: str, to_keys: Callable[[str], Sequence[str]], classes: frozenset[str]) -> Template:
    """One template without "~"."""
    parts = _PART.findall(template)
    _refuse_bare(parts)
    elements: list[Element] = []
    gap = 0
    for part in parts:
        if part == "...":
            gap = GAP
            continue
        elements.append(_element(part, gap, to_keys, classes))
        gap = 0
    if not elements or gap:
        raise TemplateError(f"{template!r}: is empty or ends in '...'")
    return tuple(elements)


def _refuse_bare(parts: Sequence[str]) -> None:
    """Alternatives beside another word must stand in brackets: nobody can tell how far they reach."""
    for place, part in enumerate(parts):
        beside = [other for other in parts[max(0, place - 1) : place + 2] if other != "..."]
        if _BARE.match(part) and len(beside) > 1:
            raise TemplateError(f"{part!r}: alternatives beside another word need brackets, as in (leg day|boot camp)")


def _element(part: str, gap: int, to_keys: Callable[[str], Sequence[str]], classes: frozenset[str]) -> Element:
    """Alternatives between bars: plain words, several words in brackets, and classes in braces."""
    inner = part[1:-1] if part[0] == "(" and part[-1] == ")" else part
    if not _ELEMENT.fullmatch(inner) or "(" in inner or ")" in inner:
        raise TemplateError(
            f"{part!r}: words and {{classes}} are parted by single bars; brackets and braces are closed"
        )
    alternatives = [found.strip() for found in _ALTERNATIVE.findall(inner)]
    names = tuple(name for braced in alternatives if braced[0] == "{" for name in braced[1:-1].split("|"))
    unknown = set(names) - classes
    if unknown:
        raise TemplateError(f"{part!r}: no class {sorted(unknown)} in the lexicon")
    return Element(names, tuple(tuple(to_keys(word)) for word in alternatives if word[0] != "{"), gap)


Label = TypeVar("Label")


class TemplateMatcher(Generic[Label]):
    """Finds all templates in one message."""

    def __init__(self, templates: Sequence[tuple[Label, Template]]) -> None:
        """`templates` are pairs of the label to report and the template."""
        self._templates = [(label, template, _needs(template)) for label, template in templates]
        # By what one place needs: a message has few keys and there are thousands of templates, so most are never looked at.
        self._by_key: dict[str, list[int]] = {}
        for number, (_, _, needs) in enumerate(self._templates):
            for key in min(needs, key=len):
                self._by_key.setdefault(key, []).append(number)

    def find(self, keys: Sequence[str], found: Found) -> Iterator[tuple[Label, int, int]]:
        """Label, first position and position after the last, for the shortest match at each start."""
        places = _places(keys, found)
        for number in sorted({number for key in places for number in self._by_key.get(key, ())}):
            label, template, needs = self._templates[number]
            if any(places.keys().isdisjoint(need) for need in needs):
                continue
            failed: set[tuple[int, int]] = set()
            for start in sorted({place for key in needs[0] for place in places.get(key, ())}):
                end = _match(template, 0, start, keys, found, failed)
                if end is not None:
                    yield label, start, end


def _places(keys: Sequence[str], found: Found) -> dict[str, list[int]]:
    """For each key and each class in a message, where it begins: a template is tried only there."""
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        for name in {key, *found[place]}:
            places.setdefault(name, []).append(place)
    return places


def _needs(template: Template) -> list[frozenset[str]]:
    """For each element, the classes and first keys of which at least one must occur anywhere: a quick refusal."""
    return [frozenset(element.classes) | {words[0] for words in element.words} for element in template]


def _ends(element: Element, position: int, keys: Sequence[str], found: Found) -> set[int]:
    """Where the element can end when it begins at `position`."""
    here = found[position]
    ends = set().union(*(here.get(name, ()) for name in element.classes)) if element.classes else set()
    for words in element.words:
        if tuple(keys[position : position + len(words)]) == words:
            ends.add(position + len(words))
    return ends


def _match(
    template: Template, index: int, position: int, keys: Sequence[str], found: Found, failed: set[tuple[int, int]]
) -> int | None:
    """The position after the match of template[index:] that begins at `position`, or None. What has `failed` is not tried
    again, so the work is bounded by the length of the template times that of the message."""
    if position >= len(keys) or (index, position) in failed:
        return None
    for end in sorted(_ends(template[index], position, keys, found)):
        if index + 1 == len(template):
            return end
        for start in _starts(template[index + 1].gap, end, keys, found):
            rest = _match(template, index + 1, start, keys, found, failed)
            if rest is not None:
                return rest
    failed.add((index, position))
    return None


def _starts(gap: int, position: int, keys: Sequence[str], found: Found) -> Iterator[int]:
    """Where the next element may begin: right here, after fillers, or after a gap that crosses no break."""
    for skipped in range(max(gap, FILLERS) + 1):
        here = position + skipped
        if here >= len(keys):
            return
        yield here
        classes = found[here]
        if "gap_break" in classes or (skipped >= gap and "filler" not in classes):
            return
