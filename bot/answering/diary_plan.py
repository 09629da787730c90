"""What the walking diary does to the walking plan: walks that hurt hold it or take it back, by the plan's own rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.answering import cards, journey, planning, questions
from bot.answering.journey import with_answers
from bot.answering.plan_answers import EVENT, rules, wishes
from bot.answering.turn import Turn
from bot.conversation.state import SELF, Goal, State
from bot.journeys import plan, plan_changes
from bot.journeys.plan import Event
from bot.journeys.plan_dates import STARTS, week_of_day

FROM_DIARY = f"{EVENT}d"
"""Beginning of the names of events that came from the diary: they go when the entry behind them goes."""


def adjusted(turn: Turn) -> Turn:
    """The turn with the person's plan, where there is one on show or kept, as the diary asks for; what changed is said."""
    goal = _plan(turn)
    if goal is None:
        return turn
    before, found = _from_diary(goal), _events(goal, turn)
    names = set(before) | set(found)
    pairs = tuple((name, found.get(name, "")) for name in sorted(names))
    if not pairs or before == found:
        return turn
    changed = replace(with_answers(goal, pairs), waiting=goal.waiting)
    turn = turn.put(_kept_in_place(changed, turn))
    new = [event for name, event in found.items() if before.get(name) != event]
    if turn.careful or not new:
        return turn if turn.careful else turn.say("diary/plan_back")
    event = plan_changes.events_of(new)[-1]
    name = "diary/plan_hold" if event.kind == plan.HOLD else "diary/plan_lower"
    minutes = next(week.minutes for week in plan.weeks(wishes(changed, turn), rules()) if week.number == event.week)
    return turn.say(name, week=event.week, minutes=minutes)


def _plan(turn: Turn) -> Goal | None:
    """The writer's own plan, if it is made."""
    goal = questions.goal(turn, planning.KIND)
    if goal is None or goal.step is not None or journey.whose(goal, turn) != SELF or not dict(goal.answers).get(STARTS):
        return None
    return goal


def _kept_in_place(changed: Goal, turn: Turn) -> State:
    """The state with a goal changed that stays where it is among the others."""
    goals = tuple(changed if one.kind == changed.kind else one for one in turn.state.goals)
    return replace(turn.state, goals=goals)


def _from_diary(goal: Goal) -> dict[str, str]:
    """The events that the diary brought before."""
    return {name: value for name, value in goal.answers if name.startswith(FROM_DIARY) and value}


def _events(goal: Goal, turn: Turn) -> dict[str, str]:
    """What the walks since the plan began ask for: of each week the worst. A walk at the plan's lower limit holds the next
    week, one at the higher limit takes that week back."""
    starts = dt.date.fromisoformat(dict(goal.answers)[STARTS])
    last = len(plan.weeks(wishes(goal, turn), rules()))
    found: dict[str, Event] = {}
    for entry in turn.walks.entries:
        week = week_of_day(entry.day, starts)
        if not entry.walked or entry.worst is None or week is None or entry.worst < rules().watch_pain.value:
            continue
        kind = plan.LOWER if entry.worst >= rules().drop_pain.value else plan.HOLD
        name = f"{FROM_DIARY}{week + 1}"
        if week + 1 <= last and (name not in found or kind == plan.LOWER):
            found[name] = Event(kind, week + 1)
    return {name: plan_changes.stored(event) for name, event in found.items()}


def calendar(turn: Turn) -> Turn:
    """The plan with the button for its calendar file; without a plan, how to make one."""
    goal = questions.goal(turn, planning.KIND)
    if goal is None or goal.step is not None:
        return turn.say("plan/no_calendar")
    if turn.careful:
        return cards.waits(turn)
    return planning.JOURNEY.show(goal, turn.say("plan/calendar"))
