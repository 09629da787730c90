"""What suits a person: conditions from facts, and that no act shows an exercise that does not suit."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.answering import fitting
from bot.conversation.state import Fact, Person, Shown
from bot.model import ConditionFit, Exercise, Fit
from tests.answering_kit import Talk, act, ask, fact, read_content, shipped, small, voice

VOICE = voice(small())
REAL = sorted(read_content().exercises)
CONDITIONS = sorted(read_content().conditions)
CAREFUL = sorted(name for name, found in read_content().conditions.items() if found.careful)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([fact("condition:osteoporosis")], {"osteoporosis"}),
        ([fact("condition:osteoporosis", False)], set()),
        ([fact("age", 64.0)], set()),
        ([fact("age", 65.0)], {"older"}),
        ([fact("age", 17.0)], {"child"}),
        ([fact("age", True)], set()),
        ([fact("pregnant_weeks", 15.0)], {"pregnancy_early"}),
        ([fact("pregnant_weeks", 16.0)], {"pregnancy_mid"}),
        ([fact("pregnant"), fact("pregnant_weeks", 30.0)], {"pregnancy_late"}),
        ([fact("pregnant")], {"pregnancy_early", "pregnancy_mid", "pregnancy_late"}),
        ([fact("operation_weeks", 11.0)], {"recent_operation"}),
        ([fact("operation"), fact("operation_weeks", 40.0)], set()),
        ([fact("operation")], {"recent_operation"}),
        ([fact("since_days", 89.0)], set()),
        ([fact("since_days", 90.0)], {"lasting_pain"}),
        ([fact("no_floor")], {"no_floor"}),
        ([fact("medicine:warfarin")], {"blood_thinner"}),
        ([fact("condition:unheard_of")], {"unheard_of"}),
    ],
)
def test_facts_give_conditions(facts: list[Fact], expected: set[str]) -> None:
    assert set(fitting.conditions_of(Person(facts=tuple(facts)), VOICE)) == expected


def test_conditions_that_gate_come_first() -> None:
    person = Person(facts=(fact("condition:stenosis"), fact("condition:spine_cancer")))
    assert fitting.conditions_of(person, VOICE) == ("spine_cancer", "stenosis")


@pytest.mark.parametrize(
    ("name", "conditions", "fit", "instead"),
    [
        ("twist", [], None, None),
        ("twist", ["osteoporosis"], Fit.AVOID, "cat"),
        ("twist", ["osteoporosis", "no_floor"], Fit.AVOID, None),
        ("twist", ["spine_cancer"], Fit.ASK_FIRST, None),
        ("twist", ["osteoporosis", "spine_cancer"], Fit.AVOID, None),
        ("cat", ["wrist_shoulder"], Fit.ADAPT, None),
        ("cat", ["wrist_shoulder", "no_floor"], Fit.AVOID, "twist"),
        ("plank", ["osteoporosis"], Fit.ASK_FIRST, None),
    ],
)
def test_the_strictest_condition_decides(
    name: str, conditions: list[str], fit: Fit | None, instead: str | None
) -> None:
    exercise = VOICE.content.exercise(name)
    assert exercise is not None
    found = fitting.fit(exercise, conditions, VOICE)
    assert (found.worst.fit if found.worst else None) == fit
    assert (found.instead.id if found.instead else None) == instead


def shown(messages: list[dict[str, Any]]) -> set[str]:
    """The names of all exercises on cards and in tables."""
    cards = {message["title"] for message in messages if message["type"] == "exercise"}
    rows = {
        row["name"] for message in messages if message["type"] == "table" for row in message["rows"] if "name" in row
    }
    return cards | rows


def gated(forbidden: str, condition: str, fit: Fit) -> list[Exercise]:
    """The exercises that ship, with one cell of the table set."""
    cell = ConditionFit(condition, fit, "It is not for now.", general_advice=True)
    found = read_content().exercises.values()
    return [
        dataclasses.replace(
            one,
            conditions=(
                *(other for other in one.conditions if other.condition != condition),
                *((cell,) if one.id == forbidden else ()),
            ),
        )
        for one in found
    ]


ACTS = (
    act("goal/list_exercises", text="list your exercises"),
    act("goal/routine"),
    act("compare/best"),
    act("compare/difference"),
    act("change/instead"),
    act("change/easier"),
    act("change/harder"),
    act("change/repeat"),
    act("aspect/how"),
    act("goal/plan"),
)


@pytest.mark.parametrize("fit", [Fit.AVOID, Fit.ASK_FIRST])
@pytest.mark.parametrize("name", REAL)
def test_no_act_shows_an_exercise_that_does_not_suit(name: str, fit: Fit) -> None:
    talk = Talk(shipped(exercises=gated(name, "osteoporosis", fit)))
    talk.tell("self", fact("condition:osteoporosis"))
    exercise = read_content().exercises[name]
    topics = [topic for topic, article in read_content().articles.items() if name in article.exercises]
    seen: set[str] = set()
    for topic in topics:
        seen |= shown(talk.say(ask(topic)))
    listed = Shown("list", "exercises", tuple(REAL), REAL.index(name))
    seen |= shown(talk.say(act("reference/nth", target=listed, entry=name)))
    talk.state = dataclasses.replace(talk.state, shown=(Shown("exercise", name), listed))
    for one in ACTS:
        seen |= shown(talk.say(one))
    assert exercise.name not in seen


@pytest.mark.parametrize("condition", CONDITIONS)
def test_with_any_condition_each_exercise_that_ships_is_shown_only_where_it_suits(condition: str) -> None:
    content = shipped()
    speaking = voice(content)
    for name in REAL:
        exercise = read_content().exercises[name]
        talk = Talk(content)
        talk.tell("self", fact(f"condition:{condition}"))
        listed = Shown("list", "exercises", (name,), 0)
        said = talk.say(act("reference/nth", target=listed, entry=name))
        assert (exercise.name in shown(said)) == fitting.suits(exercise, (condition,), speaking)
        assert exercise.name in shown(said) or any(message["type"] == "text" for message in said)


@pytest.mark.parametrize("condition", CAREFUL)
@pytest.mark.parametrize("label", ["goal/list_exercises", "goal/routine", "goal/plan", "compare/best"])
def test_where_a_team_decides_there_is_no_list_and_no_plan(condition: str, label: str) -> None:
    talk = Talk(shipped())
    talk.state = dataclasses.replace(talk.state, shown=(Shown("list", "exercises", tuple(REAL)),))
    talk.tell("self", fact(f"condition:{condition}"))
    said = talk.say(act(label))
    assert [message["type"] for message in said] == ["text"]
    assert "team" in said[0]["text"]


def test_topics_of_exercise_wait_for_the_team_as_well() -> None:
    talk = Talk(shipped())
    talk.tell("self", fact("condition:spine_fracture"))
    for topic in ("exercises/core", "walking/progression", "exercise_howto/plank"):
        said = talk.say(ask(topic))
        assert "team" in said[0]["text"]
        assert not shown(said)


def test_a_change_stands_above_the_card_and_the_picture_card_is_shown() -> None:
    talk = Talk()
    talk.tell("self", fact("condition:wrist_shoulder"))
    said = talk.say(ask("exercise_howto/cat"))
    assert [message["type"] for message in said] == ["text", "exercise"]
    assert "your wrist or shoulder is sore: Use your forearms." in said[0]["text"]


def test_an_article_says_which_of_its_exercises_to_leave_out() -> None:
    talk = Talk()
    talk.tell("self", fact("condition:osteoporosis"))
    said = talk.text(ask("exercises/stretching"))
    assert "twist" in said
    assert "as you have osteoporosis (thin bones)" in said


def test_under_sixteen_there_is_no_plan_and_no_routine() -> None:
    for label in ("goal/plan", "goal/routine"):
        talk = Talk(shipped())
        talk.tell("self", fact("age", 15.0))
        said = talk.say(act(label))
        assert [message["type"] for message in said] == ["text"]
        assert "16" in said[0]["text"]


def test_a_list_is_narrowed_by_need_and_position_and_says_what_to_change() -> None:
    talk = Talk(shipped())
    said = talk.say(act("goal/list_exercises", text="stretches i can do on a chair"))
    rows = {row["name"]: row for row in said[-1]["rows"]}
    assert "Bridge" not in rows
    assert "Seated twist" in rows
    assert "chair" in rows["Knee to chest"]["change"]
    assert talk.state.shown[0].entries[0] in REAL
