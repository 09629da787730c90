"""Alerts, questions about signs and the complaint, the symptom check, and the time while an alert stands."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.content.replies import Replies, read_replies
from bot.conversation.meaning import Alert
from bot.conversation.state import Episode, OpenQuestion
from bot.model import Assessment, FlagMatch, Subject, Urgency
from bot.reading import Scored
from tests.answering_kit import LABELS, Talk, act, ask, fact, shipped

CAUDA, FOOT = "cauda_equina", "foot_drop_progressive_weakness"


def raised(flag: str, level: Urgency) -> dict[str, Any]:
    match = FlagMatch(flag, level, "direct", Subject.SELF, None, ("x",))
    return {"alert": Alert(level=level, new=(match,)), "assessment": Assessment(level, (match,))}


def standing(
    level: Urgency = Urgency.EMERGENCY, *, crisis: bool = False, region: str | None = "GB"
) -> tuple[Talk, dict[str, Any]]:
    flag = "suicidal_crisis" if crisis else CAUDA if level is Urgency.EMERGENCY else FOOT
    talk = Talk(shipped(), region=region)
    talk.state = dataclasses.replace(talk.state, episode=Episode("raised", level, (flag,), crisis=crisis))
    return talk, {"assessment": raised(flag, level)["assessment"]}


def test_an_emergency_stands_alone_whatever_else_was_said() -> None:
    acts = (act("tell/symptom", facts=(fact("since_days", 3.0),)), ask("exercise_howto/plank"), act("social/thanks"))
    said = Talk(shipped()).say(*acts, **raised(CAUDA, Urgency.EMERGENCY))
    assert [message["type"] for message in said] == ["alert"]


def test_urgent_advice_comes_first_with_its_question_and_nothing_harmless_beside_it() -> None:
    talk = Talk(shipped())
    said = talk.say(act("tell/symptom"), **raised(FOOT, Urgency.URGENT))
    assert [message["type"] for message in said] == ["alert", "question"]
    assert talk.state.questions[0].slot == f"flag:{CAUDA}"
    said = talk.say(ask("walking/pace"), ask("exercise_howto/plank"), **raised(FOOT, Urgency.URGENT))
    assert [message["type"] for message in said][:1] == ["alert"]
    assert not any(message["type"] == "exercise" for message in said)


@pytest.mark.parametrize(
    ("level", "probability", "answered"),
    [(Urgency.SEE_DOCTOR, 0.9, True), (Urgency.SEE_DOCTOR, 0.3, False), (Urgency.URGENT, 0.9, False)],
)
def test_beside_advice_to_see_a_doctor_some_time_what_surely_has_a_topic_is_answered(
    level: Urgency, probability: float, answered: bool
) -> None:
    flag = FOOT if level is Urgency.URGENT else "persistent_or_worsening"
    said = Talk(shipped()).say(ask("causes/posture", probability, formed=False), **raised(flag, level))
    assert said[0]["type"] == "alert"
    assert ("answer" in [message["type"] for message in said]) is answered


def test_one_more_reason_for_a_visit_that_is_advised_is_a_sentence_and_no_second_card() -> None:
    talk = Talk(shipped())
    talk.say(act("tell/symptom"), **raised("persistent_or_worsening", Urgency.SEE_DOCTOR))
    talk.state = dataclasses.replace(talk.state, alerted=("persistent_or_worsening", "age_first_episode"))
    said = talk.say(act("tell/fact"), **raised("age_first_episode", Urgency.SEE_DOCTOR))
    assert said[0]["type"] == "text"
    assert (said[0]["urgency"], "after 60" in str(said[0]["text"])) == ("see_doctor", True)


def test_what_could_raise_an_urgent_sign_is_asked_about_the_person_who_has_it() -> None:
    match = FlagMatch(FOOT, Urgency.URGENT, "direct", Subject.OTHER, "mother", ("x",))
    talk = Talk(shipped())
    told = {"alert": Alert(level=Urgency.URGENT, new=(match,)), "assessment": Assessment(Urgency.URGENT, (match,))}
    talk.say(act("tell/symptom"), **told)
    assert [question.about for question in talk.state.questions] == ["mother"]


def test_a_sign_that_was_taken_back_and_is_there_after_all_is_alerted_again() -> None:
    talk, now = standing(Urgency.EMERGENCY)
    said = talk.say(act("reply/yes", question=OpenQuestion(f"flag:{CAUDA}"), value="yes"), **now)
    assert [(message["type"], message["level"]) for message in said] == [("alert", "emergency")]


def test_a_denied_sign_beside_urgent_advice_leads_on_to_whether_it_is_arranged() -> None:
    talk, now = standing(Urgency.URGENT)
    asked = []
    question = OpenQuestion(f"flag:{CAUDA}")
    while question.slot != "arranged":
        talk.say(act("reply/no", question=question), **now)
        question = talk.state.questions[0]
        asked.append(question.slot)
    assert len(asked) <= 3
    assert f"flag:{CAUDA}" not in asked
    said = talk.say(act("reply/yes", question=question), **now)
    assert talk.state.episode.arranged
    assert said[0]["type"] == "text"


def test_a_suspected_sign_is_asked_about_after_what_was_heard_and_before_the_answer() -> None:
    talk = Talk(shipped())
    said = talk.say(
        act("tell/symptom", facts=(fact("since_days", 1100.0),)), ask("walking/pace"), alert=Alert(ask=(CAUDA,))
    )
    assert [message["type"] for message in said] == ["text", "question", "answer"]
    assert "999" in said[1]["text"]
    assert said[1]["flags"] == [CAUDA]


def test_beside_an_emergency_signs_question_no_exercise_and_no_plan() -> None:
    for meant in (ask("exercise_howto/plank"), act("goal/plan"), act("goal/routine"), ask("walking/progression")):
        said = Talk(shipped()).say(meant, alert=Alert(ask=(CAUDA,)))
        assert {message["type"] for message in said} == {"question", "text"}


@pytest.mark.parametrize(
    ("label", "urgency"), [("reply/no", None), ("reply/not_sure", "urgent"), ("control/skip", "urgent")]
)
def test_the_answer_to_a_signs_question(label: str, urgency: str | None) -> None:
    talk = Talk(shipped())
    talk.say(act("tell/symptom"), alert=Alert(ask=(CAUDA,)))
    said = talk.say(act(label, question=talk.state.questions[0]))
    assert said[0].get("urgency") == urgency
    assert talk.state.questions == ()


def test_a_side_question_is_answered_and_the_question_comes_back_once_in_other_words() -> None:
    talk = Talk(shipped())
    first = talk.say(act("tell/symptom"), alert=Alert(ask=(CAUDA,)))[-1]["text"]
    second = talk.say(ask("walking/pace"))
    assert [message["type"] for message in second] == ["answer", "question"]
    assert second[-1]["text"] != first
    assert [message["type"] for message in talk.say(ask("walking/hills"))] == ["answer"]
    assert talk.state.questions[0].asked == 2


@pytest.mark.parametrize("label", ["control/what_mean", "control/why_ask", "control/how_many"])
@pytest.mark.parametrize("slot", ["flag", "ask"])
def test_a_question_is_explained_and_stays_open_with_its_buttons(label: str, slot: str) -> None:
    talk = Talk(shipped())
    talk.say(act("tell/symptom"), **({"alert": Alert(ask=(CAUDA,))} if slot == "flag" else {}))
    question = talk.state.questions[0]
    said = talk.say(act(label, question=question))
    assert talk.state.questions == (dataclasses.replace(question, turn=talk.state.turn),)
    assert len(said[-1]["quick_replies"]) == len(question.options)


def test_an_answer_about_the_complaint_is_kept_heard_and_leads_to_the_next_question() -> None:
    talk = Talk(shipped())
    talk.say(act("tell/symptom"))
    for value, name, kept in (
        ("A few weeks", "since_days", 28.0),
        ("Down a leg", "spread", "leg"),
        ("Sitting", "worse_with", "sitting"),
    ):
        said = talk.say(act("reply/value", question=talk.state.questions[0], value=value))
        assert {fact.name: fact.value for fact in talk.state.person().facts}[name] == kept
        assert said[-1]["type"] == "question"
    assert talk.state.questions[0].slot == "offer:check"
    said = talk.say(act("reply/yes", question=talk.state.questions[0]))
    assert said[-1]["step"] == 1


def test_the_symptom_check_goes_through_back_stops_resumes_and_ends() -> None:
    talk = Talk(shipped())
    steps = talk.voice.check.steps()
    said = talk.say(act("goal/check"))
    assert said[-1]["flags"] == [steps[0]]
    said = talk.say(act("reply/no", question=talk.state.questions[0]))
    assert said[-1]["flags"] == [steps[1]]
    assert talk.say(act("control/back", question=talk.state.questions[0]))[-1]["flags"] == [steps[0]]
    talk.say(act("control/stop", question=talk.state.questions[0]))
    assert talk.state.questions == ()
    assert talk.say(act("control/resume"))[-1]["flags"] == [steps[0]]
    for _ in steps:
        said = talk.say(act("reply/no", question=talk.state.questions[0]))
    assert talk.state.questions[0].slot == "check.age"
    for text in ("I am 44", "A man"):
        said = talk.say(act("reply/value", question=talk.state.questions[0], text=text))
    assert said[-1]["type"] == "summary"
    assert talk.state.goals == ()


def test_an_alert_in_the_check_lets_it_wait() -> None:
    talk = Talk(shipped())
    talk.say(act("goal/check"))
    flag = talk.voice.check.steps()[0]
    said = talk.say(act("reply/yes", question=talk.state.questions[0]), **raised(flag, Urgency.EMERGENCY))
    assert [message["type"] for message in said] == ["alert"]


def test_taking_back_is_rechecked_and_standing_down_is_said_first() -> None:
    talk, now = standing()
    said = talk.say(act("withdraw/joke"), **now, alert=Alert(recheck=CAUDA))
    assert [message["type"] for message in said] == ["question"]
    question = talk.state.questions[0]
    talk.state = dataclasses.replace(talk.state, episode=Episode())
    said = talk.say(act("reply/no", question=question), alert=Alert(stands_down=True))
    assert said[0]["stands_down"] is True
    assert "urgency" not in said[0]


AFTER = [f"{name}/{kind}" for name in ("after_alert", "minimise", "withdraw") for kind in LABELS[name].split()]


@pytest.mark.parametrize("label", AFTER)
@pytest.mark.parametrize("level", [Urgency.EMERGENCY, Urgency.URGENT, Urgency.SEE_DOCTOR])
def test_what_is_said_about_an_alert_carries_its_urgency_and_never_repeats(label: str, level: Urgency) -> None:
    talk, now = standing(level)
    said = [talk.say(act(label), **now) for _ in range(3)]
    assert all(messages[0]["urgency"] == level.value for messages in said)
    assert said[0][0]["text"] != said[1][0]["text"] != said[2][0]["text"]


def test_words_of_an_episode_are_those_of_its_level_or_the_nearest() -> None:
    talk, now = standing(Urgency.URGENT)
    forms = {"after_alert/sure": {"emergency": ("Yes, {emergency}.", "I am sure."), "crisis": ("I am here.",)}}
    replies = Replies(**{**talk.voice.replies.__dict__, "episode": forms})
    talk.voice = dataclasses.replace(talk.voice, replies=replies)
    said = {talk.text(act("after_alert/sure"), **now) for _ in range(2)}
    assert said == {"Yes, call 999.", "I am sure."}


@pytest.mark.parametrize("label", ["social/thanks", "feeling/worry", "outside/foreign", "outside/near", "social/joke"])
def test_small_talk_during_an_alert_keeps_to_it(label: str) -> None:
    talk, now = standing()
    said = talk.say(act(label), **now)
    assert said[0]["type"] == "text"
    assert said[0]["urgency"] == "emergency"


def test_a_plain_question_during_an_alert_is_answered_below_the_standing_advice_and_exercises_wait() -> None:
    talk, now = standing()
    said = talk.say(ask("walking/pace"), **now)
    assert [message["type"] for message in said] == ["text", "answer"]
    assert said[0]["urgency"] == "emergency"
    for meant in (ask("exercise_howto/plank"), act("goal/plan"), act("goal/list_exercises"), act("change/instead")):
        assert {message["type"] for message in talk.say(meant, **now)} <= {"text", "choices"}


def test_where_the_person_is_is_asked_once() -> None:
    talk, now = standing(region=None)
    assert talk.say(act("after_alert/ok"), **now)[-1]["type"] == "question"
    question = talk.state.questions[0]
    said = talk.say(act("reply/value", question=question, value="GB"), **now)
    assert "United Kingdom" in said[0]["text"]
    assert talk.state.region == "GB"
    assert all(message["type"] != "question" for message in talk.say(act("after_alert/ok"), **now))


def test_what_stands_is_said_once_in_a_turn() -> None:
    talk, now = standing()
    said = talk.say(act("after_alert/ok"), ask("walking/carrying_load"), **now)
    assert sum("999" in str(message["text"]) for message in said if message["type"] == "text") == 1
    assert said[-1]["type"] == "answer"


def test_not_what_was_asked_about_a_card_offers_what_may_have_been_meant() -> None:
    talk = Talk(shipped())
    talk.say(ask("walking/pace"))
    talk.say(ask("exercise_howto/plank"))
    said = talk.say(act("repair/not_asked", topics=ask("walking/pace").topics))
    assert [message["type"] for message in said] == ["text", "choices"]


def test_words_that_lead_to_buttons_are_left_out_where_a_question_takes_their_place() -> None:
    near = (Scored("footwear/fit", 0.4), Scored("footwear/shoe_types", 0.35), Scored("walking/hills", 0.2))
    forms = read_replies().spoken["answer/or_meant"].say
    talk = Talk(shipped())
    alone = talk.say(dataclasses.replace(ask("footwear/fit"), topics=near))
    assert any(message["text"] in forms for message in alone)
    asked = talk.say(dataclasses.replace(ask("walking/hills"), topics=near[::-1]), alert=Alert(ask=(CAUDA,)))
    assert not any(message["text"] in forms for message in asked if not message.get("quick_replies"))
