"""Standing down, as a table: what is said against which alert, the answer to the check question, and what remains."""

from __future__ import annotations

import pytest

from bot.content.reader import read_content
from bot.model import Finding, Subject, Time, Urgency
from bot.triage import Triage
from bot.triage.episode import Answer, Episode, Event, Outcome, Retraction, State, retract

FLAGS = read_content().red_flags
TRIAGE = Triage(FLAGS)
E, U, S, NOTHING = Urgency.EMERGENCY, Urgency.URGENT, Urgency.SEE_DOCTOR, Urgency.SELF_CARE
YES, NO, NOT_SURE = Answer.YES, Answer.NO, Answer.NOT_SURE


def after(kind: Retraction, answer: Answer | None, *concepts: str, relation: str | None = None) -> Outcome:
    found = [Finding(concept) for concept in concepts]
    return retract(found, kind, answer, assess=TRIAGE.assess, flags=FLAGS, relation=relation)


# kind, answer, what stands, level after, flag asked about, stands down
TABLE = [
    # (a) never so, or long over: the flag's own question, answered no
    (Retraction.JOKE, None, ["saddle_change"], E, "cauda_equina", False),
    (Retraction.JOKE, NO, ["saddle_change"], NOTHING, None, True),
    (Retraction.JOKE, YES, ["saddle_change"], E, None, False),
    (Retraction.JOKE, NOT_SURE, ["saddle_change"], E, None, False),
    (Retraction.WRONG_WORD, None, ["chest_pain"], E, "cardiac_acute", False),
    (Retraction.WRONG_WORD, NO, ["chest_pain"], NOTHING, None, True),
    (Retraction.LONG_AGO, NO, ["both_leg_weakness"], NOTHING, None, True),
    (Retraction.LONG_AGO, NOT_SURE, ["both_leg_weakness"], E, None, False),
    (Retraction.JOKE, NO, ["swollen_calf"], NOTHING, None, True),
    # with several flags each is asked about in turn
    (Retraction.JOKE, NO, ["saddle_change", "both_leg_weakness"], E, "cauda_equina", False),
    # (b) explained and gone: only where the flag allows it
    (Retraction.EXPLAINED, None, ["both_leg_numbness"], E, "bilateral_leg_neuro", False),
    (Retraction.EXPLAINED, NO, ["both_leg_numbness"], NOTHING, None, True),
    (Retraction.EXPLAINED, YES, ["both_leg_numbness"], E, None, False),
    (Retraction.EXPLAINED, NO, ["dark_urine", "muscle_pain"], NOTHING, None, True),
    (Retraction.EXPLAINED, None, ["chest_pain"], E, None, False),
    (Retraction.EXPLAINED, NO, ["chest_pain"], E, None, False),
    (Retraction.EXPLAINED, NO, ["stroke_sign"], E, None, False),
    (Retraction.EXPLAINED, NO, ["overdose"], E, None, False),
    (Retraction.EXPLAINED, NO, ["exertional_collapse"], E, None, False),
    (Retraction.EXPLAINED, NO, ["swollen_calf"], U, None, False),
    (Retraction.EXPLAINED, NO, ["late_pregnancy", "waters"], U, None, False),
    # (c) examined in person after it began
    (Retraction.EXAMINED, NO, ["chest_pain"], NOTHING, None, True),
    (Retraction.EXAMINED, YES, ["chest_pain"], S, None, True),
    (Retraction.EXAMINED, NOT_SURE, ["chest_pain"], E, None, False),
    (Retraction.EXAMINED, NO, ["swollen_calf"], NOTHING, None, True),
    # what lowers nothing
    (Retraction.SENT_HOME, NO, ["chest_pain"], E, None, False),
    (Retraction.WENT_AWAY, None, ["chest_pain"], E, None, False),
    (Retraction.WENT_AWAY, NO, ["stroke_sign"], E, None, False),
    # ... but where it may be explained: numb legs that came back are asked about
    (Retraction.WENT_AWAY, None, ["both_leg_numbness"], E, "bilateral_leg_neuro", False),
    (Retraction.WENT_AWAY, NO, ["both_leg_numbness"], NOTHING, None, True),
    (Retraction.WENT_AWAY, YES, ["both_leg_numbness"], E, None, False),
    (Retraction.MINIMISED, None, ["saddle_change"], E, None, False),
    (Retraction.MINIMISED, NO, ["saddle_change"], E, None, False),
    # crisis: never by a joke, nor by an explanation
    (Retraction.JOKE, None, ["suicidal"], E, None, False),
    (Retraction.JOKE, NO, ["suicidal"], E, None, False),
    (Retraction.WRONG_WORD, NO, ["suicidal", "saddle_change"], E, None, False),
    (Retraction.EXPLAINED, NO, ["suicidal"], E, None, False),
    # nothing stands
    (Retraction.JOKE, NO, ["back_pain"], NOTHING, None, False),
]


@pytest.mark.parametrize(
    ("kind", "answer", "standing", "level", "ask", "down"), TABLE, ids=lambda value: str(value)[:40]
)
def test_what_remains(
    kind: Retraction, answer: Answer | None, standing: list[str], level: Urgency, ask: str | None, down: bool
) -> None:
    outcome = after(kind, answer, *standing)
    if len(standing) > 1 and ask and answer is NO:
        assert outcome.ask in FLAGS
        assert (outcome.level, outcome.stands_down) == (level, down)
        return
    assert (outcome.level, outcome.ask, outcome.stands_down) == (level, ask, down)


def test_an_examination_is_followed_by_the_question_what_is_left() -> None:
    asked = after(Retraction.EXAMINED, None, "chest_pain")
    assert (asked.ask_examined, asked.ask, asked.level) == (True, None, E)
    left = after(Retraction.EXAMINED, YES, "chest_pain")
    assert [finding.concept for finding in left.examined] == ["chest_pain"]
    assert left.findings == ()


def test_somebody_elses_sign_alerts_for_them_and_frees_the_writer() -> None:
    outcome = after(Retraction.SOMEBODY_ELSE, None, "saddle_change", relation="father")
    matches = TRIAGE.assess(outcome.findings).matches
    assert {(match.subject, match.relation) for match in matches} == {(Subject.OTHER, "father")}
    assert (outcome.level, outcome.stands_down) == (E, False)


def test_what_was_long_ago_stays_known_as_past() -> None:
    outcome = after(Retraction.LONG_AGO, NO, "both_leg_weakness")
    assert [finding.time for finding in outcome.findings] == [Time.PAST_OVER]


def test_a_risk_stays_true_when_a_sign_is_taken_back() -> None:
    outcome = after(Retraction.JOKE, NO, "cancer", "leg_weakness", "band_pain")
    assert "cancer" in {finding.concept for finding in outcome.findings}


def test_said_again_it_alerts_again() -> None:
    outcome = after(Retraction.JOKE, NO, "saddle_change")
    assert TRIAGE.assess([*outcome.findings, Finding("saddle_change")]).urgency is E


# state, event, the state that follows
STATES = [
    (State.NONE, Event.ALERTED, State.RAISED),
    (State.NONE, Event.ACCEPTS, State.NONE),
    (State.NONE, Event.STOOD_DOWN, State.NONE),
    (State.RAISED, Event.QUESTIONS, State.QUESTIONED),
    (State.RAISED, Event.MINIMISES, State.MINIMISED),
    (State.RAISED, Event.ACCEPTS, State.ACCEPTED),
    (State.RAISED, Event.SETS_OUT, State.ON_THE_WAY),
    (State.QUESTIONED, Event.MINIMISES, State.MINIMISED),
    (State.QUESTIONED, Event.ACCEPTS, State.ACCEPTED),
    (State.MINIMISED, Event.QUESTIONS, State.QUESTIONED),
    (State.MINIMISED, Event.ACCEPTS, State.ACCEPTED),
    (State.ACCEPTED, Event.QUESTIONS, State.ACCEPTED),
    (State.ACCEPTED, Event.MINIMISES, State.ACCEPTED),
    (State.ACCEPTED, Event.SETS_OUT, State.ON_THE_WAY),
    (State.ON_THE_WAY, Event.MINIMISES, State.ON_THE_WAY),
    (State.ON_THE_WAY, Event.EXAMINED, State.CHECKED),
    (State.ON_THE_WAY, Event.STOOD_DOWN, State.WITHDRAWN),
    (State.CHECKED, Event.ALERTED, State.RAISED),
    (State.CHECKED, Event.ACCEPTS, State.CHECKED),
    (State.WITHDRAWN, Event.ALERTED, State.RAISED),
    (State.WITHDRAWN, Event.SETS_OUT, State.WITHDRAWN),
]


@pytest.mark.parametrize(("state", "event", "following"), STATES)
def test_each_state_and_event_leads_to_a_named_state(state: State, event: Event, following: State) -> None:
    assert Episode(state).after(event).state is following


def test_every_event_has_a_row() -> None:
    assert {row[1] for row in STATES} == set(Event)
    assert {row[0] for row in STATES} == set(State)


def test_a_crisis_is_never_withdrawn() -> None:
    crisis = Episode().after(Event.ALERTED, crisis=True)
    assert crisis.after(Event.STOOD_DOWN) == crisis
    assert crisis.after(Event.ACCEPTS).crisis
    assert crisis.after(Event.ALERTED).crisis
    assert crisis.stands
    assert not Episode(State.WITHDRAWN).stands
