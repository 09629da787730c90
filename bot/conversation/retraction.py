"""Alerts that are questioned, accepted or taken back: from acts to bot.triage.episode, and what remains in the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation import persons
from bot.conversation.alerting import checks, stands
from bot.conversation.meaning import Meant
from bot.conversation.state import SELF, Fact, State
from bot.model import Finding, RedFlag
from bot.triage import Triage, episode
from bot.triage.episode import Answer, Event
from bot.triage.episode import Retraction as Kind

KINDS: Mapping[str, Kind] = {
    "withdraw/joke": Kind.JOKE,
    "withdraw/wrong_word": Kind.WRONG_WORD,
    "withdraw/long_ago": Kind.LONG_AGO,
    "withdraw/explained": Kind.EXPLAINED,
    "withdraw/went_away": Kind.WENT_AWAY,
    "withdraw/checked": Kind.EXAMINED,
    "withdraw/someone_else": Kind.SOMEBODY_ELSE,
    "correct/person": Kind.SOMEBODY_ELSE,
    "after_alert/sent_home": Kind.SENT_HOME,
    "minimise/nothing": Kind.MINIMISED,
}
EVENTS: Mapping[str, Event] = {
    "after_alert/sure": Event.QUESTIONS,
    "after_alert/why": Event.QUESTIONS,
    "after_alert/later": Event.QUESTIONS,
    "after_alert/afford": Event.QUESTIONS,
    "minimise/nothing": Event.MINIMISES,
    "after_alert/ok": Event.ACCEPTS,
    "after_alert/while_wait": Event.ACCEPTS,
    "after_alert/what_tell": Event.ACCEPTS,
    "after_alert/can_drive": Event.ACCEPTS,
    "after_alert/on_way": Event.SETS_OUT,
    "after_alert/arrived": Event.SETS_OUT,
}
ANSWERS = {"yes": Answer.YES, "no": Answer.NO, "unsure": Answer.NOT_SURE, "skip": Answer.NOT_SURE}
EXAMINED = "examined"
"""What stands for a flag where the question is whether anything is still there after an examination."""


@dataclass(frozen=True)
class Retraction:
    """What a message did to the alert that stands. `base` are the findings to compare with: what is there beyond them is new.
    `recheck` is the flag whose question is to be asked, or EXAMINED; `changed` says that findings were taken back or moved."""

    state: State
    base: tuple[Finding, ...]
    recheck: str | None = None
    stands_down: bool = False
    changed: bool = False


def retract(
    acts: Sequence[Meant], state: State, triage: Triage, *, flags: Mapping[str, RedFlag], other: str | None
) -> Retraction:
    """What the acts do to the alert that stands; nothing where none does. `other` is the person whom the message names."""
    found = persons.findings(state)
    if not stands(state.episode):
        return Retraction(state, found)
    state = _on(state, acts)
    kind, answer = _kind(acts, state)
    if kind is None:
        return Retraction(state, found)
    relation = None if other in (None, SELF, persons.OTHER) else other
    outcome = episode.retract(found, kind, answer, assess=triage.assess, flags=flags, relation=relation)
    return _applied(state, found, outcome, kind)


def _applied(state: State, found: tuple[Finding, ...], outcome: episode.Outcome, kind: Kind) -> Retraction:
    """The outcome in the state."""
    changed = set(outcome.findings) != set(found)
    state = persons.replaced(state, outcome.findings)
    recheck = EXAMINED if outcome.ask_examined else outcome.ask
    checking = f"{kind.value}:{recheck}" if recheck else None
    state = replace(state, episode=replace(state.episode, checking=checking, level=outcome.level))
    if outcome.stands_down:
        event = Event.EXAMINED if kind is Kind.EXAMINED else Event.STOOD_DOWN
        stage = episode.Episode(episode.State(state.episode.stage), state.episode.crisis).after(event)
        state = replace(state, episode=replace(state.episode, stage=stage.state.value, flags=()))
        if outcome.examined:
            state = persons.told(state, state.current, [Fact("examined", True, state.turn)])
    kept = (
        tuple(finding for finding in outcome.findings if finding in found)
        if kind is Kind.SOMEBODY_ELSE
        else outcome.findings
    )
    return Retraction(state, kept, recheck=recheck, stands_down=outcome.stands_down, changed=changed)


def _on(state: State, acts: Sequence[Meant]) -> State:
    """The state with the episode's stage moved on by the acts."""
    now = episode.Episode(episode.State(state.episode.stage), state.episode.crisis)
    for act in acts:
        event = EVENTS.get(act.act)
        now = now.after(event) if event else now
    return replace(state, episode=replace(state.episode, stage=now.state.value))


def _kind(acts: Sequence[Meant], state: State) -> tuple[Kind | None, Answer | None]:
    """What is said against the alert, and the answer to its check question where that was asked."""
    checking = state.episode.checking
    for act in acts:
        if checking and act.question is not None and checks(act.question, state.episode):
            return Kind(checking.split(":", 1)[0]), ANSWERS.get(str(act.value), Answer.NOT_SURE)
    kinds = [KINDS[act.act] for act in acts if act.act in KINDS and (act.act != "correct/person" or act.who != SELF)]
    if state.episode.stage == episode.State.ON_THE_WAY.value and any(act.act == "tell/progress" for act in acts):
        kinds.append(Kind.EXAMINED)  # back again after they had gone to be seen
    return min(kinds, key=lambda kind: kind not in episode.NEVER_SO, default=None), None
