"""Walks, rest days and pain as people tell them ("walked 25 min, pain 3 then 2", "no walk yesterday"), read into entries.

Words that are no account of a day are left alone: what somebody usually does, can do, wants or asks.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import DamerauLevenshtein

from bot.content.lexicon import words as lexicon_words
from bot.journeys.amounts import MOST_MINUTES, read_minutes
from bot.journeys.diary_dates import Dated, days_in, pattern_of_days
from bot.journeys.diary_pain import Pains, pains_in
from bot.journeys.words import is_question, pattern, plain
from bot.language.patterns import any_of, number

SHORT, LONGEST = 12, 30
"""Words of the longest text that is an entry without a word of walking, and of the longest part that is one at all."""
PAIN_ONLY = 9
"""Words of the longest text that is an entry for its pain alone."""
_WORD = re.compile(r"[a-z][a-z']*")
_PAIN_AND_NUMBER = re.compile(r"\b(p[a-z]{3})(\d)")
_HOURS = re.compile(r"(?<![\w.])(\d{1,2})\s*h(?:rs?|ours?)?\s*(?:and\s*)?(\d{1,2})(?:\s*m(?:in(?:ute)?s?)?)?\b")
_HOUR = re.compile(r"(?<![\w.])(\d{1,2})h\b")
_SHORT_MIN = re.compile(r"(?<![\w.])(\d{1,3})\s?(?:m|'|′)(?![\w'])")
_END = re.compile(r"[.!;\n]+(?!\d)|,|\s(?:and|but)\s")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NOTE_MARKS = " .,;:!-–—()\"'"
NOT = ("no", "not", "without")
NOTE = 60
"""Characters of a note at most."""


@dataclass(frozen=True)
class Told:
    """One entry as it was told. `dated` says that a day was named, `distance` that the minutes are reckoned from a way, `sure`
    that the words can be nothing else than an entry, `plain` that they hold nothing but it: no
    word that could be of a sign."""

    day: dt.date
    minutes: int | None = None
    pain: int | None = None
    later: int | None = None
    note: str = ""
    dated: bool = False
    distance: bool = False
    sure: bool = True
    plain: bool = False


@functools.lru_cache(maxsize=1)
def lists() -> dict[str, object]:
    """The lists of lexicon/diary.yml."""
    return lexicon_words("diary")


def says(name: str, text: str) -> str | None:
    """The first word of a list that plain text holds, or None."""
    listed = lists()[name]
    found = pattern(listed if isinstance(listed, dict | list) else ()).search(text)
    return found.group(1) if found else None


def mended(text: str) -> str:
    """Plain text in which usual short forms and slips of the finger are mended, and minutes have their unit."""
    found = _PAIN_AND_NUMBER.sub(r"\1 \2", plain(text))
    found = _WORD.sub(lambda match: _mended_word(match.group()), _respelt().sub(_respell, found))
    found = _HOURS.sub(lambda match: f"{int(match.group(1)) * 60 + int(match.group(2))} min", found)
    found = _HOUR.sub(r"\1 hours", found)
    return _SHORT_MIN.sub(r"\1 min", found)


@functools.lru_cache(maxsize=1)
def _respelt() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'/.])({any_of(lexicon_words('diary')['respelt'])})(?![\w'/])")


def _respell(match: re.Match[str]) -> str:
    return str(lexicon_words("diary")["respelt"][match.group(1)])


@functools.lru_cache(maxsize=4096)
def _mended_word(word: str) -> str:
    """A word, or the one of `slips` that it is one slip away from."""
    known = lexicon_words("diary")
    if len(word) < 6 or word in known["slips"] or word in known["not_slips"]:
        return word
    near = (one for one in known["slips"] if one[0] == word[0] and DamerauLevenshtein.distance(one, word) == 1)
    return next(near, word)


def read_entries(text: str, today: dt.date, *, pace: float, month_first: bool = False) -> tuple[Told, ...]:
    """The entries that a text tells, in its order; () where it tells none. `pace` are metres in a minute."""
    words = _without_questions(mended(_sentences(text)))
    dated = days_in(words, today, month_first=month_first)
    found = []
    for part, day in _parts(words, dated, pace):
        told = _entry(part, day, today, pace)
        if told is not None:
            found.append(told)
    return tuple(found)


def _sentences(text: str) -> str:
    """The text with a full stop at the end of each line, so that lines stay apart."""
    return ". ".join(line.strip() for line in text.splitlines() if line.strip())


def _without_questions(words: str) -> str:
    """Mended text without the sentences that ask something; one that wants something written down stays."""
    parts = _SENTENCE.split(words)
    return " ".join(part for part in parts if not part.endswith("?") or _logs(part))


def _parts(words: str, dated: tuple[Dated, ...], pace: float) -> Iterator[tuple[str, Dated | None]]:
    """The text by the days named, each part with its day: one where there are not several with something of their own."""
    if len(dated) < 2:
        yield words, dated[0] if dated else None
        return
    starts = [one.start for one in dated]
    leading = read_minutes(words[: starts[0]], pace=pace) is not None
    # Days that end their parts: "20 min on monday and 25 min on tuesday".
    between = [one.end for one in dated[:-1]] if leading else starts[1:]
    cuts = [0, *between, len(words)]
    parts = [words[start:end] for start, end in itertools.pairwise(cuts)]
    tell = [read_minutes(part, pace=pace) is not None or says("rest", part) is not None for part in parts]
    if sum(tell) < 2:
        first = next((at for at, own in enumerate(tell) if own), 0)
        yield words, dated[first]
        return
    yield from ((part, day) for part, day, own in zip(parts, dated, tell, strict=True) if own)


def _entry(part: str, day: Dated | None, today: dt.date, pace: float) -> Told | None:
    """One part as an entry, or None where it is none."""
    pains, rest = pains_in(part), says("rest", part) is not None
    left = pains.left
    minutes, distance = _minutes(left, pace)
    if minutes is not None and minutes > MOST_MINUTES:
        return None
    bare = _is_bare(part)
    asks = is_question(part) or "?" in part
    logs = _logs(part)
    many = len(part.split())
    if (asks and not logs) or many > LONGEST or (_not_done(part, pace) and not logs):
        return None
    told = Told(
        day.day if day else today,
        minutes,
        pains.pain,
        pains.later,
        dated=day is not None,
        distance=distance,
        plain=bare,
    )
    if rest and minutes is None:
        rested = day is not None or many <= SHORT
        return replace(told, minutes=0, note=_note(part)) if rested else None
    if _of_else(part, minutes is None, pace):
        return None
    if minutes is None:
        return _pain_alone(told, part, logs=logs, many=many)
    if minutes == 0 or not (logs or _walked(part) or _short_entry(told, day, pains, many)):
        return None
    return replace(told, note=_note(part), sure=logs or pains.pain is not None or day is not None)


def _not_done(part: str, pace: float) -> bool:
    """Whether a sentence that holds minutes or pain tells what is usual, possible or wished rather than what was done."""
    for sentence in _SENTENCE.split(part):
        pains = pains_in(sentence)
        holds = pains.pain is not None or pains.later is not None or _minutes(pains.left, pace)[0] is not None
        if (holds or says("rest", sentence)) and says("not_done", sentence):
            return True
    return False


def _of_else(part: str, pain_alone: bool, pace: float) -> bool:
    """Whether the clause of the minutes, or of the pain where there are none, is about something else than a walk: "slept 4
    hours", "numb for 10 minutes", "chest pain 8"."""
    for piece in _END.split(part):
        pains = pains_in(piece)
        mine = pains.pain is not None if pain_alone else _minutes(pains.left, pace)[0] is not None
        if mine and says("other", piece) and not says("surely_walked", piece):
            return True
    return False


def _logs(part: str) -> bool:
    """Whether words want something written down ("log a 20 minute walk", "put down 15 minutes for today")."""
    return says("log", part) is not None and says("log_thing", part) is not None


def _walked(part: str) -> bool:
    """Whether words tell of a walk that was done."""
    return says("walked", part) is not None


def _short_entry(told: Told, day: Dated | None, pains: Pains, many: int) -> bool:
    """Whether minutes without a word of walking are an entry: "25 min, pain 3", "yesterday 15 min"."""
    if many > SHORT:
        return False
    weak = day is not None and day.weekday
    return pains.pain is not None or (day is not None and not weak)


def _pain_alone(told: Told, part: str, *, logs: bool, many: int) -> Told | None:
    """Pain without a walk: with a day, at the beginning of short words, or where it is to be written down."""
    if told.pain is None and told.later is not None:
        told = replace(told, pain=told.later, later=None)
    if told.pain is None or not (logs or many <= PAIN_ONLY):
        return None
    leads = re.match(r"\W*(?:my\s+|back\s+)?pain\b", part) is not None
    if says("other", part) and not leads:
        return None
    return told if logs or told.dated or leads else None


def _minutes(text: str, pace: float) -> tuple[int | None, bool]:
    """The minutes of a walk in text without its pain, and whether they are reckoned; of a range the mean."""
    found = read_minutes(text, pace=pace)
    if found is not None:
        return round((found.low + found.high) / 2), found.distance
    match = _bare().search(text)
    return (int(float(match.group(1))), False) if match and match.group(1).isdigit() else (None, False)


@functools.lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    """A number right after a word of walking or of writing down, which stands for minutes."""
    known = lexicon_words("diary")
    about = r"(?:\s*[:=])?(?:\s+(?:for|about|around|only|just|maybe|roughly|another|my|a|the|down|of))*"
    verbs = any_of([*known["bare_walked"], *known["log"]])
    return re.compile(rf"\b{verbs}{about}\s+(\d{{1,3}})(?=\s*$|\s*[.,;!]|\s+{any_of(known['bare_after'])}\b)")


def _note(part: str) -> str:
    """What else was said, in the person's own words: short parts without the numbers and days that were read."""
    kept = []
    for piece in _END.split(_without_read(part)):
        words = [mine for word in piece.split() if (mine := word.strip(_NOTE_MARKS))]
        told = [at for at, word in enumerate(words) if word not in lexicon_words("diary")["joins"]]
        says_more = any(words[at] not in lexicon_words("diary")["ends"] for at in told)
        if says_more and len(words) <= 7 and not says("pain", piece):
            first = told[0] - 1 if told[0] and words[told[0] - 1] in NOT else told[0]
            last = told[-1] + 1
            last += last < len(words) and words[last] in lexicon_words("diary")["ends"]
            kept.append(" ".join(words[first:last]))
    return ", ".join(kept)[:NOTE].strip(_NOTE_MARKS)


def _is_bare(part: str) -> bool:
    """Whether nothing is left of a part without days, amounts, pain and the words that join them."""
    known = lexicon_words("diary")
    joins = {
        word
        for name in ("joins", "pain", "later", "walked", "log", "fill")
        for term in known[name]
        for word in term.split()
    }
    left = (word.strip(_NOTE_MARKS) for word in _without_read(part).split())
    return all(word in joins for word in left if word)


def _without_read(part: str) -> str:
    """The part without days, amounts and pain."""
    text = pains_in(part).left
    text = pattern_of_days().sub(" ", text)
    known = lexicon_words("numbers")
    unit = any_of([*known["minutes"], *known["metres"]])
    text = re.sub(rf"(?<![\w.]){number()}\s*-?\s*{unit}s?\b", " ", text)
    text = pattern([*lexicon_words("amounts")["spans"]]).sub(" ", text)
    for name in ("rest", "log"):
        text = pattern(lexicon_words("diary")[name]).sub(" ", text)
    return re.sub(r"(?<![\w.])\d+(?![\w.])", " ", text)
