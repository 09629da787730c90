"""Things to be done together: the check, and for the others what there is for them now."""

from __future__ import annotations

from bot import messages
from bot.answering import answers, cards, checking, clinician, fitting, lists
from bot.answering.references import conditions
from bot.answering.showing import showed
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.model import Article

MINUTES = ("minutes", "walk_minutes")
"""Facts that tell how long somebody can walk."""
PLANS = ("plan", "routine")


def goal(meant: Meant, turn: Turn) -> Turn:
    """The turn after something was asked to be done."""
    kind = meant.act.split("/", 1)[1]
    if turn.careful and kind in (*PLANS, "list_exercises", "form"):
        return cards.waits(turn)
    mine = conditions(meant, turn)
    if kind in (*PLANS, "form") and (refused := _too_soon(meant, mine, turn)) is not None:
        return refused
    if kind == "check":
        return checking.start(turn)
    if kind in lists.KINDS:
        return lists.start(kind, meant, turn)
    if kind == "summary":
        return clinician.summary(meant, turn)
    if kind == "takeaways":
        return clinician.takeaways(turn)
    if kind == "plan":
        return _plan(meant, turn)
    if kind == "routine":
        turn = turn.say("goal/routine")
        return cards.listed(turn, who=meant.who, conditions=mine, only=turn.voice.settings.routine)
    if kind == "list_exercises":
        return cards.listed(turn, who=meant.who, conditions=mine, wanted=meant.text)
    return _from_topic(kind, meant, turn)


def _too_soon(meant: Meant, mine: tuple[str, ...], turn: Turn) -> Turn | None:
    """Why there is no plan for this person yet, or None where there may be one."""
    facts = {fact.name: fact.value for fact in (*turn.state.person(meant.who).facts, *meant.facts)}
    age = facts.get("age")
    number = isinstance(age, int | float) and not isinstance(age, bool)
    if number and float(age or 0) < turn.voice.settings.plan_from_age:
        return turn.say("goal/too_young")
    gate = fitting.careful(mine, turn.voice)
    return cards.ask_team(gate, turn, who=meant.who) if gate else None


def _plan(meant: Meant, turn: Turn) -> Turn:
    """The table of weeks, with the row to begin at for the minutes that this person can walk."""
    article = turn.voice.content.article(turn.voice.settings.goals["plan"])
    if article is None or article.table is None:
        return answers.offer((), turn)
    facts = (*turn.state.person(meant.who).facts, *meant.facts)
    minutes = [fact.value for fact in facts if fact.name in MINUTES and isinstance(fact.value, int | float)]
    turn = _start_row(article, float(minutes[-1]), turn) if minutes else turn.say("goal/plan")
    turn = turn.add(messages.table(article, article.table, sources=turn.voice.sources(article.table.sources)))
    return showed(turn.remember(article.id), "table", article.id, answers.row_names(article.table))


def _start_row(article: Article, minutes: float, turn: Turn) -> Turn:
    """Where to begin in the table: the last row that is not above what goes well now."""
    rows = article.table.rows if article.table else ()
    below = [row for row in rows if row["minutes"].isdigit() and int(row["minutes"]) <= minutes]
    start = (below or list(rows[:1]))[-1]
    return turn.say("goal/plan_from", week=start["week"], minutes=start["minutes"], told=round(minutes))


def _from_topic(kind: str, meant: Meant, turn: Turn) -> Turn:
    """What the content has for a goal, led in by how to use it."""
    topic = turn.voice.settings.goals[kind]
    turn = turn.say(f"goal/{kind}")
    said = Meant(act="ask", who=meant.who, topics=(answers.sure(topic),), facts=meant.facts, text=meant.text)
    return answers.answer([said], turn)
