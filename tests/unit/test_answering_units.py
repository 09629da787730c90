"""Which unit answers, and how it is put together for the person who asks."""

from __future__ import annotations

import dataclasses

import pytest

from bot.answering.compose import Parts, shortened, within, without_polarity
from bot.answering.units import choose
from bot.conversation.state import Fact, Shown, State
from bot.model import Polarity
from bot.reading import Scored
from tests.answering_kit import BALANCE, HAND, POLES, Talk, act, ask, fact, shipped, small, voice, words

VOICE = voice(small())


@pytest.mark.parametrize(
    ("units", "topics", "expected"),
    [
        ([(BALANCE, 0.6), (HAND, 0.2)], [(POLES, 0.9)], BALANCE),
        ([(HAND, 0.5), (BALANCE, 0.3)], [(POLES, 0.5)], HAND),
        ([(BALANCE, 0.25)], [(POLES, 0.9)], POLES),
        ([(BALANCE, 0.5), (HAND, 0.49)], [(POLES, 0.9)], POLES),
        ([(BALANCE, 0.6)], [("walking/hills", 0.5), (POLES, 0.2)], BALANCE),
        ([(BALANCE, 0.6)], [("walking/hills", 0.9)], "walking/hills"),
        ([("walking/poles.gone", 0.9)], [(POLES, 0.9)], POLES),
    ],
)
def test_the_unit_answers_where_it_is_sure_else_the_topic(
    units: list[tuple[str, float]], topics: list[tuple[str, float]], expected: str
) -> None:
    meant = dataclasses.replace(
        ask("x"), topics=tuple(Scored(*one) for one in topics), units=tuple(Scored(*one) for one in units)
    )
    choice = choose(meant, State(), VOICE)
    assert choice.article is not None
    assert (choice.unit.id if choice.unit else choice.article.id) == expected


@pytest.mark.parametrize(
    ("probability", "in_scope", "foreign", "near"), [(0.2, 0.9, False, 3), (0.05, 0.5, False, 3), (0.05, 0.05, True, 0)]
)
def test_below_the_thresholds_near_things_are_offered_and_only_the_foreign_is_refused(
    probability: float, in_scope: float, foreign: bool, near: int
) -> None:
    choice = choose(ask("walking/hills", probability, in_scope=in_scope), State(), VOICE)
    assert (choice.article, choice.foreign, len(choice.near)) == (None, foreign, near)


def test_what_is_hardly_ours_is_offered_near_things_though_a_topic_is_likely_unless_it_leans_on_what_was_shown() -> (
    None
):
    meant = dataclasses.replace(ask(POLES, 0.9, (BALANCE, 0.8), in_scope=0.6), text="and for my left hand?")
    choice = choose(meant, State(), VOICE)
    assert (choice.article, choice.foreign) == (None, False)
    assert choice.near[0].id == POLES
    shown = State(shown=(Shown("article", POLES),))
    leaning = choose(meant, shown, VOICE)
    assert leaning.article is not None
    long = choose(dataclasses.replace(meant, text="and what about the one in my left hand on a hill?"), shown, VOICE)
    assert long.article is None


def test_a_unit_is_said_in_its_order_and_named() -> None:
    said = Talk().say(ask(POLES, 0.9, (BALANCE, 0.8)))
    assert [message["type"] for message in said] == ["answer"]
    assert (said[0]["topic"], said[0]["unit"], said[0]["evidence"]) == (POLES, BALANCE, "general_advice")
    paragraphs = said[0]["body"].split("\n\n")
    assert paragraphs[0] == "Yes, poles can steady you. Two more points on the ground make a step safer."
    assert paragraphs[1:] == ["Try them on flat ground first.", "A leg that turns weak should be seen today."]


def test_a_yes_or_no_is_left_out_where_the_unit_is_only_likely() -> None:
    said = Talk().say(ask(POLES, 0.9, (BALANCE, 0.5)))
    assert said[0]["body"].startswith("Poles can steady you. Two more points")
    short = dataclasses.replace(VOICE.unit(BALANCE), answer="Yes, mostly. Poles steady you.", polarity=Polarity.YES)
    assert without_polarity(short) == "Poles steady you."
    assert without_polarity(dataclasses.replace(short, polarity=None)) == short.answer


def test_a_told_condition_takes_the_place_of_what_to_do_and_is_named_once() -> None:
    talk = Talk()
    talk.tell("self", fact("condition:wrist_shoulder"))
    first = talk.text(ask(POLES, 0.9, (BALANCE, 0.8)))
    assert "your wrist or shoulder is sore: Hold them loosely." in first
    assert "flat ground" not in first
    again = talk.text(act("change/repeat"))
    assert "Hold them loosely." in again
    assert "is sore" not in again


def test_a_condition_named_in_the_question_counts_and_gating_ones_come_first() -> None:
    facts = (fact("condition:wrist_shoulder"), fact("operation_weeks", 2.0))
    said = Talk().text(ask(POLES, 0.9, (BALANCE, 0.8), facts=facts))
    assert said.index("Ask your team") < said.index("Hold them loosely")


def test_conditions_of_another_person_do_not_count_for_the_writer() -> None:
    talk = Talk()
    talk.tell("mother", fact("condition:wrist_shoulder"))
    assert "loosely" not in talk.text(ask(POLES, 0.9, (BALANCE, 0.8)))
    other = Talk()
    other.tell("mother", fact("condition:wrist_shoulder"))
    assert "For your mother: Hold them loosely." in other.text(ask(POLES, 0.9, (BALANCE, 0.8), who="mother"))


def test_a_thing_asked_about_by_name_gets_its_sentence_for_this_person() -> None:
    assert "loose at the heel" in Talk().text(ask(POLES, 0.9, (HAND, 0.8), entities=("crocs",)))
    talk = Talk()
    talk.tell("self", fact("condition:numb_feet"))
    assert "rub numb feet" in talk.text(ask("walking/hills", entities=("crocs",)))


def test_the_same_question_never_gets_the_same_words_twice() -> None:
    talk = Talk()
    question = ask(POLES, 0.9, (BALANCE, 0.7), (HAND, 0.1))
    said = [words(talk.say(question)[0]) for _ in range(6)]
    assert said[0].startswith("Yes, poles")
    assert said[1].startswith("Hold one stick")
    assert "share the load" in said[2]
    assert "weak leg" in said[3]
    assert "Yes, poles can steady you." in said[4]
    assert len({*said}) == len(said)


def test_a_rejected_answer_never_comes_again() -> None:
    talk = Talk()
    question = ask(POLES, 0.9, (BALANCE, 0.7), (HAND, 0.2))
    talk.say(question)
    said = talk.say(dataclasses.replace(question, act="repair/not_asked"))
    assert [message.get("unit") for message in said] == [None, HAND]
    for _ in range(4):
        assert all(message.get("unit") != BALANCE for message in talk.say(question))


def test_after_two_misses_near_things_and_the_check_are_offered_and_never_twice_the_same() -> None:
    talk = Talk()
    talk.say(ask(POLES, 0.9, (BALANCE, 0.7)))
    talk.say(act("repair/not_asked"))
    said = talk.say(act("repair/not_asked"))
    assert said[-1]["type"] == "text"
    offers = Talk().say(ask("walking/hills", 0.1))
    assert offers[-1]["options"][-1]["title"] == "Check my symptoms"
    assert len(offers[-1]["options"]) == 4


def test_up_to_three_questions_are_answered_in_order_within_their_words() -> None:
    said = Talk().say(ask(POLES, 0.9, (BALANCE, 0.8)), ask(POLES, 0.9, (HAND, 0.8)), ask("walking/hills"))
    assert [message.get("unit") or message["topic"] for message in said] == [BALANCE, HAND, "walking/hills"]
    assert sum(len(words(message).split()) for message in said) <= 150


def test_the_short_texts_of_three_questions_are_cut_to_whole_sentences() -> None:
    talk = Talk(shipped())
    said = talk.say(ask("footwear/fit"), ask("care/heat_and_cold"), ask("lifestyle/sleep"))
    assert [message["topic"] for message in said] == ["footwear/fit", "care/heat_and_cold", "lifestyle/sleep"]
    assert sum(len(message["body"].split()) for message in said) <= 150
    assert all(message["body"].endswith((".", "!")) for message in said)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("One two. Three four.", 4, "One two. Three four."),
        ("One two. Three four.", 3, "One two."),
        ("One two three. Four.", 1, "One two three."),
        ("Try:\n\n- one\n- two", 3, "Try:\n\n- one\n- two"),
        ("Try.\n\n- One.\n- Two.", 2, "Try. One."),
    ],
)
def test_a_text_is_cut_at_its_sentences(text: str, limit: int, expected: str) -> None:
    assert within(text, limit) == expected


def test_two_questions_with_one_answer_get_it_once() -> None:
    assert len(Talk().say(ask(POLES, 0.9, (BALANCE, 0.8)), ask(POLES, 0.9, (BALANCE, 0.8)))) == 1


def _parts(**sizes: int) -> Parts:
    return Parts(**{name: "w " * size for name, size in sizes.items()})


@pytest.mark.parametrize(
    ("parts", "limit", "left"),
    [
        ([_parts(answer=40, because=20, do=20, net=10)], 90, {"answer", "because", "do", "net"}),
        ([_parts(answer=60, because=20, do=20, net=10)], 90, {"answer", "do", "net"}),
        ([_parts(answer=60, because=20, entity=20, fit=20, net=10)], 90, {"answer", "fit", "net"}),
        ([_parts(answer=60, do=30, net=10)] * 3, 150, {"answer"}),
    ],
)
def test_what_is_left_out_first(parts: list[Parts], limit: int, left: set[str]) -> None:
    cut = shortened(parts, limit)
    assert {name for name, value in vars(cut[0]).items() if value} == left


def test_an_unsure_answer_names_the_other_reading_below_it() -> None:
    meant = dataclasses.replace(ask("x"), topics=(Scored(POLES, 0.4), Scored("walking/hills", 0.3)))
    said = Talk().say(meant)
    assert [message["type"] for message in said] == ["answer", "text"]
    assert [button["title"] for button in said[1]["quick_replies"]] == ["Hills"]


def test_a_foreign_question_is_told_so_once_and_differently_the_next_time() -> None:
    talk = Talk()
    foreign = ask("walking/hills", 0.02, in_scope=0.01)
    first, second = talk.say(foreign)[0], talk.say(foreign)[0]
    assert (first["type"], first["reason"]) == ("notice", "out_of_scope")
    assert first["text"] != second["text"]


@pytest.mark.parametrize(
    ("text", "told", "first"),
    [
        ("my back hurts for weeks", (), "causes/muscle_strain"),
        ("sore back, 20 weeks pregnant", (), "people/pregnancy"),
        ("my back hurts for weeks", (fact("pregnant_weeks", 20.0),), "people/pregnancy"),
    ],
)
def test_a_topic_for_people_with_a_condition_answers_them_alone(text: str, told: tuple[Fact, ...], first: str) -> None:
    talk = Talk(shipped())
    talk.tell("self", *told)
    topics = (Scored("people/pregnancy", 0.5), Scored("causes/muscle_strain", 0.4))
    said = talk.say(dataclasses.replace(ask("people/pregnancy", text=text), topics=topics))
    assert next(message["topic"] for message in said if message["type"] == "answer") == first
