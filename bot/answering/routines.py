"""The exercise routine as a journey: its questions, the table of what fits, and talk about it while it is on show."""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.answering import cards, fitting, journey, plan_words, questions
from bot.answering.journey import Journey, Pairs, whose, with_answers
from bot.answering.plan_answers import blocked as no_plan
from bot.answering.plan_answers import conditions, days_pairs, kept, numbers
from bot.answering.showing import showed
from bot.answering.turn import Turn
from bot.content.plans import Routine, read_plans
from bot.conversation.meaning import Meant
from bot.conversation.state import SELF, Goal
from bot.journeys import plan_changes
from bot.journeys.amounts import Days, spread
from bot.journeys.routine import ABILITIES, Pick, Request, picks, read_ability, read_length, read_place
from bot.journeys.words import is_question, plain, said
from bot.messages import Message
from bot.model import Exercise

KIND = "routine"
STEPS = ("place", "minutes", "days", "limits", "ability")
TOPIC = "exercises/how_often"
"""The article that a routine rests on: what is asked about it as a whole is answered from there."""
SHORT = 9
"""Words of the longest text that is read as a wish about the routine on show."""


def rules() -> Routine:
    """The numbers of the routine."""
    return read_plans().routine


def steps(goal: Goal, turn: Turn) -> tuple[str, ...]:
    """The questions, in order."""
    return STEPS


def read(step: str, meant: Meant, goal: Goal, turn: Turn) -> Pairs | None:
    """What a reply gives for a question."""
    text = meant.text or str(meant.value or "")
    if step == "limits":
        return _limits(meant, text)
    if step == "days":
        return days_pairs(text, dict(goal.answers), bare=True)
    if step == "minutes":
        found = read_length(text, rules(), bare=True)
        return ((step, str(found)),) if found else None
    value = read_place(text) if step == "place" else read_ability(text)
    return ((step, value),) if value else None


def _limits(meant: Meant, text: str) -> Pairs | None:
    """What the body does not allow: facts that were told, or that there is nothing."""
    if meant.facts:
        return (("limits", "told"),)
    nothing = meant.act == "reply/no" or said("none_of_these", plain(text))
    return (("limits", "none"),) if nothing else None


def usual(step: str, goal: Goal, turn: Turn) -> Pairs:
    """What is taken where nobody says."""
    every = kept(spread(rules().days.whole, tuple(range(7))))
    taken = {
        "place": "chair",
        "minutes": str(rules().minutes.whole),
        "days": every,
        "limits": "none",
        "ability": "gentle",
    }
    return ((step, taken[step]),)


def told(text: str, goal: Goal) -> Pairs:
    """What words say beside, of what is not yet answered."""
    have, found = dict(goal.answers), dict[str, str]()
    if place := read_place(text):
        found["place"] = place
    if minutes := read_length(text, rules(), bare=False):
        found["minutes"] = str(minutes)
    found.update(days_pairs(text, have, bare=False) or ())
    return tuple(pair for pair in found.items() if pair[0] not in have or pair[0] in ("days", "off"))


def known(goal: Goal, turn: Turn) -> Pairs:
    """Whether the person told of something that it must fit."""
    return (("limits", "told"),) if conditions(goal, turn) and "limits" not in dict(goal.answers) else ()


def blocked(goal: Goal, turn: Turn) -> Turn | None:
    """Why there is no routine for this person yet: too young, or the team first."""
    return no_plan(Goal(KIND, answers=((journey.WHO, whose(goal, turn)),)), turn)


def request(goal: Goal) -> Request:
    """What the routine is made from."""
    have = dict(goal.answers)
    ability = have.get("ability", "gentle")
    return Request(
        place=have.get("place", "chair"),
        minutes=int(have.get("minutes", rules().minutes.whole)),
        days=numbers(have.get("days", "")) or (0, 2, 4),
        ability=ability if ability in ABILITIES else "gentle",
        without=tuple(have.get("without", "").split()),
        instead=tuple(have.get("instead", "").split()),
        easier=have.get("easier") == "yes",
    )


def chosen(goal: Goal, turn: Turn, *, of: Request | None = None) -> tuple[Pick, ...]:
    """The exercises of the routine."""
    mine = conditions(goal, turn)
    pool = tuple(turn.voice.content.exercises())
    return picks(pool, of or request(goal), rules(), suits=lambda one: fitting.suits(one, mine, turn.voice))


def show(goal: Goal, turn: Turn) -> Turn:
    """The routine as a table, with what it is fitted to and how to go through it."""
    if turn.careful:
        return cards.waits(turn)
    found, asked = chosen(goal, turn), request(goal)
    if not found:
        return turn.say("exercise/none_fits")
    turn, lead = turn.words(
        "routine/lead" if len(found) >= rules().fewest.whole else "routine/lead_few",
        number=turn.spoken("routine/numbers").say[len(found)],
        minutes=asked.minutes,
        days=plan_words.names(asked.days, turn),
    )
    turn, rule = turn.words("routine/rule")
    turn = turn.add(messages.message("text", " ".join(part for part in (lead, _fitted(goal, turn), rule) if part)))
    turn = turn.add(_table(found, conditions(goal, turn), turn))
    return showed(turn, KIND, TOPIC, [pick.exercise.id for pick in found])


def _fitted(goal: Goal, turn: Turn) -> str:
    """What it is fitted to; "" where nothing was told."""
    told_ = [one for name in conditions(goal, turn) if (one := turn.voice.content.condition(name))]
    who = whose(goal, turn)
    if not told_:
        return ""
    name = "routine/fitted" if who == SELF else "routine/fitted_other"
    return turn.spoken(name).say[0].format(told=told_[0].told, who=turn.whose(who))


def _table(found: Sequence[Pick], mine: Sequence[str], turn: Turn) -> Message:
    """The exercises with what they are for, how much, what to change, and their days."""
    easier = [pick.exercise for pick in found if pick.easier]
    said_ = cards.table_of(
        [pick.exercise for pick in found], turn, conditions=mine, caption="routine/caption", easier=easier
    )
    short = turn.spoken("plan/days_short").say
    for row, pick in zip(said_["rows"], found, strict=True):
        row["days"] = ", ".join(short[day] for day in pick.days)
    column = {"key": "days", "label": turn.spoken("routine/days").say[0]}
    said_["columns"] = [*(one for one in said_["columns"] if one["key"] != "position"), column]
    said_["rows"] = [{one["key"]: row[one["key"]] for one in said_["columns"]} for row in said_["rows"]]
    said_["quick_replies"] = messages.buttons((text, text) for text in turn.spoken("routine/offers").say)
    return said_


def change(meant: Meant, goal: Goal, turn: Turn) -> Turn | None:
    """The turn after talk about the routine on show, or None where the words are about something else."""
    entries = _entries(turn)
    card = turn.state.shown[0] if turn.state.shown[0].kind == "exercise" else None
    if meant.act == "change/instead":
        named = next((one for one in (meant.entry, card.id if card else None) if one in entries), None)
        return _swapped(named, meant, goal, turn) if named or card is None else None
    if turn.state.shown[0].kind != KIND:
        return _wished(meant, goal, turn, sure=True)
    if meant.act in ("change/easier", "change/harder") and meant.entry is None:
        return _harder(meant.act == "change/harder", goal, turn)
    return _wished(meant, goal, turn, sure=False)


def entry(name: str, goal: Goal, turn: Turn) -> Turn | None:
    """An exercise of the routine as its card, with its easier way before it where it is done so."""
    pick = next((one for one in chosen(goal, turn) if one.exercise.id == name), None)
    exercise = turn.voice.content.exercise(name)
    if exercise is None:
        return None
    if pick is not None and pick.easier and exercise.easier and not turn.careful:
        turn = turn.say("exercise/easier", text=exercise.easier)
    return cards.card(exercise, turn, who=whose(goal, turn), conditions=conditions(goal, turn))


def _entries(turn: Turn) -> tuple[str, ...]:
    return next((one.entries for one in turn.state.shown if one.kind == KIND), ())


def _swapped(name: str | None, meant: Meant, goal: Goal, turn: Turn) -> Turn:
    """Another exercise in the place of one, shown as its card; where it is done counts, if that is said."""
    if turn.careful:
        return cards.waits(turn)
    if name is None:
        return turn.say("routine/which")
    if refused := blocked(goal, turn):
        return refused
    new = _another(name, meant, goal, turn)
    if new is None:
        return turn.say("exercise/nothing_else")
    asked = request(goal)
    stay = [one for one in _entries(turn) if one != name]
    goal = with_answers(goal, (("without", " ".join((*asked.without, name))), ("instead", " ".join((*stay, new.id)))))
    old = turn.voice.content.exercise(name)
    turn = questions.with_goal(turn, goal)
    turn = turn.say("routine/swapped", old=old.name.lower() if old else "", new=new.name.lower())
    entries = [pick.exercise.id for pick in chosen(goal, turn)]
    turn = showed(turn, KIND, TOPIC, entries, cursor=entries.index(new.id) if new.id in entries else None)
    return cards.card(new, turn, who=whose(goal, turn), conditions=conditions(goal, turn))


def _another(name: str, meant: Meant, goal: Goal, turn: Turn) -> Exercise | None:
    """An exercise that fits and is not in the routine; one of the same kind, and of the place named, first."""
    asked = request(goal)
    place = read_place(meant.text) or asked.place
    old = turn.voice.content.exercise(name)
    seen = {*_entries(turn), *asked.without, name}
    mine = conditions(goal, turn)
    wide = Request(place, 1000, asked.days, asked.ability)
    pool = [one for one in turn.voice.content.exercises() if one.id not in seen]
    for ability in (asked.ability, *ABILITIES):
        wide = Request(place, 1000, asked.days, ability)
        found = picks(pool, wide, rules(), suits=lambda one: fitting.suits(one, mine, turn.voice))
        if found:
            return min((pick.exercise for pick in found), key=lambda one: old is None or one.kind != old.kind)
    return None


def _harder(harder: bool, goal: Goal, turn: Turn) -> Turn:
    """The whole routine easier or harder: the ability next to it, at the gentlest end each in its easier way."""
    now = ABILITIES.index(request(goal).ability)
    at = now + (1 if harder else -1)
    if harder and at >= len(ABILITIES):
        return turn.say("routine/hardest")
    pairs: Pairs = (("ability", ABILITIES[max(at, 0)]), ("easier", "yes" if at < 0 else "no"), ("instead", ""))
    turn = turn.say("routine/harder" if harder else "routine/easier")
    return journey.go_on(JOURNEY, with_answers(goal, pairs), turn)


def _wished(meant: Meant, goal: Goal, turn: Turn, *, sure: bool) -> Turn | None:
    """Other days, another length or another place, where a short text asks for them; with `sure` only what can be nothing
    else."""
    if len(meant.text.split()) > SHORT or meant.act.startswith("reference/"):
        return None
    pairs: Pairs = ()
    found = plan_changes.read_change(meant.text, pace=1e9)
    if found is not None and found.days is not None and (found.sure or not (sure or is_question(meant.text))):
        pairs = _other_days(found.days, goal)
    elif sure:
        return None
    elif not is_question(meant.text) and (minutes := read_length(meant.text, rules(), bare=False)):
        pairs = (("minutes", str(minutes)),)
    elif not is_question(meant.text) and meant.act != "ask" and (place := read_place(meant.text)):
        pairs = (("place", place), ("instead", ""))
    if not pairs:
        return None
    return journey.go_on(JOURNEY, with_answers(goal, pairs), turn.say("routine/changed"))


def _other_days(days: Days, goal: Goal) -> Pairs:
    """The days after a change; none where no day would be left."""
    have = dict(goal.answers)
    off = tuple(sorted({*numbers(have.get("off", "")), *days.off} - set(days.on)))
    new = plan_changes.days_of(days, numbers(have.get("days", "")), off, usual=rules().days.whole)
    return (("days", kept(new)), ("off", kept(off))) if new else ()


JOURNEY = Journey(KIND, steps, read, usual, told, known, blocked, show, change)
