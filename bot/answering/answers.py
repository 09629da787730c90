"""Questions: answered by a unit, an article's short text or a section, or near things are offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import messages
from bot.answering import cards, checking, fitting
from bot.answering.compose import Parts, entity_sentence, limit_for, parts_of, sentences, shortened, within
from bot.answering.showing import met, missed, showed
from bot.answering.turn import LEADS, SEEN, Turn
from bot.answering.units import Choice, choose, near, section_key
from bot.conversation import alerting
from bot.conversation.meaning import Meant
from bot.messages import Message
from bot.model import Article, Evidence, Section, Table, Unit
from bot.reading import Scored

MOST_SECTIONS = 3
"""Sections offered as buttons under an answer."""
OFFERED = ("why", "how", "how_often", "how_long", "cautions", "evidence")


@dataclass(frozen=True)
class Asked:
    """A question of a message and what answers it."""

    meant: Meant
    choice: Choice
    conditions: tuple[str, ...]


def answer(asks: Sequence[Meant], turn: Turn) -> Turn:
    """The turn with up to three questions answered; the same answer is given once."""
    found: list[Asked] = []
    for meant in asks:
        choice = choose(meant, turn.state, turn.voice)
        person = turn.state.person(meant.who)
        found.append(Asked(meant, choice, fitting.conditions_of(person, turn.voice, also=meant.facts)))
    found = _distinct(found)
    answered = [one for one in found if one.choice.article]
    if not answered:
        return _unanswered(found[0], turn)
    units = [one for one in answered if one.choice.unit and not one.choice.again]
    turn, fitted = _composed(units, turn)
    several = limit_for(len(answered), turn.voice) // len(answered)
    for one in answered:
        turn = _one(one, fitted.get(one.meant), turn, limit=several)
    turn = _besides(answered[-1].choice, turn) if len(answered) == 1 else turn
    return met(turn)


def _distinct(found: Iterable[Asked]) -> list[Asked]:
    """Each answer once, in the order of the questions."""
    kept: dict[object, Asked] = {}
    for one in found:
        choice = one.choice
        key = choice.unit.id if choice.unit else choice.article.id if choice.article else None
        kept.setdefault(key, one)
    return list(kept.values())


def _composed(asked: Sequence[Asked], turn: Turn) -> tuple[Turn, dict[Meant, Parts]]:
    """The parts of every unit, cut so that all together are short enough."""
    every = []
    for one in asked:
        unit = one.choice.unit
        if unit is not None:
            meant = one.meant
            turn, parts = parts_of(
                unit,
                turn,
                who=meant.who,
                conditions=one.conditions,
                entities=meant.entities,
                likely=one.choice.likely,
            )
            every.append(parts)
    cut = shortened(every, limit_for(len(every), turn.voice))
    return turn, {one.meant: parts for one, parts in zip(asked, cut, strict=True)}


def _one(asked: Asked, parts: Parts | None, turn: Turn, *, limit: int) -> Turn:
    """One question's answer; a short text has at most `limit` words."""
    choice, article = asked.choice, asked.choice.article
    if article is None:
        return turn
    if turn.careful and article.id.startswith(turn.voice.settings.waiting):
        return cards.waits(turn)
    if cards.unsuited(article, turn, asked.conditions):
        return cards.howto(article, turn, who=asked.meant.who, conditions=asked.conditions)
    if choice.again:
        return again(article, choice.unit, turn)
    if choice.section is not None:
        return section(article, choice.section, turn)
    if choice.unit is not None and parts is not None:
        return unit(choice.unit, parts, article, turn)
    return short(article, asked, turn, limit=limit)


def unit(chosen: Unit, parts: Parts, article: Article, turn: Turn) -> Turn:
    """A unit said and kept as said."""
    said = _answer(
        article,
        chosen.asks,
        parts.body(),
        turn,
        sources=chosen.sources,
        evidence=Evidence.GENERAL_ADVICE if chosen.general_advice else article.evidence,
    )
    said["unit"] = chosen.id
    return showed(turn.add(said).remember(chosen.id), "unit", chosen.id)


def short(article: Article, asked: Asked, turn: Turn, *, limit: int) -> Turn:
    """An article's short text, fitted; a how-to shows its card, or why it does not suit."""
    if article.category == "exercise_howto" and article.exercises:
        return cards.howto(article, turn, who=asked.meant.who, conditions=asked.conditions)
    gate = fitting.careful(asked.conditions, turn.voice)
    if gate is not None and article.id.startswith(turn.voice.settings.waiting):
        return cards.ask_team(gate, turn, who=asked.meant.who)
    turn, unfit = cards.left_out(article, turn, who=asked.meant.who, conditions=asked.conditions)
    body = "\n\n".join(
        part for part in (*_entities(asked, turn), turn.fill(within(article.short, limit)), unfit) if part
    )
    turn = turn.add(_answer(article, article.title, body, turn, sources=article.sources)).remember(article.id)
    if article.table:
        turn = turn.add(messages.table(article, article.table, sources=turn.voice.sources(article.table.sources)))
        return showed(showed(turn, "article", article.id), "table", article.id, row_names(article.table))
    return showed(turn, "article", article.id, article.exercises)


def row_names(table: Table) -> list[str]:
    """What the rows of a table are called: "week 4" where the first column counts weeks."""
    first = table.columns[0]
    return [
        f"{first.label.lower()} {row[first.key]}" if row[first.key].isdigit() else row[first.key] for row in table.rows
    ]


def _entities(asked: Asked, turn: Turn) -> list[str]:
    """What is to be said of the things asked about by name."""
    found = [entity for name in asked.meant.entities if (entity := turn.voice.content.entity(name))]
    return [entity_sentence(entity, asked.conditions) for entity in found]


def section(article: Article, part: Section, turn: Turn) -> Turn:
    """One section of an article; general advice is marked by its evidence."""
    heading = turn.voice.replies.sections[part.key]
    said = _answer(
        article,
        f"{article.title}: {heading}",
        turn.fill(part.text),
        turn,
        sources=part.sources,
        evidence=Evidence.GENERAL_ADVICE if part.general_advice else article.evidence,
        but=part.key,
    )
    key = section_key(article, part)
    return showed(turn.add(said).remember(SEEN + key), "article", article.id)


def again(article: Article, chosen: Unit | None, turn: Turn) -> Turn:
    """That this was said: the essential in one line, and other things to ask."""
    essential = sentences(chosen.answer if chosen else article.short, 1)
    turn, text = turn.words("answer/again", essential=turn.fill(essential))
    others = [other for other in turn.voice.articles(article.see_also) if other.id not in turn.state.said]
    offered = [(other.title, messages.topic_payload(other.id)) for other in others]
    said = messages.message("text", text, topic=article.id, quick_replies=messages.buttons(offered))
    return turn.add(said)


def _besides(choice: Choice, turn: Turn) -> Turn:
    """After an answer that may not be the one that was meant: the others that may, as buttons under it."""
    if not choice.near or not turn.messages:
        return turn
    turn, text = turn.words("answer/or_meant", title=choice.near[0].title)
    offered = [(article.title, messages.topic_payload(article.id)) for article in choice.near]
    return turn.add(messages.message("text", text, **{LEADS: True}, quick_replies=messages.buttons(offered)))


def _unanswered(asked: Asked, turn: Turn) -> Turn:
    """A foreign question gets an honest notice; anything else near things, and the check."""
    if asked.choice.foreign and not alerting.stands(turn.state.episode):
        return turn.say("outside/foreign")
    return offer(asked.choice.near, missed(turn))


def offer(articles: Sequence[Article], turn: Turn, *, words: str = "") -> Turn:
    """Near things to choose from, with the symptom check as the last."""
    found = list(articles) or list(near((), turn.voice))
    options = [
        {"title": article.title, "topic": article.id, "payload": messages.topic_payload(article.id)}
        for article in found
    ]
    check = turn.voice.replies.buttons["check"]
    options.append({"title": check.title, "payload": check.payload})
    turn, text = turn.words(words or ("answer/torn" if turn.state.misses < 2 else "answer/lost"))
    entries = [article.id for article in found]
    return showed(
        turn.add(messages.message("choices", text, options=options)), "choices", "offer", [*entries, checking.KIND]
    )


def _answer(
    article: Article,
    title: str,
    body: str,
    turn: Turn,
    *,
    sources: Iterable[str],
    evidence: Evidence | None = None,
    but: str = "",
) -> Message:
    """An answer message with the sections not yet seen as buttons."""
    open_parts = [
        part
        for part in article.more
        if part.key in OFFERED and part.key != but and SEEN + section_key(article, part) not in turn.state.said
    ]
    offered = [(turn.voice.replies.sections[part.key], section_payload(article.id, part.key)) for part in open_parts]
    return messages.answer(
        article,
        title=title,
        body=body,
        sources=turn.voice.sources(sources),
        evidence=evidence or article.evidence,
        quick_replies=offered[:MOST_SECTIONS],
    )


def section_payload(topic: str, key: str) -> str:
    """What the button of a section sends."""
    return messages.payload("follow_up", topic=topic, section=key)


def rejected(turn: Turn, *ids: str) -> Turn:
    """The turn with answers that the person rejected: they never come again."""
    kept = tuple(dict.fromkeys((*turn.state.rejected, *ids)))
    return turn.put(replace(turn.state, rejected=kept))


def sure(label: str) -> Scored:
    """A topic or unit that was named, not guessed."""
    return Scored(label, 1.0)
