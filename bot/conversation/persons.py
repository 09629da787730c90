"""Who is spoken of, and what stands for each person: the last word about a fact wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation.state import SELF, Fact, Person, State
from bot.model import Assertion, Finding, Subject, Time
from bot.triage.heard import possible

_NUMBER = re.compile(r"\b\d{1,3}\b")
LONGEST = frozenset({"days"})
"""Numbers of which triage counts the greatest: numb feet known for years stay known, whatever else began last week."""
OTHER = "other"
"""The key of another person whose relation was not said."""


@dataclass(frozen=True)
class FactRules:
    """How findings become facts: `names` by concept ("stenosis" -> "condition:stenosis"), `values` by the name of a number
    ("age" -> "age"), `lasting` concepts that are never over once they were there ("told last year that I have thin bones")."""

    names: Mapping[str, str]
    values: Mapping[str, str]
    lasting: frozenset[str] = frozenset()


def key_of(subject: Subject, relation: str | None) -> str:
    """The key of a person in the state."""
    return SELF if subject is Subject.SELF else relation or OTHER


def last_named(state: State) -> str:
    """Whom "he" or "she" means: the person spoken of now, else the one of the others who was named last."""
    if state.current != SELF:
        return state.current
    return next((person.who for person in reversed(state.persons) if person.who != SELF), OTHER)


def facts_of(findings: Iterable[Finding], rules: FactRules, turn: int) -> dict[str, tuple[Fact, ...]]:
    """What the findings tell of each person, by key. A denied fact has the value False, so that it takes one back."""
    told: dict[str, list[Fact]] = {}
    for finding in findings:
        if finding.assertion in (Assertion.HYPOTHETICAL, Assertion.UNSURE):
            continue
        here = told.setdefault(key_of(finding.subject, finding.relation), [])
        name = rules.names.get(finding.concept)
        if name:
            here.append(_fact(name, finding, turn, lasting=finding.concept in rules.lasting))
        here += [Fact(rules.values[value], number, turn) for value, number in finding.values if value in rules.values]
    return {who: tuple(dict.fromkeys(facts)) for who, facts in told.items() if facts}


def _fact(name: str, finding: Finding, turn: int, *, lasting: bool) -> Fact:
    """One fact. "trend=worse" holds its value behind the sign; any other is there or not."""
    name, _, value = name.partition("=")
    there = finding.assertion is Assertion.AFFIRMED and (
        lasting or finding.time is not Time.PAST_OVER or name.startswith("past:")
    )
    return Fact(name, (value or True) if there else False, turn)


def told(state: State, who: str, facts: Sequence[Fact]) -> State:
    """The state with facts of a person; each takes the place of an earlier one of its name."""
    person = state.person(who)
    new = {fact.name: fact for fact in facts}
    kept = [fact for fact in person.facts if fact.name not in new]
    return with_person(state, replace(person, facts=(*kept, *new.values())))


def with_person(state: State, person: Person) -> State:
    """The state with this person in the place of the one of the same key."""
    others = [one for one in state.persons if one.who != person.who]
    mine = [person] if person.who != SELF else []
    self_person = [person] if person.who == SELF else [one for one in others if one.who == SELF]
    rest = [one for one in others if one.who != SELF]
    return replace(state, persons=(*self_person, *rest, *mine))


NUMBERS = ("pregnant_weeks", "age", "since_days", "minutes", "severity")
"""Facts that are numbers, and that a bare number may put right."""


def corrected(state: State, who: str, text: str, turn: int) -> tuple[Fact, ...]:
    """The fact that a bare number puts right ("sorry, 27"): of weeks the weeks of pregnancy, else the number told last. ()
    where the text holds no single number, or nothing was told that it could be."""
    found = _NUMBER.findall(text)
    told = [fact for fact in state.person(who).facts if fact.name in NUMBERS]
    if len(found) != 1 or not told:
        return ()
    weeks = [fact for fact in told if fact.name == "pregnant_weeks"] if "week" in text.lower() else []
    last = max(weeks or told, key=lambda fact: (fact.turn, -NUMBERS.index(fact.name)))
    return (replace(last, value=float(found[0]), turn=turn),)


def may_have(finding: Finding, state: State) -> bool:
    """Whether what was heard can be true of its person, by the age and sex that were told."""
    facts = {fact.name: fact.value for fact in state.person(key_of(finding.subject, finding.relation)).facts}
    age = facts.get("age")
    years = float(age) if isinstance(age, int | float) and not isinstance(age, bool) else None
    return possible(finding.concept, age=years, male=facts.get("sex") == "male")


def heard(state: State, findings: Iterable[Finding]) -> State:
    """The state with findings kept for their persons: of a concept the last word stands, but an affirmed sign is not
    dropped by a later denial: that takes the question of the alert's episode (decision 4 of the triage specification)."""
    by_person: dict[str, list[Finding]] = {}
    for finding in findings:
        by_person.setdefault(key_of(finding.subject, finding.relation), []).append(finding)
    for who, new in by_person.items():
        person = state.person(who)
        state = with_person(state, replace(person, findings=_merged(person.findings, new)))
    return state


def _merged(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[Finding, ...]:
    """Old findings and new ones, one a concept and source: a value said later replaces one said before."""
    kept = {(finding.concept, finding.source): finding for finding in old}
    for finding in new:
        key = (finding.concept, finding.source)
        before = kept.get(key)
        if before is not None and not _replaces(finding, before):
            continue
        kept[key] = replace(finding, start=0, end=0)
    return tuple(kept.values())


def _replaces(new: Finding, old: Finding) -> bool:
    """Whether a finding takes the place of an earlier one: a number does, but for how long something has lasted, where the
    longest counts; a sign that is there gives way to nothing but itself."""
    number = new.value(new.concept)
    if number is not None:
        return new.concept not in LONGEST or number >= (old.value(new.concept) or 0.0)
    return new.present or not old.present


def findings(state: State) -> tuple[Finding, ...]:
    """All findings that stand, of every person."""
    return tuple(finding for person in state.persons for finding in person.findings)


def forget(state: State, who: str, names: Iterable[str]) -> State:
    """The state without these facts of a person."""
    person, gone = state.person(who), set(names)
    return with_person(state, replace(person, facts=tuple(fact for fact in person.facts if fact.name not in gone)))


def replaced(state: State, found: Iterable[Finding]) -> State:
    """The state in which exactly these findings stand, each for its person."""
    by_person: dict[str, list[Finding]] = {person.who: [] for person in state.persons}
    for finding in found:
        by_person.setdefault(key_of(finding.subject, finding.relation), []).append(finding)
    for who, theirs in by_person.items():
        state = with_person(state, replace(state.person(who), findings=tuple(theirs)))
    return state
