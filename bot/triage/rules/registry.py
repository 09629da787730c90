"""The register of combination rules: each says its number, its levels, and in its docstring what it takes.

Each rule takes one person's facts and returns what it raised, or None. Back pain is presumed: people come here with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts

Decide = Callable[[Facts], FlagMatch | None]


@dataclass(frozen=True)
class Rule:
    """A registered rule. With `asks` it alarms nobody: the question of the flag that it names is asked."""

    id: str
    levels: tuple[Urgency, ...]
    decide: Decide
    asks: bool = False

    @property
    def when(self) -> str:
        """What the rule takes, in words: its docstring."""
        return " ".join((self.decide.__doc__ or "").split())

    @property
    def condition(self) -> str:
        """The group that the rule belongs to: its module's name."""
        return self.decide.__module__.rsplit(".", 1)[-1]


_registered: list[Rule] = []


def rule(rule_id: str, *levels: Urgency, asks: bool = False) -> Callable[[Decide], Decide]:
    """Registers a function as a rule that may raise a flag at one of `levels`."""

    def register(decide: Decide) -> Decide:
        _registered.append(Rule(rule_id, levels, decide, asks))
        return decide

    return register


def registered() -> tuple[Rule, ...]:
    """Every rule registered so far, in the order of modules and lines."""
    return tuple(_registered)


def raised(
    facts: Facts, flag: str, rule_id: str, because: tuple[str, ...], *, at: Urgency = Urgency.EMERGENCY
) -> FlagMatch:
    """A match of `flag` about the person of `facts`."""
    return FlagMatch(flag, at, rule_id, facts.subject, facts.relation, tuple(sorted(set(because))))
