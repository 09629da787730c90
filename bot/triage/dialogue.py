"""When to alert: the level of a whole conversation, and what of it the person has already been told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Assessment, Finding, FlagMatch, Urgency
from bot.triage.engine import Triage

CRISIS = "suicidal_crisis"


@dataclass(frozen=True)
class Turn:
    """An earlier message: its findings, and the level of the alert that answered it, if it was one given again."""

    findings: tuple[Finding, ...] = ()
    alert: Urgency | None = None
    repeat: bool = False


@dataclass(frozen=True)
class Decision:
    """What to do with a message: the assessment of the conversation, and the alert to give now, if any.

    `repeat`: the alert was given before and not acknowledged. `here`: what this message alone raised.
    """

    assessment: Assessment
    alert: Urgency | None = None
    repeat: bool = False
    here: tuple[FlagMatch, ...] = ()


def decide(
    triage: Triage, earlier: Sequence[Turn], findings: Sequence[Finding], *, acknowledges: bool = False
) -> Decision:
    """The decision on a message with `findings` that follows the `earlier` turns.

    An emergency is alerted whenever this message adds to one, and once more on the next message while it has not been
    acknowledged (message contract); a message that `acknowledges` is the button under the alert. An urgent or see_doctor
    level is alerted when it, or a flag at it, is new.
    """
    before = triage.assess([finding for turn in earlier for finding in turn.findings])
    after = triage.assess([finding for turn in earlier for finding in turn.findings] + list(findings))
    here = _adds(before, after, findings)
    if here:
        return Decision(after, max((match.urgency for match in here), key=lambda level: level.rank), here=here)
    if _unacknowledged(earlier) and not acknowledges:
        return Decision(after, Urgency.EMERGENCY, repeat=True)
    return Decision(after)


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
