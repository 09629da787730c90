"""The walking diary in talk: told, asked for, put right, taken out, interrupted, and what it does to plan and summary."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from bot.answering.moment import KeptDiary, moment
from bot.answering.respond import respond
from bot.channel.message_schema import validate
from bot.conversation.meaning import Alert, Meaning, Meant
from bot.conversation.questions import top
from bot.conversation.state import SELF
from bot.diary.entries import Diary
from bot.model import Assertion, Assessment, Finding, FlagMatch, Subject, Urgency
from tests.answering_kit import Talk, act, shipped

FRIDAY = "2026-11-27T14:00:00+00:00"


class Walks(Talk):
    """A talk with a diary and a clock; a message is its words and the act that they were read as."""

    def __init__(self) -> None:
        super().__init__(shipped())
        self.diary, self.before, self.at, self.zone = Diary(), None, FRIDAY, "Europe/London"

    def tell_(self, text: str, label: str = "tell/progress", **meaning: Any) -> str:
        """All words of the answer to a text."""
        return self.acts(text, (self.meant(text, label),), **meaning)

    def meant(self, text: str, label: str) -> Meant:
        question = top(self.state) if label.startswith(("reply/", "control/")) else None
        return act(label, text=text, question=question, formed=text.endswith("?"))

    def acts(self, text: str, acts: Sequence[Meant], **meaning: Any) -> str:
        state = dataclasses.replace(self.state, turn=self.state.turn + 1, message_id=f"message-{self.state.turn + 1}")
        when = moment(self.at, self.zone, text, lambda: KeptDiary(self.diary, self.before))
        reply = respond(Meaning("x", tuple(acts), state, **meaning), voice=self.voice, region="GB", moment=when)
        for message in reply.messages:
            validate(message)
        self.before = self.diary if reply.diary is not None else None
        self.diary = reply.diary if reply.diary is not None else self.diary
        self.state, self.last = reply.state, reply.messages
        return "\n".join(message["text"] for message in reply.messages)

    @property
    def entries(self) -> list[tuple[str, int | None, int | None, int | None]]:
        return [(f"{one.day:%d}", one.minutes, one.pain, one.later) for one in self.diary.entries]


def emergency() -> dict[str, Any]:
    """What triage says of an emergency."""
    match = FlagMatch("cauda_equina", Urgency.EMERGENCY, Subject.SELF, None)
    return {
        "alert": Alert(level=Urgency.EMERGENCY, new=(match,)),
        "assessment": Assessment(urgency=Urgency.EMERGENCY, matches=(match,)),
    }


def test_a_walk_is_noted_in_words_with_its_pain() -> None:
    talk = Walks()
    said = talk.tell_("walked 25 min, pain 3 then 2")
    assert "25 minutes, pain 3, later 2" in said
    assert "today" in said
    assert talk.entries == [("27", 25, 3, 2)]


def test_without_a_number_the_pain_is_asked_for_and_kept_with_the_walk() -> None:
    talk = Walks()
    assert "0" in talk.tell_("walked 25 min")
    assert talk.entries == [("27", 25, None, None)]  # in the diary already, whatever comes next
    talk.tell_("about a 4, then 2", "reply/value")
    assert talk.entries == [("27", 25, 4, 2)]
    assert top(talk.state) is None


@pytest.mark.parametrize(("reply", "label"), [("skip", "control/skip"), ("no idea", "reply/not_sure")])
def test_the_number_may_be_left_out(reply: str, label: str) -> None:
    talk = Walks()
    talk.tell_("walked 25 min")
    talk.tell_(reply, label)
    assert talk.entries == [("27", 25, None, None)]


def test_log_my_walk_asks_minutes_then_pain_and_bad_answers_again() -> None:
    talk = Walks()
    assert "minutes" in talk.tell_("log my walk", "goal/diary")
    assert "minutes" in talk.tell_("blue", "reply/value")
    talk.tell_("half an hour", "reply/value")
    assert talk.entries == []
    talk.tell_("none", "reply/no")
    assert talk.entries == [("27", 30, 0, None)]


def test_interrupted_by_a_question_it_goes_on() -> None:
    talk = Walks()
    talk.tell_("log my walk for yesterday", "goal/diary")
    talk.tell_("20", "reply/value")
    said = talk.acts("what shoes?", (act("meta/bot", text="are you a robot?"),))
    assert "pain" in said.lower()
    talk.tell_("3", "reply/value")
    assert talk.entries == [("26", 20, 3, None)]


def test_left_and_taken_up_days_later_it_is_still_for_its_day() -> None:
    talk = Walks()
    talk.tell_("log my walk", "goal/diary")
    talk.tell_("20", "reply/value")
    talk.tell_("stop", "control/stop")
    talk.at = "2026-11-30T09:00:00+00:00"
    talk.tell_("log my walk", "goal/diary")
    talk.tell_("4", "reply/value")
    assert talk.entries == [("27", 20, 4, None)]


def test_an_emergency_stands_alone_and_the_walk_is_kept() -> None:
    talk = Walks()
    talk.tell_("pain 9 and my legs went numb", "tell/symptom", **emergency())
    assert [message["type"] for message in talk.last] == ["alert"]
    assert talk.entries == [("27", None, 9, None)]


def test_while_an_alert_stands_that_was_yesterday_is_about_the_alert() -> None:
    talk = Walks()
    talk.tell_("walked 20 min, pain 3")
    talk.state = dataclasses.replace(talk.state, episode=dataclasses.replace(talk.state.episode, stage="raised"))
    talk.tell_("that was yesterday", "withdraw/long_ago")
    assert talk.entries == [("27", 20, 3, None)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("that was 20 not 25", ("27", 20, 3, None)),
        ("sorry, 20", ("27", 20, 3, None)),
        ("it was 20 minutes", ("27", 20, 3, None)),
        ("make it pain 5", ("27", 25, 5, None)),
        ("not 3 but 4", ("27", 25, 4, None)),
        ("that was yesterday", ("26", 25, 3, None)),
        ("change today to 15 min", ("27", 15, 3, None)),
    ],
)
def test_an_entry_is_put_right(words: str, expected: tuple[str, int, int, int | None]) -> None:
    talk = Walks()
    talk.tell_("walked 25 min, pain 3")
    talk.tell_(words, "correct/fact")
    assert talk.entries == [expected]


@pytest.mark.parametrize(
    "words", ["delete yesterday", "delete that", "remove the last entry", "delete yesterdays walk"]
)
def test_an_entry_is_taken_out_and_put_back(words: str) -> None:
    talk = Walks()
    talk.tell_("walked 25 min, pain 3")
    talk.tell_("yesterday 15 min, pain 3")
    talk.tell_(words, "meta/forget")
    assert talk.entries == [("27", 25, 3, None)]
    talk.tell_("undo", "control/back")
    assert talk.entries == [("26", 15, 3, None), ("27", 25, 3, None)]


def test_forget_my_data_is_no_wish_about_the_diary() -> None:
    talk = Walks()
    talk.tell_("walked 25 min, pain 3")
    talk.tell_("delete my data", "meta/forget")
    assert talk.entries == [("27", 25, 3, None)]


def test_a_rest_day_beside_a_walk_is_asked_about() -> None:
    talk = Walks()
    talk.tell_("yesterday 15 min, pain 3")
    assert "delete yesterday" in talk.tell_("no walk yesterday")
    assert talk.entries == [("26", 15, 3, None)]


def test_the_card_is_honest_with_few_days() -> None:
    talk = Walks()
    assert "empty" in talk.tell_("show my diary", "goal/diary") or "nothing" in talk.last[0]["text"]
    for text in ("walked 25 min, pain 3", "yesterday 15 min, pain 3, new shoes", "no walk on monday"):
        talk.tell_(text)
    talk.tell_("show my diary", "goal/diary")
    card = talk.last[0]
    assert card["type"] == "chart"
    assert "Two walks are too few to see a trend." in card["text"]
    assert card["series"][0]["values"] == [0, None, None, 15, 25]
    assert card["notes"][3] == "new shoes"
    assert [tool["path"] for tool in card["tools"]] == ["diary.csv", "diary.json", "diary", "phrase"]


def weeks(talk: Walks, pain_before: int, pain_now: int) -> None:
    """Two weeks of three walks."""
    for day, pain in ((14, pain_before), (16, pain_before), (18, pain_before), (22, pain_now), (24, pain_now)):
        talk.tell_(f"on 2026-11-{day} walked 20 min, pain {pain}")
    talk.tell_(f"walked 20 min, pain {pain_now}")


def test_worse_over_two_weeks_offers_the_check_once() -> None:
    talk = Walks()
    weeks(talk, 2, 4)
    assert talk.last[-1]["type"] == "question"
    assert talk.last[-1]["options"][0]["payload"] == "/check_symptoms"
    talk.tell_("no thanks", "reply/no")
    talk.tell_("show my diary", "goal/diary")
    assert "higher than the week before" in talk.last[0]["text"]
    assert [message["type"] for message in talk.last] == ["chart"]


def test_better_is_not_offered_a_check() -> None:
    talk = Walks()
    weeks(talk, 4, 2)
    assert all(message["type"] != "question" for message in talk.last)


def test_the_clinician_sees_the_diary_as_a_trend() -> None:
    talk = Walks()
    weeks(talk, 2, 4)
    talk.tell_("summary for my doctor", "goal/summary")
    parts = {part["heading"]: part["lines"] for part in talk.last[-1]["sections"]}
    assert "6 walks" in parts["Walking diary"][0]
    assert parts["Walking diary"][-1] == "Pain up against the week before."
    talk.tell_("key takeaways", "goal/takeaways")
    assert "Your walks" in [part["heading"] for part in talk.last[-1]["sections"]]


def planned(talk: Walks) -> None:
    """A plan of three days a week that began on the day of the talk."""
    talk.tell_("make me a walking plan", "goal/plan")
    for text, label in (
        ("10", "reply/value"),
        ("30", "reply/value"),
        ("tue, thu, sat", "reply/value"),
        ("no worse", "reply/no"),
        ("flat", "reply/value"),
    ):
        talk.tell_(text, label)
    assert talk.last[-1]["type"] == "plan"


def minutes_of(message: dict[str, Any]) -> list[int]:
    """The minutes of each week of a plan."""
    return [week["days"][0]["minutes"] for week in message["weeks"]]


def test_a_walk_that_hurt_holds_or_lowers_the_plan_and_its_correction_gives_it_back() -> None:
    talk = Walks()
    planned(talk)
    before = minutes_of(talk.last[-1])
    said = talk.tell_("walked 10 min, pain 7")
    assert "week 2" in said
    talk.tell_("show my plan", "goal/plan")
    lowered = minutes_of(talk.last[-1])
    assert lowered[1] <= before[0]
    assert len(lowered) > len(before)
    talk.tell_("pain was 2 not 7", "correct/fact")
    talk.tell_("show my plan", "goal/plan")
    assert minutes_of(talk.last[-1]) == before


def test_a_middling_walk_holds_the_next_week() -> None:
    talk = Walks()
    planned(talk)
    before = minutes_of(talk.last[-1])
    talk.tell_("walked 10 min, pain 4")
    talk.tell_("show my plan", "goal/plan")
    held = minutes_of(talk.last[-1])
    assert held[1] == before[0] < before[1]


def test_minutes_that_answer_the_plan_are_no_walk() -> None:
    talk = Walks()
    talk.tell_("make me a walking plan", "goal/plan")
    talk.tell_("i walked 15 minutes yesterday before it hurt", "reply/value")
    assert talk.entries == []


def test_the_plan_is_dated_by_its_first_day_and_days() -> None:
    talk = Walks()
    planned(talk)
    first = talk.last[-1]["weeks"][0]["days"][0]["dates"]
    assert first == ["2026-11-28", "2026-12-01", "2026-12-03"]
    talk.tell_("start next monday", "tell/fact")
    assert talk.last[-1]["weeks"][0]["days"][0]["dates"] == ["2026-12-01", "2026-12-03", "2026-12-05"]
    talk.tell_("walks at 7am", "tell/fact")
    assert (talk.last[-1]["clock"], talk.last[-1]["zone"]) == ("07:00", "Europe/London")
    assert talk.last[-1]["tools"][0]["path"] == f"calendar/{talk.last[-1]['id']}.ics"


def test_the_day_is_that_of_the_persons_own_calendar() -> None:
    talk = Walks()
    talk.at = "2026-11-27T23:30:00+00:00"
    for zone, day in (
        ("Europe/London", "27"),
        ("Pacific/Auckland", "28"),
        ("America/New_York", "27"),
        ("Nowhere/Such", "27"),
    ):
        talk.diary, talk.zone = Diary(), zone
        talk.tell_("walked 20 min, pain 3")
        assert [one[0] for one in talk.entries] == [day], zone


@pytest.mark.parametrize(
    ("at", "yesterday"),
    [
        ("2026-03-29T00:30:00+00:00", "28"),  # the night the clocks go forward in London
        ("2026-03-29T23:30:00+00:00", "29"),  # half past midnight of the 30th by then
        ("2026-10-25T00:30:00+00:00", "24"),  # the night they go back: half past one, for the first time
        ("2026-10-25T23:30:00+00:00", "24"),
    ],
)
def test_daylight_saving_moves_no_walk(at: str, yesterday: str) -> None:
    talk = Walks()
    talk.at = at
    talk.tell_("yesterday 20 min, pain 3")
    assert [one[0] for one in talk.entries] == [yesterday]


def test_the_walk_of_another_person_is_not_the_writers() -> None:
    talk = Walks()
    talk.acts(
        "my mum walked 20 minutes yesterday", (act("tell/progress", who="mother", text="my mum walked 20 minutes"),)
    )
    assert talk.entries == []
    assert talk.state.current == SELF


def test_a_pasted_file_is_taken_in_once_and_a_wrong_one_says_where() -> None:
    talk = Walks()
    text = "date,minutes,pain\n2026-11-20,15,3\n2026-11-21,20,2"
    talk.tell_(text, "ask")
    assert talk.entries == [("20", 15, 3, None), ("21", 20, 2, None)]
    talk.tell_(text, "ask")
    assert len(talk.entries) == 2
    assert "Line 2" in talk.tell_("date,minutes\nmonday,3", "ask") or "line 2" in talk.last[0]["text"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("export my diary", ["save", "save"]),
        ("i want to import my diary", ["load"]),
        ("how do i come back on another phone", ["phrase", "back"]),
        ("i have a pass-phrase", ["back"]),
    ],
)
def test_what_is_taken_along_has_its_buttons(text: str, kinds: list[str]) -> None:
    talk = Walks()
    talk.tell_("walked 20 min, pain 3")
    talk.tell_(text, "outside/foreign")
    assert [tool["kind"] for tool in talk.last[-1]["tools"]] == kinds


def test_a_walk_told_beside_another_question_of_the_plan_is_noted_and_the_plan_goes_on() -> None:
    talk = Walks()
    talk.tell_("make me a walking plan", "goal/plan")
    talk.tell_("10", "reply/value")
    talk.tell_("yesterday I walked 12 minutes, pain 2")
    assert talk.entries == [("26", 12, 2, None)]
    question = top(talk.state)
    assert question is not None
    assert question.slot == "plan.goal"


def guessed() -> dict[str, Any]:
    """What the nets alone may make of harmless words."""
    sounds = Finding("sounds:cardiac_acute", assertion=Assertion.UNSURE, source="net")
    return {"alert": Alert(ask=("cardiac_acute",)), "findings": (sounds,)}


def test_numbers_alone_bring_no_question_about_a_sign() -> None:
    talk = Walks()
    assert "chest" not in talk.tell_("walked 20 min this morning, pain 3 then 4", **guessed())
    assert talk.tell_("walked 25 min", **guessed())
    assert "chest" not in talk.tell_("pain is 6 today", "tell/symptom", **guessed())
    assert talk.entries == [("27", 20, 3, 4), ("27", 25, 6, None)]


@pytest.mark.parametrize("text", ["walked 20 min, pain 3 in my chest", "walked 20 min, pain 3, felt odd and sweaty"])
def test_any_other_word_leaves_the_question_about_a_sign(text: str) -> None:
    talk = Walks()
    assert "chest" in talk.tell_(text, **guessed())
    assert len(talk.entries) == 1


def test_how_to_keep_one_is_answered_and_what_is_in_it_is_shown() -> None:
    talk = Walks()
    talk.tell_("walked 20 min, pain 3")
    talk.tell_("how do i start a diary?", "goal/diary")
    assert talk.last[0]["type"] != "chart"
    talk.tell_("how many walks have i done?", "ask")
    assert talk.last[0]["type"] == "chart"
