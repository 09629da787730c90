"""Numbers that triage needs: age in years, how long something has lasted in days or minutes, and temperatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "several": 3, "a couple of": 2, "a few": 3,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30,
}  # fmt: skip
DECADES = {"forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
DAYS = {"day": 1.0, "week": 7.0, "wk": 7.0, "month": 30.0, "mth": 30.0, "year": 365.0, "yr": 365.0}

COUNT_WORDS = (
    "an?|one|two|(?:a )?couple(?: of)?|three|(?:a )?few|several|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
_COUNT = rf"(\d+(?:\.\d+)?|{COUNT_WORDS})"
_UNIT = r"(day|week|wk|month|mth|year|yr)s?\b"
_MEASURES = (
    r"weeks?|wks?|months?|min|hours?|hrs?|days?|miles?|km|cm|m\b|feet|foot|ft|steps"
    r"|stone|st|kg|lbs?|pounds?|%|percent|out of|/"
)
_NOT_AN_AGE = rf"(?!\s*(?:{_MEASURES})|['’′]\s*\d|[\"″])"
"""Nor what is no age: a measure, or a height ("I'm 6'4")."""
_RELATIVES = (
    "dad|da|mum|mom|ma|mother|father|husband|hubby|wife|partner|gran|granny|grandma|grandmother|grandad|grandpa|"
    "grandfather|nan|nana|uncle|auntie|aunt|son|daughter|brother|sister|neighbour|neighbor|friend"
)
_AGE = [
    re.compile(
        r"\b(?:i\s*a?m|i['’]m|im|aged|age|she['’]s|he['’]s|she is|he is|turned|turning|"
        rf"(?:{_RELATIVES})(?: is|,)?)\s+"
        r"(?:now |only |nearly |almost |about |around |just |a )?(\d{1,3})\b" + _NOT_AN_AGE,
        re.I,
    ),
    re.compile(r"\b(?:age|aged)\s*(?:is|:|of)?\s*(?:about |around )?(\d{2})\b", re.I),
    re.compile(r"\b(?:be|turn|hit) (\d{2}) (?:in|next|this|on|soon)\b", re.I),
    re.compile(r"\b(?:f|m|male|female|woman|man|lady|bloke|guy|gent)[ ,]+(?:of |aged )?(\d{2})\b" + _NOT_AN_AGE, re.I),
    re.compile(r"\b(\d{2})(?:f\b|\s*(?:yrs?|years?)?\s*(?:male|female|woman|man|lady|bloke|guy|gent)\b)", re.I),
    # A number that begins a sentence and stands alone: "72, slow stream for years", "77 here love". Adults only.
    re.compile(r"(?:^|[.!?;\n]\s+)(1[89]|[2-9]\d)(?:\s*,(?!\s*\d)|\.(?!\d)|\s+(?:here|and|with)\b|\s*$)", re.I),
    re.compile(r"\b(\d{1,3})(?:\s*[-.]?\s*5)?\s*-?\s*(?:years?|yrs?|yr)\s*-?\s*old\b|\b(\d{2})\s*y/?o\b", re.I),
    re.compile(r"^\W*(\d{2})\s*(?:,|/|\s)\s*(?:m|f|male|female|man|woman|smoker|year)\b", re.I),
    re.compile(r",\s*(\d{2})\s*(?:,|$|\.)"),
    re.compile(r"\bat (?:my age,?|the age of)\s*(\d{2})\b", re.I),
]
_OF_A_THING = re.compile(
    r"\b(?:mattress|bed|pillow|sofa|chair|shoes?|trainers?|boots?|insoles?|orthotics|rucksack|car|treadmill|scan|x-?ray|mri)\b"
    r"(?:(?!\b(?:i|my|our|he|she|son|daughter|lad|girl|boy)\b).)*$",
    re.I | re.S,
)
"""Before a number of years: a thing that is so old, and nobody named since."""
_SHORT = 40
"""Characters before an age in which such a thing is looked for."""
_DECADE = re.compile(
    r"\bin (?:my|her|his) (?:early |mid |late )?(forties|fifties|sixties|seventies|eighties|nineties|[4-9]0s)\b", re.I
)
_LASTING = re.compile(
    r"(?<!plan )(?<!programme )(?<!program )(?<!every day )(?<!each day )(?<!a day )"
    r"\b(?:for|since|past|last|been|over|about|almost|nearly|going on|these)\s+(?:the\s+)?"
    r"(?:(?:about|over|almost|nearly|past|last|more than|at least)\s+)*"
    + _COUNT
    + r"\s+"
    + _UNIT
    + r"(?!\s+(?:old|ago|pregnant))",
    re.I,
)
_BARE = re.compile(
    r"(?<!\bin )(?<!\bin a )(?<!plan for )(?<!every )(?<!next )(?<!within )(?<!after )(?<!only )(?<!first )(?<!couch to )\b"
    + _COUNT
    + r"\s+"
    + _UNIT
    + r"(?!\s*(?:old|ago|pregnant|plan|programme|program|challenge|course|gone|post|postpartum|time|from now|away|preg|bump))",
    re.I,
)
_SORE = re.compile(
    r"\b(?:pains?|painful|aches?|aching|achy|sore|hurt\w*|numb\w*|sciatica|stiff\w*|throb\w*|no better|not shifting"
    r"|improvement)\b",
    re.I,
)
_ASKS = re.compile(
    r"^\W*(?:how|what|when|should|can|could|is|are|do|does|which|why|will|would)\b|\bhow (?:long|many)\b", re.I
)
_AGE_WORDS = re.compile(
    r"(?:\b(?:i\s*a?m|i['’]m|im|aged|at|is|turned|turning)\s+|^\W*|[.!?]\s+)"
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](one|two|three|four|five|six|seven|eight|nine))?"
    r"(?=\s*(?:,|\.|$)|\s+(?:and|here|with|years?|yrs?)\b)",
    re.I,
)
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_AGO = re.compile(
    r"\b(?:started|began|begun|since|came on|first)\b[^.!?]{0,40}?\b" + _COUNT + r"\s+" + _UNIT + r"\s+ago\b", re.I
)
_PENSIONER = re.compile(r"\b(?:pensioner|oap|old age pension(?:er)?)\b", re.I)
OLDEST = 110
PENSION_AGE = 66
"""Years from which a state pension is paid in Britain: what "pensioner" tells of an age."""
_MINUTES = re.compile(
    r"\b(?:takes?|took|lasts?|lasted|lasting|goes on for|went on for|stays for)\s+(?:about |over |nearly |around |at least )?"
    + _COUNT
    + r"\s*min(?:ute)?s?\b|\b"
    + _COUNT
    + r"\s*min(?:ute)?s?\s+(?:of rest|(?:for it )?to (?:go|ease|settle|pass|stop)|after i (?:stop|rest|sit))",
    re.I,
)
_TEMPERATURE = re.compile(
    r"\b(3[89]|4[0-2])(?:[.,](\d))?\s*(?:°|degrees?|deg\b|celsius|c\b)"
    r"|\b(?:temp|temperature|fever|thermometer)\b[^\d.!?]{0,20}\b(3[89]|4[0-2])(?:[.,](\d))?\b"
    r"|\b(3[89])[.,](\d)\b(?!\s*(?:km|miles?|%|kg|m\b))"
    r"|\b(10[0-6])(?:[.,]\d)?\s*(?:°|f\b|degrees?|fahrenheit|fever|temp)",
    re.I,
)
_WEATHER = re.compile(r"\b(?:sun|heat|heatwave|weather|outside|shade|day|desert|summer|hot out|forecast)\b", re.I)
NEAR_CHARACTERS = 25
"""Characters round a temperature in which words of the weather make it the air's."""


@dataclass(frozen=True)
class Value:
    """A number said at characters start to end: `age` in years, `days`, `minutes` that a discomfort lasts, a `fever` (degrees
    of the body, Celsius or Fahrenheit as said), `heat` (of the air), or `tablets` and `grams` of paracetamol taken."""

    name: str
    number: float
    start: int
    end: int


def find_values(text: str) -> Iterator[Value]:
    """The ages, durations, minutes and temperatures said in a message, in no set order."""
    yield from _ages(text)
    yield from _durations(text)
    for match in _TEMPERATURE.finditer(text):
        beside = text[max(0, match.start() - NEAR_CHARACTERS) : match.end() + NEAR_CHARACTERS]
        body = re.search(r"temp|fever|thermometer", match.group(), re.I) or not _WEATHER.search(beside)
        degrees = float(next(group for group in match.groups() if group))
        yield Value("fever" if body else "heat", degrees, *match.span())


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
        yield Value("age", float(DECADES.get(word) or word[:2]), *match.span())
    for match in _AGE_WORDS.finditer(text):
        ones = WORDS[match.group(2).lower()] if match.group(2) else 0
        yield Value("age", float(TENS[match.group(1).lower()] + ones), *match.span())
    for match in _PENSIONER.finditer(text):
        yield Value("age", float(PENSION_AGE), *match.span())


def _durations(text: str) -> Iterator[Value]:
    """Days that something has lasted ("for six weeks"; "7 weeks of back ache" where no question is asked), and minutes."""
    told = _SORE.search(text) and not _ASKS.search(text)
    for pattern in (_LASTING, _AGO, *((_BARE,) if told else ())):
        for match in pattern.finditer(text):
            yield Value("days", count(match.group(1)) * DAYS[match.group(2).lower()], *match.span())
    for match in _MINUTES.finditer(text):
        yield Value("minutes", count(match.group(1) or match.group(2)), *match.span())


def count(word: str) -> float:
    """A count in digits or in words."""
    word = word.lower().strip()
    return float(WORDS[word]) if word in WORDS else float(word)
