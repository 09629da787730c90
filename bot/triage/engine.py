"""The assessment of a conversation: a pure function of the set of findings, whatever their order."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.model import Assessment, Finding, FlagMatch, RedFlag, Subject, Urgency
from bot.triage import heard
from bot.triage.concepts import KNOWN
from bot.triage.facts import Facts, by_person
from bot.triage.rules import RULES
from bot.triage.rules.pregnancy import fitting
from bot.triage.rules.together import two_and_worse


def asked(flag: str) -> str:
    """The concept that a "yes" or "no" to a flag's own question stands for."""
    return f"flag:{flag}"


class Triage:
    """Assesses findings against the red flags of the content and the combination rules of this package."""

    def __init__(self, flags: Mapping[str, RedFlag]) -> None:
        """`flags` by id; their `direct` concepts raise them without any rule."""
        self._flags = flags
        self._direct: dict[str, list[RedFlag]] = defaultdict(list)
        for flag in flags.values():
            for concept in flag.direct:
                self._direct[concept].append(flag)

    def assess(self, findings: Iterable[Finding]) -> Assessment:
        """The level that the findings advise, the flags behind it (most urgent first) and those to ask about first."""
        found = list(findings)
        people = by_person(found)
        matches = [match for facts in people for match in self._matches(facts)]
        certain = [match for match in matches if not self._ask_first(match)]
        certain.sort(key=lambda match: (-match.urgency.rank, match.subject is not Subject.SELF, match.flag, match.rule))
        urgency = max((match.urgency for match in certain), key=lambda level: level.rank, default=Urgency.SELF_CARE)
        doubtful = [match.flag for match in matches if self._ask_first(match)]
        doubtful += [flag for facts in people for flag in self._doubtful(facts)]
        wanted = set(doubtful) - {match.flag for match in certain}
        ask = tuple(sorted(wanted, key=lambda flag: (-self._flags[flag].urgency.rank, flag)))
        return Assessment(urgency=urgency, matches=tuple(certain), ask=ask)

    def _matches(self, facts: Facts) -> list[FlagMatch]:
        """What one person's facts raise: by the flags' own concepts, then by the rules."""
        found = [
            FlagMatch(flag.id, flag.urgency, "direct", facts.subject, facts.relation, (concept,))
            for concept, flags in self._direct.items()
            for flag in flags
            if concept in facts.now
        ]
        found += [
            FlagMatch(flag.id, flag.urgency, "screen", facts.subject, facts.relation, (asked(flag.id),))
            for flag in self._flags.values()
            if asked(flag.id) in facts.now
        ]
        ruled = [match for rule in RULES if not rule.asks and (match := rule.decide(facts)) is not None]
        # What a rule wants asked about ("I fell on the floor and my back is sore") is not alarmed by a net all the same.
        only_asked = set(self._asked_by_rules(facts))
        found += [
            FlagMatch(flag.id, flag.urgency, "net", facts.subject, facts.relation, (heard.sounds(flag.id),))
            for flag in self._flags.values()
            if heard.sounds(flag.id) in facts.now
            and asked(flag.id) not in facts.denied
            and flag.id not in only_asked
            and not _only_denied(flag, facts)
        ]
        found += [match for match in ruled if match.flag in self._flags]
        found = [match for match in found if not _known(match.flag, facts)]
        together = two_and_worse(facts, found)
        return [*found, together] if together else found

    def _doubtful(self, facts: Facts) -> list[str]:
        """The flags to ask about for one person: heard by the net, wanted by a rule, or raised if a maybe were so."""
        maybe = dataclasses.replace(facts, now=facts.now | facts.maybe)
        unsure = self._matches(maybe) if facts.maybe else []
        return [
            *self._heard(facts),
            *self._asked_by_rules(facts),
            *(fitting(match.flag, facts) for match in unsure if facts.maybe.intersection(match.because)),
        ]

    def _asked_by_rules(self, facts: Facts) -> list[str]:
        """The flags that a rule wants asked about, and whose question was not answered with "no"."""
        wanted = [match.flag for rule in RULES if rule.asks and (match := rule.decide(facts)) is not None]
        return [flag for flag in wanted if flag in self._flags and asked(flag) not in facts.denied]

    def _heard(self, facts: Facts) -> list[str]:
        """The flags that the nets are not sure of, and whose question was not answered with "no"."""
        unsure = [
            fitting(name, facts)
            for name, flag in self._flags.items()
            if not _known(name, facts)
            and (heard.sounds(name) in facts.maybe or (heard.sounds(name) in facts.now and _only_denied(flag, facts)))
        ]
        return [flag for flag in dict.fromkeys(unsure) if asked(flag) not in facts.denied]

    def _ask_first(self, match: FlagMatch) -> bool:
        """Flags of low specificity are asked about before they alarm (decision 2), unless a rule raised them."""
        return match.rule == "direct" and self._flags[match.flag].ask_first


def _only_denied(flag: RedFlag, facts: Facts) -> bool:
    """Whether the flag's own signs are denied and none is told: a net that hears it all the same has it asked about."""
    own = set(flag.concepts)
    return bool(own & facts.denied) and not own & (facts.now | facts.maybe)


def _known(flag: str, facts: Facts) -> bool:
    """Whether somebody has told that they have what the flag asks about."""
    return KNOWN.get(flag) in facts.ever
