"""What people tell in passing that a clinician wants to see: medicines, sex, how far they walk, and what they deny."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.state import Fact

MEDICINE, DENIED, OWN = "medicine:", "denied:", "own:"
"""Beginnings of the names of facts: a medicine, something denied, and what is kept in the person's own words."""
MOST_OWN = 40
"""Characters of a person's own words that are kept."""
MOST_NOTES = 6
"""Notes in own words that are kept of one person."""
SEX, WALK = "sex", "walk_minutes"
LONGEST_WALK = 600
"""Minutes; more is no walk."""
REACH = 5
"""Words between a denial and what it denies, or between a word for taking and the medicine."""
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_MARKED = re.compile(rf"{_WORD.pattern}|,")
_BREAK = re.compile(r"[.!?;\n]|,?\s+\bbut\b")
_SHORT_SEX = re.compile(
    r"^\W*(?:i'?m\s+|i am\s+)?(?:(\d{2})\s*[,/ ]?\s*([mf])|([mf])\s*[,/ ]?\s*(\d{2}))\b(?=\s*[,.;/]|\s*$|\s+\w)", re.I
)


@dataclass(frozen=True)
class Denial:
    """A sign that can be denied: what a clinician reads, the words after a "no", and what may be said to be fine."""

    name: str
    words: tuple[str, ...]
    subject: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToldWords:
    """The word lists of content/lexicon/told.yml; `medicines` holds those of the other lists as well."""

    medicines: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    minutes: Mapping[str, float]
    counts: Mapping[str, float]
    denied: Mapping[str, Denial]

    @classmethod
    def of(cls, content: Mapping[str, Any], *, medicines: Iterable[str] = ()) -> ToldWords:
        """The words of the content file with further names of medicines."""
        lists = {name: tuple(found) for name, found in content.items() if isinstance(found, list)}
        named = dict.fromkeys(name.lower() for name in (*lists["medicines"], *medicines))
        denied = {
            key: Denial(one["name"], *(tuple(one.get(part, ())) for part in ("words", "subject", "fine")))
            for key, one in content["denied"].items()
        }
        kept = tuple(name for name in named if name not in lists["generic"])
        minutes, counts = (
            {word: float(each) for word, each in content[name].items()} for name in ("minutes", "counts")
        )
        return cls(kept, lists, minutes, counts, denied)


def facts_in(text: str, words: ToldWords, turn: int) -> tuple[Fact, ...]:
    """What a text tells: medicines that are taken, the sex, the minutes of a walk, what is denied."""
    found = [Fact(MEDICINE + name, True, turn) for name in medicines_taken(text, words)]
    found += [Fact(DENIED + name, True, turn) for name in denied_in(text, words)]
    if sex := sex_in(text, words):
        found.append(Fact(SEX, sex, turn))
    if (minutes := walk_minutes(text, words)) is not None:
        found.append(Fact(WALK, minutes, turn))
    return tuple(found)


def medicines_named(text: str, words: ToldWords) -> tuple[str, ...]:
    """The medicines that a text names, in order."""
    said = _said(text)
    found = {name: at for name in words.medicines if (at := _find(name, said)) is not None}
    return tuple(sorted(found, key=lambda name: found[name]))


def medicines_taken(text: str, words: ToldWords) -> tuple[str, ...]:
    """The medicines that a text says are taken: in a clause with a word for taking and without a denial or a question."""
    found: list[str] = []
    for clause in _clauses(text):
        said = _said(clause)
        if "?" in clause or _any(words.lists["not_takes"], said) or not _any(words.lists["takes"], said):
            continue
        found += medicines_named(clause, words)
    return tuple(dict.fromkeys(found))


def sex_in(text: str, words: ToldWords) -> str | None:
    """The sex of the writer as they put it: "44m", "I'm a 61 year old man"; None where nothing says so."""
    short = _SHORT_SEX.match(text)
    if short is not None and (short.group(2) or short.group(3)):
        return "male" if (short.group(2) or short.group(3)).lower() == "m" else "female"
    said = _said(text)
    for kind in ("male", "female"):
        places = [at for word in words.lists[kind] for at in range(len(said)) if said[at] == word]
        if any(_any(words.lists["is_one"], said[max(0, at - REACH) : at]) for at in places) or said in _singles(
            kind, words
        ):
            return kind
    return None


def sex_of_relation(who: str, words: ToldWords) -> str | None:
    """The sex that a relation tells ("mother"); None where it does not."""
    kinds = {"male": "male_relations", "female": "female_relations"}
    return next((kind for kind, name in kinds.items() if who in words.lists[name]), None)


def walk_minutes(text: str, words: ToldWords) -> float | None:
    """The minutes that somebody says they walk, or walk before it hurts; None where no walk has a length."""
    for clause in _clauses(text):
        said = _said(clause)
        if not _any(words.lists["walk"], said) or "?" in clause:
            continue
        for at, word in enumerate(said[1:], start=1):
            number = _number(said[at - 1], words)
            if word in words.minutes and number is not None:
                halved = said[max(0, at - 2) : at - 1] == ["half"]
                minutes = number * words.minutes[word] * (words.counts["half"] if halved else 1)
                return minutes if 0 < minutes <= LONGEST_WALK else None
    return None


def denied_in(text: str, words: ToldWords) -> tuple[str, ...]:
    """The signs that a text denies: named after a "no", or said to be fine."""
    marked = (_MARKED.findall(clause.lower().replace("’", "'")) for clause in _clauses(text))
    return tuple(dict.fromkeys(name for said in marked for name in _denied(said, words)))


def own_words(text: str, words: ToldWords) -> str:
    """What somebody says is left out, in their own words: what follows the word that says so, cut at a word's end."""
    plain = " ".join(text.split())
    lower = plain.lower()
    ends = [at + len(lead) for lead in words.lists["left_out"] if (at := lower.find(lead)) >= 0]
    rest = plain[max(ends) :] if ends else plain
    rest = re.sub(r"^[\s,:;.-]*(?:(?:that|my|the|also|i|and)\b\s*)*", "", rest, flags=re.I).rstrip(" .!?")
    if len(rest) <= MOST_OWN:
        return rest
    cut = rest[: MOST_OWN + 1].rsplit(" ", 1)[0]
    return cut[:MOST_OWN].rstrip(" ,;")


def says(text: str, kind: str, words: ToldWords) -> bool:
    """Whether a text has one of a list's phrases: "left_out" or "take_out"."""
    said = _said(text)
    return any(_find(phrase, said) is not None for phrase in words.lists[kind])


def _denied(said: Sequence[str], words: ToldWords) -> Iterator[str]:
    """The signs that the words of one clause deny."""
    for name, denial in words.denied.items():
        places = [at for word in denial.words for at in _places(word, said)]
        if (
            any(_after_denial(at, said, words) for at in places)
            or any(_places(one, said) for one in denial.fine)
            or any(_said_fine(at, one, said, words) for one in denial.subject for at in _places(one, said))
        ):
            yield name


def _after_denial(at: int, said: Sequence[str], words: ToldWords) -> bool:
    """Whether the word at a place is denied: going back, only words that may stand between, or other signs, until a denial.

    A comma is passed only in a list that an "or" ends: "no fever, weakness in both legs" denies no weakness. A "no," answers.
    """
    listed = any(word in words.lists["listing"] for word in said[at:])
    signs = {word for denial in words.denied.values() for phrase in denial.words for word in phrase.split()}
    for back in range(at - 1, -1, -1):
        if said[back] in words.lists["denies"]:
            return said[back + 1] != ","
        if said[back] == "," and listed:
            continue
        if said[back] not in words.lists["between"] and said[back] not in signs:
            return False
    return False


def _said_fine(at: int, subject: str, said: Sequence[str], words: ToldWords) -> bool:
    """Whether a subject is said to be fine: "pee is fine", "bladder still ok"."""
    rest = said[at + len(subject.split()) :][:REACH]
    if any(word in words.lists["spoils_fine"] for word in rest):
        return False
    for place, word in enumerate(rest):
        if any(rest[place : place + len(fine.split())] == fine.split() for fine in words.lists["fine"]):
            return True
        if word not in words.lists["is"] and word not in words.lists["between"]:
            return False
    return False


def _singles(kind: str, words: ToldWords) -> list[list[str]]:
    """A word for the sex alone, as an answer is."""
    return [[word] for word in words.lists[kind]]


def _number(word: str, words: ToldWords) -> float | None:
    """A count in digits or in a word."""
    return float(word) if word.isdigit() else words.counts.get(word)


def _clauses(text: str) -> list[str]:
    """The clauses of a text, each with the mark that ends it."""
    found, start = [], 0
    for match in _BREAK.finditer(text):
        found.append(text[start : match.end()])
        start = match.end()
    return [*found, text[start:]]


def _said(text: str) -> list[str]:
    """The words of a text in lower case with plain apostrophes."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _places(phrase: str, said: Sequence[str]) -> list[int]:
    """Where a phrase stands in the words."""
    parts = _said(phrase)
    return [at for at in range(len(said) - len(parts) + 1) if list(said[at : at + len(parts)]) == parts]


def _find(phrase: str, said: Sequence[str]) -> int | None:
    found = _places(phrase, said)
    return found[0] if found else None


def _any(phrases: Iterable[str], said: Sequence[str]) -> bool:
    return any(_places(phrase, said) for phrase in phrases)
