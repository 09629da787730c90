"""How many tablets, or grams of paracetamol, somebody says to have taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.values import COUNT_WORDS, Value, count

_MEDICINE = (
    r"(?:extra[- ]strength |strong |of (?:my|his|her|the|those) )?(?:\d+ ?mg )?(?:of )?"
    r"(?:paracetamols?|tylenols?|acetaminophens?|panadols?|co[- ]?codamols?|co[- ]?dydramols?|codeines?|ibuprofens?|nurofens?"
    r"|advils?|aleves?|naproxens?|aspirins?|tramadols?|dihydrocodeines?|diazepams?|solpadeines?|crocins?|dolos?|calpols?"
    r"|tablets|tabs|pills|capsules|painkillers|pain killers)\b"
)
_TABLETS = re.compile(
    rf"\b(\d{{1,3}}|{COUNT_WORDS}|fourteen|fifteen|sixteen|twenty|thirty)\s*(?:x\s*)?{_MEDICINE}", re.I
)
_TAKEN = re.compile(
    r"\b(?:took|taken|takes|takin|taking|had|popped|popping|swallowed|necked|downed|ate|eaten|been on|gone through"
    r"|got through)\b",
    re.I,
)
_NOT_A_DAY = re.compile(
    r"\b(?:week|weeks|month|months|packet of|pack of|box of|prescribed|left|ago|years?|supply)\b", re.I
)
_PACKET = re.compile(
    r"\b(?:packet|pack|box|strip|bottle)s?\s+of\s+(\d{1,3})\b.{0,60}?\b(\d{1,2}|one|two|three|four|five)\s+left\b", re.I
)
_GRAMS = re.compile(
    r"\b(\d{1,2}(?:\.\d)?)\s*(?:g|gm|grams?)\s+(?:of\s+)?(?:paracetamol|tylenol|acetaminophen|panadol)", re.I
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
