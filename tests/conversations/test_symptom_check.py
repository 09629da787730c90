"""The symptom check over HTTP: one question at a time, by button or by word, left and taken up again."""

from __future__ import annotations

import pytest

from bot.content.screen import read_screen
from tests.conversations.stack import Person, Stack

STEPS = len(read_screen().steps)
ABOUT = 3
"""Questions about the person after those about signs: age, sex and pregnancy, where nobody told them."""


def question(messages: list[dict[str, object]]) -> dict[str, object]:
    return next(message for message in messages if message["type"] == "question")


def press(person: Person, asked: dict[str, object], answer: str) -> list[dict[str, object]]:
    options: list[dict[str, str]] = asked["options"]  # type: ignore[assignment]
    return person.say(next(option["payload"] for option in options if f'"answer":"{answer}"' in option["payload"]))


def finished(person: Person, said: list[dict[str, object]]) -> list[dict[str, object]]:
    """The end of the check, with nothing said about the person."""
    for _ in range(ABOUT + 2):  # a sign that was unsure may be asked about once more
        said = person.say("skip") if said[-1]["type"] == "question" else said
    return said


def test_all_no_ends_in_a_summary_of_self_care(stack: Stack) -> None:
    person = stack.person()
    said = person.say("check my symptoms")
    for number in range(1, STEPS + 1):
        asked = question(said)
        assert (asked["step"], asked["of"]) == (number, STEPS + ABOUT)
        said = press(person, asked, "no")
    said = finished(person, said)
    assert [message["type"] for message in said] == ["summary"]
    assert "urgency" not in said[0]
    assert sum("No." in line for line in said[0]["sections"][2]["lines"]) == STEPS  # type: ignore[index]


def test_a_typed_yes_to_a_danger_is_an_emergency_alone(stack: Stack) -> None:
    person = stack.person()
    person.say("check my symptoms")
    person.say("no")
    said = person.say("yes")
    assert [message["type"] for message in said] == ["alert"]
    assert (said[0]["level"], said[0]["flags"][0]) == ("emergency", "cauda_equina")


def test_words_at_a_step_are_understood(stack: Stack) -> None:
    person = stack.person()
    person.say("check my symptoms")
    assert person.say("no but my groin is numb")[0]["level"] == "emergency"


def test_a_typed_not_sure_is_what_its_button_would_have_been(stack: Stack) -> None:
    for words in ("not sure", "I don't know", "dunno", "maybe", "um, not really sure"):
        person = stack.person()
        person.say("check my symptoms")
        assert question(person.say(words))["step"] == 2, words


def test_an_urgent_yes_can_be_gone_on_from(stack: Stack) -> None:
    person = stack.person()
    said = person.say("check my symptoms")
    for _ in range(4):
        said = press(person, question(said), "no")
    said = press(person, question(said), "yes")
    assert said[0]["level"] == "urgent"
    # First what would make it an emergency, then on with the check.
    while question(said).get("of") != STEPS and "after" in question(said)["options"][0]["payload"]:  # type: ignore[index]
        said = press(person, question(said), "no")
    assert "step" in question(said)["options"][0]["payload"]  # type: ignore[index]


def test_it_can_be_left_for_a_question_and_taken_up_again(stack: Stack) -> None:
    person = stack.person()
    first = question(person.say("check my symptoms"))
    assert person.say("what is sciatica")[0]["type"] == "answer"
    assert question(press(person, first, "no"))["step"] == 2


def test_a_see_doctor_yes_ends_in_a_summary_at_that_level(stack: Stack) -> None:
    person = stack.person()
    said = person.say("check my symptoms")
    for _ in range(STEPS - 1):
        said = press(person, question(said), "no")
    said = press(person, question(said), "yes")
    assert (said[0]["type"], said[0]["level"]) == ("alert", "see_doctor")
    (summary,) = finished(person, said[1:])
    assert (summary["type"], summary["urgency"]) == ("summary", "see_doctor")


@pytest.mark.parametrize("number", range(1, STEPS + 1))
@pytest.mark.parametrize("answer", ["yes", "no", "unsure"])
def test_every_answer_to_every_question_leads_somewhere(stack: Stack, number: int, answer: str) -> None:
    person = stack.person()
    said = person.say("check my symptoms")
    for _ in range(number - 1):
        said = press(person, question(said), "no")
    said = press(person, question(said), answer)
    if said[0]["type"] == "alert":
        assert answer == "yes"
        if said[0]["level"] == "emergency":
            assert len(said) == 1
            return
        assert said[-1]["type"] == "question"
    elif number < STEPS:
        assert question(said)["step"] == number + 1
    else:
        assert [message["type"] for message in finished(person, said)] == ["summary"]


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("a bit", "emergency"),
        ("sometimes", "emergency"),
        ("kind of I suppose", "emergency"),
        ("only when i sit", "urgent"),
        ("idk maybe a bit", "urgent"),
    ],
)
def test_a_hedge_is_no_no(stack: Stack, words: str, least: str) -> None:
    person = stack.person()
    person.say("check my symptoms")
    person.say("no")
    said = person.say(words)
    if least == "emergency":  # it stands alone, and the check waits
        assert [(message["type"], message["level"]) for message in said] == [("alert", "emergency")]
        return
    for _ in range(STEPS - 2):
        said = person.say("no")
    said = finished(person, said)
    assert said[-1]["type"] == "summary"
    assert said[-1]["urgency"] == least


@pytest.mark.parametrize("words", ["yes", "yes please", "ok yeah"])
def test_a_yes_to_what_was_offered_begins_the_check(stack: Stack, words: str) -> None:
    person = stack.person()
    person.say("my lower back hurts")
    for reply in ("a few weeks", "walking", "no"):
        said = person.say(reply)
        if "check_symptoms" in str(said[-1]):
            break
    assert "check_symptoms" in str(said[-1])
    assert question(person.say(words))["step"] == 1


@pytest.mark.parametrize("words", ["yeah a bit", "yep it is", "yes but not much"])
def test_a_yes_with_more_words_is_a_yes(stack: Stack, words: str) -> None:
    person = stack.person()
    person.say("check my symptoms")
    person.say("no")
    assert person.say(words)[0]["level"] == "emergency"


def test_what_is_not_understood_does_not_end_the_check(stack: Stack) -> None:
    person = stack.person()
    person.say("check my symptoms")
    said = person.say("who won the cup final")
    assert question(said)["step"] == 1
    assert question(person.say("nope, not me"))["step"] == 2
