"""The words of the field as frozen dataclasses; imported by every other package, importing none of them."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Urgency(str, enum.Enum):
    """How soon the person should be seen, least to most urgent (the tiers of the triage specification)."""

    SELF_CARE = "self_care"
    SEE_DOCTOR = "see_doctor"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for self_care up to 3 for emergency."""
        return list(Urgency).index(self)


class Evidence(str, enum.Enum):
    """How sure the sources behind an answer are."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    GUIDES_DISAGREE = "guides_disagree"
    GENERAL_ADVICE = "general_advice"


class Checked(str, enum.Enum):
    """How the text of a source was checked."""

    PAGE = "page"
    COPY = "copy"
    BACKGROUND = "background"


@dataclass(frozen=True)
class Source:
    """Where a fact comes from. `year` and `url` may be unknown."""

    id: str
    title: str
    publisher: str | None = None
    year: int | None = None
    url: str | None = None
    checked: Checked = Checked.PAGE


SECTION_KEYS = ("why", "how", "how_often", "how_long", "cautions", "evidence")
"""The follow-up questions that an article can answer, in the order in which they are shown."""


@dataclass(frozen=True)
class Section:
    """One follow-up answer of an article. With `general_advice` no source was checked, and the person is told so."""

    key: str
    text: str
    sources: tuple[str, ...] = ()
    general_advice: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a table: the key that its rows use and the heading that people read."""

    key: str
    label: str


@dataclass(frozen=True)
class Table:
    """A table of up to 6 columns and 30 rows; the first column heads the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str], ...]
    sources: tuple[str, ...] = ()
    general_advice: bool = False


class Polarity(str, enum.Enum):
    """How a unit's answer opens, where its question wants a yes or a no."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Unit:
    """The answer to one narrow question, in parts that are put together for the person who asks.

    `answer` is one to three sentences and its first is the answer itself; `because` says why, `do` what to do, `net` what
    would change it. `unless` holds, by condition, what is said to a person who has it: it takes the place of `do`.
    """

    id: str
    asks: str
    answer: str
    polarity: Polarity | None = None
    because: str = ""
    do: str = ""
    net: str = ""
    unless: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    general_advice: bool = False

    @property
    def topic(self) -> str:
        """The topic that the unit belongs to: the part of the id before the dot."""
        return self.id.split(".", 1)[0]


@dataclass(frozen=True)
class Article:
    """The one curated answer to a topic. `short` is the message's body, up to 90 words."""

    id: str
    title: str
    short: str
    evidence: Evidence
    checked_on: dt.date
    sources: tuple[str, ...] = ()
    more: tuple[Section, ...] = ()
    table: Table | None = None
    see_also: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()

    @property
    def category(self) -> str:
        """The intent of the topic: the part of the id before the slash."""
        return self.id.split("/", 1)[0]

    def section(self, key: str) -> Section | None:
        """The section that answers one follow-up question, or None where the article has none."""
        return next((section for section in self.more if section.key == key), None)


@dataclass(frozen=True)
class Dose:
    """How much of an exercise, in words for people ("5 to 10, slowly")."""

    sets: str | None = None
    reps: str | None = None
    hold: str | None = None
    how_often: str | None = None
    note: str | None = None


class Fit(str, enum.Enum):
    """Whether an exercise suits a person with a condition, least to most careful."""

    FINE = "fine"
    ADAPT = "adapt"
    ASK_FIRST = "ask_first"
    AVOID = "avoid"

    @property
    def rank(self) -> int:
        """0 for fine up to 3 for avoid."""
        return list(Fit).index(self)


@dataclass(frozen=True)
class ConditionFit:
    """How an exercise suits one condition: `say` tells what to change or why not, `instead` names another exercise."""

    condition: str
    fit: Fit
    say: str = ""
    instead: str | None = None
    sources: tuple[str, ...] = ()
    general_advice: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise with its steps, dose and cautions. `image` names an SVG below the channel's static folder."""

    id: str
    name: str
    kind: str
    position: str
    targets: str
    steps: tuple[str, ...]
    dose: Dose
    cautions: tuple[str, ...]
    checked_on: dt.date
    aka: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None
    sources: tuple[str, ...] = ()
    general_advice: bool = False
    image: str | None = None
    image_alt: str | None = None
    needs: tuple[str, ...] = ()
    conditions: tuple[ConditionFit, ...] = ()


@dataclass(frozen=True)
class Condition:
    """Something about a person that answers and exercises must fit: how it is named to them, and whether it gates a plan."""

    id: str
    name: str
    told: str
    careful: bool = False


@dataclass(frozen=True)
class Entity:
    """A thing asked about by name (Crocs, a sling, Epsom salt): the sentence that says what is to be said of it."""

    id: str
    kind: str
    names: tuple[str, ...]
    sentence: str
    topics: tuple[str, ...] = ()
    unless: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    general_advice: bool = False


@dataclass(frozen=True)
class HelpLine:
    """A number to call. `url` is the tel: address; `source` says where the number was read."""

    label: str
    number: str
    url: str
    source: str


@dataclass(frozen=True)
class HelpLines:
    """The numbers of one region. None means explicitly: no such line is known to us there."""

    region: str
    name: str
    emergency: HelpLine
    same_day: HelpLine | None = None
    crisis: HelpLine | None = None
    poison: HelpLine | None = None


class Subject(str, enum.Enum):
    """Whose body a finding is about."""

    SELF = "self"
    OTHER = "other"


class Assertion(str, enum.Enum):
    """What the person says about a finding."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    UNSURE = "unsure"


class Time(str, enum.Enum):
    """When the finding holds."""

    NOW = "now"
    PAST_OVER = "past_over"
    PAST_PRESENT = "past_present"


@dataclass(frozen=True, order=True)
class Finding:
    """One clinical finding in a message (decision 3 of the triage specification).

    `concept` is a name from the red-flag content and carries the body site ("saddle_change"); `side` is "left", "right" or
    "both" and `onset` "sudden", where they were said; `relation` names the other person ("mother") when the subject is not
    the writer; `values` are numbers said with it (`age` in years, `days` since onset, `minutes`), `start` and `end` are
    character offsets in the message, `source` says what found it ("rule", a "weak" phrase, "net" or "screen").
    """

    concept: str
    subject: Subject = Subject.SELF
    relation: str | None = None
    assertion: Assertion = Assertion.AFFIRMED
    time: Time = Time.NOW
    side: str | None = None
    onset: str | None = None
    values: tuple[tuple[str, float], ...] = ()
    start: int = 0
    end: int = 0
    source: str = "rule"

    @property
    def present(self) -> bool:
        """Affirmed and still true: the finding counts as danger now."""
        return self.assertion is Assertion.AFFIRMED and self.time is not Time.PAST_OVER

    @property
    def ever(self) -> bool:
        """Affirmed now or in the past: the finding counts as a risk factor."""
        return self.assertion is Assertion.AFFIRMED

    def value(self, name: str) -> float | None:
        """The number said with the finding, or None."""
        return dict(self.values).get(name)


@dataclass(frozen=True)
class Tell:
    """What to tell the person, to them, about someone else, and where it has another answer to a child. {emergency} and the
    like are filled from help_lines."""

    you: str
    other: str
    child: str | None = None


@dataclass(frozen=True)
class RedFlag:
    """One warning sign: what it may mean, how urgent it is, how to ask about it and what to say.

    `ask` is the one question whose "yes" raises it; `raised_by` are flags of a higher level to ask about after its advice,
    at most two (decision 2). `direct` are the concepts that raise it on their own, `concepts` all that belong to it.
    `may_be_explained`: "I sat on it, and it is gone" may take it back (decision 4b).
    """

    id: str
    condition: str
    urgency: Urgency
    title: str
    tell: Tell
    ask: str
    questions: tuple[str, ...]
    verification: str
    sources: tuple[str, ...]
    screen_order: int
    ask_first: bool = False
    line: str = "emergency"
    raised_by: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    may_be_explained: bool = False


@dataclass(frozen=True)
class FlagMatch:
    """A red flag that the findings raise: by which rule ("C1", "direct"), at which level, about whom, on which findings."""

    flag: str
    urgency: Urgency
    rule: str
    subject: Subject = Subject.SELF
    relation: str | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """What the findings together advise. `ask` lists flags whose follow-up question should be asked before any alarm."""

    urgency: Urgency = Urgency.SELF_CARE
    matches: tuple[FlagMatch, ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """The ids of the flags raised, most urgent first, each once."""
        return tuple(dict.fromkeys(match.flag for match in self.matches))


@dataclass(frozen=True)
class RankedTopic:
    """A topic and the calibrated probability (0 to 1) that the message asks about it."""

    topic: str
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """What one message was understood to say: what the actions hand to the service.

    `english` is the share (0 to 1) of its words that are English; `asked` are the topics of its questions, where it asks
    several.

    `assessment` is of the whole conversation; `alert` is the level to alert now, `here` what this message newly raised,
    `repeat` an alert given once more because it was not acknowledged, `recheck` a flag to ask about again after a
    correction.
    """

    text: str
    ranking: tuple[RankedTopic, ...] = ()
    in_scope: bool = True
    asked: tuple[RankedTopic, ...] = ()
    english: float = 1.0
    findings: tuple[Finding, ...] = ()
    assessment: Assessment = field(default_factory=Assessment)
    alert: Urgency | None = None
    repeat: bool = False
    here: tuple[FlagMatch, ...] = ()
    recheck: FlagMatch | None = None
