"""What a person tells: heard, what it usually means, and the one thing worth asking next; never a leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import messages
from bot.answering import answers, questions
from bot.answering.turn import Turn, told_in
from bot.conversation.meaning import Meant
from bot.conversation.state import SELF, Fact, Person

MOST_HEARD = 2
"""Facts acknowledged in one turn: more would be a list, not an ear."""
CONDITION = "condition:"


@dataclass(frozen=True)
class Heard:
    """Which acknowledgement a fact gets, and the words that go into it."""

    name: str
    given: tuple[tuple[str, object], ...] = ()


def told(meant: Meant, turn: Turn, *, asks: bool) -> Turn:
    """The turn after something was told: acknowledged; with no question beside it also what it usually means, and one question
    back. `asks` says that the message asks something as well, which is answered next."""
    turn, heard = acknowledged(meant, turn)
    if asks:
        return turn.add(messages.message("text", heard)) if heard else turn
    if meant.act == "tell/progress":
        return _progress(meant, heard, turn)
    if meant.act == "tell/fact" and not _complaint(meant):
        return _fact(meant, heard, turn)
    return _symptom(meant, heard, turn)


def acknowledged(meant: Meant, turn: Turn) -> tuple[Turn, str]:
    """The acknowledgement of what an act told, "" where nothing in it calls for one."""
    said = []
    found = [heard for fact in _weighty(meant.facts) if (heard := _heard(fact, turn, who=meant.who))]
    for heard in found[:MOST_HEARD]:
        turn, text = turn.words(heard.name, **dict(heard.given))
        said.append(text)
    return turn, " ".join(dict.fromkeys(said))


def _weighty(facts: Sequence[Fact]) -> list[Fact]:
    """Facts with those first that weigh most for the person: how long, how bad, then where, then the rest."""
    first = ("severity", "since_days", "condition:", "pregnant", "operation", "age", "spread", "trend", "side", "site")

    def rank(fact: Fact) -> int:
        return next((at for at, start in enumerate(first) if fact.name.startswith(start)), len(first))

    return sorted((fact for fact in facts if fact.value is not False), key=rank)


def _heard(fact: Fact, turn: Turn, *, who: str) -> Heard | None:
    """The acknowledgement of one fact: by its name and value, else by its name; about somebody else in their own form."""
    given: list[tuple[str, object]] = [("value", _number(fact.value)), ("who", turn.whose(who))]
    condition = turn.voice.content.condition(fact.name.removeprefix(CONDITION))
    if condition is not None:
        given += [("name", condition.name), ("told", condition.told)]
    band = _band(fact)
    base = "condition" if fact.name.startswith(CONDITION) else fact.name
    names = [f"heard/{base}_{fact.value}", f"heard/{base}_{band}", f"heard/{fact.name}", f"heard/{base}"]
    if who != SELF:
        names = [f"{name}_other" for name in names]
    name = next((name for name in names if turn.has(name)), None)
    return Heard(name, tuple(given)) if name else None


def _number(value: float | str | bool) -> object:
    """A number without a needless ".0"."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


BANDS = {
    "since_days": ((3, "new"), (14, "days"), (84, "weeks"), (365, "months"), (730, "year"), (10**6, "years")),
    "severity": ((4, "mild"), (7, "middling"), (11, "strong")),
    "age": ((18, "young"), (65, "grown"), (80, "older"), (200, "old")),
}
"""Numbers that are acknowledged by how large they are: up to, not with, each limit."""


def _band(fact: Fact) -> str:
    """How large a number is, in a word; "" for what has no bands."""
    if isinstance(fact.value, str | bool):
        return ""
    number = float(fact.value)
    return next((name for limit, name in BANDS.get(fact.name, ()) if number < limit), "")


def _complaint(meant: Meant) -> bool:
    """Whether an act told of the pain itself, beside facts about the person."""
    names = told_in(meant)
    return bool(
        names.intersection(("since_days", "trend", "side", "site", "spread", "severity", "worse_with", "better_with"))
    )


def _fact(meant: Meant, heard: str, turn: Turn) -> Turn:
    """A fact about the person: acknowledged, and what it will change."""
    if not heard:
        return (
            turn.say("heard/noted") if meant.who == SELF else turn.say("heard/noted_other", who=turn.whose(meant.who))
        )
    turn, use = turn.words("heard/use" if meant.who == SELF else "heard/use_other", who=turn.whose(meant.who))
    buttons = turn.voice.buttons(turn.spoken("heard/use").buttons)
    return turn.add(messages.message("text", f"{heard} {use}", quick_replies=buttons))


def _symptom(meant: Meant, heard: str, turn: Turn) -> Turn:
    """Pain that is told of: heard, what it usually means and when it does not, one question back."""
    person = turn.state.person(meant.who)
    if not heard and _speaks_of_topic(meant, turn):
        return answers.answer([replace(meant, act="ask")], turn)
    if not heard:
        turn, heard = turn.words("heard/plain")
    name = meaning_of(person, meant.facts)
    key = f"seen:{meant.who}/{name}"
    if key in turn.state.said:
        return questions.ask_back(turn.add(messages.message("text", heard)), who=meant.who)
    if meant.who != SELF:
        turn, lead = turn.words("means_other/lead", who=turn.whose(meant.who))
        heard = f"{heard} {lead}"
    return questions.ask_back(turn.say(name, lead=heard).remember(key), who=meant.who)


def _speaks_of_topic(meant: Meant, turn: Turn) -> bool:
    """Whether what is told is about a topic of its own, not about pain ("they said to change my shoes twice a year"): then
    that topic says more than what pain usually means."""
    rules = turn.voice.settings
    if not meant.topics or turn.asked or turn.careful:
        return False
    best = meant.topics[0]
    return best.probability >= rules.thresholds.told and best.label not in rules.of_pain


def meaning_of(person: Person, facts: Iterable[Fact]) -> str:
    """Which explanation fits what is known of a complaint; the most telling first."""
    known = {fact.name: fact.value for fact in (*person.facts, *facts) if fact.value is not False}
    days, bad = known.get("since_days"), known.get("severity")
    if known.get("trend") == "worse":
        return "means/worse"
    if isinstance(bad, int | float) and bad >= BANDS["severity"][1][0]:
        return "means/strong"
    if known.get("better_with") in ("sitting", "leaning", "bending") and "spread" in known:
        return "means/stenosis"
    if "spread" in known and known["spread"] not in ("none", "back"):
        return "means/leg"
    if known.get("worse_with") == "morning":
        return "means/morning"
    if known.get("trend") == "better":
        return "means/better"
    if isinstance(days, int | float):
        return "means/new" if days < 14 else "means/weeks" if days < 84 else "means/lasting"
    return "means/plain"


def _progress(meant: Meant, heard: str, turn: Turn) -> Turn:
    """A walk or an exercise that is reported: praised or comforted by how it went, and what comes next."""
    known = {fact.name: fact.value for fact in meant.facts if fact.value is not False}
    pain = known.get("severity", known.get("pain_after"))
    if isinstance(pain, int | float):
        name = "progress/fine" if pain <= 3 else "progress/watch" if pain <= 5 else "progress/much"
    else:
        name = {"better": "progress/fine", "worse": "progress/much"}.get(str(known.get("trend")), "progress/plain")
    return turn.say(name)


def normal(meant: Meant, turn: Turn) -> Turn:
    """ "Does that sound normal?" after something was told: answered from what is known of the complaint."""
    name = meaning_of(turn.state.person(meant.who), meant.facts)
    return turn.say(
        name.replace("means/", "normal/") if turn.has(name.replace("means/", "normal/")) else "normal/plain"
    )
