"""What was read in one message, on its own: the reader's output, before anything is known of the conversation."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Finding, Subject


@dataclass(frozen=True)
class Scored:
    """A label and its calibrated probability (0 to 1)."""

    label: str
    probability: float


@dataclass(frozen=True)
class Part:
    """A sentence or a question of a message, or the whole of it; `start` and `end` are character offsets in the text.

    `acts` are labels as "meta/private" or "ask" (a question of a topic); `topics` as "walking/poles"; `units` as
    "walking/poles.help_balance"; `dangers` are red flags. Each best first, five at most.
    """

    text: str
    start: int
    end: int
    acts: tuple[Scored, ...] = ()
    topics: tuple[Scored, ...] = ()
    units: tuple[Scored, ...] = ()
    dangers: tuple[Scored, ...] = ()

    @property
    def act(self) -> str:
        """The likeliest act, "ask" where none was read."""
        return self.acts[0].label if self.acts else "ask"


@dataclass(frozen=True)
class Read:
    """One message read. `parts` are its sentences and questions in order, at least one; `whole` is read as one piece.

    `in_scope` is the probability that it is about what the assistant knows; `english` the share (0 to 1) of English words;
    `entities` are things asked about by name ("crocs"); `about` is the other person spoken of, or the writer.
    """

    text: str
    whole: Part
    parts: tuple[Part, ...]
    in_scope: float = 1.0
    english: float = 1.0
    sensitive: bool = False
    findings: tuple[Finding, ...] = ()
    entities: tuple[str, ...] = ()
    about: tuple[Subject, str | None] = (Subject.SELF, None)
