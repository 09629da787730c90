"""Stories of the past: "Some years back, I got out of bed. The next thing I knew, I fell to the floor."

ConText reads one sentence at a time. A message that opens with a past time goes on in it until a word says otherwise.
"""

from __future__ import annotations

import re

_COUNT = r"(?:(?:about|around|over|some|quite|a|an|few|many|several|couple|of|\d+|two|three|four|five|six|ten|twenty)\s+){0,4}"
_OPENING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|well|ok)\W+)*"
    rf"(?:{_COUNT}(?:years?|yrs?|decades?)\s+(?:ago|back)|(?:back )?in (?:19|20)\d\d|back when"
    r"|when i was (?:young|little|a|in my))\b",
    re.I,
)
_PRESENT = re.compile(
    r"\b(?:now|still|today|tonight|currently|yesterday|this|these|since|lately|recently|just|am|is|are|isn['’]?t|aren['’]?t|have|has"
    r"|haven['’]?t|hasn['’]?t|can|can['’]?t|cannot|do|does|don['’]?t|doesn['’]?t|get|gets|keep|keeps|hurts|feel|feels|ago|last"
    r"|i['’]?m|i['’]?ve|it['’]?s|he['’]?s|she['’]?s|again)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")


def past_until(text: str) -> int:
    """The offset at which a story of the past ends: 0 where the message does not open with a past time.

    The opening sentence ends the story too when it speaks of now ("Ten years ago I fell and it still hurts").
    """
    if not _OPENING.match(text):
        return 0
    end = 0
    for place, sentence in enumerate(_SENTENCE.finditer(text)):
        words = _OPENING.sub("", sentence.group()) if place == 0 else sentence.group()
        if _PRESENT.search(words):
            break
        end = sentence.end()
    return end
