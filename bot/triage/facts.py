"""What the findings of a conversation say about one person, as sets that rules can ask."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import Assertion, Finding, Subject

SITUATION = frozenset({"heat", "on_exertion", "after_hard_exercise"})
"""Concepts that say where and when: "after the walk in the sun he is confused" holds for whoever is spoken of."""


@dataclass(frozen=True)
class Facts:
    """One person's findings.

    `now` holds the concepts that are affirmed and not over, `ever` also those that are over (risk factors), `maybe` those
    told as unsure,
    `values` the greatest number said for each name (`age` in years, `days`, `minutes`).
    """

    subject: Subject = Subject.SELF
    relation: str | None = None
    now: frozenset[str] = frozenset()
    ever: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    values: dict[str, float] = field(default_factory=dict)

    def any(self, *concepts: str) -> tuple[str, ...]:
        """Those of the concepts that are true now, sorted."""
        return tuple(sorted(self.now.intersection(concepts)))

    def had(self, *concepts: str) -> tuple[str, ...]:
        """Those of the concepts that are true now or ever were, sorted."""
        return tuple(sorted(self.ever.intersection(concepts)))

    def suspected(self, *concepts: str) -> tuple[str, ...]:
        """Those of the concepts that are true now or told as a maybe, sorted: for signs where a maybe is enough."""
        return tuple(sorted((self.now | self.maybe).intersection(concepts)))

    def age(self) -> float | None:
        """Age in years, where it was said."""
        return self.values.get("age")

    def older_than(self, years: float) -> bool:
        """Said to be older than so many years; False when no age was said."""
        age = self.age()
        return age is not None and age > years

    def at_least(self, years: float) -> bool:
        """Said to be so many years old or more; False when no age was said."""
        age = self.age()
        return age is not None and age >= years


def by_person(findings: Iterable[Finding]) -> list[Facts]:
    """One Facts for each person that the findings speak of, whatever the order of the findings.

    Other people are told apart by relation ("mother"); one without a relation ("she") counts as the only other person
    named, or as a person apart when several were named.
    """
    found = list(findings)
    relations = {finding.relation for finding in found if finding.subject is Subject.OTHER and finding.relation}
    only = next(iter(relations)) if len(relations) == 1 else None
    shared = [finding for finding in found if finding.concept in SITUATION]
    groups: dict[tuple[Subject, str | None], list[Finding]] = defaultdict(list)
    for finding in found:
        relation = None if finding.subject is Subject.SELF else finding.relation or only
        groups[(finding.subject, relation)].append(finding)
    for (subject, relation), group in list(groups.items()):
        group += [dataclasses.replace(finding, subject=subject, relation=relation) for finding in shared]
    ordered = sorted(groups.items(), key=lambda item: (item[0][0].value, item[0][1] or ""))
    return [_facts(subject, relation, group) for (subject, relation), group in ordered]


def _facts(subject: Subject, relation: str | None, findings: list[Finding]) -> Facts:
    """The findings of one person as sets."""
    values: dict[str, float] = {}
    for finding in findings:
        if finding.ever:
            for name, number in finding.values:
                values[name] = max(number, values.get(name, number))
    return Facts(
        subject=subject,
        relation=relation,
        now=frozenset(finding.concept for finding in findings if finding.present),
        ever=frozenset(finding.concept for finding in findings if finding.ever),
        maybe=frozenset(finding.concept for finding in findings if finding.assertion is Assertion.UNSURE),
        denied=frozenset(finding.concept for finding in findings if finding.assertion is Assertion.NEGATED),
        values=values,
    )
