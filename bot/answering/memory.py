"""What is known of the person: read back, forgotten on request, and summed up for a clinician."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot import messages
from bot.answering.compose import sentences
from bot.answering.turn import Turn, joined
from bot.conversation.state import SELF, Fact, Person, State
from bot.messages import Message
from bot.model import Urgency

MOST_POINTS = 6
"""Key points that are read back."""


def lines(person: Person, turn: Turn) -> Iterator[str]:
    """What a person told, each as a phrase; facts that were taken back are left out."""
    for fact in person.facts:
        if fact.value is False:
            continue
        if text := phrase(fact, turn):
            yield text


def phrase(fact: Fact, turn: Turn) -> str:
    """One fact in words: by its name and value, by its name, or by its condition; "" for one without words."""
    condition = turn.voice.content.condition(fact.name.removeprefix("condition:"))
    if fact.name.startswith("condition:") and condition is not None:
        return condition.name[:1].lower() + condition.name[1:]
    value = int(fact.value) if isinstance(fact.value, float) and fact.value.is_integer() else fact.value
    names = (f"fact/{fact.name}_{fact.value}", f"fact/{fact.name}", f"fact/{fact.name.split(':')[0]}")
    name = next((name for name in names if turn.has(name)), None)
    if name is None:
        return ""
    detail = fact.name.split(":")[-1].replace("_", " ")
    return (
        turn.spoken(name).say[0].format(value=_span(value, turn) if fact.name == "since_days" else value, detail=detail)
    )


def _span(days: float | str | bool, turn: Turn) -> str:
    """Days as people say them: in days, weeks, months or years."""
    if isinstance(days, str | bool):
        return str(days)
    units = turn.spoken("fact/spans").say
    for at, length in ((3, 365), (2, 30), (1, 7)):
        if days >= 2 * length - (length > 7) * length * 0.1:
            return units[at].format(number=round(days / length))
    return units[0].format(number=round(days))


def read_back(turn: Turn) -> Turn:
    """Everything that was told, by person, and how to have it forgotten."""
    found = [(person, list(lines(person, turn))) for person in turn.state.persons]
    found = [(person, told) for person, told in found if told]
    if not found:
        return turn.say("memory/nothing")
    last = turn.spoken("words/and").say[0]
    said = []
    for person, told in found:
        name = "memory/you" if person.who == SELF else "memory/other"
        turn, text = turn.words(name, facts=joined(told, last=last), who=turn.whose(person.who))
        said.append(text)
    turn, close = turn.words("memory/close")
    return turn.add(messages.message("text", " ".join([*said, close])))


def forget(turn: Turn) -> Turn:
    """What was told of every person is forgotten; an alert that stands is not, and how to delete the rest is said."""
    kept = tuple(replace(person, facts=()) for person in turn.state.persons)
    return turn.put(replace(turn.state, persons=kept)).say("memory/forgotten")


def start_over(turn: Turn) -> Turn:
    """A fresh start: questions, goals, what was shown and said are gone. What a danger rests on stays."""
    state = turn.state
    fresh = State(
        message_id=state.message_id,
        turn=state.turn,
        persons=state.persons
        if state.episode.stage != "none"
        else tuple(replace(one, facts=()) for one in state.persons),
        episode=state.episode,
        region=state.region,
        unanswered=state.unanswered,
    )
    return turn.put(fresh).say("meta/start_over")


def summary(turn: Turn) -> Turn:
    """Everything told and asked, to show a clinician."""
    sections = [_told_section(person, turn) for person in turn.state.persons]
    sections = [one for one in sections if one["lines"]]
    asked = list(_answered_titles(turn))
    if asked:
        sections.append({"heading": turn.spoken("summary/asked").say[0], "lines": asked})
    sections.append({"heading": turn.spoken("summary/signs").say[0], "lines": _signs(turn)})
    if len(sections) == 1 and turn.meaning.assessment.urgency is Urgency.SELF_CARE:
        turn = turn.say("summary/little")
    return turn.add(_summary("summary/title", sections, turn))


def _told_section(person: Person, turn: Turn) -> dict[str, object]:
    """What one person told."""
    heading = turn.spoken("summary/you").say[0] if person.who == SELF else turn.whose(person.who)
    told = [text[:1].upper() + text[1:] for text in lines(person, turn)]
    return {"heading": heading[:1].upper() + heading[1:], "lines": told}


def _answered_titles(turn: Turn) -> Iterator[str]:
    """The questions that were answered, as titles."""
    for name in turn.state.said:
        unit = turn.voice.unit(name) if "." in name else None
        article = turn.voice.content.article(name)
        if unit is not None:
            yield unit.asks
        elif article is not None:
            yield article.title


def _signs(turn: Turn) -> list[str]:
    """The warning signs that stand, and those that stayed unanswered."""
    flags = [flag for name in turn.meaning.assessment.flags if (flag := turn.voice.content.red_flag(name))]
    said = [flag.title for flag in flags]
    open_ids = [slot.removeprefix("flag:") for slot in turn.state.unanswered if slot.startswith("flag:")]
    unsure = [flag.ask for name in open_ids if (flag := turn.voice.content.red_flag(name))]
    said += [turn.spoken("summary/unanswered").say[0].format(question=text) for text in unsure]
    return said or [turn.spoken("summary/no_signs").say[0]]


def _summary(title: str, sections: list[dict[str, object]], turn: Turn) -> Message:
    """A summary message; its text reads all of it aloud."""
    heading = turn.spoken(title).say[0]
    aloud = " ".join(
        f"{one['heading']}: {'; '.join(str(line).rstrip('.') for line in _list(one['lines']))}." for one in sections
    )
    level = turn.meaning.assessment.urgency
    urgency = level.value if level is not Urgency.SELF_CARE else None
    return messages.message("summary", f"{heading}. {aloud}", title=heading, sections=sections, urgency=urgency)


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def takeaways(turn: Turn) -> Turn:
    """The first sentence of each answer that was given, the latest last."""
    points = []
    for name in turn.state.said:
        unit = turn.voice.unit(name) if "." in name else None
        article = turn.voice.content.article(name)
        text = unit.answer if unit else article.short if article else ""
        if text:
            points.append(turn.fill(sentences(text, 1)))
    if not points:
        return turn.say("answer/nothing_yet")
    section: dict[str, object] = {"heading": turn.spoken("takeaways/heading").say[0], "lines": points[-MOST_POINTS:]}
    return turn.add(_summary("takeaways/title", [section], turn))
