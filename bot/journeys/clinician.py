"""What a clinician wants to see of one person, gathered from everything told and asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.conversation.state import SELF, Fact, Person, State
from bot.journeys.check import ANSWERS, SCREEN
from bot.journeys.told import DENIED, OWN

ALERT, FOR = "alert:", "for:"
"""Beginnings of the entries of State.said that keep which alerts were given, and for whom something was said."""
FLAG = "flag:"
OPEN, STANDS = "open", "stands"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "person": ("age", "sex", "pregnant_weeks", "pregnant", "birth_weeks"),
    "complaint": ("site", "side", "spread", "since_days", "trend", "severity", "pain"),
    "ease": ("worse_with", "better_with"),
    "function": ("walk_minutes", "minutes", "stops", "function", "no_floor", "balance", "poor_balance"),
    "conditions": ("condition", "past", "numb_feet", "diabetes", "cancer", "osteoporosis"),
    "medicines": ("medicine",),
    "operations": ("operation", "operation_weeks", "operated_days"),
}
"""The parts of a summary in order, and the names of the facts in each (before a colon)."""
FUNCTION = ("condition:no_floor", "condition:poor_balance")
OPERATIONS = ("condition:recent_operation", "condition:joint_replacement")
COVERED = {"pregnant": "pregnant_weeks", "minutes": "walk_minutes"}
"""Facts that say nothing where a more exact one is there."""


@dataclass(frozen=True)
class Given:
    """An alert that was given: its flag and level, and what came of it ("stands", or how it ended)."""

    flag: str
    level: str
    outcome: str


@dataclass(frozen=True)
class Account:
    """Everything about one person: facts by part of the summary, in the order of GROUPS, each part without those that were
    taken back; signs asked about with their answers; signs denied in words; alerts; notes in the person's own words."""

    who: str
    groups: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    denied: tuple[str, ...] = ()
    alerts: tuple[Given, ...] = ()
    own: tuple[str, ...] = ()


def account(state: State, who: str, concepts: Mapping[str, str]) -> Account:
    """The account of one person. `concepts` are facts by concept ("worse_standing" -> "worse_with=standing"): a fact holds one
    value, the findings hold them all."""
    person = state.person(who)
    facts = [fact for fact in person.facts if fact.value is not False]
    names = {fact.name for fact in facts}
    facts = [fact for fact in facts if COVERED.get(fact.name) not in names]
    facts = [*_all_values(person, facts, concepts), *_sides(person, names)]
    groups = tuple((name, found) for name in GROUPS if (found := tuple(_of_group(name, facts))))
    return Account(
        who=who,
        groups=groups,
        asked=tuple(_asked(state, person)),
        denied=tuple(fact.name.removeprefix(DENIED) for fact in facts if fact.name.startswith(DENIED)),
        alerts=tuple(_alerts(state.said, who)),
        own=tuple(str(fact.value) for fact in facts if fact.name.startswith(OWN)),
    )


def tells(person: Person) -> bool:
    """Whether anything is known of a person."""
    return any(fact.value is not False for fact in person.facts) or bool(person.findings)


def said_for(state: State, who: str) -> tuple[str, ...]:
    """What was said to or for one person: entries marked for another are theirs."""
    marks: dict[str, str] = {}
    for entry in state.said:
        if entry.startswith(FOR):
            whose, name = entry.removeprefix(FOR).split("/", 1)
            marks[name] = whose
    return tuple(entry for entry in state.said if not entry.startswith(FOR) and marks.get(entry, SELF) == who)


def alerted(state: State, given: Iterable[tuple[str, str, str]]) -> State:
    """The state that remembers alerts: whom, which flag, at which level. Given again, one stands again."""
    new = [f"{ALERT}{who}/{flag}={level}" for who, flag, level in given]
    keys = tuple(entry.split("=", 1)[0] + "=" for entry in new)
    kept = tuple(entry for entry in state.said if not entry.startswith(keys)) if keys else state.said
    return replace(state, said=(*kept, *dict.fromkeys(new)))


def ended(state: State, how: str) -> State:
    """The state in which the alerts that stood are over, and how they ended ("joke", "checked" ...)."""
    said = tuple(f"{one}={how}" if one.startswith(ALERT) and one.count("=") == 1 else one for one in state.said)
    return replace(state, said=said)


def _alerts(said: Iterable[str], who: str) -> Iterator[Given]:
    """The alerts about a person, as they were kept."""
    for entry in said:
        if entry.startswith(f"{ALERT}{who}/"):
            flag, level, *outcome = entry.removeprefix(f"{ALERT}{who}/").split("=")
            yield Given(flag, level, outcome[0] if outcome else STANDS)


def _of_group(name: str, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of one part, in its order."""
    found = list(facts)
    for start in GROUPS[name]:
        for fact in found:
            if fact.name.split(":")[0] == start and _part(fact.name, name) == name:
                yield fact
    for fact in found:
        if fact.name.startswith("condition") and _part(fact.name, "conditions") == name != "conditions":
            yield fact


def _part(name: str, usual: str) -> str:
    """The part that a fact belongs to: some conditions say what somebody can do, or what was operated."""
    return "function" if name in FUNCTION else "operations" if name in OPERATIONS else usual


def _all_values(person: Person, facts: Iterable[Fact], concepts: Mapping[str, str]) -> Iterator[Fact]:
    """The facts, with every value of what makes it worse and better, of which a fact keeps only the last."""
    for fact in facts:
        if fact.name not in GROUPS["ease"]:
            yield fact
            continue
        told = [concepts.get(one.concept, "") for one in person.findings if one.present]
        values = [one.split("=", 1)[1] for one in told if one.startswith(f"{fact.name}=")]
        for value in dict.fromkeys((*values, fact.value)):
            yield replace(fact, value=value)


def _sides(person: Person, names: set[str]) -> Iterator[Fact]:
    """The side, where a finding has one and no fact does."""
    sides = {one.side for one in person.findings if one.present and one.side}
    if "side" not in names and sides:
        yield Fact("side", "both" if len(sides) > 1 else next(iter(sides)), 0)


def _asked(state: State, person: Person) -> Iterator[tuple[str, str]]:
    """The signs asked about this person, each with its answer; one that has none was left open."""
    done = {}
    for one in person.findings:
        if one.source == SCREEN and one.concept.startswith(FLAG) and one.assertion in ANSWERS:
            done[one.concept.removeprefix(FLAG)] = ANSWERS[one.assertion]
    slots = [one.slot for one in state.questions if one.about == person.who]
    slots += state.unanswered if person.who == state.current or person.who == SELF else ()
    for slot in slots:
        if slot.startswith(FLAG):
            done.setdefault(slot.removeprefix(FLAG), OPEN)
    yield from done.items()
