"""How many tablets, or grams of paracetamol, somebody says to have taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content import lexicon
from bot.language.patterns import any_of, count, counts, medicines
from bot.language.values import Value

_LISTS = lexicon.words("numbers")
_MEDICINE = rf"(?:{any_of(_LISTS['strength'])}\s+){{0,2}}(?:\d+\s?m?g )?(?:of )?{any_of(medicines(), plural=True)}\b"
_COUNTED = any_of(word for word, number in counts().items() if number >= 1)
_TABLETS = re.compile(rf"(?<![\d.])\b(\d{{1,3}}|{_COUNTED})\s*(?:x\s*)?{_MEDICINE}", re.I)
_TAKEN = re.compile(rf"\b{any_of(_LISTS['taken'])}\b", re.I)
_NOT_A_DAY = re.compile(rf"\b{any_of(_LISTS['not_a_day'])}\b", re.I)
_PACKET = re.compile(
    rf"\b{any_of(_LISTS['packet'], plural=True)}\s+of\s+(\d{{1,3}})\b.{{0,60}}?\b(\d{{1,2}}|{_COUNTED})\s+left\b", re.I
)
_GRAMS = re.compile(
    rf"\b(\d{{1,2}}(?:\.\d)?)\s*(?:g|gm|grams?)\s+(?:of\s+)?{any_of(_LISTS['paracetamol'], plural=True)}\b", re.I
)


def find_doses(text: str) -> Iterator[Value]:
    """The sum of the `tablets` and the `grams` that a message tells of, unless it speaks of weeks or packets."""
    counted = list(_TABLETS.finditer(text))
    if counted and _TAKEN.search(text) and not _NOT_A_DAY.search(text):
        total = sum(count(match.group(1)) for match in counted)
        yield Value("tablets", total, counted[0].start(), counted[-1].end())
    for match in _PACKET.finditer(text):
        yield Value("tablets", count(match.group(1)) - count(match.group(2)), *match.span())
    for match in _GRAMS.finditer(text):
        yield Value("grams", float(match.group(1)), *match.span())
