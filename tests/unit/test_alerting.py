"""When an alert is given, given again, and not given: what each message adds to the findings of a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.reader import read_content
from bot.conversation.alerting import added_by, answer, checks, consider, raised, stands
from bot.conversation.meaning import Alert, Meant
from bot.conversation.state import SELF, Episode, OpenQuestion
from bot.model import Assertion, Finding, Subject, Urgency
from bot.triage import Triage
from bot.triage.engine import asked

TRIAGE = Triage(read_content().red_flags)
E, U, S = Urgency.EMERGENCY, Urgency.URGENT, Urgency.SEE_DOCTOR
DANGER = (Finding("saddle_change"),)
LEGS = (Finding("both_leg_weakness"),)
CALF = (Finding("swollen_calf"),)
MAYBE = (Finding("saddle_change", assertion=Assertion.UNSURE),)
OK = "acknowledged"


def conversation(*messages: tuple[Finding, ...] | str) -> tuple[list[Alert], Episode]:
    """Plays messages; OK is any word that acknowledges the alert."""
    before: tuple[Finding, ...] = ()
    episode, alerts = Episode(), []
    for message in messages:
        new = () if isinstance(message, str) else message
        after = (*before, *new)
        assessment, alert = consider(TRIAGE, before, after, new, episode=episode, acknowledged=message == OK)
        episode = raised(episode, alert, assessment)
        if message == OK:
            episode = replace(episode, stage="accepted")
        alerts.append(alert)
        before = after
    return alerts, episode


@pytest.mark.parametrize(
    ("messages", "levels", "repeats"),
    [
        ([DANGER, (), ()], [E, E, None], [1]),  # given once more while nobody acknowledged it
        ([DANGER, OK, ()], [E, None, None], []),
        ([DANGER, OK, (), DANGER], [E, None, None, E], []),  # said again, alerted again
        ([DANGER, DANGER], [E, E], []),
        ([(Finding("cancer"),), (), LEGS], [None, None, E], []),  # two messages apart meet
        ([DANGER, OK, (Finding("fever", assertion=Assertion.NEGATED),)], [E, None, None], []),
        ([CALF, (), CALF], [U, None, None], []),  # an urgent sign is alerted once
        ([CALF, DANGER], [U, E], []),  # and again where it becomes an emergency
        ([DANGER, OK, CALF], [E, None, None], []),  # nothing lower beside an emergency
        ([(), (), OK], [None, None, None], []),
    ],
)
def test_what_is_alerted_to_each_message(
    messages: list[tuple[Finding, ...] | str], levels: list[Urgency | None], repeats: list[int]
) -> None:
    alerts, _ = conversation(*messages)
    assert [alert.level for alert in alerts] == levels
    assert [place for place, alert in enumerate(alerts) if alert.repeat] == repeats


def test_the_matches_behind_an_alert_are_those_that_are_new() -> None:
    (first, second), _ = conversation(DANGER, (Finding("chest_pain"),))
    assert {match.flag for match in first.new} == {"cauda_equina"}
    assert "cauda_equina" not in {match.flag for match in second.new}


def test_a_sign_of_another_person_is_new_although_the_writer_has_it() -> None:
    hers = Finding("saddle_change", Subject.OTHER, "mother")
    alerts, episode = conversation(DANGER, OK, (hers,))
    assert alerts[2].level is E
    assert {match.relation for match in alerts[2].new} == {"mother"}
    assert episode.who == "mother"


def test_a_lower_alert_of_another_person_is_given_and_leaves_the_higher_one_standing() -> None:
    hers = Finding("chest_pain", Subject.OTHER, "mother")
    alerts, episode = conversation((hers,), OK, CALF, ())
    assert [alert.level for alert in alerts] == [E, None, U, None]
    assert (episode.level, episode.who, episode.stage) == (E, "mother", "accepted")


def test_what_may_be_so_is_asked_about_once() -> None:
    (first, second), episode = conversation(MAYBE, ())
    assert ("cauda_equina" in first.ask, second.ask) == (True, ())
    assert (first.level, episode.stage) == (None, "none")


def test_a_visit_some_day_soon_is_advised_once_for_each_flag() -> None:
    found = (Finding("bone_pain"), Finding("persistent"), Finding("getting_worse"), Finding("night_pain"))
    assessment = TRIAGE.assess(found)
    flags = [match.flag for match in assessment.matches if match.urgency is S]
    assert flags
    for alerted, level in (((), S), (flags, None)):
        _, alert = consider(TRIAGE, (), found, found, episode=Episode(), acknowledged=False, alerted=alerted)
        assert alert.level is level


def test_an_alert_raises_the_episode_and_a_repetition_is_noted() -> None:
    _, episode = conversation(DANGER)
    assert (episode.stage, episode.level, episode.who, episode.repeated) == ("raised", E, SELF, False)
    assert "cauda_equina" in episode.flags
    _, again = conversation(DANGER, ())
    assert again == replace(episode, repeated=True)
    assert conversation((Finding("suicidal"),))[1].crisis or conversation((Finding("suicidal_plan"),))[1].crisis


@pytest.mark.parametrize(
    ("stage", "level", "expected"),
    [("none", E, False), ("raised", E, True), ("accepted", U, True), ("withdrawn", E, False), ("checked", U, False),
     ("raised", Urgency.SELF_CARE, False)],
)  # fmt: skip
def test_an_alert_stands_until_it_is_taken_back_or_examined(stage: str, level: Urgency, expected: bool) -> None:
    assert stands(Episode(stage=stage, level=level)) is expected


@pytest.mark.parametrize(
    ("value", "assertion"),
    [("yes", Assertion.AFFIRMED), ("no", Assertion.NEGATED), ("unsure", Assertion.UNSURE), ("skip", Assertion.UNSURE)],
)
@pytest.mark.parametrize(
    ("about", "subject", "relation"),
    [(SELF, Subject.SELF, None), ("mother", Subject.OTHER, "mother"), ("other", Subject.OTHER, None)],
)
def test_an_answer_is_a_finding_about_the_person_asked_about(
    value: str, assertion: Assertion, about: str, subject: Subject, relation: str | None
) -> None:
    given = Meant("reply/x", SELF, question=OpenQuestion("flag:sepsis", about), value=value)
    found = answer(given, Episode())
    assert found == Finding(asked("sepsis"), subject, relation, assertion=assertion, source="screen")


@pytest.mark.parametrize(
    "given",
    [
        Meant("ask", SELF),
        Meant("reply/yes", SELF, value="yes"),
        Meant("reply/yes", SELF, question=OpenQuestion("region"), value="yes"),
        Meant("reply/value", SELF, question=OpenQuestion("flag:sepsis"), value="maybe later"),
    ],
)
def test_any_other_act_says_nothing_of_a_sign(given: Meant) -> None:
    assert answer(given, Episode()) is None


def test_the_check_before_an_alert_falls_is_no_answer_about_the_sign() -> None:
    checking = Episode(stage="raised", level=E, checking="joke:sepsis")
    given = Meant("reply/no", SELF, question=OpenQuestion("flag:sepsis"), value="no")
    assert answer(given, checking) is None
    assert checks(OpenQuestion("flag:sepsis"), checking)
    assert not checks(OpenQuestion("flag:stroke"), checking)
    assert checks(OpenQuestion("examined"), replace(checking, checking="examined:examined"))
    assert not checks(OpenQuestion(""), Episode())


def test_what_is_said_again_counts_only_where_it_is_affirmed() -> None:
    assessment = TRIAGE.assess(DANGER)
    assert added_by(assessment, assessment, DANGER)
    assert not added_by(assessment, assessment, MAYBE)
    assert not added_by(assessment, assessment, ())
