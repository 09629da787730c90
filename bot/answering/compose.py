"""Puts a unit together for the person who asks: the answer first, then why, what to do or what their condition asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answering.turn import Turn
from bot.answering.voice import Voice
from bot.conversation.state import SELF
from bot.messages import first_sentence, plain
from bot.model import Entity, Unit

LEAVE_OUT = ("because", "entity")
"""What is left out, in this order, where an answer is too long; in an answer to several questions also LESS."""
LESS = ("do", "net")
FEWEST = 4
"""Words of the shortest first sentence that still says something without its yes or no ("Yes, mostly." does not)."""
FAMILY = "pregnancy"
"""Conditions of one beginning are one condition: only the first that has words speaks."""


@dataclass(frozen=True)
class Parts:
    """An answer in its parts, in the order in which they are read; "" for one that is not there.

    `fit` are the sentences for this person's conditions: they take the place of `do`, and are never left out.
    """

    answer: str
    because: str = ""
    do: str = ""
    fit: str = ""
    entity: str = ""
    net: str = ""

    def words(self) -> int:
        """How many words there are."""
        return sum(len(part.split()) for part in vars(self).values())

    def body(self) -> str:
        """The parts as paragraphs: the answer with its reason, what to do, what would change it."""
        first = " ".join(part for part in (self.answer, self.because) if part)
        second = " ".join(part for part in (self.entity, self.fit or self.do) if part)
        return "\n\n".join(part for part in (first, second, self.net) if part)


def parts_of(
    unit: Unit,
    turn: Turn,
    *,
    who: str,
    conditions: Sequence[str],
    entities: Iterable[str] = (),
    likely: float = 1.0,
) -> tuple[Turn, Parts]:
    """A unit's parts for a person, with what is to be said of the things asked about by name. Where it is only `likely`
    (a probability) that the unit was asked for, its yes or no might answer the opposite, so it is left out."""
    turn, fitted = fitting_words(unit.unless, conditions, turn, who=who)
    named = [entity for name in entities if (entity := turn.voice.content.entity(name))]
    sentences = [sentence for entity in named if (sentence := entity_sentence(entity, conditions)) not in unit.answer]
    parts = Parts(
        answer=unit.answer if likely >= turn.voice.settings.thresholds.polarity else without_polarity(unit),
        because=unit.because,
        do="" if fitted else unit.do,
        fit=fitted,
        entity=" ".join(dict.fromkeys(sentences)),
        net=unit.net,
    )
    return turn, Parts(**{name: turn.fill(text.strip()) for name, text in vars(parts).items()})


def without_polarity(unit: Unit) -> str:
    """A unit's answer without the yes or no that it opens with, and without a first sentence of which little is left."""
    if unit.polarity is None or not unit.answer.lower().startswith(unit.polarity.value):
        return unit.answer
    rest = unit.answer[len(unit.polarity.value) :].lstrip(" ,.:;")
    first = first_sentence(rest)
    if len(first.split()) < FEWEST and len(first) < len(rest):
        rest = rest[len(first) :].lstrip()
    return rest[:1].upper() + rest[1:]


def fitting_words(
    unless: Iterable[tuple[str, str]], conditions: Sequence[str], turn: Turn, *, who: str
) -> tuple[Turn, str]:
    """What is said to a person with these conditions, gating ones first; of conditions of one family the first only.

    The first time that a condition changes something, it is said that it does.
    """
    sayings = dict(unless)
    said: list[str] = []
    families: set[str] = set()
    for name in conditions:
        family = name.split("_", 1)[0] if name.startswith(FAMILY) else name
        if name not in sayings or family in families:
            continue
        families.add(family)
        turn, text = _because_of(name, sayings[name].strip(), turn, who=who)
        said.append(text)
    return turn, " ".join(dict.fromkeys(said))


def _because_of(condition: str, text: str, turn: Turn, *, who: str) -> tuple[Turn, str]:
    """The words for a condition, led in by it the first time."""
    found = turn.voice.content.condition(condition)
    key = f"condition/{who}/{condition}"
    if found is None or turn.seen(key) or found.name.lower() in text.lower():
        return turn, text
    if who == SELF:
        turn, lead = turn.words("fit/since", told=found.told)
    else:
        turn, lead = turn.words("fit/since_other", who=turn.whose(who))
    return turn.remember(f"seen:{key}"), f"{lead} {text}"


def entity_sentence(entity: Entity, conditions: Sequence[str]) -> str:
    """The sentence about a thing, or what a condition makes of it."""
    unless = dict(entity.unless)
    return next((unless[name] for name in conditions if name in unless), entity.sentence).strip()


def shortened(every: Sequence[Parts], limit: int) -> tuple[Parts, ...]:
    """Answers with so much left out that all together have at most `limit` words, as far as that goes."""
    names = LEAVE_OUT if len(every) == 1 else (*LEAVE_OUT, *LESS)
    found = list(every)
    for name in names:
        for at in reversed(range(len(found))):
            if sum(parts.words() for parts in found) <= limit:
                return tuple(found)
            found[at] = replace(found[at], **{name: ""})
    return tuple(found)


def sentences(text: str, most: int) -> str:
    """The first sentences of a text, plain."""
    kept: list[str] = []
    rest = text
    for _ in range(most):
        if not rest.strip():
            break
        first = first_sentence(rest)
        kept.append(first)
        rest = " ".join(rest.replace("**", "").split())[len(first) :].strip()
    return " ".join(kept)


def within(text: str, limit: int) -> str:
    """The whole text where it has at most `limit` words, else so many of its first sentences, at least one."""
    if len(plain(text).split()) <= limit:
        return text
    most = 1
    while len(sentences(text, most + 1).split()) <= limit:
        most += 1
    return sentences(text, most)


def limit_for(questions: int, voice: Voice) -> int:
    """The words for the answers to so many questions."""
    return voice.settings.words.one if questions < 2 else voice.settings.words.several
