"""Numbers that triage needs: age in years, how long something has lasted, weeks of pregnancy, how far, and temperatures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.content import lexicon
from bot.language.patterns import any_of, count, number, ones, relatives

_LISTS = lexicon.words("numbers")
_NUMBER = number()
_UNIT = f"({any_of(_LISTS['days'])})s?\\b"
OLDEST = 110
LONGEST_PREGNANCY = 43
"""Weeks."""
PENSION_AGE = 66
"""Years from which a state pension is paid in Britain: what "pensioner" tells of an age."""
NEAR_CHARACTERS = 25
"""Characters round a temperature in which words of the weather make it the air's."""
_SHORT = 40
"""Characters before an age in which a thing that is so old is looked for."""

_OLD = any_of(_LISTS["old"], plural=True)
_NOT_AN_AGE = (
    rf"(?!\s*{any_of(_LISTS['measures'], plural=True)}(?![a-z])"
    r"|\s*[-–]\s*\d|\s*'\s*\d|['\".]\d|['\"]|\s+and\s+a\s+half|[+/%°]"
    rf"|\s*{_OLD}\s+{any_of(_LISTS['since'])}\b)"
)
"""Nor what is no age: a measure ("16 stone", "10 minutes into"), a height, a range, a time since ("2 years post op")."""
_NEARLY = rf"(?:{any_of(_LISTS['nearly'])}\s+)?"
_PERSON = any_of(_LISTS["person"])
_AGE = [
    re.compile(
        rf"\b(?:{any_of(_LISTS['is_aged'])}|{any_of(relatives())}(?: is|'s|,)?)\s+{_NEARLY}(\d{{1,3}})\b{_NOT_AN_AGE}",
        re.I,
    ),
    re.compile(rf"\b(?:age|aged)\s*(?:is|:|of)?\s*{_NEARLY}(\d{{2}})\b{_NOT_AN_AGE}", re.I),
    re.compile(rf"\b{any_of(_LISTS['becomes'])} (\d{{2}}) {any_of(_LISTS['becomes_when'])}\b", re.I),
    re.compile(rf"(?<!')\b(?:f|m|{_PERSON})[ ,]+(?:of |aged )?(\d{{2}})\b{_NOT_AN_AGE}", re.I),
    re.compile(rf"\b(\d{{2}})(?:\s*f\b|\s*(?:{_OLD})?\s*{_PERSON}\b)", re.I),
    # "44m, sore back": so many years and a man, at the beginning; elsewhere they are metres.
    re.compile(r"^\W*(1[89]|[2-9]\d)m\b(?=\s*[,.;]|\s*$)|^\W*[mf](1[89]|[2-9]\d)\b", re.I),
    # A number that begins a sentence and stands alone: "72, slow stream for years", "77 here love". Adults only.
    re.compile(
        rf"(?:^|[.!?;\n]\s+)(1[89]|[2-9]\d)(?:\s*,(?!\s*\d)|\.(?!\d)|\s+{any_of(_LISTS['age_stands'])}\b|\s*$)", re.I
    ),
    re.compile(rf"\b(\d{{1,3}})(?:\s*[-.]?\s*5)?\s*-?\s*{_OLD}\s*-?\s*old\b|\b(\d{{2}})\s*y/?o\b", re.I),
    re.compile(rf"^\W*(\d{{2}})\s*(?:,|/|\s)\s*{any_of(_LISTS['age_opens'])}\b", re.I),
    re.compile(r",\s*(\d{2})\s*(?:,(?!\d)|$|\.(?!\d))"),
    re.compile(r"\bat (?:my age,?|the age of)\s*(\d{2})\b", re.I),
]
_OF_A_THING = re.compile(
    rf"\b{any_of(_LISTS['things'])}\b(?:(?!\b{any_of(_LISTS['people'])}\b).)*$",
    re.I | re.S,
)
"""Before a number of years: a thing that is so old, and nobody named since."""
_DECADE = re.compile(
    rf"\bin {any_of(_LISTS['whose'])} (?:{any_of(_LISTS['part_of_decade'])} )?({any_of(_LISTS['decades'])}|[4-9]0s)\b",
    re.I,
)
_AGE_WORDS = re.compile(
    rf"(?:\b(?:{any_of(_LISTS['is_aged'])}|at|is)\s+|^\W*|[.!?]\s+)"
    rf"({any_of(_LISTS['tens'])})(?:[- ]({any_of(ones())}))?"
    rf"(?=\s*(?:,|\.|$)|\s+(?:{any_of(_LISTS['age_stands'])}|{_OLD})\b)",
    re.I,
)
_PENSIONER = re.compile(rf"\b{any_of(_LISTS['pensioner'])}\b", re.I)
_PREGNANT = any_of(_LISTS["pregnant"])
_EXPECTING = any_of(_LISTS["expecting"])
_WEEKS = rf"(\d{{1,2}})(?:\s*\+\s*\d)?\s*-?\s*{any_of(_LISTS['weeks'])}"
_IS = any_of(_LISTS["is_expecting"])
_PREGNANT_FOR = [
    re.compile(rf"\b{_WEEKS}\s*(?:and \w+ days?\s*)?{_PREGNANT}\b", re.I),
    re.compile(rf"\b{_EXPECTING}\W+(?:\w+\W+){{0,3}}?{_WEEKS}\b(?!\s+{any_of(_LISTS['no_pregnancy'])})", re.I),
    re.compile(r"\bweek\s+(\d{1,2})\s+of\s+(?:my\s+)?pregnancy\b", re.I),
    # "I'm 34 weeks" alone is how it is said; with what follows it is something else.
    re.compile(rf"\b{_IS}\s+{_WEEKS}(?=\s*(?:[,.!?]|$)|\s+{any_of(_LISTS['weeks_stand'])}\b)", re.I),
    re.compile(rf"\b{_IS}\s+(\d{{2}})\s*\+\s*[0-6]\b", re.I),
]
_PREGNANT_MONTHS = re.compile(rf"\b{_NUMBER}\s+months?\s+{_EXPECTING}\b", re.I)
_WEEKS_A_MONTH = 52 / 12

_MORE = any_of(_LISTS["more"])
_NO_LASTING = "".join(rf"(?<!{re.escape(words)} )" for words in _LISTS["no_lasting_before"])
_LASTING = re.compile(
    _NO_LASTING
    + rf"\b{any_of(_LISTS['lasting'])}\s+(?:{_MORE}\s+){{0,4}}{_NUMBER}\s+(?:and a half\s+)?{_UNIT}(?!\s+(?:old|ago|pregnant))",
    re.I,
)
_FORTNIGHT = re.compile(rf"\b{any_of(_LISTS['lasting'])}\s+(?:the\s+)?(?:last\s+|past\s+)?()(fortnight)\b", re.I)
_BARE = re.compile(
    "".join(rf"(?<!\b{re.escape(words)} )" for words in _LISTS["no_bare_before"])
    + rf"\b{_NUMBER}\s+{_UNIT}(?!\s*{any_of(_LISTS['no_bare_after'])})",
    re.I,
)
_SORE = re.compile(rf"\b{any_of(_LISTS['sore'])}\b", re.I)
MOST_PAIN = 10
"""The worst pain on the scale that people are asked about."""
_PAIN = re.compile(
    r"(?<![\d/.])(?<!since )(?<!on )(?<!from )(\d{1,2}(?:\.\d)?)\s*(?:/|out of)\s*(?:10|ten)\b(?![\d/])", re.I
)
_ASKS = re.compile(rf"^\W*{any_of(_LISTS['asks'])}\b|\bhow (?:long|many)\b", re.I)
_END = re.compile(r"(?<=[.!?\n])\s+|\n")
"""Parts sentences: a question before or after what is told says nothing of it."""
_AGO = re.compile(rf"\b{any_of(_LISTS['began'])}\b[^.!?]{{0,40}}?\b{_NUMBER}\s+{_UNIT}\s+ago\b", re.I)
_FEAST = re.compile(
    rf"\bsince\s+(?:last\s+|about\s+|before\s+)?({any_of([*_LISTS['feasts'], *_LISTS['easter']])})\b", re.I
)
_TIME = f"({any_of(_LISTS['minutes'])})s?"
_MINUTES = re.compile(
    rf"\b{any_of(_LISTS['takes'])}\s+(?:{any_of(_LISTS['takes_about'])} )?{_NUMBER}\s*{_TIME}\b"
    # A walk takes an hour; a pain lasts one.
    rf"(?<!takes an hour)(?<!take an hour)(?<!took an hour)"
    rf"|\b{_NUMBER}\s*{_TIME}\s+(?:of rest|(?:for it )?to {any_of(_LISTS['settles'])}|after i {any_of(_LISTS['rests'])})",
    re.I,
)
_METRES = re.compile(rf"\b(?:{any_of(_LISTS['far'])} )?{_NUMBER}\s*({any_of(_LISTS['metres'])})s?\b", re.I)
_SHORT_UNITS = frozenset(_LISTS["short_units"])
_FEVER = any_of(_LISTS["fever"])
_DEGREES = any_of(_LISTS["degrees"])
_TEMPERATURE = re.compile(
    rf"\b(3[89]|4[0-2])(?:[.,](\d))?\s*(?:{_DEGREES}|{any_of(_LISTS['celsius'])}\b)"
    rf"|\b{_FEVER}\b[^\d.!?]{{0,20}}\b(3[89]|4[0-2]|10[0-6])(?:[.,](\d))?\b"
    rf"|\b(3[89])[.,](\d)\b(?!\s*{any_of(_LISTS['no_degrees'])}(?![a-z]))"
    rf"|\b(10[0-6])(?:[.,](\d))?\s*(?:{_DEGREES}|{any_of(_LISTS['fahrenheit'])}\b|{_FEVER})",
    re.I,
)
_FEVER_WORD = re.compile(_FEVER, re.I)
_WEATHER = re.compile(rf"\b{any_of(_LISTS['weather'])}\b", re.I)


@dataclass(frozen=True)
class Value:
    """A number said at characters start to end: `age` in years, `days`, `minutes` that a discomfort lasts, `pregnant_weeks`,
    `metres`, `pain` (0 to 10), a `fever` (degrees of the body, Celsius or Fahrenheit as said), `heat` (of the air), or
    `tablets` and `grams` of paracetamol taken."""

    name: str
    number: float
    start: int
    end: int


def find_values(text: str, *, today: dt.date | None = None) -> Iterator[Value]:
    """The ages, durations, distances, temperatures and pains said in a message (in plain characters), in no set order. With
    `today` also the days since a feast ("since easter")."""
    ages = list(_ages(text))
    yield from ages
    yield from _pregnancies(text)
    yield from _durations(text)
    yield from (found for found in _distances(text) if not any(age.start <= found.start < age.end for age in ages))
    yield from _temperatures(text)
    yield from _pains(text)
    if today is not None:
        for match in _FEAST.finditer(text):
            yield Value("days", float((today - _feast(match.group(1).lower(), today)).days), *match.span())


def _ages(text: str) -> Iterator[Value]:
    """Ages in digits, in words, by decade, and of pensioners."""
    for pattern in _AGE:
        for match in pattern.finditer(text):
            age = float(next(group for group in match.groups() if group))
            thing = match.group().lower().endswith("old") and _OF_A_THING.search(
                text[max(0, match.start() - _SHORT) : match.start()]
            )
            if 0 < age <= OLDEST and not thing:
                yield Value("age", age, *match.span())
    for match in _DECADE.finditer(text):
        word = match.group(1).lower()
        yield Value("age", float(_LISTS["decades"].get(word) or word[:2]), *match.span())
    for match in _AGE_WORDS.finditer(text):
        yield Value("age", count(" ".join(filter(None, match.groups()))), *match.span())
    for match in _PENSIONER.finditer(text):
        yield Value("age", float(PENSION_AGE), *match.span())


def _pregnancies(text: str) -> Iterator[Value]:
    """Weeks of pregnancy, each once."""
    weeks = [(float(match.group(1)), match.span()) for pattern in _PREGNANT_FOR for match in pattern.finditer(text)]
    weeks += [(count(match.group(1)) * _WEEKS_A_MONTH, match.span()) for match in _PREGNANT_MONTHS.finditer(text)]
    told = {round(number): span for number, span in reversed(weeks) if 0 < number <= LONGEST_PREGNANCY}
    for number_, (start, end) in told.items():
        yield Value("pregnant_weeks", float(number_), start, end)


def _durations(text: str) -> Iterator[Value]:
    """Days that something has lasted ("for six weeks"; "7 weeks of back ache" in a sentence that asks nothing), and minutes."""
    for pattern in (_LASTING, _AGO, _FORTNIGHT, *((_BARE,) if _SORE.search(text) else ())):
        for match in pattern.finditer(text):
            if pattern is _BARE and _ASKS.search(_END.split(text[: match.end()])[-1]):
                continue
            yield Value("days", count(match.group(1) or "one") * _LISTS["days"][match.group(2).lower()], *match.span())
    for match in _MINUTES.finditer(text):
        amount, unit = match.group(1) or match.group(3), match.group(2) or match.group(4)
        yield Value("minutes", count(amount) * _LISTS["minutes"][unit.lower()], *match.span())


def _distances(text: str) -> Iterator[Value]:
    """Metres, of a distance said in digits or of a unit written out."""
    for match in _METRES.finditer(text):
        unit = match.group(2).lower()
        if unit not in _SHORT_UNITS or (match.group(1)[0].isdigit() and float(match.group(1)) >= 10):
            yield Value("metres", count(match.group(1)) * _LISTS["metres"][unit], *match.span())


def _temperatures(text: str) -> Iterator[Value]:
    """Degrees of the body, or of the air."""
    for match in _TEMPERATURE.finditer(text):
        beside = text[max(0, match.start() - NEAR_CHARACTERS) : match.end() + NEAR_CHARACTERS]
        body = _FEVER_WORD.search(match.group()) or not _WEATHER.search(beside)
        whole, tenths = next(pair for pair in zip(match.groups()[::2], match.groups()[1::2], strict=True) if pair[0])
        yield Value("fever" if body else "heat", float(f"{whole}.{tenths or 0}"), *match.span())


def _pains(text: str) -> Iterator[Value]:
    """Pain on the scale of ten ("pain 4/10"), where the message speaks of pain."""
    if _SORE.search(text):
        for match in _PAIN.finditer(text):
            if float(match.group(1)) <= MOST_PAIN:
                yield Value("pain", float(match.group(1)), *match.span())


def _feast(name: str, today: dt.date) -> dt.date:
    """The last day of that name before `today`."""
    for year in (today.year, today.year - 1):
        month, day = _LISTS["feasts"].get(" ".join(name.split())) or _easter(year)
        if dt.date(year, month, day) <= today:
            return dt.date(year, month, day)
    return today


def _easter(year: int) -> tuple[int, int]:
    """Month and day of Easter Sunday (the anonymous Gregorian reckoning, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    months, days = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return months, days + 1
