"""The walking plan's questions: which apply, what is read from the replies, and what the plan is made from."""

from __future__ import annotations

from dataclasses import replace

from bot.answering import cards, fitting, questions
from bot.answering.journey import Pairs, whose
from bot.answering.turn import Turn
from bot.content.plans import Walking, read_plans
from bot.conversation.meaning import Meant
from bot.conversation.state import Fact, Goal
from bot.journeys import plan, plan_changes
from bot.journeys.after_walk import FINE, PAINS, read_ground, read_pain
from bot.journeys.amounts import WEEK, Minutes, read_days, read_minutes
from bot.journeys.plan import Event, Wishes
from bot.journeys.words import lists, pattern, plain, said

KIND = "plan"
STEPS = ("minutes", "goal", "days", "pain", "ground")
GATE, PENDING, EVENT, OFF, AT = "gate", "week", "event", "off", "at"
FACT = "walk_minutes"
"""The fact that tells how long somebody can walk."""


def rules() -> Walking:
    """The numbers of the plan."""
    return read_plans().walking


def conditions(goal: Goal, turn: Turn) -> tuple[str, ...]:
    """The conditions of the person whom the plan is for, with those that this message told."""
    who = whose(goal, turn)
    also = [fact for act in turn.meaning.acts if act.who == who for fact in act.facts]
    return fitting.conditions_of(turn.state.person(who), turn.voice, also=also)


def steps(goal: Goal, turn: Turn) -> tuple[str, ...]:
    """The questions, in order: what the team says first where it matters, and which week something happened in last."""
    gate = (GATE,) if set(conditions(goal, turn)) & set(rules().ask_first) else ()
    return (*gate, *STEPS, *((PENDING,) if _pending(goal) else ()))


def _pending(goal: Goal) -> Event | None:
    """Something that happened in a week which was not named."""
    for name, value in goal.answers:
        if name == "pending":
            return next(iter(plan_changes.events_of((value,))), None)
    return None


def read(step: str, meant: Meant, goal: Goal, turn: Turn) -> Pairs | None:
    """What a reply gives for a question."""
    text = meant.text or str(meant.value or "")
    have = dict(goal.answers)
    if step == GATE:
        return _gate(meant, text)
    if step != PENDING and plan_changes.week_of(plain(text)):
        return None
    if step == "minutes":
        return _minutes(read_minutes(text, pace=rules().pace.value, bare=True))
    if step == "goal":
        found = read_minutes(text, pace=rules().pace.value, bare=True)
        enough = found is not None and found.high >= int(have.get("minutes", rules().start.whole))
        return (("goal", str(min(found.high, rules().most.whole))),) if found and enough else None
    if step == "days":
        return days_pairs(text, have, bare=True)
    if step == "pain":
        found_pain = FINE if meant.act == "reply/no" else _pain(text)
        return (("pain", found_pain),) if found_pain else None
    if step == PENDING:
        number = _week_number(text)
        return settled(goal, number) if number else None
    ground = read_ground(text)
    return (("ground", ground),) if ground else None


def _week_number(text: str) -> int | None:
    """The number of "week 3", or one that stands alone."""
    change = plan_changes.read_change(text, pace=rules().pace.value)
    if change is not None:
        return change.week
    found = None if read_days(text) else read_minutes(text, pace=rules().pace.value, bare=True)
    return found.low if found and 1 <= found.low <= rules().weeks.whole else None


def _pain(text: str) -> str | None:
    return read_pain(text, watch=rules().watch_pain.value, drop=rules().drop_pain.value)


def _gate(meant: Meant, text: str) -> Pairs | None:
    """What the team says: "no" for nothing that speaks against it."""
    value = {"reply/yes": "yes", "reply/no": "no", "reply/not_sure": "unsure", "control/skip": "unsure"}.get(meant.act)
    if value is None and said("none_of_these", plain(text)):
        value = "no"
    return ((GATE, value),) if value else None


def _minutes(found: Minutes | None) -> Pairs | None:
    """The minutes to begin at; a walk that is none begins with a stroll about the house."""
    if found is None:
        return None
    return (("minutes", str(min(max(found.low, 2 if found.high == 0 else rules().least.whole), rules().most.whole))),)


def days_pairs(text: str, have: dict[str, str], *, bare: bool) -> Pairs | None:
    """The days, and those ruled out."""
    found = read_days(text, bare=bare)
    if found is None or (found.count and not bare and not said("a_week", plain(text))):
        return None
    off = tuple(sorted({*numbers(have.get(OFF, "")), *found.off} - set(found.on)))
    days = plan_changes.days_of(found, numbers(have.get("days", "")), off, usual=rules().days.whole)
    return (("days", kept(days)), (OFF, kept(off))) if days else None


def numbers(text: str) -> tuple[int, ...]:
    """Days from their stored form."""
    return tuple(int(one) for one in text.split(",") if one.isdigit() and int(one) < WEEK)


def kept(days: tuple[int, ...]) -> str:
    """Days as they are stored."""
    return ",".join(map(str, days))


def usual(step: str, goal: Goal, turn: Turn) -> Pairs:
    """What is taken where nobody says."""
    start = int(dict(goal.answers).get("minutes", rules().start.whole))
    if step == "days":
        off = numbers(dict(goal.answers).get(OFF, ""))
        found = read_days(str(rules().days.whole), bare=True)
        return (("days", kept(plan_changes.days_of(found, (), off, usual=rules().days.whole))),) if found else ()
    if step == PENDING:
        return settled(goal, 1)
    taken = {
        "minutes": str(rules().start.whole),
        "goal": str(max(rules().goal.whole, start)),
        "pain": FINE,
        "ground": "flat",
        GATE: "unsure",
    }
    return ((step, taken[step]),)


def told(text: str, goal: Goal) -> Pairs:
    """What words say already of what is not yet answered; the days that they name in any case."""
    have, found = dict(goal.answers), dict[str, str]()
    text_ = plain(text)
    minutes = read_minutes(text, pace=rules().pace.value)
    if minutes and said("goal_cues", text_) and not said("limit", text_):
        found["goal"] = str(min(minutes.high, rules().most.whole))
    elif minutes and (said("start_cues", text_) or said("limit", text_)):
        found.update(_minutes(minutes) or ())
    found.update(days_pairs(text, have, bare=False) or ())
    if ground := read_ground(text):
        found["ground"] = ground
    return tuple(pair for pair in found.items() if pair[0] not in have or pair[0] in ("days", OFF))


def known(goal: Goal, turn: Turn) -> Pairs:
    """How long the person can walk, where they told it before and it is not yet answered."""
    fact = next((one.value for one in turn.state.person(whose(goal, turn)).facts if one.name == FACT), None)
    if "minutes" in dict(goal.answers) or not isinstance(fact, int | float) or isinstance(fact, bool):
        return ()
    return (("minutes", str(min(max(rules().least.whole, int(fact)), rules().most.whole))),)


def noted(meant: Meant, turn: Turn) -> Turn:
    """The turn with how long somebody can walk kept as a fact, where words tell it ("legs ache after ten minutes' walking")."""
    text = plain(meant.text)
    if meant.act.startswith(("reply/", "outside/", "goal/")) or not said("walk", text) or not said("limit", text):
        return turn
    found = read_minutes(text, pace=rules().pace.value)
    if found is None or found.distance or found.low < 1 or pattern(lists()["no_limit"]).match(text):
        return turn
    return questions.remember_fact(turn, meant.who, Fact(FACT, float(found.low), turn.state.turn))


def wishes(goal: Goal, turn: Turn) -> Wishes:
    """What the plan is made from."""
    have, mine = dict(goal.answers), set(conditions(goal, turn))
    start = int(have.get("minutes", rules().start.whole))
    pain = have.get("pain", FINE)
    return Wishes(
        start=start,
        goal=max(int(have.get("goal", rules().goal.whole)), rules().least.whole),
        days=numbers(have.get("days", "")) or (0, 2, 4),
        pain=pain if pain in PAINS else FINE,
        gentle=bool(mine & set(rules().gentle)),
        sitting=bool(mine & set(rules().sitting)),
        events=plan_changes.events_of(value for name, value in goal.answers if name.startswith(EVENT)),
    )


def blocked(goal: Goal, turn: Turn) -> Turn | None:
    """Why there is no plan for this person yet: too young, the team first, or legs that allow too little."""
    who, mine = whose(goal, turn), conditions(goal, turn)
    facts = {fact.name: fact.value for fact in turn.state.person(who).facts}
    facts |= {fact.name: fact.value for act in turn.meaning.acts if act.who == who for fact in act.facts}
    age = facts.get("age")
    if isinstance(age, int | float) and not isinstance(age, bool) and age < turn.voice.settings.plan_from_age:
        return turn.say("goal/too_young")
    if gate := fitting.careful(mine, turn.voice):
        return cards.ask_team(gate, turn, who=who)
    if dict(goal.answers).get(GATE, "no") != "no" and set(mine) & set(rules().ask_first):
        return turn.say("plan/team_first")
    if "minutes" in dict(goal.answers) and not plan.feasible(wishes(goal, turn)):
        return turn.say("plan/too_short")
    return None


def settled(goal: Goal, week: int) -> Pairs:
    """The answers once the week of something that happened is known; the question about it goes."""
    event = _pending(goal)
    many = sum(name.startswith(EVENT) for name, _ in goal.answers)
    pairs: Pairs = (("pending", ""), (AT, str(week)))
    if event is None:
        return pairs
    return (*pairs, (f"{EVENT}{many + 1}", plan_changes.stored(replace(event, week=week))))
