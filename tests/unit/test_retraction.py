"""An alert that is questioned, accepted or taken back: what the acts do to the episode and to what is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.reader import read_content
from bot.conversation import persons
from bot.conversation.meaning import Meant
from bot.conversation.retraction import EVENTS, EXAMINED, KINDS, Retraction, retract
from bot.conversation.state import SELF, Episode, OpenQuestion, State
from bot.language.corpus import ACTS
from bot.model import Finding, Subject, Urgency
from bot.triage import Triage

FLAGS = read_content().red_flags
TRIAGE = Triage(FLAGS)
E = Urgency.EMERGENCY


def standing(*concepts: str, stage: str = "raised", **more: object) -> State:
    """A state in which an emergency of the writer stands."""
    found = tuple(Finding(concept) for concept in concepts or ("saddle_change",))
    flags = TRIAGE.assess(found).flags
    episode = Episode(stage=stage, level=E, flags=flags, **more)  # type: ignore[arg-type]
    return replace(persons.heard(State(), found), episode=episode)


def after(state: State, *acts: Meant | str, other: str | None = None) -> Retraction:
    meant = [Meant(act, SELF) if isinstance(act, str) else act for act in acts]
    return retract(meant, state, TRIAGE, flags=FLAGS, other=other)


def reply(value: str, slot: str = "flag:cauda_equina") -> Meant:
    return Meant(f"reply/{value}", SELF, question=OpenQuestion(slot), value=value)


@pytest.mark.parametrize("act", ["withdraw/joke", "withdraw/wrong_word", "withdraw/long_ago"])
def test_what_was_never_so_is_checked_first_and_falls_after_a_no(act: str) -> None:
    first = after(standing(), act)
    assert (first.recheck, first.stands_down, first.changed) == ("cauda_equina", False, False)
    assert first.state.episode.level is E
    last = after(first.state, reply("no"))
    assert (last.recheck, last.stands_down, last.changed) == (None, True, True)
    assert (last.state.episode.stage, last.state.episode.checking) == ("withdrawn", None)
    assert TRIAGE.assess(persons.findings(last.state)).urgency is Urgency.SELF_CARE


@pytest.mark.parametrize("value", ["yes", "unsure", "skip"])
def test_anything_but_a_no_keeps_the_alert(value: str) -> None:
    first = after(standing(), "withdraw/joke")
    last = after(first.state, reply(value))
    assert (last.stands_down, last.changed, last.state.episode.level) == (False, False, E)
    assert persons.findings(last.state) == persons.findings(first.state)


def test_an_answer_to_something_else_takes_nothing_back() -> None:
    first = after(standing(), "withdraw/joke")
    last = after(first.state, reply("no", "flag:stroke"))
    assert (last.stands_down, last.changed) == (False, False)


def test_with_several_flags_each_is_asked_about_in_turn() -> None:
    first = after(standing("saddle_change", "both_leg_weakness"), "withdraw/joke")
    second = after(first.state, reply("no", f"flag:{first.recheck}"))
    assert second.recheck not in (None, first.recheck)
    assert not second.stands_down
    last = after(second.state, reply("no", f"flag:{second.recheck}"))
    while last.recheck is not None:
        last = after(last.state, reply("no", f"flag:{last.recheck}"))
    assert last.stands_down


@pytest.mark.parametrize(
    "act", ["minimise/nothing", "withdraw/went_away", "after_alert/sent_home", "after_alert/ok", "social/thanks"]
)
def test_nothing_less_takes_anything_back(act: str) -> None:
    found = after(standing(), act)
    assert (found.recheck, found.stands_down, found.changed) == (None, False, False)
    assert found.state.episode.level is E


def test_a_joke_beside_a_kind_that_lowers_nothing_is_heard() -> None:
    assert after(standing(), "minimise/nothing", "withdraw/joke").recheck == "cauda_equina"


def test_examined_and_nothing_left_is_checked_and_free() -> None:
    first = after(standing(), "withdraw/checked")
    assert first.recheck == EXAMINED
    last = after(first.state, reply("no", EXAMINED))
    assert (last.stands_down, last.state.episode.stage) == (True, "checked")
    assert last.state.person().facts == ()


def test_examined_and_still_there_is_remembered_and_a_visit() -> None:
    last = after(after(standing(), "withdraw/checked").state, reply("yes", EXAMINED))
    assert last.state.episode.level is Urgency.SEE_DOCTOR
    assert [fact.name for fact in last.state.person().facts] == ["examined"]


def test_somebody_elses_signs_move_to_them_and_count_as_new() -> None:
    found = after(standing(), "withdraw/someone_else", other="father")
    assert [one.subject for one in persons.findings(found.state)] == [Subject.OTHER]
    assert found.state.person("father").findings
    assert (found.base, found.changed) == ((), True)


def test_a_crisis_is_never_taken_back() -> None:
    crisis = standing("suicidal_plan") if TRIAGE.assess([Finding("suicidal_plan")]).flags else standing("suicidal")
    assert TRIAGE.assess(persons.findings(crisis)).flags == ("suicidal_crisis",)
    for act in ("withdraw/joke", "withdraw/explained", "withdraw/long_ago"):
        assert after(crisis, act).recheck is None


@pytest.mark.parametrize("stage", ["none", "withdrawn", "checked"])
def test_where_no_alert_stands_nothing_changes(stage: str) -> None:
    state = standing(stage=stage)
    found = after(state, "withdraw/joke", "minimise/nothing")
    assert found == Retraction(state, persons.findings(state))


@pytest.mark.parametrize(
    ("acts", "stage"),
    [
        (["after_alert/sure"], "questioned"),
        (["minimise/nothing"], "minimised"),
        (["after_alert/ok"], "accepted"),
        (["after_alert/on_way"], "on_the_way"),
        (["after_alert/sure", "after_alert/ok"], "accepted"),
        (["ask"], "raised"),
    ],
)
def test_the_episode_follows_what_is_said(acts: list[str], stage: str) -> None:
    assert after(standing(), *acts).state.episode.stage == stage


def test_who_had_set_out_and_tells_how_it_went_is_asked_what_is_left() -> None:
    assert after(standing(stage="on_the_way"), "tell/progress").recheck == EXAMINED
    assert after(standing(), "tell/progress").recheck is None


def test_every_act_of_the_tables_is_one_that_is_learned() -> None:
    assert {act.split("/")[0] for act in (*KINDS, *EVENTS)} <= ACTS
