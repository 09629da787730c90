"""Stories of the past: "Some years back, I got out of bed. The next thing I knew, I fell to the floor."

Cues reach no further than their sentence. A message that opens with a past time goes on in it until a word says otherwise.
"""

from __future__ import annotations

import re

from bot.content import lexicon
from bot.language.patterns import any_of

_LISTS = lexicon.words("narrative")
_COUNT = rf"(?:(?:{any_of(_LISTS['counts'])}|\d+)\s+){{0,4}}"
_OPENING = re.compile(
    rf"^\W*(?:{any_of(_LISTS['greetings'])}\W+)*"
    rf"(?:{_COUNT}{any_of(_LISTS['long'])}\s+{any_of(_LISTS['back'])}|{any_of(_LISTS['in_year'])} (?:19|20)\d\d"
    rf"|{any_of(_LISTS['openings'])})\b",
    re.I,
)
_PRESENT = re.compile(rf"\b{any_of(_LISTS['present'])}\b", re.I)
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
