"""The clinician's summary and the check, over what the interpreter really keeps of the words."""

from __future__ import annotations

import pytest

from bot.answering.respond import respond
from bot.channel.message_schema import validate
from bot.conversation.codec import dump, load
from bot.conversation.state import SELF, Fact, Person, State
from bot.journeys import check, takeaways
from bot.journeys.told import MOST_NOTES
from bot.model import Assertion, Finding
from tests.answering_kit import shipped, voice
from tests.conversation_kit import interpreter, read

VOICE = voice(shipped())


class Chat:
    """A conversation in words: the findings are real, the act of each message is given, the state goes through its codec."""

    def __init__(self) -> None:
        self.state = State()

    def say(self, text: str, label: str = "tell/symptom") -> list[dict[str, object]]:
        meaning = interpreter().interpret(read(text, label), load(dump(self.state)))
        reply = respond(meaning, voice=VOICE, region="GB")
        self.state = reply.state
        for message in reply.messages:
            validate(message)
        return [dict(message) for message in reply.messages]

    def summary(self, text: str = "summary for my doctor") -> dict[str, list[str]]:
        said = next(one for one in self.say(text, "goal/summary") if one["type"] == "summary")
        return {one["heading"]: one["lines"] for one in said["sections"]}  # type: ignore[attr-defined]


def test_everything_told_is_in_its_part() -> None:
    chat = Chat()
    chat.say("44m, sore low back for 8 weeks, getting worse")
    chat.say("it is worse standing. worse sitting. better lying down. goes down my left leg")
    chat.say("i can walk about 10 minutes. i have diabetes and take metformin", "tell/fact")
    found = chat.summary()
    assert found["The person"] == ["Age 44", "Sex: male"]
    assert {"Pain for 8 weeks", "On the left side", "Goes into the leg", "Getting worse"} <= set(found["The complaint"])
    assert "Worse with standing and sitting" in found["Worse and better"]
    assert found["What they can do"] == ["Can walk 10 minutes"]
    assert "Diabetes" in found["Conditions"]
    assert found["Medicines"] == ["Takes metformin"]


def test_it_is_about_one_person() -> None:
    chat = Chat()
    chat.say("i take warfarin", "tell/fact")
    chat.say("my wife is 61 and takes ramipril", "tell/fact")
    mine = chat.summary("summary about me")
    assert mine["Medicines"] == ["Takes warfarin"]
    hers = chat.say("and about my wife", "correct/person")[-1]
    lines = [line for one in hers["sections"] for line in one["lines"]]  # type: ignore[attr-defined]
    assert "Takes ramipril" in lines
    assert "Sex: female" in lines
    assert "Takes warfarin" not in lines
    assert [button["title"] for button in hers["quick_replies"]] == ["My own summary"]  # type: ignore[attr-defined]


def test_it_is_put_right_by_talk() -> None:
    chat = Chat()
    chat.say("44m, sore back for 8 weeks")
    chat.summary()
    said = chat.say("you left out my blood pressure pill, lisinopril", "tell/fact")[-1]
    lines = [line for one in said["sections"] for line in one["lines"]]  # type: ignore[attr-defined]
    assert "Takes lisinopril" in lines
    said = chat.say("you forgot my blue zofex inhaler", "repair/not_asked")[-1]
    lines = [line for one in said["sections"] for line in one["lines"]]  # type: ignore[attr-defined]
    assert '"blue zofex inhaler" (their own words, not checked)' in lines
    said = chat.say("take out the lisinopril", "tell/fact")[-1]
    lines = [line for one in said["sections"] for line in one["lines"]]  # type: ignore[attr-defined]
    assert "Takes lisinopril" not in lines


def test_notes_in_own_words_are_few() -> None:
    chat = Chat()
    chat.summary()
    for number in range(MOST_NOTES + 3):
        chat.say(f"you left out my gadget number {number}", "tell/fact")
    own = [fact.value for fact in chat.state.person().facts if fact.name.startswith("own:")]
    assert len(own) == MOST_NOTES
    assert f"gadget number {MOST_NOTES + 2}" in own


def test_an_alert_and_what_came_of_it() -> None:
    chat = Chat()
    assert chat.say("i can't feel between my legs")[0]["type"] == "alert"
    chat.say("ok thanks", "after_alert/ok")
    assert "Stands" in chat.summary()["Alerts that were given"][0]
    chat.say("i was joking", "withdraw/joke")
    for _ in range(3):
        chat.say("no", "reply/no")
    found = chat.summary()
    assert "it was a joke" in found["Alerts that were given"][0]


def test_an_emergency_in_the_middle_of_the_form_check_goes_first_and_the_check_waits() -> None:
    chat = Chat()
    chat.say("check how i walk", "goal/form")
    waiting = chat.say("nope", "reply/no")[-1]["text"]
    assert chat.say("i can't feel between my legs")[0]["type"] == "alert"
    chat.say("ok thanks", "after_alert/ok")
    for text, label in (("carry on", "control/resume"), ("yes", "reply/yes")):
        assert waiting not in [one["text"] for one in chat.say(text, label)]
    assert chat.state.goals[0].step == "gaze"


def test_the_check_skips_what_was_denied_and_asks_what_is_not_known() -> None:
    chat = Chat()
    chat.say("44m, sore back 8 weeks. no numbness no weakness no fever pee is fine no accident")
    chat.state = State(turn=chat.state.turn, persons=chat.state.persons)
    said = chat.say("run the check", "goal/check")
    asked = []
    while said[-1]["type"] == "question":
        asked += said[-1].get("flags", [str(said[-1]["text"])])  # type: ignore[arg-type]
        said = chat.say("no", "reply/no")
    assert not {"cauda_equina", "bilateral_leg_neuro", "foot_drop_progressive_weakness"} & set(asked)
    assert not {"spinal_infection", "major_trauma", "persistent_or_worsening"} & set(asked)
    assert all(isinstance(name, str) and "?" not in name for name in asked)
    assert said[-1]["type"] == "summary"
    found = {one["heading"]: one["lines"] for one in said[-1]["sections"]}  # type: ignore[attr-defined]
    assert found["The person"] == ["Age 44", "Sex: male"]
    signs = found["Warning signs"]
    assert sum(line.endswith(" No.") for line in signs) == len(asked)
    assert any("no numbness" in line for line in signs)


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        (Person(), ("age", "sex", "pregnant")),
        (Person(facts=(Fact("age", 44.0, 1), Fact("sex", "male", 1))), ()),
        (Person(facts=(Fact("age", 30.0, 1), Fact("sex", "female", 1))), ("pregnant",)),
        (Person(facts=(Fact("age", 70.0, 1),)), ("sex",)),
        (Person(facts=(Fact("pregnant_weeks", 20.0, 1),)), ("age", "sex")),
    ],
)
def test_only_what_is_not_known_is_asked(person: Person, wanted: tuple[str, ...]) -> None:
    assert check.wanted(person, ()) == wanted


def test_a_sign_that_is_there_is_asked_about_in_spite_of_a_denial() -> None:
    denied = Fact("denied:fever", True, 1)
    present = Finding("fever")
    given = {"concepts": ("fever",), "denied": (("fever",),), "days": None}
    assert check.settled("x", Person(facts=(denied,)), **given) == "no"  # type: ignore[arg-type]
    assert check.settled("x", Person(facts=(denied,), findings=(present,)), **given) is None  # type: ignore[arg-type]
    said = Finding("fever", assertion=Assertion.NEGATED)
    assert check.settled("x", Person(SELF, findings=(said,)), **given) == "no"  # type: ignore[arg-type]


def test_takeaways_are_six_lines_at_most() -> None:
    kept, watch = takeaways.lines([f"p{one}" for one in range(9)], ["a", "b", "a", "c"])
    assert (len(kept) + len(watch), kept[-1], watch) == (6, "p8", ("b", "c"))
    assert takeaways.lines(["p"], []) == (("p",), ())
