"""What comes of the walking-form check and of the shoe chooser: things worth trying, and what to look for, with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import messages
from bot.answering import answers, fitting
from bot.answering.compose import fitting_words, sentences
from bot.answering.showing import showed
from bot.answering.turn import Turn
from bot.journeys import checklist
from bot.journeys.checklist import UNSURE
from bot.model import Article, Evidence, Unit

Found = Mapping[str, tuple[str, ...]]
"""Answers by step."""


def result(kind: str, who: str, found: Found, turn: Turn) -> Turn:
    """What comes of a list that is through, for the person whom it is about."""
    return _form_result(who, found, turn) if kind == "form" else _shoe_result(who, found, turn)


def _form_result(who: str, found: Found, turn: Turn) -> Turn:
    """At most three things worth trying, each with its reason and evidence; or that nothing needs a change."""
    lists = turn.voice.lists
    tried = checklist.worth_trying(lists.form.order, found, lists.most_tried)
    if UNSURE in {value[0] for value in found.values()}:
        turn = turn.say("form/not_seen")
    if not tried:
        return turn.say("form/nothing")
    lines: list[str] = []
    units: list[Unit] = []
    conditions = fitting.conditions_of(turn.state.person(who), turn.voice)
    for name in tried:
        one = next(step for step in lists.form.steps if step.id == name)
        unit = turn.voice.unit(one.unit)
        if unit is not None:
            turn, line = _thing(one.title, unit, turn, who=who, conditions=conditions)
            lines.append(f"{len(lines) + 1}. {line}")
            units.append(unit)
    turn, lead = turn.words("form/lead")
    article = turn.voice.content.article(units[0].topic)
    if article is None:
        return turn
    said = messages.answer(
        article,
        title=turn.spoken("form/title").say[0],
        body=turn.fill("\n".join([lead, "", *lines])),
        sources=turn.voice.sources(source for unit in units for source in unit.sources),
        evidence=Evidence.WEAK,
    )
    turn = turn.add(said).remember(*(unit.id for unit in units))
    for unit in reversed(units):
        turn = showed(turn, "unit", unit.id)
    return turn


def _thing(title: str, unit: Unit, turn: Turn, *, who: str, conditions: Sequence[str]) -> tuple[Turn, str]:
    """One thing worth trying: what to do, fitted to the person, why, and how sure that is."""
    turn, fitted = fitting_words(unit.unless, conditions, turn, who=who)
    article = turn.voice.content.article(unit.topic)
    evidence = Evidence.GENERAL_ADVICE if unit.general_advice or article is None else article.evidence
    words = turn.spoken(f"form/evidence_{evidence.value}").say[0]
    why = unit.because or sentences(_unopened(unit), 1)
    return turn, turn.spoken("form/thing").say[0].format(title=title, do=fitted or unit.do, why=why, evidence=words)


def _unopened(unit: Unit) -> str:
    """A unit's answer without the yes or no that answers its own question."""
    first, _, rest = unit.answer.partition(" ")
    if unit.polarity is None or first.strip(",.").lower() != unit.polarity.value:
        return unit.answer
    return rest[:1].upper() + rest[1:]


def _shoe_result(who: str, found: Found, turn: Turn) -> Turn:
    """What to look for with reasons, and the fitting checklist."""
    shoes = turn.voice.lists.shoes
    conditions = fitting.conditions_of(turn.state.person(who), turn.voice)
    names = checklist.chosen(((one.id, one.when) for one in shoes.features), found, conditions)
    features = [one for one in shoes.features if one.id in names]
    units = [unit for one in features if (unit := turn.voice.unit(one.unit))]
    heads = turn.spoken("shoes/columns").say
    caption = turn.spoken("shoes/caption").say[0]
    said = messages.message(
        "table",
        caption,
        caption=caption,
        columns=[{"key": key, "label": label} for key, label in zip(("look", "why"), heads, strict=True)],
        rows=[{"look": one.look, "why": one.why} for one in features],
        sources=messages.source_list(turn.voice.sources(source for unit in units for source in unit.sources)),
        evidence=Evidence.WEAK.value,
    )
    turn = turn.add(said).remember(*(unit.id for unit in units[-1:]))
    article = turn.voice.content.article(shoes.checklist.topic)
    part = article.section(shoes.checklist.section) if article else None
    return _fitting(article, turn) if article is not None and part is not None else turn


def _fitting(article: Article, turn: Turn) -> Turn:
    """The fitting checklist, led in."""
    part = article.section(turn.voice.lists.shoes.checklist.section)
    return answers.section(article, part, turn.say("shoes/checklist")) if part else turn
