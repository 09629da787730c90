"""When an alert is given, given again, and not given: decisions over a whole conversation."""

from __future__ import annotations

import pytest

from bot.content.reader import read_content
from bot.model import Assertion, Finding, Urgency
from bot.triage import Triage
from bot.triage.dialogue import Decision, Turn, decide

DANGER = (Finding("saddle_change"),)
LEGS = (Finding("both_leg_weakness"),)


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage(read_content().red_flags)


def conversation(triage: Triage, *messages: tuple[Finding, ...] | str) -> list[Decision]:
    """Plays messages; "ack" is the button under an alert."""
    turns: list[Turn] = []
    decisions = []
    for message in messages:
        found = () if isinstance(message, str) else message
        decision = decide(triage, turns, found, acknowledges=message == "ack")
        decisions.append(decision)
        turns.append(Turn(findings=found, alert=decision.alert, repeat=decision.repeat))
    return decisions


def alerts(decisions: list[Decision]) -> list[Urgency | None]:
    return [decision.alert for decision in decisions]


E, U = Urgency.EMERGENCY, Urgency.URGENT


def test_an_unacknowledged_emergency_is_repeated_once(triage: Triage) -> None:
    said = conversation(triage, DANGER, (), ())
    assert alerts(said) == [E, E, None]
    assert [decision.repeat for decision in said] == [False, True, False]


def test_an_acknowledged_emergency_is_not_repeated(triage: Triage) -> None:
    assert alerts(conversation(triage, DANGER, "ack", ())) == [E, None, None]


def test_saying_the_same_danger_again_alerts_again(triage: Triage) -> None:
    assert alerts(conversation(triage, DANGER, "ack", (), DANGER)) == [E, None, None, E]


def test_two_messages_apart_meet(triage: Triage) -> None:
    said = conversation(triage, (Finding("cancer"),), (), LEGS)
    assert alerts(said) == [None, None, E]
    assert "cord_compression_cancer" in said[-1].assessment.flags


def test_the_level_never_falls_by_denying_something_else(triage: Triage) -> None:
    denial = (Finding("fever", assertion=Assertion.NEGATED),)
    said = conversation(triage, DANGER, "ack", denial)
    assert said[-1].assessment.urgency is E
    assert said[-1].alert is None


def test_an_urgent_sign_is_alerted_once(triage: Triage) -> None:
    assert alerts(conversation(triage, (Finding("fever"),), ())) == [U, None]


def test_an_urgent_sign_that_becomes_an_emergency_is_alerted_again(triage: Triage) -> None:
    assert alerts(conversation(triage, (Finding("fever"),), (Finding("confusion"),))) == [U, E]


def test_nothing_said_nothing_alerted(triage: Triage) -> None:
    assert alerts(conversation(triage, (), (), "ack")) == [None, None, None]


def test_a_correction_asks_again_and_only_a_no_takes_the_flag_back(triage: Triage) -> None:
    turns = [Turn(findings=DANGER, alert=E)]
    doubt = decide(triage, turns, (Finding("correction"),))
    assert (doubt.alert, doubt.recheck.flag if doubt.recheck else None) == (None, "cauda_equina")
    assert doubt.assessment.urgency is E
    taken_back = decide(triage, turns, (), withdraws="cauda_equina")
    assert (taken_back.assessment.urgency, taken_back.recheck, taken_back.alert) == (Urgency.SELF_CARE, None, None)
    later = [*turns, Turn(withdrawn="cauda_equina")]
    assert decide(triage, later, ()).assessment.urgency is Urgency.SELF_CARE
    assert decide(triage, later, DANGER).alert is E


def test_what_else_is_still_raised_is_asked_about_next(triage: Triage) -> None:
    turns = [Turn(findings=(*DANGER, *LEGS), alert=E)]
    decision = decide(triage, turns, (), withdraws="cauda_equina")
    assert decision.recheck is not None
    assert decision.recheck.flag == "bilateral_leg_neuro"


def test_a_correction_of_nothing_is_nothing(triage: Triage) -> None:
    assert decide(triage, [], (Finding("correction"),)).recheck is None
