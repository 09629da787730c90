"""What a message means in its conversation: the acts in it, each resolved against what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.conversation.state import Fact, OpenQuestion, Shown, State
from bot.model import Assessment, Finding, FlagMatch, Urgency
from bot.reading import Scored


@dataclass(frozen=True)
class Meant:
    """One act, resolved. `act` is its label ("ask", "change/easier", "aspect/how_often", "reply/no", "withdraw/joke" ...).

    `topics` and `units` are what an "ask" is about, best first, and `formed` says that it has the form of a question; `target`
    is what a reference names, with `entry` the id of the entry in it; `question` is the open question that a reply answers,
    and `value` what it was answered with; `facts` what was told; `because` says why it was read so, for those who look
    (`python -m bot.content try`).
    """

    act: str
    who: str
    topics: tuple[Scored, ...] = ()
    units: tuple[Scored, ...] = ()
    target: Shown | None = None
    entry: str | None = None
    question: OpenQuestion | None = None
    value: str | float | None = None
    facts: tuple[Fact, ...] = ()
    entities: tuple[str, ...] = ()
    in_scope: float = 1.0
    formed: bool = True
    text: str = ""
    because: str = ""


@dataclass(frozen=True)
class Alert:
    """What triage wants said before or instead of all else. `level` is what to alert now, None for nothing new; `new` are
    the matches behind it; `repeat` an emergency given once more; `ask` the flags to ask about, most urgent first;
    `recheck` the flag whose own question is asked because it was taken back; `stands_down` that an alert ended honestly."""

    level: Urgency | None = None
    new: tuple[FlagMatch, ...] = ()
    repeat: bool = False
    ask: tuple[str, ...] = ()
    recheck: str | None = None
    stands_down: bool = False


@dataclass(frozen=True)
class Meaning:
    """What one message means: its acts in order (at least one), what triage says, and the state after it was heard.

    `findings` are this message's own. The answer to it adds what was shown and asked to that state. `intent` is what Rasa's
    policy sees.
    """

    intent: str
    acts: tuple[Meant, ...]
    state: State
    assessment: Assessment = field(default_factory=Assessment)
    alert: Alert = field(default_factory=Alert)
    findings: tuple[Finding, ...] = ()
    english: float = 1.0
    sensitive: bool = False
