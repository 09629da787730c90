"""What a person gets who asks: answers, follow-ups, choices, honest notices, small talk. Over HTTP, nothing faked."""

from __future__ import annotations

import uuid

import pytest

from bot.channel.message_schema import validate
from tests.conversations.stack import Stack


def kinds(messages: list[dict[str, object]]) -> list[object]:
    return [message["type"] for message in messages]


def test_the_first_question_gets_a_cited_answer(stack: Stack) -> None:
    answer = stack.person().say("why does my lower back hurt after twenty minutes of walking?")[0]
    assert (answer["type"], answer["topic"]) == ("answer", "causes/overview")
    assert answer["sources"]
    assert answer["checked_on"]
    assert answer["quick_replies"]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what is sciatica", "causes/sciatica"),
        ("should i use heat or ice on my back", "care/heat_and_cold"),
        ("do i need an mri", "care/scans"),
        ("when shoud i see a docter about my back", "care/when_to_see_doctor"),
        ("HOW OFTEN SHOULD I REPLACE MY WALKING SHOES", "footwear/replacement"),
        ("does slouching cause back pain", "causes/posture"),
    ],
)
def test_plain_questions_reach_their_topic(stack: Stack, question: str, topic: str) -> None:
    said = stack.person().say(question)
    assert said[0].get("topic") == topic, [message["text"] for message in said]


def test_follow_ups_are_answered_from_the_last_article(stack: Stack) -> None:
    person = stack.person()
    first = person.say("what is sciatica")[0]
    for follow_up in ("why?", "how long does that take", "is that proven", "where does that come from", "tell me more"):
        said = person.say(follow_up)
        assert {message.get("topic") for message in said} == {first["topic"]}, follow_up


def test_every_button_of_an_answer_leads_to_an_answer(stack: Stack) -> None:
    person = stack.person()
    answer = person.say("what is sciatica")[0]
    for button in [*answer.get("quick_replies", ()), *answer.get("see_also", ())]:
        said = person.say(button["payload"])
        assert said[0]["type"] == "answer", button


@pytest.mark.parametrize(
    "text", ["what's the weather like in paris", "book me a flight", "who won the league", "asdfgh qwerty"]
)
def test_what_it_does_not_know_is_declined(stack: Stack, text: str) -> None:
    assert kinds(stack.person().say(text)) == ["notice"]


@pytest.mark.parametrize(
    "text", ["hi", "thanks a lot", "bye", "what can you do", "are you a real doctor?", "say that again"]
)
def test_small_talk_is_answered(stack: Stack, text: str) -> None:
    assert kinds(stack.person().say(text)) == ["text"]


def test_repeat_says_the_last_answer_again(stack: Stack) -> None:
    person = stack.person()
    first = person.say("what is sciatica")
    again = person.say("can you repeat that")
    assert [message["text"] for message in again] == [message["text"] for message in first]


@pytest.mark.parametrize(
    "text",
    [
        "🙂🙂🙂",
        "<script>alert(1)</script>",
        "'; DROP TABLE articles; --",
        "¿dónde está mi espalda?",
        "/restart",
        "/nonsense{}",
        "?",
    ],
)
def test_odd_input_gets_an_answer(stack: Stack, text: str) -> None:
    assert stack.person().say(text)


def test_every_message_keeps_the_contract(stack: Stack) -> None:
    person = stack.person()
    said = [*person.greeting]
    for text in (
        "hello",
        "what is sciatica",
        "shoes",
        "i can't feel it when i wipe",
        "/acknowledge_alert",
        "fever and back pain",
    ):
        said += person.say(text)
    for message in said:
        validate(message)


def test_the_transcript_holds_everything_in_order(stack: Stack) -> None:
    person = stack.person()
    person.say("what is sciatica")
    person.say("thanks")
    told = person.transcript()
    assert [entry["text"] for entry in told if entry["from"] == "user"] == ["what is sciatica", "thanks"]
    assert told[0]["from"] == "assistant"


def test_the_same_message_is_answered_once(stack: Stack) -> None:
    person = stack.person()
    message_id = str(uuid.uuid4())
    assert person.say("what is sciatica", message_id=message_id) == person.say(
        "what is sciatica", message_id=message_id
    )
    assert len([entry for entry in person.transcript() if entry["from"] == "user"]) == 1


def test_forgetting_leaves_nothing(stack: Stack) -> None:
    other = stack.person()
    for number in range(6):
        person = stack.person()
        person.say(f"my secret {number} is a sore back")
        other.say("thanks")
        assert person.forget() == 204
        assert person.status() == 401
        # The log beside the file counts too.
        kept = b"".join(file.read_bytes() for file in stack.database.parent.glob(f"{stack.database.name}*"))
        assert f"my secret {number}".encode() not in kept


def test_bad_spelling_is_understood(stack: Stack) -> None:
    assert stack.person().say("my bak hurts so much when i wlak wat do i do")[0]["type"] in (
        "answer",
        "choices",
        "text",
    )


def test_another_language_is_declined_kindly(stack: Stack) -> None:
    said = stack.person().say("mir tut beim Spazieren der untere Rücken schrecklich weh")[0]
    assert (said["type"], said["reason"]) == ("notice", "language")
    assert "999" in said["text"]


def test_a_typed_no_to_an_urgent_question_urges_again(stack: Stack) -> None:
    person = stack.person()
    person.say("I have a fever and my back hurts")
    raising = [person.say("no")[-1], person.say("no")[-1]]
    assert [message["type"] for message in raising] == ["question", "question"]
    assert "arranged" in raising[-1]["options"][0]["payload"]
    assert "today" in person.say("no")[0]["text"]


def test_the_second_one_of_the_choices(stack: Stack) -> None:
    person = stack.person()
    choices = next(
        (
            said[0]
            for text in ("back and walking", "walk", "hip and leg", "shoes", "hips")
            if (said := person.say(text)) and said[0]["type"] == "choices"
        ),
        None,
    )
    assert choices is not None
    second = choices["options"][1]["topic"]
    assert person.say("what about the second one")[0]["topic"] == second


def test_of_two_questions_both_are_answered(stack: Stack) -> None:
    said = stack.person().say("how do I do the bird dog and is heat or ice better")
    assert said[0]["topic"] == "exercise_howto/bird_dog"
    assert "care/heat_and_cold" in [message.get("topic") for message in said]


def test_what_only_the_net_hears_is_asked_about_with_what_to_do(stack: Stack) -> None:
    said = stack.person().say("Half of everything went dim like a blind over one eye for a bit, it's back now")
    assert said[0]["type"] in ("question", "alert")
    assert "999" in " ".join(message["text"] for message in said)
