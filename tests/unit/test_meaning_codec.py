"""A meaning as plain JSON, there and back."""

from __future__ import annotations

import json

import pytest

from bot.conversation.meaning import Alert, Meaning, Meant
from bot.conversation.meaning_codec import UnreadableMeaning, from_json, to_json
from bot.conversation.state import Episode, Fact, Goal, OpenQuestion, Person, Shown, State
from bot.model import Assertion, Assessment, Finding, FlagMatch, Subject, Time, Urgency
from bot.reading import Scored

MATCH = FlagMatch("dvt", Urgency.URGENT, "C1", Subject.OTHER, "mother", ("swollen",))
FINDING = Finding("swollen", Subject.OTHER, "mother", Assertion.UNSURE, Time.PAST_PRESENT, values=(("days", 2.0),))
STATE = State(
    "m1",
    3,
    persons=(
        Person(facts=(Fact("age", 67.0, 1), Fact("trend", "worse", 2), Fact("no_floor", True, 2))),
        Person("mother", (), (FINDING,)),
    ),
    questions=(OpenQuestion("flag:dvt", "mother", 2, options=("/a", "/b")),),
    episode=Episode("raised", Urgency.URGENT, ("dvt",), "mother"),
    shown=(Shown("list", "exercises", ("plank", "bridge"), 1, 2),),
    goals=(Goal("check", "dvt", (("stroke", "no"),), waiting=True),),
    said=("walking/poles", "say:social/hello=1"),
)
MEANT = Meant(
    "reference/nth",
    "mother",
    topics=(Scored("walking/poles", 0.5),),
    target=STATE.shown[0],
    entry="bridge",
    question=STATE.questions[0],
    facts=(Fact("age", 67.0, 1),),
    entities=("crocs",),
)


@pytest.mark.parametrize("value", [None, "yes", "two weeks", 0.5, 3.0])
def test_a_meaning_comes_back_as_it_was(value: str | float | None) -> None:
    meant = Meant(**{**MEANT.__dict__, "value": value})
    alert = Alert(Urgency.URGENT, (MATCH,), ask=("dvt",), recheck="dvt")
    meaning = Meaning("ask", (meant, MEANT), STATE, Assessment(Urgency.URGENT, (MATCH,), ("dvt",)), alert, english=0.4)
    data = json.loads(json.dumps(to_json(meaning)))
    assert from_json(data) == meaning


def test_what_has_its_default_is_left_out() -> None:
    assert set(to_json(Meaning("ask", (Meant("ask", "self"),), State()))) == {"intent", "acts", "state"}


@pytest.mark.parametrize("data", [None, {}, {"intent": "ask"}, {"intent": "ask", "acts": 3, "state": {}}, []])
def test_what_is_no_meaning_is_refused(data: object) -> None:
    with pytest.raises(UnreadableMeaning):
        from_json(data)  # type: ignore[arg-type]
