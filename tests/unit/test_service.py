"""What the assistant says to what was understood: on the content that ships, every message held against the contract."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.bootstrap import build
from bot.channel.message_schema import validate
from bot.config import Settings
from bot.content.reader import read_content
from bot.content.replies import read_replies
from bot.model import Assertion, Assessment, Finding, FlagMatch, RankedTopic, Subject, Understanding, Urgency
from bot.service import Assistant, advised, section_of
from tests.fakes import FakeContentRepository, FakeConversationStore


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    content = read_content()
    repository = FakeContentRepository(
        articles=content.articles.values(),
        exercises=content.exercises.values(),
        sources=content.sources.values(),
        red_flags=content.red_flags.values(),
        help_lines=content.help_lines.values(),
    )
    return build(Settings(), repository, FakeConversationStore()).assistant


def ranked(*pairs: tuple[str, float]) -> Understanding:
    return Understanding(text="x", ranking=tuple(RankedTopic(topic, confidence) for topic, confidence in pairs))


def raised(*flags: str, level: Urgency = Urgency.EMERGENCY, subject: Subject = Subject.SELF) -> Understanding:
    matches = tuple(FlagMatch(flag, level, "direct", subject, None, ("x",)) for flag in flags)
    return Understanding(text="x", assessment=Assessment(level, matches), alert=level, here=matches)


def checked(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    assert said
    for message in said:
        validate(message)
    return said


def test_a_clear_question_is_answered_with_its_sources(assistant: Assistant) -> None:
    said = checked(assistant.answer(ranked(("causes/sciatica", 0.8)), region="GB"))
    assert (said[0]["type"], said[0]["topic"]) == ("answer", "causes/sciatica")
    assert said[0]["sources"]


def test_being_torn_gives_choices(assistant: Assistant) -> None:
    said = checked(
        assistant.answer(ranked(("causes/disc", 0.3), ("causes/sciatica", 0.28), ("care/scans", 0.1)), region=None)
    )
    assert [option["topic"] for option in said[0]["options"]] == ["causes/disc", "causes/sciatica", "care/scans"]


def test_an_answer_that_may_not_be_meant_names_the_others(assistant: Assistant) -> None:
    unsure = ranked(("causes/disc", 0.35), ("causes/sciatica", 0.2), ("care/scans", 0.05))
    said = checked(assistant.answer(unsure, region=None))
    assert [message["type"] for message in said] == ["answer", "text"]
    assert [reply["payload"] for reply in said[1]["quick_replies"]] == ['/causes{"topic":"causes/sciatica"}']
    sure = ranked(("causes/disc", 0.6), ("causes/sciatica", 0.2))
    assert [message["type"] for message in checked(assistant.answer(sure, region=None))] == ["answer"]


def test_a_weak_guess_is_offered_and_not_answered(assistant: Assistant) -> None:
    said = checked(assistant.answer(ranked(("causes/disc", 0.12), ("care/scans", 0.05)), region=None))
    assert said[0]["type"] == "choices"


def test_out_of_scope_is_said_honestly(assistant: Assistant) -> None:
    strange = Understanding(text="x", ranking=(RankedTopic("causes/disc", 0.9),), in_scope=False)
    assert checked(assistant.answer(strange, region="GB"))[0]["reason"] == "out_of_scope"


def test_a_pressed_button_answers_its_topic(assistant: Assistant) -> None:
    assert (
        checked(assistant.answer(Understanding(text=""), region=None, topic="care/scans"))[0]["topic"] == "care/scans"
    )


@pytest.mark.parametrize(
    ("text", "concept", "kind"),
    [
        ("it goes when I sit", "eased_by_sitting", "text"),
        ("does it go when you sit?", "eased_by_sitting", "notice"),
        ("walking boots for dolls", "on_exertion", "notice"),
    ],
)
def test_what_is_told_of_a_body_without_a_question_is_noted(
    assistant: Assistant, text: str, concept: str, kind: str
) -> None:
    told = Understanding(text=text, in_scope=False, findings=(Finding(concept),))
    assert checked(assistant.off_topic(told, region=None))[0]["type"] == kind


def test_an_illness_told_in_passing_is_noted(assistant: Assistant) -> None:
    told = Understanding(text="x", in_scope=False, findings=(Finding("cancer"),))
    assert checked(assistant.off_topic(told, region=None))[0]["type"] == "text"


@pytest.mark.parametrize("topic", sorted(read_content().articles))
def test_every_article_and_section_keeps_the_contract(assistant: Assistant, topic: str) -> None:
    checked(assistant.answer(Understanding(text=""), region="GB", topic=topic))
    checked(assistant.follow_up(topic, "more", region="GB"))
    checked(assistant.follow_up(topic, "sources", region="GB"))


@pytest.mark.parametrize("topic", ["exercise_howto/bird_dog", "walking/progression", "causes/disc"])
def test_the_sections_to_ask_for_come_below_everything_that_belongs_to_the_answer(
    assistant: Assistant, topic: str
) -> None:
    *others, last = assistant.answer(Understanding(text=""), region=None, topic=topic)
    assert last["quick_replies"]
    assert not any(message.get("quick_replies") for message in others)


def test_a_follow_up_without_a_topic_asks_for_one(assistant: Assistant) -> None:
    assert checked(assistant.follow_up(None, "why", region=None))[0]["type"] == "text"


def test_a_section_that_is_not_there_is_said(assistant: Assistant) -> None:
    said = checked(assistant.follow_up("walking/poles", "how_long", region=None))
    assert [message["type"] for message in said[:2]] == ["text", "answer"]


@pytest.mark.parametrize(
    ("key", "found"), [("follow_up/why", "why"), ("follow_up/sources", "sources"), ("causes/disc", None)]
)
def test_the_section_asked_for_is_read_from_the_ranking(key: str, found: str | None) -> None:
    assert section_of((RankedTopic(key, 0.9),)) == found


@pytest.mark.parametrize("flag", sorted(read_content().red_flags))
@pytest.mark.parametrize("region", ["GB", "EU", None])
def test_every_flag_makes_an_alert_for_either_person(assistant: Assistant, flag: str, region: str | None) -> None:
    level = read_content_flag(flag).urgency
    for subject in Subject:
        alarm = checked(assistant.alerts.alert(raised(flag, level=level, subject=subject), region))[0]
        assert alarm["level"] == level.value
        assert bool(alarm["actions"]) is (level is not Urgency.SEE_DOCTOR)
        assert "{" not in alarm["text"]


def test_a_child_who_tells_of_abuse_is_spoken_to_as_a_child_and_asked_nothing(assistant: Assistant) -> None:
    match = FlagMatch("assault_safeguarding", Urgency.URGENT, "abuse", because=("age", "sexual_abuse"))
    told = Understanding(text="x", assessment=Assessment(Urgency.URGENT, (match,)), alert=Urgency.URGENT, here=(match,))
    said = checked(assistant.alerts.alert(told, "GB"))
    assert len(said) == 1
    assert "not your fault" in said[0]["body"]
    assert "grown-up" in said[0]["body"]


def test_an_eating_disorder_gets_its_own_reply_in_place_of_the_weight_page(assistant: Assistant) -> None:
    asked = Understanding(text="x", ranking=(RankedTopic("causes/disc", 0.9),), findings=(Finding("eating_disorder"),))
    for said in (assistant.answer(asked, region="GB"), assistant.report_symptom(asked, region="GB")):
        assert [message["type"] for message in checked(said)] == ["text"]
        assert "kind, skilled help" in said[0]["text"]


def test_the_question_about_crisis_is_led_in_kindly(assistant: Assistant) -> None:
    unsure = Understanding(
        text="x",
        findings=(Finding("suicidal", assertion=Assertion.UNSURE),),
        assessment=Assessment(ask=("suicidal_crisis",)),
    )
    question = checked(assistant.alerts.before_answer(unsure, "GB"))[0]
    assert question["text"].startswith(read_replies().line("crisis_lead_in"))


def test_who_despairs_somewhere_unknown_gets_every_line_to_talk_to(assistant: Assistant) -> None:
    alarm = checked(assistant.alerts.alert(raised("suicidal_crisis"), None))[0]
    assert all(number in alarm["body"] for number in ("116 123", "988", "13 11 14", "1737", "14416", "999"))
    assert "116 123" not in checked(assistant.alerts.alert(raised("aaa"), None))[0]["body"]


def read_content_flag(flag: str) -> Any:
    return read_content().red_flags[flag]


def test_an_emergency_is_alone_and_urgent_asks_whether_it_is_arranged(assistant: Assistant) -> None:
    assert len(assistant.alerts.alert(raised("aaa"), "GB")) == 1
    urgent = checked(assistant.alerts.alert(raised("dvt", level=Urgency.URGENT), "GB"))
    assert [message["type"] for message in urgent] == ["alert", "question"]


def test_the_crisis_reply_comes_first_and_is_always_the_same(assistant: Assistant) -> None:
    both = assistant.alerts.alert(raised("aaa", "suicidal_crisis"), "GB")[0]
    assert both["flags"][0] == "suicidal_crisis"
    assert both["actions"][0]["url"] == "tel:116123"


def test_a_repeated_alert_says_what_was_said(assistant: Assistant) -> None:
    again = raised("cauda_equina")
    repeated = Understanding(text="x", assessment=again.assessment, alert=Urgency.EMERGENCY, repeat=True)
    assert assistant.alerts.alert(repeated, "GB")[0]["flags"] == ["cauda_equina"]


def test_a_see_doctor_alert_comes_before_the_answer(assistant: Assistant) -> None:
    seen = raised("axial_spa", level=Urgency.SEE_DOCTOR)
    asked = dataclasses.replace(seen, ranking=(RankedTopic("causes/inflammatory", 0.9),))
    said = checked(assistant.answer(asked, region="GB"))
    assert [message["type"] for message in said[:2]] == ["alert", "answer"]
    assert advised(said) is Urgency.SEE_DOCTOR


def test_an_unsure_sign_is_asked_about_before_the_answer(assistant: Assistant) -> None:
    unsure = Understanding(
        text="x",
        ranking=(RankedTopic("causes/disc", 0.9),),
        findings=(Finding("saddle_change", assertion=Assertion.UNSURE),),
        assessment=Assessment(ask=("cauda_equina",)),
    )
    said = checked(assistant.answer(unsure, region="GB"))
    assert [message["type"] for message in said[:3]] == ["question", "text", "answer"]
    assert "999" in said[1]["text"]


def test_a_danger_asked_about_comes_with_what_to_do(assistant: Assistant) -> None:
    asked = Understanding(text="x", findings=(Finding("saddle_change", assertion=Assertion.HYPOTHETICAL),))
    assert "999" in checked(assistant.off_topic(asked, region="GB"))[0]["text"]


def test_nothing_down_keeps_the_notice_from_saying_whom_to_call(assistant: Assistant) -> None:
    assert "999" in assistant.unavailable("GB")["text"]
    everywhere = assistant.unavailable(None)["text"]
    assert all(number in everywhere for number in ("999", "112", "911", "000", "111"))


def test_not_sure_in_the_symptom_check_is_no_reassurance(assistant: Assistant) -> None:
    said = checked(assistant.symptom_check.ask(99, {"cauda_equina": "unsure"}, Assessment(), "GB"))
    assert said[0]["urgency"] == "urgent"
    assert "none of the warning signs" not in said[0]["text"]
