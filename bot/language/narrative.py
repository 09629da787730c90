"""Stories of the past: "Some years back, I got out of bed. The next thing I knew, I fell to the floor."

Cues reach no further than their sentence. A message that opens with a past time goes on in it until a word says otherwise.
Within a sentence the clauses after a past time belong to it while their verbs do: "It was in 2009, I couldn't feel a thing".
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
_CLAUSE = re.compile(r"[^,;]+[,;]*")
_THEN = re.compile(
    rf"\bin (?:19|20)\d\d\b|\b{_COUNT}{any_of(_LISTS['long'])}\s+{any_of(_LISTS['back'])}\b|\b{any_of(_LISTS['openings'])}\b",
    re.I,
)
_PAST_VERB = re.compile(rf"\b{any_of(_LISTS['past_verbs'])}\b(?:\s+\w+)?", re.I)
"""A verb of the past, with the word after it: "couldn't feel" holds no "feel"."""
MOST_CLAUSES = 2
"""Clauses after the one that names a past time which may belong to it."""


def past_stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of a message (start and end in characters) that tell of the past: the story that it opens with, and in each
    sentence the clauses after a past time."""
    story = _past_until(text)
    found = [(0, story)] if story else []
    for sentence in _SENTENCE.finditer(text):
        left = 0
        for clause in _CLAUSE.finditer(sentence.group()):
            words = clause.group()
            named = _THEN.search(words)
            left = MOST_CLAUSES + 1 if named else left - 1
            rest = _PAST_VERB.sub("", _THEN.sub("", words))
            if left < 1 or _PRESENT.search(rest) or not (named or _PAST_VERB.search(words)):
                left = 0
            elif not named:  # in its own clause the cues say what is past
                found.append((sentence.start() + clause.start(), sentence.start() + clause.end()))
    return found


def _past_until(text: str) -> int:
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
