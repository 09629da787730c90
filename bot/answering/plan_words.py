"""A walking plan in words and as messages: what it rests on, all its weeks, or one of them day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot import messages
from bot.answering.plan_answers import rules
from bot.answering.turn import SEEN, Turn, joined
from bot.conversation.state import Goal
from bot.journeys import plan
from bot.journeys.amounts import WEEK
from bot.journeys.plan import Week, Wishes
from bot.journeys.plan_dates import CLOCK, STARTS, ZONE, date_of
from bot.messages import Message

MOST_NOTES = 2
FAMILY = "pregnancy"


def names(days: Sequence[int], turn: Turn) -> str:
    """Days in a sentence: "Tuesday, Thursday and Saturday"."""
    full = turn.spoken("plan/days_full").say
    return joined((full[day] for day in days), last=turn.spoken("words/and").say[0])


def lead(goal: Goal, made: Wishes, weeks: Sequence[Week], conditions: Sequence[str], turn: Turn) -> Turn:
    """What the plan rests on, the rule for the day after, and what the person's conditions ask for; said once."""
    notes = _notes(goal, conditions, turn)
    key = f"lead:{','.join(name for name in conditions if name in rules().notes)}"
    if turn.seen(key) and turn.messages:
        return turn
    turn = turn.remember(f"{SEEN}{key}")
    steady = weeks[-1].minutes <= weeks[0].minutes
    turn, text = turn.words(
        "plan/lead_steady" if steady else "plan/lead",
        start=weeks[0].minutes,
        end=weeks[-1].minutes,
        weeks=len(weeks),
        days=names(made.days, turn),
    )
    parts = [text]
    if weeks[0].minutes < made.start:
        parts.append(turn.spoken("plan/lower_start").say[0].format(told=made.start))
    if weeks[-1].minutes < made.goal:
        name = "plan/ends_gentle" if made.gentle else "plan/ends_before"
        parts.append(turn.spoken(name).say[0].format(goal=made.goal, end=weeks[-1].minutes))
    parts += [turn.spoken("plan/light_day").say[0]] if weeks[0].light else []
    turn, rule = turn.words("plan/rule")
    said = messages.message("text", " ".join([*parts, *notes, rule]))
    return turn.add(said)


def _notes(goal: Goal, conditions: Sequence[str], turn: Turn) -> list[str]:
    """What conditions and the ground ask for: two notes on conditions at most, and one on the ground."""
    found: list[str] = []
    for name in rules().notes:
        key = f"plan/note_{FAMILY if name.startswith(FAMILY) else name}"
        if name in conditions and turn.has(key):
            found.append(turn.fill(turn.spoken(key).say[0].format_map({"sit": rules().sit_minutes.whole, **_LINES})))
    found = list(dict.fromkeys(found))[:MOST_NOTES]
    ground = f"plan/ground_{dict(goal.answers).get('ground', 'flat')}"
    return [*found, turn.spoken(ground).say[0]] if turn.has(ground) else found


_LINES = {name: "{" + name + "}" for name in ("emergency", "same_day", "crisis", "poison")}
"""Help lines stay as they are until the region fills them."""


def date(day: dt.date, turn: Turn) -> str:
    """A day in a sentence: "Monday 30 November"."""
    return (
        f"{turn.spoken('plan/days_full').say[day.weekday()]} {day.day} {turn.spoken('diary/months').say[day.month - 1]}"
    )


def whole(made: Wishes, weeks: Sequence[Week], turn: Turn, goal: Goal) -> Message:
    """All weeks: for each the walking days together, and the rest of the week."""
    label, rest = turn.spoken("plan/week").say[0], turn.spoken("plan/other_days").say[0]
    shown: list[dict[str, object]] = []
    for week in weeks:
        full = [day for day in week.days if day not in week.light]
        days = [_row(_short(full, turn), _what(week, turn), week.minutes, _dates(week, full, goal))]
        if week.light:
            days += [_row(_short(week.light, turn), _light(week, turn), half(week), _dates(week, week.light, goal))]
        days += [{"day": rest, "what": turn.spoken("plan/rest").say[0]}] if len(week.days) < WEEK else []
        shown.append({"label": label.format(number=week.number), "days": days})
    title = turn.spoken("plan/title").say[0].format(start=weeks[0].minutes, end=weeks[-1].minutes, weeks=len(weeks))
    aloud = turn.spoken("plan/aloud").say[0]
    said = [aloud.format(number=week.number, what=_what(week, turn)) for week in weeks]
    return _message(title, f"{title}. {' '.join(said)}", shown, turn, goal)


def _dates(week: Week, days: Sequence[int], goal: Goal) -> list[str]:
    """The dates of a week's days (YYYY-MM-DD), [] where the plan has no first day yet."""
    starts = dict(goal.answers).get(STARTS)
    first = dt.date.fromisoformat(starts) if starts else None
    return sorted(date_of(week.number, day, first).isoformat() for day in days) if first else []


def single(week: Week, of: int, turn: Turn, goal: Goal) -> Message:
    """One week, each of its seven days."""
    full = turn.spoken("plan/days_full").say
    rest = turn.spoken("plan/rest").say[0]
    days = []
    for day in range(WEEK):
        if day in week.light:
            days.append(_row(full[day], _light(week, turn), half(week), _dates(week, [day], goal)))
        elif day in week.days:
            days.append(_row(full[day], _what(week, turn), week.minutes, _dates(week, [day], goal)))
        else:
            days.append({"day": full[day], "what": rest})
    title = turn.spoken("plan/week_of").say[0].format(number=week.number, weeks=of)
    aloud = f"{title}: {names(week.days, turn)}. {_what(week, turn)}"
    return _message(title, aloud, [{"label": title, "days": days}], turn, goal)


def half(week: Week) -> int:
    """The minutes of a light day."""
    return max(1, week.minutes // 2)


def _row(day: str, what: str, minutes: int, dates: Sequence[str]) -> dict[str, object]:
    found: dict[str, object] = {"day": day, "what": what, "minutes": minutes}
    return {**found, "dates": list(dates)} if dates else found


def _short(days: Sequence[int], turn: Turn) -> str:
    """Days as a heading: "Tue, Thu, Sat"."""
    short = turn.spoken("plan/days_short").say
    return ", ".join(short[day] for day in days)


def _what(week: Week, turn: Turn) -> str:
    """What is done on a walking day of a week."""
    name = "plan/walk_parts" if week.parts > 1 else "plan/walk"
    times = turn.spoken("plan/times").say[week.times - 1]
    walk = (
        turn.spoken(name)
        .say[0]
        .format(minutes=week.minutes, parts=week.parts, part=week.part, sit=rules().sit_minutes.whole, times=times)
    )
    why = "first" if week.number == 1 and week.why == plan.GO_ON else week.why
    about = f"plan/why_{why}"
    return f"{walk} {turn.spoken(about).say[0]}" if turn.has(about) else walk


def _light(week: Week, turn: Turn) -> str:
    return turn.spoken("plan/light").say[0].format(minutes=half(week))


def _message(title: str, aloud: str, weeks: list[dict[str, object]], turn: Turn, goal: Goal) -> Message:
    """A plan message with its sources, its calendar file, and what can be said about it."""
    have = dict(goal.answers)
    offered = [(text, text) for text in turn.spoken("plan/offers").say]
    said = messages.message(
        "plan",
        aloud,
        title=title,
        weeks=weeks,
        topic=turn.voice.settings.goals["plan"],
        sources=messages.source_list(turn.voice.sources(rules().sources)),
        evidence="general_advice",
        clock=have.get(CLOCK),
        zone=have.get(ZONE) or None,
        quick_replies=messages.buttons(offered),
    )
    if have.get(STARTS):
        title = turn.spoken("plan/calendar_tool").say[0]
        said["tools"] = [{"kind": "save", "path": f"calendar/{said['id']}.ics", "title": title}]
    return said
