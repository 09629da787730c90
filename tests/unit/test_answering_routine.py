"""The exercise routine over several messages: asked, fitted, gone through card by card, swapped and made easier."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answering import fitting
from bot.conversation.state import Fact
from tests.answering_kit import fact
from tests.unit.test_answering_plan import Planning


class Routine(Planning):
    """A talk about a routine."""

    def made(self, *replies: str) -> list[dict[str, Any]]:
        said = self.tells("build me a routine", "goal/routine")
        for reply in replies or ("the floor is fine", "10", "three days", "none", "some"):
            said = self.tells(reply, "reply/no" if reply == "none" else "reply/value")
        return said

    @property
    def entries(self) -> tuple[str, ...]:
        return next(one.entries for one in self.state.shown if one.kind == "routine")


def table(said: list[dict[str, Any]]) -> dict[str, Any]:
    return next(message for message in said if message["type"] == "table")


def test_five_questions_then_a_table_with_doses_and_days() -> None:
    talk = Routine()
    said = talk.made()
    rows = table(said)["rows"]
    assert 3 <= len(rows) <= 5
    assert all(row["dose"] and row["days"] == "Mon, Wed, Fri" for row in rows)
    assert len(talk.entries) == len(rows)


@pytest.mark.parametrize(
    ("step", "before"),
    [
        ("place", ()),
        ("minutes", ("chair",)),
        ("days", ("chair", "10")),
        ("ability", ("chair", "10", "mon", "none")),
    ],
)
def test_every_offered_answer_is_read(step: str, before: tuple[str, ...]) -> None:
    for title in Routine().voice.replies.spoken[f"routine/ask_{step}_options"].say:
        talk = Routine()
        talk.tells("build me a routine", "goal/routine")
        for reply in before:
            talk.tells(reply, "reply/no" if reply == "none" else "reply/value")
        assert talk.slot == f"routine.{step}"
        talk.tells(title)
        assert step in dict(talk.state.goals[0].answers), title


def test_what_the_asking_words_say_is_not_asked_again() -> None:
    talk = Routine(fact("condition:osteoporosis"))
    talk.tells("build me a 10 minute chair routine, 3 days a week", "goal/routine")
    assert talk.slot == "routine.ability"


def test_a_condition_told_on_the_way_counts() -> None:
    talk = Routine()
    talk.made("floor", "15", "every day")
    talk.tells("my bones are thin", "tell/fact", fact("condition:osteoporosis"))
    assert talk.slot == "routine.ability"
    talk.tells("strong")
    for name in talk.entries:
        exercise = talk.voice.content.exercise(name)
        assert exercise is not None
        assert fitting.suits(exercise, ("osteoporosis",), talk.voice)


def test_what_the_body_does_not_allow_is_asked_twice_at_most() -> None:
    talk = Routine()
    talk.made("floor", "10", "mon", "i have a stoma")
    assert talk.slot == "routine.limits"
    said = talk.tells("a stoma")
    assert "physio" in said[0]["text"]
    assert talk.slot == "routine.ability"


@pytest.mark.parametrize(
    "told", [fact("condition:recent_operation"), fact("condition:spine_cancer"), fact("age", 15.0)]
)
def test_some_get_none(told: Fact) -> None:
    talk = Routine(told)
    assert [message["type"] for message in talk.tells("build me a routine", "goal/routine")] == ["text"]
    assert not talk.state.goals


def test_next_goes_card_by_card_to_the_end() -> None:
    talk = Routine()
    talk.made()
    names = []
    for _ in talk.entries:
        said = talk.tells("next", "reference/next")
        names.append(next(message["title"] for message in said if message["type"] == "exercise"))
    exercises = [talk.voice.content.exercise(name) for name in talk.entries]
    assert names == [exercise.name for exercise in exercises if exercise]
    assert talk.tells("next", "reference/next")[0]["type"] == "text"


def test_the_second_one_is_its_card() -> None:
    talk = Routine()
    talk.made()
    said = talk.tells("the second one", "reference/nth")
    exercise = talk.voice.content.exercise(talk.entries[1])
    assert exercise is not None
    assert said[-1]["title"] == exercise.name


@pytest.mark.parametrize("text", ["swap the second one", "swap that one"])
def test_one_is_swapped_for_another_that_fits(text: str) -> None:
    talk = Routine()
    talk.made()
    before = talk.entries
    talk.tells("the second one", "reference/nth")
    said = talk.tells(text, "change/instead")
    assert said[-1]["type"] == "exercise"
    assert len(talk.entries) == len(before)
    assert before[1] not in talk.entries
    assert len(set(talk.entries) & set(before)) == len(before) - 1


def test_a_swap_without_a_name_is_asked_about() -> None:
    talk = Routine()
    talk.made()
    before = talk.entries
    assert [message["type"] for message in talk.tells("something else", "change/instead")] == ["text"]
    assert talk.entries == before


def test_easier_makes_the_whole_routine_gentler_and_a_card_alone_when_one_is_open() -> None:
    talk = Routine()
    talk.made("floor", "15", "three days", "none", "strong")
    strong = [name for name in talk.entries if _kind(talk, name).startswith("strength")]
    talk.tells("something easier", "change/easier")
    talk.tells("something easier", "change/easier")
    assert strong
    assert not [name for name in talk.entries if _kind(talk, name).startswith("strength")]
    said = talk.tells("something easier", "change/easier")
    assert "change" in [column["key"] for column in table(said)["columns"]]
    talk.tells("the first one", "reference/nth")
    before = talk.entries
    assert talk.tells("easier", "change/easier")[-1]["type"] == "text"
    assert talk.entries == before


def _kind(talk: Routine, name: str) -> str:
    exercise = talk.voice.content.exercise(name)
    return exercise.kind if exercise else ""


@pytest.mark.parametrize(
    ("text", "label", "name", "value"),
    [
        ("only two days", "tell/fact", "days", "0,4"),
        ("make it 15 minutes", "tell/fact", "minutes", "15"),
        ("on a chair instead", "change/instead", "place", "floor"),
        ("i'd rather do it on a chair", "tell/fact", "place", "chair"),
    ],
)
def test_it_changes_by_talk(text: str, label: str, name: str, value: str) -> None:
    talk = Routine()
    talk.made()
    talk.tells(text, label)
    assert dict(talk.state.goals[0].answers)[name] == value


def test_a_plan_and_a_routine_stand_side_by_side() -> None:
    talk = Routine()
    Planning.made(talk)
    talk.made()
    said = talk.tells("what's week 2 look like", "ask")
    assert said[0]["type"] == "plan"
    assert {goal.kind for goal in talk.state.goals} == {"plan", "routine"}
