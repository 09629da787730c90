"""The walking plan over several messages: asked, interrupted, left, corrected, gated, shown, and changed by talk."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.content.lexicon import words as lexicon_words
from bot.conversation import codec
from bot.conversation.interpreter import REFERRING
from bot.conversation.meaning import Alert
from bot.conversation.questions import ANSWERS, top
from bot.conversation.references import resolve
from bot.conversation.state import SELF, Episode, Fact
from bot.conversation.words import Words
from bot.model import Urgency
from bot.nlu.catalogue import ContentCatalogue
from tests.answering_kit import Talk, act, ask, fact, read_content, shipped

WORDS = Words.of(lexicon_words("conversation"))
CATALOGUE = ContentCatalogue(read_content())


class Planning(Talk):
    """A talk in words over the content that ships; each message is resolved as the interpreter does."""

    def __init__(self, *facts: Fact) -> None:
        super().__init__(shipped())
        self.tell(SELF, *facts)

    def tells(self, text: str, label: str = "reply/value", *facts: Fact, **meaning: Any) -> list[dict[str, Any]]:
        question = top(self.state) if label.startswith(("reply/", "control/")) else None
        meant = act(label, text=text, question=question, value=ANSWERS.get(label), facts=facts)
        if label.startswith(REFERRING):
            found = resolve(label, text, self.state, words=WORDS, catalogue=CATALOGUE)
            target = found.shown if found else next(iter(self.state.shown), None)
            meant = dataclasses.replace(meant, target=target, entry=found.entry if found else None)
        return self.say(meant, **meaning)

    def made(self, *replies: str) -> list[dict[str, Any]]:
        """A plan from 10 to 30 minutes on Tuesday, Thursday and Saturday, or from other replies."""
        said = self.tells("make me a walking plan", "goal/plan")
        for reply in replies or ("10 minutes", "30", "tues thurs and sat", "no worse", "flat"):
            said = self.tells(reply)
        return said

    @property
    def slot(self) -> str | None:
        question = top(self.state)
        return question.slot if question else None


def plan_in(said: list[dict[str, Any]]) -> dict[str, Any]:
    return next(message for message in said if message["type"] == "plan")


def minutes(said: list[dict[str, Any]]) -> list[int]:
    return [week["days"][0]["minutes"] for week in plan_in(said)["weeks"]]


def days(said: list[dict[str, Any]]) -> str:
    return str(plan_in(said)["weeks"][0]["days"][0]["day"])


def test_one_question_at_a_time_then_the_plan() -> None:
    talk = Planning()
    slots = []
    said = talk.tells("make me a walking plan", "goal/plan")
    for reply in ("10 minutes", "half an hour", "tues thurs and sat", "no worse", "flat"):
        assert [message["type"] for message in said] == ["question"]
        slots.append(talk.slot)
        said = talk.tells(reply)
    assert slots == ["plan.minutes", "plan.goal", "plan.days", "plan.pain", "plan.ground"]
    assert minutes(said) == [10, 12, 14, 16, 19, 22, 25, 28, 30]
    assert days(said) == "Tue, Thu, Sat"
    assert talk.slot is None
    assert plan_in(said)["sources"]


def test_every_offered_answer_is_read() -> None:
    for step, before in {
        "minutes": (),
        "goal": ("10",),
        "days": ("10", "30"),
        "pain": ("10", "30", "mon"),
        "ground": ("10", "30", "mon", "fine"),
    }.items():
        titles = Planning().voice.replies.spoken[f"plan/ask_{step}_options"].say
        for title in titles:
            talk = Planning()
            talk.tells("make me a walking plan", "goal/plan")
            for reply in before:
                talk.tells(reply)
            assert talk.slot == f"plan.{step}"
            talk.tells(title)
            assert step in dict(talk.state.goals[0].answers), title


def test_what_was_told_is_not_asked_again() -> None:
    talk = Planning(fact("walk_minutes", 12.0))
    talk.say(act("goal/plan", text="ok make me a plan then."), act("ask", text="Tues Thurs and Sat"))
    assert [message["type"] for message in talk.last] == ["question"]
    assert talk.slot == "plan.goal"
    assert {"minutes": "12", "days": "1,3,5"}.items() <= dict(talk.state.goals[0].answers).items()


def test_how_long_somebody_can_walk_is_kept_when_it_is_told() -> None:
    talk = Planning()
    talk.tells("Legs ache after ten minutes' walking and ease when I sit", "tell/symptom")
    assert talk.state.person().facts == (Fact("walk_minutes", 10.0, 1),)
    talk.tells("nothing new, legs ache after 10 minutes walking", "ask")
    talk.tells("should i walk up to 40 minutes", "ask")
    assert [(one.name, one.value) for one in talk.state.person().facts] == [("walk_minutes", 10.0)]


@pytest.mark.parametrize(
    "label", ["ask", "tell/fact", "outside/foreign", "reference/nth", "tell/progress", "after_alert/later"]
)
def test_an_answer_is_one_whatever_it_was_read_as(label: str) -> None:
    talk = Planning()
    talk.tells("make me a plan", "goal/plan")
    talk.tells("about 10 minutes", label)
    assert talk.slot == "plan.goal"


def test_a_bad_answer_is_asked_for_once_more_then_the_usual_is_taken_and_said() -> None:
    talk = Planning()
    talk.tells("make me a plan", "goal/plan")
    assert talk.tells("purple")[-1]["type"] == "question"
    assert talk.slot == "plan.minutes"
    said = talk.tells("purple")
    assert "5 minutes" in said[0]["text"]
    assert talk.slot == "plan.goal"


@pytest.mark.parametrize("label", ["ask", "tell/fact"])
def test_days_may_be_told_while_something_else_is_asked(label: str) -> None:
    talk = Planning()
    talk.tells("make me a plan", "goal/plan")
    said = talk.tells("can't do Mondays or Wednesdays, I coach little league", label)
    assert talk.slot == "plan.minutes"
    assert said[-1]["type"] == "question"
    assert dict(talk.state.goals[0].answers)["off"] == "0,2"
    assert not {"0", "2"} & set(dict(talk.state.goals[0].answers)["days"].split(","))


def test_a_week_that_is_named_is_no_amount() -> None:
    talk = Planning()
    talk.made("10", "30")
    talk.tells("show me week 3", "reference/nth")
    assert talk.slot == "plan.days"


def test_a_goal_below_the_start_is_asked_for_again() -> None:
    talk = Planning()
    talk.made("20 minutes", "10 minutes")
    assert talk.slot == "plan.goal"


def test_a_question_comes_between_and_the_plan_goes_on() -> None:
    talk = Planning()
    talk.made("10 minutes")
    said = talk.say(ask("walking/poles", 0.9, text="do poles help?"))
    assert said[-1]["type"] == "question"
    assert len(said) > 1
    assert talk.slot == "plan.goal"
    talk.tells("30")
    assert talk.slot == "plan.days"


@pytest.mark.parametrize("label", ["control/what_mean", "control/why_ask", "control/how_many"])
def test_a_question_is_explained_and_stays(label: str) -> None:
    talk = Planning()
    talk.made("10 minutes")
    said = talk.tells("?", label)
    assert [message["type"] for message in said] == ["text", "question"]
    assert talk.slot == "plan.goal"


def test_skip_back_stop_and_carry_on() -> None:
    talk = Planning()
    talk.made("10 minutes")
    talk.tells("skip", "control/skip")
    assert talk.slot == "plan.days"
    talk.tells("back", "control/back")
    assert talk.slot == "plan.goal"
    talk.tells("stop", "control/stop")
    assert talk.slot is None
    talk.say(ask("walking/poles"))
    talk.state = codec.load(codec.dump(talk.state))
    talk.tells("carry on", "control/resume")
    assert talk.slot == "plan.goal"
    talk.tells("stop", "control/stop")
    talk.tells("my walking plan", "goal/plan")
    assert talk.slot == "plan.goal"


def test_an_answer_is_put_right() -> None:
    talk = Planning()
    talk.made("10 minutes")
    talk.tells("sorry, 8 minutes", "correct/fact")
    assert dict(talk.state.goals[0].answers)["minutes"] == "8"
    assert talk.slot == "plan.goal"


def test_an_emergency_stands_alone_and_the_plan_waits() -> None:
    talk = Planning()
    talk.made("10 minutes")
    standing = Episode(stage="raised", level=Urgency.URGENT, flags=("foot_drop_progressive_weakness",))
    talk.state = dataclasses.replace(talk.state, episode=standing)
    for said in (talk.tells("30"), talk.tells("make me a plan", "goal/plan"), talk.tells("carry on", "control/resume")):
        assert not [message for message in said if message["type"] in ("plan", "question")]
    talk.state = dataclasses.replace(talk.state, episode=Episode())
    talk.tells("30")
    assert talk.slot == "plan.days"


def test_a_sign_that_was_asked_about_comes_first_and_then_the_plan_goes_on() -> None:
    talk = Planning(fact("walk_minutes", 10.0))
    talk.say(ask("walking/poles"), alert=Alert(ask=("night_rest_pain",)))
    assert talk.slot == "flag:night_rest_pain"
    talk.tells("make me a plan for tues and fri", "goal/plan")
    assert talk.slot == "flag:night_rest_pain"
    talk.tells("no", "reply/no")
    assert talk.slot == "plan.goal"


def test_a_plan_asked_for_beside_a_sign_is_made_after_the_answer() -> None:
    talk = Planning()
    said = talk.tells("make me a plan", "goal/plan", alert=Alert(ask=("cauda_equina",)))
    assert "plan" not in [message["type"] for message in said]
    assert talk.slot == "flag:cauda_equina"
    talk.tells("no", "reply/no")
    assert talk.slot == "plan.minutes"


def test_the_choice_may_be_left_to_us() -> None:
    talk = Planning()
    talk.made("10 minutes")
    assert "30" in talk.tells("you choose", "ask")[0]["text"]
    assert talk.slot == "plan.days"


def test_beside_a_suspected_sign_no_plan_is_shown() -> None:
    talk = Planning()
    talk.made()
    said = talk.tells("what's week 4 look like", "ask", alert=Alert(ask=("cauda_equina",)))
    assert "plan" not in [message["type"] for message in said]


@pytest.mark.parametrize("condition", ["recent_operation", "spine_cancer", "spine_fracture"])
def test_careful_conditions_go_to_the_team(condition: str) -> None:
    talk = Planning(fact(f"condition:{condition}"))
    said = talk.tells("make me a plan", "goal/plan")
    assert [message["type"] for message in said] == ["text"]
    assert not talk.state.goals
    assert talk.slot is None


def test_a_condition_told_on_the_way_ends_it() -> None:
    talk = Planning()
    talk.made("10 minutes")
    talk.tells("30, but i have cancer in my spine", "reply/value", fact("condition:spine_cancer"))
    assert not talk.state.goals
    assert talk.slot is None


def test_under_sixteen_there_is_none() -> None:
    talk = Planning(fact("age", 14.0))
    assert [message["type"] for message in talk.tells("make me a plan", "goal/plan")] == ["text"]
    assert not talk.state.goals


@pytest.mark.parametrize("told", [fact("pregnant_weeks", 26.0), fact("past:cancer")])
@pytest.mark.parametrize(("label", "goes_on"), [("reply/no", True), ("reply/yes", False), ("reply/not_sure", False)])
def test_in_pregnancy_and_after_cancer_the_teams_word_is_asked_first(told: Fact, label: str, goes_on: bool) -> None:
    talk = Planning(told)
    talk.tells("make me a plan", "goal/plan")
    assert talk.slot == "plan.gate"
    talk.tells("", label)
    assert (talk.slot == "plan.minutes") is goes_on
    assert bool(talk.state.goals) is goes_on


def test_pregnant_steps_are_small_and_end_at_half_an_hour() -> None:
    talk = Planning(fact("pregnant_weeks", 26.0))
    talk.tells("make me a plan", "goal/plan")
    talk.tells("no", "reply/no")
    for reply in ("20 minutes", "60", "3 days", "fine", "flat"):
        said = talk.tells(reply)
    assert minutes(said) == [20, 22, 24, 26, 28, 30]


def test_with_stenosis_walks_have_sitting_rests() -> None:
    talk = Planning(fact("condition:stenosis"))
    said = talk.made()
    whats = [week["days"][0]["what"] for week in plan_in(said)["weeks"]]
    assert all("sit" in what for what in whats)
    assert "2 parts of at most 5" in whats[0]


def test_a_minute_with_stenosis_goes_to_the_doctor() -> None:
    talk = Planning(fact("condition:stenosis"))
    said = talk.made("1 minute")
    assert [message["type"] for message in said] == ["text"]
    assert not talk.state.goals


@pytest.mark.parametrize(("text", "label"), [("what's week 4 look like", "ask"), ("week 4", "reference/nth")])
def test_one_week_is_shown(text: str, label: str) -> None:
    talk = Planning()
    talk.made()
    (said,) = talk.tells(text, label)
    (week,) = said["weeks"]
    assert [day.get("minutes") for day in week["days"]] == [None, 16, None, 16, None, 16, None]
    assert "Week 4" in week["label"]
    (after,) = talk.tells("next", "reference/next")
    assert "Week 5" in after["title"]
    assert talk.tells("week 40", "ask")[0]["type"] == "text"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("only two days", "Tue, Sat"),
        ("swap saturday for sunday", "Tue, Thu, Sun"),
        ("can't do tuesdays", "Mon, Thu, Sat"),
        ("mondays and fridays please", "Mon, Fri"),
        ("add monday", "Mon, Tue, Thu, Sat"),
    ],
)
@pytest.mark.parametrize("label", ["ask", "tell/fact", "change/instead"])
def test_days_change_by_talk(text: str, label: str, shown: str) -> None:
    talk = Planning()
    before = minutes(talk.made())
    said = talk.tells(text, label)
    assert said[0]["type"] == "text"
    assert days(said) == shown
    assert minutes(said) == before


def test_a_day_that_was_ruled_out_stays_out() -> None:
    talk = Planning()
    talk.made()
    talk.tells("can't do mondays or wednesdays", "tell/fact")
    assert days(talk.tells("make it five days", "ask")) == "Tue, Thu, Fri, Sat, Sun"


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("bit ambitious. can it go up slower", "ask", [10, 11, 12, 13, 14]),
        ("something easier", "change/easier", [10, 11, 12, 13, 14]),
        ("my knee hurts in week 4", "tell/hurts_doing", [10, 12, 14, 14, 14, 16]),
        ("I missed week 3", "tell/progress", [10, 12, 10, 12]),
        ("week 2 was too much", "tell/progress", [10, 10, 11]),
        ("stay on week 2", "ask", [10, 10, 12]),
        ("start at 8 minutes", "correct/fact", [8, 10, 12]),
        ("make 20 minutes the goal", "ask", [10, 12, 14, 16, 19, 20]),
    ],
)
def test_the_plan_changes_by_talk(text: str, label: str, expected: list[int]) -> None:
    talk = Planning()
    talk.made()
    said = talk.tells(text, label)
    assert said[0]["type"] == "text"
    assert minutes(said)[: len(expected)] == expected
    assert days(said) == "Tue, Thu, Sat"


def test_a_flare_up_asks_for_the_week_and_goes_back_to_the_start() -> None:
    talk = Planning()
    talk.made()
    said = talk.tells("I had a flare-up", "tell/symptom")
    assert talk.slot == "plan.week"
    assert "999" in said[0]["text"]
    assert minutes(talk.tells("week 5"))[:6] == [10, 12, 14, 16, 10, 12]


def test_the_week_that_was_told_is_the_week_that_counts() -> None:
    talk = Planning()
    talk.made()
    talk.tells("week 3 done", "tell/progress")
    assert minutes(talk.tells("I missed a week", "tell/progress"))[:5] == [10, 12, 14, 12, 14]


def test_one_wish_in_two_sentences_is_one_change() -> None:
    talk = Planning()
    talk.made()
    said = talk.say(act("ask", text="bit steep."), act("ask", text="could it climb slower"))
    assert minutes(said)[:4] == [10, 11, 12, 13]
    assert dict(talk.state.goals[0].answers)["event1"] == "slower:1:1"
    assert "event2" not in dict(talk.state.goals[0].answers)


def test_faster_is_never_more_than_the_rule() -> None:
    talk = Planning()
    before = minutes(talk.made())
    assert [message["type"] for message in talk.tells("can it go up faster", "ask")] == ["text"]
    talk.tells("slower please", "ask")
    assert minutes(talk.tells("can it go up faster", "ask")) == before
    for _ in range(4):
        said = talk.tells("slower", "ask")
    assert [message["type"] for message in said] == ["text"]


def test_other_talk_is_answered_as_ever_while_a_plan_is_on_show() -> None:
    talk = Planning()
    talk.made()
    said = talk.say(ask("walking/poles", 0.9, text="what do i do in a flare-up?"))
    assert "plan" not in [message["type"] for message in said]
    assert "plan" not in [message["type"] for message in talk.tells("thanks", "social/thanks")]


def test_a_plan_is_shown_again_and_made_anew() -> None:
    talk = Planning()
    first = minutes(talk.made())
    assert minutes(talk.tells("again", "change/repeat")) == first
    assert minutes(talk.tells("make me a walking plan", "goal/plan")) == first
    talk.tells("make me a new plan", "goal/plan")
    assert talk.slot == "plan.minutes"


def test_a_plan_for_somebody_else_goes_by_what_is_known_of_them() -> None:
    talk = Planning()
    talk.made()
    talk.tell("mother", fact("condition:recent_operation"))
    said = talk.say(act("goal/plan", who="mother", text="a plan for my mum"))
    assert [message["type"] for message in said] == ["text"]


def test_seven_days_keep_a_light_one() -> None:
    talk = Planning()
    said = talk.made("10", "20", "every day", "fine", "flat")
    rows = plan_in(said)["weeks"][0]["days"]
    assert [row["day"] for row in rows] == ["Mon, Tue, Wed, Thu, Fri, Sat", "Sun"]
    assert [row["minutes"] for row in rows] == [10, 5]


def test_words_beside_the_wish_for_a_plan_answer_no_other_question() -> None:
    talk = Planning()
    talk.tells("what shoes should i get", "goal/shoes")
    text = "can you make me a plan. mon wed sat"
    said = talk.say(act("goal/plan", text=text), act("reply/value", text="mon wed sat", question=top(talk.state)))
    assert [message["type"] for message in said] == ["question"]
    assert "plan." in str(talk.slot)
