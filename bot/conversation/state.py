"""What is remembered of a conversation. Ids and numbers, not texts; frozen, so that a turn that fails changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model import Finding, Urgency
from bot.reading import Scored

VERSION = 1
"""Version of the stored form; an older one is read and brought up to date."""
MOST_SHOWN = 12
"""Things shown that can still be referred to."""

SELF = "self"
"""The writer, as the key of a person; others are called by their relation ("mother")."""


@dataclass(frozen=True)
class Fact:
    """Something told of a person. `value` is a number (years, weeks, days, minutes; 0 to 10), a word from the lexicon, or
    True; `turn` is the number of the turn in which it was told. The last word wins."""

    name: str
    value: float | str | bool
    turn: int


@dataclass(frozen=True)
class Person:
    """One person spoken of: facts by name ("age", "condition:osteoporosis", "medicine:warfarin", "since_days", "trend",
    "no_floor" ...) and the findings that stand for them."""

    who: str = SELF
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for an answer. `slot` is what it fills ("flag:cauda_equina", "region", "plan.days", "offer");
    `asked` how often it was asked, `turn` when it stood before the person last (0 where that is not known); `options` the
    payloads of its buttons, the one that "yes" takes first."""

    slot: str
    about: str = SELF
    asked: int = 1
    part: int = 0
    options: tuple[str, ...] = ()
    suspended_by: str | None = None
    turn: int = 0


@dataclass(frozen=True)
class Shown:
    """Something shown that people refer to. `kind` is article, unit, exercise, list, table, choices, plan or question; `id`
    its id; `entries` the ids of its list entries, rows, options or steps, in the order shown; `cursor` the entry spoken of."""

    kind: str
    id: str
    entries: tuple[str, ...] = ()
    cursor: int | None = None
    turn: int = 0


@dataclass(frozen=True)
class Episode:
    """The alert that stands: see bot.triage.episode. `stage` is none while there is none."""

    stage: str = "none"
    level: Urgency = Urgency.SELF_CARE
    flags: tuple[str, ...] = ()
    who: str = SELF
    repeated: bool = False
    arranged: bool = False
    checking: str | None = None
    crisis: bool = False


@dataclass(frozen=True)
class Goal:
    """Something to be done together ("check", "plan" ...): how far it is, and what was put in for it."""

    kind: str
    step: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    waiting: bool = False


@dataclass(frozen=True)
class State:
    """A conversation up to and including the message `message_id`; `turn` counts the messages. `topics` and `units` are how
    the last question was read, best first: where the answer missed, the next one comes."""

    message_id: str | None = None
    turn: int = 0
    persons: tuple[Person, ...] = field(default_factory=lambda: (Person(),))
    current: str = SELF
    questions: tuple[OpenQuestion, ...] = ()
    episode: Episode = Episode()
    shown: tuple[Shown, ...] = ()
    goals: tuple[Goal, ...] = ()
    said: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    alerted: tuple[str, ...] = ()
    topics: tuple[Scored, ...] = ()
    units: tuple[Scored, ...] = ()
    misses: int = 0
    region: str | None = None

    def person(self, who: str | None = None) -> Person:
        """A person by key (default: the one spoken of now); one who was not spoken of yet has no facts."""
        key = who or self.current
        return next((person for person in self.persons if person.who == key), Person(key))
