"""The alert's episode: how an alert that stands is questioned, accepted or taken back, and when a level may fall (decision 4).

Pure: findings and kinds of acts in, findings and a level out. What people say, and what is said to them, is elsewhere.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Assessment, Finding, FlagMatch, RedFlag, Subject, Time, Urgency
from bot.triage.concepts import CRISIS, RISK_HISTORY
from bot.triage.engine import asked
from bot.triage.heard import sounds


class State(str, enum.Enum):
    """Where an episode stands."""

    NONE = "none"
    RAISED = "raised"
    QUESTIONED = "questioned"
    MINIMISED = "minimised"
    ACCEPTED = "accepted"
    ON_THE_WAY = "on_the_way"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"


class Event(str, enum.Enum):
    """What happens to an episode. STOOD_DOWN and EXAMINED follow from an Outcome, the others from what is said."""

    ALERTED = "alerted"
    QUESTIONS = "questions"
    MINIMISES = "minimises"
    ACCEPTS = "accepts"
    SETS_OUT = "sets_out"
    EXAMINED = "examined"
    STOOD_DOWN = "stood_down"


class Retraction(str, enum.Enum):
    """What somebody says against an alert that stands."""

    JOKE = "joke"
    WRONG_WORD = "wrong_word"
    LONG_AGO = "long_ago"
    EXPLAINED = "explained"
    WENT_AWAY = "went_away"
    EXAMINED = "examined"
    SENT_HOME = "sent_home"
    SOMEBODY_ELSE = "somebody_else"
    MINIMISED = "minimised"


class Answer(str, enum.Enum):
    """The answer to the check question. Silence and a change of subject are NOT_SURE: they are no "no"."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


NEVER_SO = frozenset({Retraction.JOKE, Retraction.WRONG_WORD, Retraction.LONG_AGO})
LOWERS_NOTHING = frozenset({Retraction.MINIMISED, Retraction.SENT_HOME})
EXPLAINS = frozenset({Retraction.EXPLAINED, Retraction.WENT_AWAY})

_STANDING = (State.RAISED, State.QUESTIONED, State.MINIMISED, State.ACCEPTED, State.ON_THE_WAY)
_NEXT: Mapping[Event, tuple[Sequence[State], State]] = {
    Event.ALERTED: (tuple(State), State.RAISED),
    Event.QUESTIONS: ((State.RAISED, State.MINIMISED), State.QUESTIONED),
    Event.MINIMISES: ((State.RAISED, State.QUESTIONED), State.MINIMISED),
    Event.ACCEPTS: ((State.RAISED, State.QUESTIONED, State.MINIMISED), State.ACCEPTED),
    Event.SETS_OUT: (_STANDING, State.ON_THE_WAY),
    Event.EXAMINED: (_STANDING, State.CHECKED),
    Event.STOOD_DOWN: (_STANDING, State.WITHDRAWN),
}
"""For each event the states in which it counts, and the state that follows; in any other it changes nothing."""


@dataclass(frozen=True)
class Episode:
    """An episode's state, and whether it is about a crisis: that one is never withdrawn."""

    state: State = State.NONE
    crisis: bool = False

    @property
    def stands(self) -> bool:
        """Whether the alert still stands."""
        return self.state in _STANDING

    def after(self, event: Event, *, crisis: bool = False) -> Episode:
        """The episode after an event. `crisis`: the alert is about one, as it stays while the episode lasts."""
        counts, following = _NEXT[event]
        if self.state not in counts or (self.crisis and event is Event.STOOD_DOWN):
            return self
        return Episode(following, crisis or (self.crisis and event is not Event.EXAMINED))


@dataclass(frozen=True)
class Outcome:
    """What remains after a retraction.

    `findings` are those that count from now on, `level` what they advise. `ask` is the flag whose own question is to be asked
    before anything falls, `ask_examined` that "is anything still there, new or worse?" is. `stands_down`: the alert is taken
    back. `examined` are findings that a clinician has seen and that are still there: they raise nothing until said again.
    """

    findings: tuple[Finding, ...]
    level: Urgency
    ask: str | None = None
    ask_examined: bool = False
    stands_down: bool = False
    examined: tuple[Finding, ...] = ()


def retract(
    findings: Sequence[Finding],
    kind: Retraction,
    answer: Answer | None = None,
    *,
    assess: Callable[[Sequence[Finding]], Assessment],
    flags: Mapping[str, RedFlag],
    relation: str | None = None,
) -> Outcome:
    """What a retraction does to the standing `findings`, before (`answer` None) or after its check question was answered.

    `relation` names the other person where the kind is SOMEBODY_ELSE. With several flags each is asked about in turn. Where
    no alert stands nothing changes.
    """
    before = assess(findings)
    unchanged = Outcome(tuple(findings), before.urgency)
    lead = next(iter(_alarming(before)), None)
    if lead is None or kind in LOWERS_NOTHING:
        return unchanged
    if kind is Retraction.SOMEBODY_ELSE:
        return _moved(findings, before, assess, relation)
    if kind is Retraction.EXAMINED:
        return _after_examination(findings, before, assess, answer)
    if not _may_fall(kind, before, lead, flags):
        return unchanged
    if answer is None:
        return dataclasses.replace(unchanged, ask=lead.flag)
    return _taken_back(findings, before, lead, kind, assess) if answer is Answer.NO else unchanged


def _alarming(assessment: Assessment) -> list[FlagMatch]:
    """The matches that an alert stands on: those of a visit some day soon only where there is nothing more urgent."""
    urgent = [match for match in assessment.matches if match.urgency.rank >= Urgency.URGENT.rank]
    return urgent or list(assessment.matches)


def _may_fall(kind: Retraction, before: Assessment, lead: FlagMatch, flags: Mapping[str, RedFlag]) -> bool:
    """Whether the kind can take the leading flag back at all: crisis never, "explained" and "it went away" only where the flag
    allows it."""
    if CRISIS in before.flags:
        return False
    return kind in NEVER_SO or (kind in EXPLAINS and flags[lead.flag].may_be_explained)


def _behind(findings: Sequence[Finding], matches: Sequence[FlagMatch]) -> list[Finding]:
    """The findings that the matches rest on. What a person is or has had (age, an old cancer) stays true."""
    behind = []
    for match in matches:
        signs = {*match.because, asked(match.flag), sounds(match.flag)} - set(RISK_HISTORY)
        behind += [
            finding
            for finding in findings
            if finding.concept in signs and finding.subject is match.subject and not finding.value(finding.concept)
        ]
        behind += [finding for finding in findings if finding.concept == sounds(match.flag)]
    return behind


def _left(findings: Sequence[Finding], assess: Callable[[Sequence[Finding]], Assessment]) -> Outcome:
    """What these findings leave: the alert stands down where nothing urgent is among them."""
    level = assess(findings).urgency
    return Outcome(tuple(findings), level, stands_down=level.rank < Urgency.URGENT.rank)


def _taken_back(
    findings: Sequence[Finding],
    before: Assessment,
    lead: FlagMatch,
    kind: Retraction,
    assess: Callable[[Sequence[Finding]], Assessment],
) -> Outcome:
    """After a "no": the leading flag's findings no longer count, or are over; what is left is asked about next."""
    gone = _behind(findings, [match for match in before.matches if match.flag == lead.flag])
    kept = [finding for finding in findings if finding not in gone]
    if kind is Retraction.LONG_AGO:
        kept += [dataclasses.replace(finding, time=Time.PAST_OVER) for finding in gone]
    outcome = _left(kept, assess)
    return outcome if outcome.stands_down else dataclasses.replace(outcome, ask=_alarming(assess(kept))[0].flag)


def _after_examination(
    findings: Sequence[Finding],
    before: Assessment,
    assess: Callable[[Sequence[Finding]], Assessment],
    answer: Answer | None,
) -> Outcome:
    """Examined in person after it began: free where nothing is left, a visit where something is still there."""
    if answer is None or answer is Answer.NOT_SURE:
        return Outcome(tuple(findings), before.urgency, ask_examined=answer is None)
    seen = _behind(findings, before.matches)
    outcome = _left([finding for finding in findings if finding not in seen], assess)
    if answer is Answer.NO:
        return outcome
    level = max(outcome.level, Urgency.SEE_DOCTOR, key=lambda one: one.rank)
    return dataclasses.replace(outcome, level=level, examined=tuple(seen))


def _moved(
    findings: Sequence[Finding],
    before: Assessment,
    assess: Callable[[Sequence[Finding]], Assessment],
    relation: str | None,
) -> Outcome:
    """Somebody else's: the signs move to that person, for whom they alert; the writer's own level is as if unsaid."""
    theirs = _behind(findings, [match for match in before.matches if match.subject is Subject.SELF])
    moved = [
        dataclasses.replace(finding, subject=Subject.OTHER, relation=relation) if finding in theirs else finding
        for finding in findings
    ]
    return _left(moved, assess)
