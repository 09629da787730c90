"""What of the symptom check was told already, and what is still to be asked about the person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.state import Person
from bot.journeys.told import DENIED
from bot.model import Assertion

ABOUT = ("age", "sex", "pregnant")
"""What is asked about the person after the signs, where nobody told it."""
SCREEN = "screen"
FERTILE = (12, 56)
"""Ages, from and below, at which a pregnancy is asked about."""
ANSWERS = {Assertion.AFFIRMED: "yes", Assertion.NEGATED: "no", Assertion.UNSURE: "unsure"}
EASING = ("better", "same")


def settled(
    flag: str, person: Person, *, concepts: Sequence[str], denied: Sequence[Sequence[str]], days: int | None
) -> str | None:
    """The answer to a sign's question by what was told: "yes", "no", "unsure", or None where it is to be asked.

    A sign counts as denied where each group of `denied` has one name that was denied in words, and nothing of the sign's own
    `concepts` was affirmed. With `days` a pain that has lasted so long is a "yes", a shorter one that does not grow a "no".
    """
    asked = next((one for one in person.findings if (one.concept, one.source) == (f"flag:{flag}", SCREEN)), None)
    if asked is not None:
        return ANSWERS.get(asked.assertion)
    facts = {fact.name: fact.value for fact in person.facts}
    since = facts.get("since_days")
    if days is not None and isinstance(since, int | float):
        return "yes" if since >= days else "no" if facts.get("trend") in EASING else None
    if not denied or any(one.present and one.concept in concepts for one in person.findings):
        return None
    gone = {one.concept for one in person.findings if one.assertion is Assertion.NEGATED}
    gone |= {name.removeprefix(DENIED) for name, value in facts.items() if name.startswith(DENIED) and value is True}
    return "no" if all(gone.intersection(group) for group in denied) else None


def wanted(person: Person, answered: Sequence[str]) -> tuple[str, ...]:
    """What is still to be asked about the person: nothing that was told, or left open once; a pregnancy only where there may
    be one."""
    facts = {fact.name: fact.value for fact in person.facts}
    open_ = [name for name in ABOUT if name not in facts and name not in answered]
    if "pregnant" in open_ and not _may_be_pregnant(facts):
        open_.remove("pregnant")
    return tuple(open_)


def _may_be_pregnant(facts: dict[str, float | str | bool]) -> bool:
    """Whether a pregnancy is to be asked about, by sex, age and what was told."""
    age = facts.get("age")
    if facts.get("sex") == "male" or "pregnant_weeks" in facts or "birth_weeks" in facts:
        return False
    return not isinstance(age, int | float) or FERTILE[0] <= age < FERTILE[1]
