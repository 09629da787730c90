"""What is said beside an alert that stands, after an answer that missed, and in the right number of steps."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.meaning import Alert
from bot.conversation.retraction import EXAMINED
from bot.conversation.state import Goal, OpenQuestion
from bot.messages import Message
from bot.model import Urgency
from tests.answering_kit import Talk, act, ask, fact, shipped
from tests.unit.test_answering_questions import CAUDA, FOOT, standing


def texts(said: tuple[Message, ...]) -> str:
    """What was said, as one text."""
    return "\n".join(str(message["text"]) for message in said)


def forms(talk: Talk, name: str) -> tuple[str, ...]:
    """The forms of a reply."""
    return tuple(talk.voice.replies.spoken[name].say)


def test_of_a_visit_some_day_soon_one_is_reminded_once() -> None:
    talk, now = standing(Urgency.SEE_DOCTOR)
    said = [texts(talk.say(ask(topic), **now)) for topic in ("walking/pace", "walking/hills", "footwear/fit")]
    reminders = forms(talk, "episode/stands_see_doctor")
    assert [any(one in text for one in reminders) for text in said] == [True, False, False]


def test_of_what_cannot_wait_one_is_reminded_each_time() -> None:
    talk, now = standing()
    for topic in ("walking/pace", "walking/hills"):
        assert "999" in texts(talk.say(ask(topic), **now))


@pytest.mark.parametrize("label", ["tell/symptom", "tell/progress", "tell/hurts_doing"])
@pytest.mark.parametrize("level", [Urgency.EMERGENCY, Urgency.URGENT])
def test_nothing_that_sounds_harmless_is_said_while_help_is_pressing(label: str, level: Urgency) -> None:
    talk, now = standing(level)
    said = talk.say(act(label, facts=(fact("since_days", 3.0),)), **now)
    assert all(message["type"] == "text" for message in said)
    assert any(one in texts(said) for one in forms(talk, "episode/heard"))
    assert said[-1]["urgency"] == level.value


def test_what_was_asked_is_answered_beside_the_question_what_a_clinician_left() -> None:
    talk, now = standing()
    said = talk.say(act("withdraw/checked"), ask("walking/hills"), **now, alert=Alert(recheck=EXAMINED))
    assert [message["type"] for message in said] == ["question", "answer"]
    assert not any(one.split("{")[0] in texts(said) for one in forms(talk, "episode/stands_emergency"))


@pytest.mark.parametrize("label", ["meta/bot", "meta/private", "feeling/angry", "repair/useless"])
def test_what_stands_is_said_below_a_reply_about_the_assistant(label: str) -> None:
    talk, now = standing()
    said = talk.say(act(label), **now)
    assert said[-1]["urgency"] == "emergency"


@pytest.mark.parametrize("kind", ["joke", "long_ago", "explained"])
def test_the_check_before_an_alert_falls_answers_what_was_said(kind: str) -> None:
    talk, now = standing()
    talk.state = dataclasses.replace(
        talk.state, episode=dataclasses.replace(talk.state.episode, checking=f"{kind}:{CAUDA}")
    )
    said = talk.say(act(f"withdraw/{kind}"), **now, alert=Alert(recheck=CAUDA))
    assert said[0]["text"].startswith(tuple(one.split("{")[0] for one in forms(talk, f"question/recheck_{kind}")))


def test_thanks_after_advice_that_can_wait_are_plain_thanks() -> None:
    talk, now = standing(Urgency.SEE_DOCTOR)
    assert texts(talk.say(act("social/thanks"), **now)) in forms(talk, "social/thanks")
    talk, now = standing(Urgency.URGENT)
    assert texts(talk.say(act("social/thanks"), **now)) in forms(talk, "social/thanks/alert")


@pytest.mark.parametrize("label", ["after_alert/ok", "after_alert/later", "minimise/nothing", "after_alert/sure"])
def test_a_visit_some_day_soon_is_never_made_into_today(label: str) -> None:
    talk, now = standing(Urgency.SEE_DOCTOR)
    for _ in range(3):
        assert "today:" not in texts(talk.say(act(label), **now))


def test_an_answer_that_missed_beside_a_better_question_is_regretted_and_the_question_answered() -> None:
    talk = Talk(shipped())
    talk.say(ask("walking/pace"))
    said = talk.say(act("repair/said_already"), ask("walking/hills"))
    assert said[0]["text"] in forms(talk, "repair/sorry")
    assert [message["type"] for message in said[1:]] == ["answer"]


def test_which_of_all_that_matters_most_is_chosen() -> None:
    talk = Talk(shipped())
    talk.say(ask("walking/pace"))
    said = talk.say(act("compare/best"))
    assert said[0]["text"] in forms(talk, "answer/one_thing")
    assert said[0]["sources"]


def test_a_denial_beside_what_a_clinician_found_asks_nothing_further() -> None:
    talk, now = standing(Urgency.URGENT)
    question = OpenQuestion(f"flag:{CAUDA}")
    said = talk.say(act("withdraw/checked"), act("reply/no", question=question), **now, alert=Alert(recheck=EXAMINED))
    assert [message["type"] for message in said].count("question") == 1


def test_a_question_about_somebody_else_says_so() -> None:
    talk = Talk(shipped())
    talk.state = dataclasses.replace(talk.state, current="mother")
    said = talk.say(act("tell/symptom", who="mother"), alert=Alert(ask=(CAUDA,)))
    question = next(message for message in said if message["type"] == "question")
    assert "your mother" in question["text"]


def test_how_right_after_the_card_is_one_step_at_a_time() -> None:
    talk = Talk(shipped())
    first = talk.say(ask("exercise_howto/cat_cow"))
    assert first[0]["type"] == "exercise"
    assert talk.say(act("aspect/how"))[0]["text"].count(first[0]["steps"][0]) == 1


def test_next_without_a_list_is_another_exercise() -> None:
    talk = Talk(shipped())
    assert talk.say(act("reference/next"))[-1]["type"] == "table"
    talk = Talk(shipped())
    first = talk.say(ask("exercise_howto/cat_cow"))[0]
    second = talk.say(act("reference/next"))[-1]
    assert (first["type"], second["type"]) == ("exercise", "exercise")
    assert first["title"] != second["title"]


def test_a_sign_asked_about_beside_the_check_is_no_step_of_it() -> None:
    talk = Talk(shipped())
    talk.say(act("goal/check"))
    talk.say(act("reply/no", question=talk.state.questions[0]))
    now = next(one for one in talk.state.goals if one.kind == "check")
    assert isinstance(now, Goal)
    beside = FOOT if now.step != FOOT else CAUDA
    question = OpenQuestion(f"flag:{beside}")
    talk.state = dataclasses.replace(talk.state, questions=(question, *talk.state.questions))
    said = talk.say(act("reply/no", question=question))
    assert said[-1]["step"] == 2
    last = talk.say(act("reply/no", question=talk.state.questions[0]))
    assert last[-1]["step"] == 3
