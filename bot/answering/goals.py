"""Things to be done together: the check, and for the others what there is for them now."""

from __future__ import annotations

from bot.answering import answers, cards, checking, clinician, diary, fitting, lists, planned
from bot.answering.references import conditions
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.journeys.words import is_question


def goal(meant: Meant, turn: Turn) -> Turn:
    """The turn after something was asked to be done."""
    kind = meant.act.split("/", 1)[1]
    if turn.careful and kind in ("list_exercises", "form"):
        return cards.waits(turn)
    if kind == diary.JOURNEY.kind and not is_question(meant.text):
        return diary.show(turn)
    if kind in planned.JOURNEYS and kind != diary.JOURNEY.kind:
        return planned.start(kind, meant, turn)
    mine = conditions(meant, turn)
    if kind == "form" and (refused := _too_soon(meant, mine, turn)) is not None:
        return refused
    if kind == "check":
        return checking.start(turn)
    if kind in lists.KINDS:
        return lists.start(kind, meant, turn)
    if kind == "summary":
        return clinician.summary(meant, turn)
    if kind == "takeaways":
        return clinician.takeaways(turn)
    if kind == "list_exercises":
        return cards.listed(turn, who=meant.who, conditions=conditions(meant, turn), wanted=meant.text)
    return _from_topic(kind, meant, turn)


def _too_soon(meant: Meant, mine: tuple[str, ...], turn: Turn) -> Turn | None:
    """Why there is none for this person yet (too young, or the team first), or None where there may be one."""
    facts = {fact.name: fact.value for fact in (*turn.state.person(meant.who).facts, *meant.facts)}
    age = facts.get("age")
    if isinstance(age, int | float) and not isinstance(age, bool) and age < turn.voice.settings.plan_from_age:
        return turn.say("goal/too_young")
    gate = fitting.careful(mine, turn.voice)
    return cards.ask_team(gate, turn, who=meant.who) if gate else None


def _from_topic(kind: str, meant: Meant, turn: Turn) -> Turn:
    """What the content has for a goal, led in by how to use it."""
    topic = turn.voice.settings.goals[kind]
    turn = turn.say(f"goal/{kind}")
    said = Meant(act="ask", who=meant.who, topics=(answers.sure(topic),), facts=meant.facts, text=meant.text)
    return answers.answer([said], turn)
