"""Danger in a conversation, over HTTP: the right level, alone, with the right numbers, every time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.stack import Stack


def level(messages: list[dict[str, object]]) -> object:
    return messages[0].get("level")


def pressed(question: dict[str, Any], answer: str) -> str:
    """What the button with that answer sends."""
    return next(option["payload"] for option in question["options"] if f'"answer":"{answer}"' in option["payload"])


def test_a_saddle_sign_is_an_emergency_alone(stack: Stack) -> None:
    said = stack.person().say("I can't feel it when I wipe")
    assert [message["type"] for message in said] == ["alert"]
    assert said[0]["level"] == "emergency"
    assert said[0]["actions"][0]["url"] == "tel:999"
    assert "cauda_equina" in said[0]["flags"]


def test_numbness_between_the_legs_is_not_taken_for_numb_legs(stack: Stack) -> None:
    assert stack.person().say("actually i've gone numb between my legs")[0]["flags"][-1] == "cauda_equina"


def test_two_messages_apart(stack: Stack) -> None:
    person = stack.person()
    first = person.say("I had breast cancer years ago")
    assert level(first) is None
    shoes = person.say("which shoes should I buy for walking?")
    assert any(
        str(message.get("topic", "")).startswith("footwear/") or message["type"] == "choices" for message in shoes
    )
    alarm = person.say("now both my legs feel weak")
    assert level(alarm) == "emergency"
    assert {"cord_compression_cancer", "bilateral_leg_neuro"} <= set(alarm[0]["flags"])


def test_an_alert_is_given_again_until_it_is_acknowledged(stack: Stack) -> None:
    person = stack.person()
    assert level(person.say("my groin has gone numb")) == "emergency"
    assert level(person.say("what is sciatica")) == "emergency"
    assert [message["type"] for message in person.say("what is sciatica")] == ["text", "answer"]


def test_an_acknowledged_alert_is_not_given_again(stack: Stack) -> None:
    person = stack.person()
    alarm = person.say("my groin has gone numb")[0]
    assert person.say(alarm["ack_payload"])[0]["type"] == "text"
    assert [message["type"] for message in person.say("what is sciatica")] == ["text", "answer"]


def test_numbers_are_those_of_the_region(stack: Stack) -> None:
    for region, number in (("US", "tel:911"), ("NZ", "tel:111"), ("AU", "tel:000"), ("IN", "tel:112")):
        assert stack.person(region).say("chest pain and sweating")[0]["actions"][0]["url"] == number


def test_an_unknown_region_gets_every_number_and_is_asked_once(stack: Stack) -> None:
    person = stack.person(None)
    alarm = person.say("chest pain and sweating")[0]
    for number in ("999", "911", "112", "000"):
        assert number in alarm["text"]
    asked = person.say(alarm["ack_payload"])
    assert asked[-1]["type"] == "question"


def test_someone_else_is_spoken_of_as_someone_else(stack: Stack) -> None:
    said = stack.person().say("my mum can't feel between her legs and she keeps wetting herself")
    assert level(said) == "emergency"
    assert "take them" in said[0]["body"]


def test_an_urgent_sign_is_advice_first_and_then_a_question(stack: Stack) -> None:
    said = stack.person().say("I have a fever and my back hurts")
    assert [message["type"] for message in said] == ["alert", "question"]
    assert said[0]["level"] == "urgent"


def test_crisis_words_get_the_crisis_line(stack: Stack) -> None:
    said = stack.person().say("which shoes are best, anyway I want to kill myself")
    assert level(said) == "emergency"
    assert said[0]["flags"][0] == "suicidal_crisis"
    assert said[0]["actions"][0]["url"] == "tel:116123"


@pytest.mark.parametrize(
    "text",
    [
        "this hill is killing me",
        "my feet are dead after ten miles",
        "no numbness, no tingling, bladder fine, just a sore back",
        "what are the signs of cauda equina syndrome",
        "my legs were numb from sitting on the loo, fine now",
        "I lost two stone on a diet, is walking ok",
    ],
)
def test_look_alikes_do_not_alarm(stack: Stack, text: str) -> None:
    assert level(stack.person().say(text)) not in ("emergency", "urgent")


def test_a_question_about_a_danger_is_answered_with_what_to_do(stack: Stack) -> None:
    said = stack.person().say("should I see a doctor if my groin goes numb")
    assert any("999" in message["text"] for message in said)


def test_a_region_that_is_chosen_counts_from_then_on(stack: Stack) -> None:
    person = stack.person(None)
    alarm = person.say("chest pain and sweating")[0]
    asked = person.say(alarm["ack_payload"])[-1]
    person.say(next(option["payload"] for option in asked["options"] if option["title"] == "Australia"))
    again = person.say("the chest pain is still there")[0]
    assert [action["url"] for action in again["actions"]] == ["tel:000"]


def test_exercises_wait_until_urgent_help_is_arranged(stack: Stack) -> None:
    person = stack.person()
    asked = person.say("I have a fever and my back hurts")[1]
    while asked.get("flags"):
        asked = person.say(pressed(asked, "no"))[-1]
    assert "exercise" not in [message["type"] for message in person.say("how do i do the cat cow")]
    assert "answer" in [message["type"] for message in person.say("what is sciatica")]
    person.say(pressed(asked, "yes"))
    assert "exercise" in [message["type"] for message in person.say("how do i do the cat cow")]


def test_after_urgent_advice_a_yes_to_the_question_raises_it(stack: Stack) -> None:
    person = stack.person()
    alarm, asked = person.say("my left calf is swollen and hot")
    assert (alarm["level"], asked["flags"]) == ("urgent", ["pulmonary_embolism"])
    assert level(person.say("yes")) == "emergency"


def test_the_answer_is_about_the_person_spoken_of(stack: Stack) -> None:
    person = stack.person()
    asked = person.say("my mum's left calf is swollen and hot")[1]
    about_her = person.say(pressed(asked, "yes"))[0]
    writer = stack.person()
    asked = writer.say("my left calf is swollen and hot")[1]
    about_me = writer.say(pressed(asked, "yes"))[0]
    assert about_her["level"] == about_me["level"] == "emergency"
    assert about_her["flags"] == about_me["flags"] == ["pulmonary_embolism"]
    assert about_her["body"] != about_me["body"]


def test_a_correction_is_asked_about_and_only_a_no_takes_it_back(stack: Stack) -> None:
    person = stack.person()
    assert level(person.say("my groin has gone numb")) == "emergency"
    person.say("/acknowledge_alert")
    asked = person.say("sorry that was the wrong word, I meant my knee")
    assert [message["type"] for message in asked] == ["question"]
    assert level(person.say(pressed(asked[0], "yes"))) == "emergency"
    person.say("/acknowledge_alert")
    again = person.say("sorry that was the wrong word, I meant my knee")[0]
    assert person.say(pressed(again, "no"))[0]["type"] == "text"
    assert "answer" in [message["type"] for message in person.say("what is sciatica")]
    assert level(person.say("now it is numb when I wipe")) == "emergency"


def test_words_of_crisis_get_the_same_reply_whatever_else_is_said(stack: Stack) -> None:
    plain = stack.person().say("I want to die")[0]
    mixed = stack.person().say("I want to die and I have chest pain and both my legs are weak")[0]
    assert (plain["title"], plain["body"], plain["flags"]) == (mixed["title"], mixed["body"], mixed["flags"])


@pytest.mark.parametrize("words", ["whats a good stretch", "blorp gnarf", "who won the cup final"])
def test_no_reply_after_an_emergency_advises_less(stack: Stack, words: str) -> None:
    person = stack.person()
    person.say("i cant feel it when i wipe")
    person.say("/acknowledge_alert")
    text = " ".join(message["text"] for message in person.say(words))
    assert "999" in text
    assert "111" not in text


def test_after_words_of_crisis_it_is_the_crisis_line(stack: Stack) -> None:
    person = stack.person()
    person.say("I want to die")
    person.say("/acknowledge_alert")
    text = " ".join(message["text"] for message in person.say("whats a good stretch"))
    assert "116 123" in text
    assert "111 or" not in text


def test_words_of_crisis_said_aslant_get_the_crisis_line(stack: Stack) -> None:
    said = stack.person().say("im so done with all this pain, whats the point")
    text = " ".join(message["text"] for message in said)
    assert said[0]["flags"] == ["suicidal_crisis"]
    assert "116 123" in text
    assert "999" in text


def test_saying_where_one_is_brings_the_number_to_call(stack: Stack) -> None:
    person = stack.person(region=None)
    person.say("i cant feel it when i wipe")
    where = person.say("/acknowledge_alert")[-1]
    assert where["type"] == "question"
    pressed_uk = next(one["payload"] for one in where["options"] if '"GB"' in one["payload"])
    assert "999" in " ".join(message["text"] for message in person.say(pressed_uk))
