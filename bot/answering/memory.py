"""What is known of the person: read back, forgotten on request, and summed up for a clinician."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot import messages
from bot.answering.turn import Turn, joined
from bot.conversation.state import SELF, Fact, Person, State


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
