"""What triage wants said to a message: the difference that it makes to the findings of the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.meaning import Alert, Meant
from bot.conversation.persons import OTHER, key_of
from bot.conversation.state import SELF, Episode, OpenQuestion
from bot.model import Assertion, Assessment, Finding, FlagMatch, Subject, Urgency
from bot.triage import Triage
from bot.triage.engine import asked

FLAG = "flag:"
"""Beginning of the slot of a question about a warning sign."""
SCREEN = "screen"
"""The source of a finding that answers a question."""
ASSERTIONS = {"yes": Assertion.AFFIRMED, "no": Assertion.NEGATED, "unsure": Assertion.UNSURE, "skip": Assertion.UNSURE}


def answer(act: Meant, episode: Episode) -> Finding | None:
    """What an answer to a sign's question says about the person whom it was about. None for any other act, and for the answer
    to the check before an alert falls: that one is bot.conversation.retraction's."""
    question = act.question
    assertion = ASSERTIONS.get(str(act.value))
    if question is None or assertion is None or not question.slot.startswith(FLAG) or checks(question, episode):
        return None
    flag, who = question.slot.removeprefix(FLAG), question.about
    subject, relation = (Subject.SELF, None) if who == SELF else (Subject.OTHER, None if who == OTHER else who)
    return Finding(asked(flag), subject, relation, assertion=assertion, source=SCREEN)


def stands(episode: Episode) -> bool:
    """Whether an alert stands: it was given, and neither taken back nor examined since."""
    return episode.stage not in ("none", "withdrawn", "checked") and episode.level is not Urgency.SELF_CARE


def checks(question: OpenQuestion, episode: Episode) -> bool:
    """Whether a question is the check before the standing alert may fall."""
    checked = (episode.checking or ":").split(":", 1)[1]
    return bool(checked) and question.slot in (checked, f"{FLAG}{checked}")


def consider(
    triage: Triage,
    before: Sequence[Finding],
    after: Sequence[Finding],
    new: Sequence[Finding],
    *,
    episode: Episode,
    acknowledged: bool,
    alerted: Sequence[str] = (),
) -> tuple[Assessment, Alert]:
    """The assessment of the findings `after` a message, and what to alert: a level or flag that is new, an emergency that
    the `new` findings say again, or the standing emergency once more while nobody acknowledged it. A visit
    some day soon is advised once for each flag: `alerted` are those that were. Beside an alert that stands, a lower one is
    given only of another person."""
    was, now = triage.assess(before), triage.assess(after)
    added = tuple(
        match
        for match in added_by(was, now, new)
        if match.urgency is not Urgency.SEE_DOCTOR or match.flag not in alerted
    )
    level = max((match.urgency for match in added), key=lambda urgency: urgency.rank, default=None)
    fresh = tuple(flag for flag in now.ask if flag not in was.ask)
    theirs = all(key_of(match.subject, match.relation) == episode.who for match in added)
    if level is not None and not (theirs and stands(episode) and level.rank < episode.level.rank):
        return now, Alert(level=level, new=added, ask=fresh)
    if episode.stage == "raised" and episode.level is Urgency.EMERGENCY and not episode.repeated and not acknowledged:
        return now, Alert(level=Urgency.EMERGENCY, repeat=True)
    return now, Alert(ask=fresh)


def added_by(before: Assessment, after: Assessment, new: Sequence[Finding]) -> tuple[FlagMatch, ...]:
    """The matches that a message makes new, and the emergencies that it says again."""
    known = {(match.flag, match.urgency, match.relation) for match in before.matches}
    return tuple(
        match
        for match in after.matches
        if (match.flag, match.urgency, match.relation) not in known
        or (match.urgency is Urgency.EMERGENCY and _said_again(match, new))
    )


def _said_again(match: FlagMatch, new: Sequence[Finding]) -> bool:
    """Whether a message tells a sign behind a match of the same person; "she" may be whoever is spoken of."""
    return any(
        one.present
        and one.concept in match.because
        and one.subject is match.subject
        and one.relation in (None, match.relation)
        for one in new
    )


def raised(episode: Episode, alert: Alert, assessment: Assessment) -> Episode:
    """The episode after an alert: a new level or flag raises it anew, a repetition is noted. A lower alert of another person
    leaves the one that stands as it is."""
    if alert.level is None or (stands(episode) and alert.level.rank < episode.level.rank):
        return episode
    if alert.repeat:
        return replace(episode, repeated=True)
    first = alert.new[0]
    # Told again while it was not acknowledged, it has been given twice: the next message need not bring it a third time.
    told_again = episode.stage == "raised" and {match.flag for match in alert.new} <= set(episode.flags)
    return Episode(
        stage="raised",
        repeated=told_again,
        level=assessment.urgency,
        flags=assessment.flags,
        who=key_of(first.subject, first.relation),
        crisis=any(match.flag == "suicidal_crisis" for match in assessment.matches),
    )
