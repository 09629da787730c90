"""The walking plan as a journey: the plan shown, one of its weeks, and talk about it while it is on show."""

from __future__ import annotations

from bot.answering import cards, journey, plan_words, questions
from bot.answering.journey import Journey, with_answers
from bot.answering.moment import MONTH_FIRST
from bot.answering.plan_answers import (
    AT,
    EVENT,
    KIND,
    OFF,
    blocked,
    conditions,
    kept,
    known,
    noted,
    numbers,
    read,
    rules,
    steps,
    told,
    usual,
    wishes,
)
from bot.answering.showing import showed
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.state import Goal
from bot.journeys import plan, plan_changes
from bot.journeys.plan import Event
from bot.journeys.plan_changes import Change
from bot.journeys.plan_dates import CLOCK, STARTS, ZONE, clock_in, start_in
from bot.journeys.words import is_question, lists, pattern, plain

__all__ = ["JOURNEY", "KIND", "noted", "week_named"]
SLOWEST = 3
"""Times that steps are made slower."""
ASKABLE = (
    *plan_changes.LOOKS,
    plan_changes.SWAP,
    plan_changes.OFF,
    plan_changes.DAYS,
    plan_changes.START,
    plan_changes.GOAL,
    plan.SLOWER,
    plan_changes.FASTER,
)
"""Changes that may be put as a question ("can it go up slower?")."""


def show(goal: Goal, turn: Turn) -> Turn:
    """The plan week by week, with what it rests on and what to watch."""
    if turn.careful:
        return cards.waits(turn)
    turn, goal = dated(goal, turn)
    made = wishes(goal, turn)
    weeks = plan.weeks(made, rules())
    turn = plan_words.lead(goal, made, weeks, conditions(goal, turn), turn)
    turn = turn.add(plan_words.whole(made, weeks, turn, goal))
    return showed(turn, KIND, _topic(turn), [f"week {week.number}" for week in weeks])


def dated(goal: Goal, turn: Turn) -> tuple[Turn, Goal]:
    """The plan with the day on which its first week begins, today where nobody named one, and the time zone of it."""
    if not dict(goal.answers).get(STARTS):
        goal = with_answers(goal, ((STARTS, turn.moment.today.isoformat()), (ZONE, turn.moment.zone or "")))
        turn = questions.with_goal(turn, goal)
    return turn, goal


def _calendar(meant: Meant, goal: Goal, turn: Turn) -> Turn | None:
    """The turn after words about the first day of the plan on show, or about the time of its walks; None for other words."""
    text = plain(meant.text)
    day = start_in(text, turn.moment.today, month_first=turn.region in MONTH_FIRST)
    clock = clock_in(text)
    if (day is None and clock is None) or turn.state.shown[0].kind != KIND:
        return None
    if turn.careful:
        return cards.waits(turn)
    if day is not None:
        goal = with_answers(goal, ((STARTS, day.isoformat()), (ZONE, turn.moment.zone or "")))
        turn = turn.say("plan/changed_starts", day=plan_words.date(day, turn))
    if clock is not None:
        goal = with_answers(goal, ((CLOCK, clock), (ZONE, turn.moment.zone or "")))
        turn = turn.say("plan/changed_clock", clock=clock)
    return journey.go_on(JOURNEY, goal, turn)


def _topic(turn: Turn) -> str:
    """The article that the plan rests on: what is asked about it as a whole is answered from there."""
    return turn.voice.settings.goals[KIND]


def week_named(name: str, goal: Goal, turn: Turn) -> Turn | None:
    """One week of the plan, by its name in what was shown."""
    number = name.rsplit(" ", 1)[-1]
    return _look_at(int(number), goal, turn) if number.isdigit() else None


def _look_at(number: int, goal: Goal, turn: Turn) -> Turn:
    """One week of the plan, day by day."""
    if turn.careful:
        return cards.waits(turn)
    if refused := blocked(goal, turn):
        return refused
    made = wishes(goal, turn)
    weeks = plan.weeks(made, rules())
    if not 1 <= number <= len(weeks):
        return turn.say("plan/no_such_week", weeks=len(weeks))
    turn = turn.add(plan_words.single(weeks[number - 1], len(weeks), turn, goal))
    return showed(turn, KIND, _topic(turn), [f"week {week.number}" for week in weeks], cursor=number - 1)


def change(meant: Meant, goal: Goal, turn: Turn) -> Turn | None:
    """The turn after talk about the plan on show, or None where the words are about something else."""
    if (on_calendar := _calendar(meant, goal, turn)) is not None:
        return on_calendar
    found = plan_changes.read_change(meant.text, pace=rules().pace.value)
    latest = turn.state.shown[0].kind == KIND
    if found is None and meant.act == "change/easier" and latest:
        found = Change(plan.SLOWER)
    asks = is_question(meant.text) and not pattern(lists()["may_ask"]).match(plain(meant.text))
    if found is None or (not found.sure and (not latest or asks)):
        return None
    if is_question(meant.text) and found.kind not in ASKABLE:
        return None
    if turn.careful:
        return cards.waits(turn)
    if found.kind in (plan.SLOWER, plan_changes.FASTER) and latest and turn.messages and _shown_now(turn):
        return turn
    if found.kind == plan_changes.SHOW and found.week:
        return _look_at(found.week, goal, turn)
    return _changed(found, goal, turn)


def _shown_now(turn: Turn) -> bool:
    """Whether the plan was shown in this very turn: "a bit steep. can it go up slower?" asks for one change, not two."""
    return turn.state.shown[0].turn == turn.state.turn


def _changed(found: Change, goal: Goal, turn: Turn) -> Turn:
    """The plan changed, and what was."""
    have = dict(goal.answers)
    if found.kind == plan_changes.ALL:
        return journey.go_on(JOURNEY, goal, turn)
    if found.kind == plan_changes.AT:
        goal = with_answers(goal, ((AT, str(found.week)),))
        return _look_at(found.week or 1, goal, questions.with_goal(turn, goal))
    if found.kind in plan_changes.NEEDS_WEEK:
        return _happened(found, goal, turn)
    if found.kind in (plan.SLOWER, plan_changes.FASTER):
        return _paced(found, goal, turn)
    if found.days is not None:
        off = tuple(sorted({*numbers(have.get(OFF, "")), *found.days.off} - set(found.days.on)))
        days = plan_changes.days_of(found.days, numbers(have.get("days", "")), off, usual=rules().days.whole)
        if not days:
            return turn.say("plan/no_days")
        goal = with_answers(goal, (("days", kept(days)), (OFF, kept(off))))
        return journey.go_on(JOURNEY, goal, turn.say("plan/changed_days", days=plan_words.names(days, turn)))
    name = "minutes" if found.kind == plan_changes.START else "goal"
    value = min(max(found.amount, rules().least.whole), rules().most.whole)
    if name == "goal" and value < int(have.get("minutes", "1")):
        return turn.say("plan/goal_below")
    return journey.go_on(
        JOURNEY, with_answers(goal, ((name, str(value)),)), turn.say(f"plan/changed_{name}", value=value)
    )


def _paced(found: Change, goal: Goal, turn: Turn) -> Turn:
    """Slower steps, or again the usual ones: never more than the rule."""
    now = sum(event.amount for event in wishes(goal, turn).events if event.kind == plan.SLOWER)
    if found.kind == plan_changes.FASTER and now <= 0:
        return turn.say("plan/fastest")
    if found.kind == plan.SLOWER and now >= SLOWEST:
        return turn.say("plan/slowest")
    event = Event(plan.SLOWER, found.week or int(dict(goal.answers).get(AT, "1")), found.amount)
    name = "plan/changed_faster" if found.amount < 0 else "plan/changed_slower"
    return journey.go_on(
        JOURNEY, _with_event(goal, event), turn.say(name, days=plan_words.names(wishes(goal, turn).days, turn))
    )


def _happened(found: Change, goal: Goal, turn: Turn) -> Turn:
    """Something happened in a week: heard, and the plan held or taken back from there; without a week it is asked for."""
    week = found.week or _now(goal, turn)
    turn = turn.say(f"plan/happened_{found.kind}", part=found.part, week=week or "")
    event = Event(found.kind, week or 1, found.amount)
    if week is None:
        goal = with_answers(goal, (("pending", plan_changes.stored(event)),))
        return journey.go_on(JOURNEY, goal, turn)
    many = len(plan.weeks(wishes(goal, turn), rules()))
    if week > many:
        return turn.say("plan/no_such_week", weeks=many)
    return journey.go_on(JOURNEY, _with_event(goal, event), turn)


def _now(goal: Goal, turn: Turn) -> int | None:
    """The week that the person is in: told, or the one looked at last."""
    if number := dict(goal.answers).get(AT):
        return int(number)
    shown = next((one for one in turn.state.shown if one.kind == KIND), None)
    return shown.cursor + 1 if shown and shown.cursor is not None else None


def _with_event(goal: Goal, event: Event) -> Goal:
    """The goal with one more event, under a name of its own."""
    many = sum(name.startswith(EVENT) for name, _ in goal.answers)
    return with_answers(goal, ((f"{EVENT}{many + 1}", plan_changes.stored(event)),))


JOURNEY = Journey(KIND, steps, read, usual, told, known, blocked, show, change)
