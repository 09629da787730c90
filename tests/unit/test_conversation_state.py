"""The state of a conversation: kept, read back, and what is remembered of persons."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import codec, persons
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.persons import FactRules
from bot.conversation.questions import MOST_ASKED, asked, closed, unanswered
from bot.conversation.state import SELF, VERSION, Episode, Fact, Goal, OpenQuestion, Person, Shown, State
from bot.model import Assertion, Finding, Subject, Urgency
from tests.conversation_kit import talk

RULES = FactRules(
    {"stenosis": "condition:stenosis", "getting_worse": "trend=worse", "better": "trend=better"}, {"age": "age"}
)

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
FACTS = st.builds(Fact, WORDS, st.one_of(st.floats(0, 200), WORDS, st.booleans()), st.integers(0, 99))
FINDINGS = st.builds(Finding, WORDS, assertion=st.sampled_from(Assertion))
PERSONS = st.builds(Person, WORDS, st.lists(FACTS, max_size=3).map(tuple), st.lists(FINDINGS, max_size=3).map(tuple))
STATES = st.builds(
    State,
    message_id=st.none() | WORDS,
    turn=st.integers(0, 300),
    persons=st.lists(PERSONS, min_size=1, max_size=3).map(tuple),
    questions=st.lists(st.builds(OpenQuestion, WORDS), max_size=3).map(tuple),
    episode=st.builds(Episode, stage=WORDS, level=st.sampled_from(Urgency)),
    shown=st.lists(st.builds(Shown, WORDS, WORDS, cursor=st.none() | st.integers(0, 5)), max_size=3).map(tuple),
    goals=st.lists(st.builds(Goal, WORDS), max_size=2).map(tuple),
)


VALUES = st.none() | WORDS | st.floats(0, 200)


@given(STATES)
def test_what_is_kept_is_read_back_the_same(state: State) -> None:
    assert codec.load(codec.dump(state)) == state


@given(STATES, VALUES, st.lists(FACTS, max_size=2).map(tuple))
def test_what_is_meant_reaches_the_actions_the_same(
    state: State, value: str | float | None, facts: tuple[Fact, ...]
) -> None:
    answer = Meant("reply/value", SELF, question=OpenQuestion("plan.days"), value=value, facts=facts)
    meaning = Meaning("reply", (answer, Meant("ask", SELF, target=Shown("list", "x"))), state)
    assert codec.meaning_from_json(json.loads(json.dumps(codec.meaning_to_json(meaning)))) == meaning


def test_nothing_kept_is_a_new_conversation() -> None:
    assert codec.load(None) == State()


def test_a_state_is_small() -> None:
    meanings = talk(*[("my back has hurt for 3 weeks and i am 67", "tell/symptom"), ("thanks", "social/thanks")] * 10)
    assert len(codec.dump(meanings[-1].state)) < 2500


@pytest.mark.parametrize("stored", ["{", "[]", '{"turn": 1}', '{"v": "x"}', f'{{"v": {VERSION + 1}}}'])
def test_what_cannot_be_read_is_said(stored: str) -> None:
    with pytest.raises(codec.UnreadableState):
        codec.load(stored)


def test_an_older_version_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "UPGRADES", {0: lambda data: {"turn": data.pop("turns", 0), **data}})
    assert codec.load(json.dumps({"v": 0, "turns": 7})).turn == 7


def test_the_last_word_about_a_fact_wins() -> None:
    state = State()
    for number, finding in enumerate([Finding("getting_worse"), Finding("better")]):
        for who, facts in persons.facts_of([finding], RULES, number).items():
            state = persons.told(state, who, facts)
    assert [(fact.name, fact.value) for fact in state.person(SELF).facts] == [("trend", "better")]


def test_a_denied_fact_takes_it_back() -> None:
    told = persons.facts_of([Finding("stenosis", assertion=Assertion.NEGATED)], RULES, 1)
    assert told[SELF] == (Fact("condition:stenosis", False, 1),)


def test_facts_belong_to_their_person() -> None:
    mother = Finding("age", Subject.OTHER, "mother", values=(("age", 80.0),))
    assert persons.facts_of([mother], RULES, 1) == {"mother": (Fact("age", 80.0, 1),)}


def test_an_affirmed_sign_is_not_dropped_by_a_denial() -> None:
    state = persons.heard(State(), [Finding("fever")])
    state = persons.heard(state, [Finding("fever", assertion=Assertion.NEGATED)])
    assert persons.findings(state)[0].present


def test_a_question_is_asked_twice_at_most_and_then_let_go() -> None:
    state = State()
    for _ in range(MOST_ASKED):
        state = asked(state, OpenQuestion("flag:cauda_equina"))
    state, gone = unanswered(state)
    assert gone is not None
    assert gone.slot == "flag:cauda_equina"
    assert (state.questions, state.unanswered) == ((), ("flag:cauda_equina",))


def test_a_question_asked_again_stands_once() -> None:
    state = asked(asked(State(), OpenQuestion("region")), OpenQuestion("region"))
    assert [(one.slot, one.asked) for one in state.questions] == [("region", 2)]
    assert closed(state, state.questions[0]).questions == ()
