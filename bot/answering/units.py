"""Which unit, article or section answers a question: by the reader's ranks, and by what was said and rejected before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.fitting import conditions_of
from bot.answering.turn import SEEN
from bot.answering.voice import Voice
from bot.conversation.meaning import Meant
from bot.conversation.state import State
from bot.model import Article, Section, Unit
from bot.reading import Scored

_WORD = re.compile(r"[\w']+")
CERTAIN = 0.75
"""Probability of a topic for people with a condition from which it is taken to be theirs, whatever the words."""
LEANING = 8
"""Words of a message that leans on what was shown before it: by itself it would look foreign. While a question is open, longer
words may be about that as well."""
TOPICS_OF_UNITS = 3
"""Topics whose units may answer: the best three."""


@dataclass(frozen=True)
class Choice:
    """What answers a question. Without an `article` nothing does: `near` are the topics to offer, none for a foreign one.

    With a `unit` or a `section` that is given, else the article's short text; `again` says that all this was said before;
    `near` beside an article are other readings of the question; `likely` is the probability of the unit.
    """

    article: Article | None = None
    unit: Unit | None = None
    section: Section | None = None
    again: bool = False
    near: tuple[Article, ...] = ()
    foreign: bool = False
    likely: float = 1.0


def choose(meant: Meant, state: State, voice: Voice) -> Choice:
    """What answers an "ask". Rejected topics and units never do; of what was said, the next best is chosen."""
    rules = voice.settings.thresholds
    topics = [one for one in meant.topics if one.label not in state.rejected and voice.content.article(one.label)]
    topics = [one for one in topics if one.probability >= CERTAIN or _concerns(one.label, meant, state, voice)]
    topics = _named(meant.entities, topics, voice)
    units = _units(meant.units, topics, state, voice)
    leans = bool(state.questions) or (bool(state.shown) and len(meant.text.split()) <= LEANING)
    if meant.in_scope < rules.answer and not leans:
        return Choice(foreign=True) if meant.in_scope < rules.foreign else Choice(near=near(topics, voice))
    if units and _leads(units, rules.unit, rules.unit_margin):
        return _of_unit(units, topics, state, voice)
    if topics and _leads(topics, rules.topic, rules.topic_margin):
        return _of_topic(topics, units, state, voice)
    return Choice(near=near(topics, voice))


def _concerns(topic: str, meant: Meant, state: State, voice: Voice) -> bool:
    """Whether a topic for people with a condition is for this one: the words name it, or it was told ("my back hurts for
    weeks" is nothing about a pregnancy)."""
    only = voice.settings.only_for.get(topic)
    if only is None:
        return True
    told = {name for person in state.persons for name in conditions_of(person, voice, also=meant.facts)}
    words = " ".join(_WORD.findall(meant.text.lower()))
    return bool(told.intersection(only.conditions)) or any(word in words for word in only.words)


def _named(entities: Sequence[str], topics: list[Scored], voice: Voice) -> list[Scored]:
    """The topics, with that of a thing asked about by name first where no topic is sure ("is a foam roller ok")."""
    sure = voice.settings.thresholds.sure
    found = [entity for name in entities if (entity := voice.content.entity(name))]
    named = [topic for entity in found for topic in entity.topics if voice.content.article(topic)]
    if not named or not topics or topics[0].probability >= sure or topics[0].label in named:
        return topics
    return [Scored(named[0], sure), *(one for one in topics if one.label != named[0])]


def near(topics: Sequence[Scored], voice: Voice) -> tuple[Article, ...]:
    """Three near things to offer: of the ranked topics, filled up with those that most people want."""
    likely = [one.label for one in topics if one.probability >= voice.settings.thresholds.offer]
    found = voice.articles((*likely, *(one.label for one in topics[:1]), *voice.settings.near))
    return tuple(found[: voice.settings.most.options])


def _units(ranked: Sequence[Scored], topics: Sequence[Scored], state: State, voice: Voice) -> list[Scored]:
    """The ranked units that exist, were not rejected, and belong to one of the best topics."""
    best = {one.label for one in topics[:TOPICS_OF_UNITS]}
    allowed = [one for one in ranked if one.label not in state.rejected and voice.unit(one.label)]
    return [one for one in allowed if not topics or one.label.split(".", 1)[0] in best]


def _leads(ranked: Sequence[Scored], least: float, margin: float) -> bool:
    """Whether the first is likely enough and far enough before the second."""
    second = ranked[1].probability if len(ranked) > 1 else 0.0
    return ranked[0].probability >= least and ranked[0].probability - second >= margin


def _of_unit(units: Sequence[Scored], topics: Sequence[Scored], state: State, voice: Voice) -> Choice:
    """The best unit, or what comes next where it was said."""
    unit = voice.unit(units[0].label)
    if unit is None or unit.id in state.said:
        topic = units[0].label.split(".", 1)[0]
        return _next(topic, units, state, voice)
    return Choice(
        voice.content.article(unit.topic), unit, near=_others(unit.topic, topics, voice), likely=units[0].probability
    )


def _of_topic(topics: Sequence[Scored], units: Sequence[Scored], state: State, voice: Voice) -> Choice:
    """The best topic's short text, or what comes next where it was said."""
    topic = topics[0].label
    if topic in state.said:
        return _next(topic, units, state, voice)
    return Choice(voice.content.article(topic), near=_others(topic, topics, voice))


def _others(topic: str, topics: Sequence[Scored], voice: Voice) -> tuple[Article, ...]:
    """The other readings, where the best is not sure."""
    rules = voice.settings.thresholds
    if not topics or topics[0].probability >= rules.sure:
        return ()
    return tuple(
        voice.articles(one.label for one in topics[:3] if one.label != topic and one.probability >= rules.offer)
    )


def _next(topic: str, units: Sequence[Scored], state: State, voice: Voice) -> Choice:
    """More on a topic that was answered: its next likely unit, its next section, else that all of it was said."""
    article = voice.content.article(topic)
    if article is None:
        return Choice(near=near((), voice))
    for one in units:
        unit = voice.unit(one.label)
        if (
            unit
            and unit.topic == topic
            and unit.id not in state.said
            and one.probability >= voice.settings.thresholds.offer
        ):
            return Choice(article, unit)
    section = next((part for part in article.more if SEEN + section_key(article, part) not in state.said), None)
    if section is not None:
        return Choice(article, section=section)
    return Choice(article, voice.unit(units[0].label) if units else None, again=True)


def section_key(article: Article, section: Section) -> str:
    """The name under which it is kept that a section was shown."""
    return f"{article.id}#{section.key}"
