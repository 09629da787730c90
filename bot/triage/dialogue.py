"""When to alert: the level of a whole conversation, and what of it the person has already been told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Assessment, Finding, FlagMatch, Urgency
from bot.triage.engine import Triage, asked
from bot.triage.second_net import sounds

CORRECTION = "correction"
"""The concept of words that take back something said before ("no, I meant my knee")."""


@dataclass(frozen=True)
class Turn:
    """An earlier message: its findings, and the level of the alert that answered it, if it was one given again.

    `withdrawn` is the flag that the message took back: a correction, confirmed by a "no" to the flag's question.
    """

    findings: tuple[Finding, ...] = ()
    alert: Urgency | None = None
    repeat: bool = False
    withdrawn: str | None = None


@dataclass(frozen=True)
class Decision:
    """What to do with a message: the assessment of the conversation, and the alert to give now, if any.

    `repeat`: the alert was given before and not acknowledged. `here`: what this message alone raised. `recheck`: the flag
    whose question is to be asked again, because the person says that something was not meant so (decision 4).
    """

    assessment: Assessment
    alert: Urgency | None = None
    repeat: bool = False
    here: tuple[FlagMatch, ...] = ()
    recheck: FlagMatch | None = None


def decide(
    triage: Triage,
    earlier: Sequence[Turn],
    findings: Sequence[Finding],
    *,
    acknowledges: bool = False,
    withdraws: str | None = None,
) -> Decision:
    """The decision on a message with `findings` that follows the `earlier` turns.

    An emergency is alerted whenever this message adds to one, and once more on the next message while it has not been
    acknowledged (message contract); a message that `acknowledges` is the button under the alert. An urgent or see_doctor
    level is alerted when it, or a flag at it, is new. A level falls only by a correction whose question was answered with
    "no" (`withdraws` names the flag): the findings behind that flag no longer count.
    """
    standing = _standing(triage, [*earlier, Turn(withdrawn=withdraws)])
    before = triage.assess(standing)
    after = triage.assess([*standing, *findings])
    here = _adds(before, after, findings)
    if here:
        return Decision(after, max((match.urgency for match in here), key=lambda level: level.rank), here=here)
    if withdraws:
        still = after.urgency.rank >= Urgency.URGENT.rank
        return Decision(after, recheck=after.matches[0] if still else None)
    if before.urgency.rank >= Urgency.URGENT.rank and any(found.concept == CORRECTION for found in findings):
        return Decision(after, recheck=before.matches[0])
    if _unacknowledged(earlier) and not acknowledges:
        return Decision(after, Urgency.EMERGENCY, repeat=True)
    return Decision(after)


def _standing(triage: Triage, turns: Sequence[Turn]) -> list[Finding]:
    """The findings of the turns that were not taken back later."""
    kept: list[Finding] = []
    for turn in turns:
        if turn.withdrawn:
            matches = triage.assess(kept).matches
            taken = {concept for match in matches if match.flag == turn.withdrawn for concept in match.because}
            taken |= {asked(turn.withdrawn), sounds(turn.withdrawn)}
            kept = [finding for finding in kept if finding.concept not in taken]
        kept += turn.findings
    return kept


def _adds(before: Assessment, after: Assessment, findings: Sequence[Finding]) -> tuple[FlagMatch, ...]:
    """The matches that this message makes new, and the emergencies that it says again."""
    known = {(match.flag, match.urgency, match.relation) for match in before.matches}
    said = {finding.concept for finding in findings if finding.present}
    return tuple(
        match
        for match in after.matches
        if (match.flag, match.urgency, match.relation) not in known
        or (match.urgency is Urgency.EMERGENCY and said.intersection(match.because))
    )


def _unacknowledged(earlier: Sequence[Turn]) -> bool:
    """Whether the last message got an emergency alert that was not yet a repeated one (an acknowledgement is a turn)."""
    return bool(earlier) and earlier[-1].alert is Urgency.EMERGENCY and not earlier[-1].repeat
