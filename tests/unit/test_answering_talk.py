"""Telling, small talk, feelings, questions about the assistant, repair, goals: every act has words, in more than one form."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest

from bot.content.replies import read_replies as shipped_replies
from bot.conversation import codec
from bot.conversation.state import Person
from bot.reading import Scored
from tests.answering_kit import EVERY_ACT, POLES, Talk, act, ask, fact, shipped, words

TWICE = [
    label for label in EVERY_ACT if label.split("/")[0] in ("social", "feeling", "meta", "outside", "correct", "reply")
]


@pytest.mark.parametrize("label", EVERY_ACT)
def test_every_act_is_answered_out_of_the_blue(label: str) -> None:
    assert Talk(shipped()).say(act(label))


@pytest.mark.parametrize("label", TWICE)
def test_nothing_is_said_twice_running(label: str) -> None:
    talk = Talk(shipped())
    said = [talk.text(act(label)) for _ in range(4)]
    assert all(one != other for one, other in itertools.pairwise(said))


def test_a_long_random_talk_keeps_to_the_contract() -> None:
    choose = random.Random(7)
    content = shipped()
    topics = content.topics()
    talk = Talk(content, region=None)
    before = ""
    for _ in range(600):
        label = choose.choice([*EVERY_ACT, *["ask"] * 30])
        question = talk.state.questions[0] if talk.state.questions else None
        target = talk.state.shown[0] if talk.state.shown else None
        entry = choose.choice(target.entries) if target and target.entries else None
        ranked = tuple(Scored(name, choose.random()) for name in choose.sample(topics, 3))
        facts = (fact("severity", 5.0),) if label == "tell/symptom" else ()
        meant = act(label, topics=ranked, target=target, entry=entry, question=question, facts=facts, text="it hurts")
        said = talk.say(meant)
        spoken = "\n".join(words(message) for message in said)
        assert spoken != before, (label, target)
        assert "{" not in spoken
        assert all("quick_replies" not in message for message in said[:-1])
        assert len(said[-1].get("quick_replies", ())) <= 4
        assert codec.load(codec.dump(talk.state)) == talk.state
        before = spoken


@pytest.mark.parametrize(
    ("facts", "heard", "means"),
    [
        ([("since_days", 1100.0)], ["since_days_years"], "lasting"),
        ([("since_days", 21.0), ("side", "left")], ["since_days_weeks", "side_left"], "weeks"),
        ([("since_days", 2.0)], ["since_days_new"], "new"),
        ([("spread", "leg")], ["spread_leg"], "leg"),
        ([("trend", "worse")], ["trend_worse"], "worse"),
        ([("trend", "better")], ["trend_better"], "better"),
        ([("severity", 8.0)], ["severity_strong"], "strong"),
        ([("spread", "leg"), ("better_with", "sitting")], ["spread_leg", "better_with_sitting"], "stenosis"),
        ([("worse_with", "morning")], ["worse_with_morning"], "morning"),
        ([], ["plain"], "plain"),
    ],
)
def test_what_is_told_is_heard_explained_and_one_thing_asked_back(
    facts: list[tuple[str, float | str]], heard: list[str], means: str
) -> None:
    talk = Talk(shipped())
    said = talk.say(act("tell/symptom", facts=tuple(fact(*one) for one in facts)))
    assert [message["type"] for message in said] == ["text", "question"]
    forms = [talk.voice.replies.spoken[f"heard/{name}"].say for name in heard]
    forms.append(talk.voice.replies.spoken[f"means/{means}"].say)
    assert said[0]["text"] in {" ".join(" ".join(one).split()) for one in itertools.product(*forms)}
    assert said[0]["sources"]
    assert len(said[0]["text"].split()) <= 90
    assert len(talk.state.questions) == 1


def test_what_is_told_of_somebody_else_is_explained_for_them_and_asked_about_them() -> None:
    talk = Talk(shipped())
    said = talk.say(act("tell/symptom", who="father", facts=(fact("since_days", 21.0),)))
    assert "your father" in said[0]["text"]
    assert "What I would say to your father:" in said[0]["text"]
    assert (said[1]["type"], talk.state.questions[0].about) == ("question", "father")


def test_what_is_known_is_not_asked_and_nothing_is_asked_twice() -> None:
    talk = Talk(shipped())
    talk.tell("self", fact("since_days", 20.0), fact("spread", "none"))
    said = talk.say(act("tell/symptom", facts=(fact("severity", 3.0),)))
    assert talk.state.questions[0].slot == "ask:worse"
    assert said[-1]["options"][0]["title"] == "Walking far"
    asked = []
    for _ in range(6):
        talk.state = dataclasses.replace(talk.state, questions=())
        talk.say(act("tell/symptom"))
        asked += [question.slot for question in talk.state.questions]
    assert asked == ["offer:check"]


def test_something_told_beside_a_question_is_heard_before_the_answer_and_asks_nothing() -> None:
    said = Talk().say(act("tell/symptom", facts=(fact("since_days", 1100.0),)), ask(POLES))
    assert [message["type"] for message in said] == ["text", "answer"]
    said = Talk().say(ask(POLES, facts=(fact("age", 82.0),)))
    assert [message["type"] for message in said] == ["text", "answer"]
    assert "82" in said[0]["text"]


@pytest.mark.parametrize(("pain", "expected"), [(2.0, "add"), (5.0, "tomorrow"), (8.0, "looked at")])
def test_a_reported_walk_is_answered_by_how_it_went(pain: float, expected: str) -> None:
    assert expected in Talk(shipped()).text(act("tell/progress", facts=(fact("severity", pain),)))


def test_is_that_normal_is_answered_from_what_was_told() -> None:
    talk = Talk(shipped())
    talk.tell("self", fact("trend", "worse"))
    assert talk.text(act("tell/normal")).startswith("No, a steady climb")


def test_all_that_was_told_is_read_back_by_person_and_forgotten_on_request() -> None:
    talk = Talk(shipped())
    assert "Nothing so far" in talk.text(act("meta/know_about_me"))
    told = [fact("age", 67.0), fact("condition:osteoporosis"), fact("since_days", 21.0), fact("medicine:warfarin")]
    talk.tell("self", *told, fact("trend", "worse"), fact("condition:diabetes", False))
    talk.tell("mother", fact("pregnant_weeks", 30.0))
    said = talk.text(act("meta/know_about_me"))
    for words_of_it in (
        "age 67",
        "osteoporosis",
        "3 weeks",
        "takes warfarin",
        "getting worse",
        "your mother",
        "30 weeks",
    ):
        assert words_of_it in said
    assert "iabetes" not in said
    talk.say(act("meta/forget"))
    assert all(person.facts == () for person in talk.state.persons)


@pytest.mark.parametrize(
    ("days", "span"), [(5.0, "5 days"), (21.0, "3 weeks"), (120.0, "4 months"), (1100.0, "3 years")]
)
def test_time_is_read_back_as_people_say_it(days: float, span: str) -> None:
    talk = Talk(shipped())
    talk.tell("self", fact("since_days", days))
    assert span in talk.text(act("meta/know_about_me"))


def test_starting_over_keeps_only_what_a_danger_rests_on() -> None:
    talk = Talk(shipped())
    talk.tell("self", fact("age", 67.0))
    talk.say(ask("walking/hills"))
    talk.say(act("meta/start_over"))
    assert (talk.state.shown, talk.state.questions, talk.state.person("self")) == ((), (), Person())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("me duele la espalda cuando camino", "Lo siento"),
        ("j'ai mal au dos quand je marche", "Désolé"),
        ("ich habe schmerzen beim gehen", "Entschuldigung"),
        ("tenho muita dor nas minhas costas", "Desculpe"),
        ("meri kamar mein dard hai", "माफ़"),
        ("bardzo boli mnie kręgosłup", "Przepraszam"),
    ],
)
def test_another_language_is_answered_in_it_with_the_emergency_number(text: str, expected: str) -> None:
    said = Talk(shipped()).say(act("ask", text=text), english=0.1)
    assert (said[0]["type"], said[0]["reason"]) == ("notice", "language")
    assert expected in said[0]["text"]
    assert "999" in said[0]["text"]


FOREIGN = {
    "es": "me duele la espalda cuando camino",
    "fr": "bonjour, j'ai mal au dos quand je marche",
    "de": "mein rücken tut weh beim gehen",
    "pt": "minhas costas doem quando ando",
    "hi": "मेरी पीठ में दर्द है",
    "pl": "bolą mnie plecy kiedy chodzę, nie mogę",
}


@pytest.mark.parametrize("code", sorted(FOREIGN))
@pytest.mark.parametrize("label", ["outside/foreign", "ask"])
def test_a_language_that_is_known_is_declined_in_it_with_the_number_however_it_was_read(code: str, label: str) -> None:
    language = shipped_replies().languages[code]
    said = Talk(shipped(), region="IE").say(act(label, text=FOREIGN[code], topics=(Scored("footwear/fit", 0.9),)))
    assert said[0]["reason"] == "language"
    assert said[0]["text"].startswith(language.say.format(call=language.with_number.format(number="112")))
    unknown = Talk(shipped(), region=None).say(act(label, text=FOREIGN[code]))
    assert unknown[0]["text"].startswith(language.say.format(call=language.without))


@pytest.mark.parametrize("text", ["no no no", "me too", "tell me about ai in la", "I walk with my mate Jose"])
def test_english_with_a_foreign_word_in_it_is_english(text: str) -> None:
    said = Talk(shipped()).say(act("outside/foreign", text=text))
    assert said[0].get("reason") != "language"


def test_an_unknown_language_is_told_so_in_english() -> None:
    assert "English" in Talk(shipped()).text(act("ask", text="zzz qqq"), english=0.0)


def test_goals_give_what_there_is() -> None:
    for label, kind in (
        ("goal/shoes", "question"),
        ("goal/form", "question"),
        ("goal/diary", "text"),
        ("goal/plan", "question"),
        ("goal/routine", "question"),
    ):
        assert Talk(shipped()).say(act(label))[-1]["type"] == kind
    talk = Talk(shipped())
    talk.tell("self", fact("age", 67.0))
    talk.say(ask("walking/hills"))
    summary = talk.say(act("goal/summary"))[-1]
    lines = [line for section in summary["sections"] for line in section["lines"]]
    assert "Age 67" in lines
    assert "Hills, slopes and steps" in lines
    points = talk.say(act("goal/takeaways"))[-1]["sections"][0]["lines"]
    assert points[0].startswith("Start on the flat")


def test_a_correction_is_confirmed_in_its_words() -> None:
    talk = Talk(shipped())
    assert "27 weeks pregnant" in talk.text(act("correct/fact", facts=(fact("pregnant_weeks", 27.0),)))
    assert "your father" in talk.text(act("correct/person", who="father"))
