"""Which acts a message holds, in order, read with what is remembered: the table of what wins over what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.alerting import FLAG
from bot.conversation.questions import before_them
from bot.conversation.state import State
from bot.conversation.words import Words, words_of
from bot.reading import Part, Read

SURE_TOPIC = 0.5
"""Probability of a topic from which even a plain statement beside something else is taken for a question about it."""
SHORT = 8
"""Words of the longest message that is read with what it may refer to (design, section 4)."""
SURE = 0.5
"""Probability from which a learned act stands by itself."""
REPLY_AT = 0.25
"""Probability from which words count as a reply while a question is open."""
MOST_ASKS = 3
"""Questions that are answered in one message."""
NEED_SHOWN = ("reference/", "aspect/", "change/", "compare/")
"""Acts that speak of something shown; with nothing shown they are read as a question."""
NEED_EPISODE = ("after_alert/", "withdraw/", "minimise/")
"""Acts that only make sense while an alert stands."""
OUTSIDE = "outside/"
DECLINED, SENSITIVE_AT = 0.19, 0.35
"""Probability of being in scope up to which a whole message is declined: a question of ours that is declined costs as much as
two foreign ones that are answered, one that is only offered near things a quarter (scripts/tuning/scope.py). A sensitive matter
is declined sooner, since what is offered in its place would hurt."""
FOREIGN = (OUTSIDE, "tell/symptom", "tell/fact", "social/")
"""Beside questions, the acts of which a message that is declined as a whole may consist."""
CLEARLY_OUTSIDE, LIKELY_TOPIC, VERY_LIKELY_TOPIC = 0.8, 0.35, 0.7
"""Probability of lying outside from which a text is refused although a topic is likely, and from when one is."""


@dataclass(frozen=True)
class Chosen:
    """An act chosen for a part of the message, and why."""

    act: str
    part: Part
    because: str


def choose(read: Read, state: State, words: Words) -> tuple[Chosen, ...]:
    """The acts of a message, at least one. The same act twice in a row is one; of questions MOST_ASKS are kept."""
    whole = _whole(read, state, words)
    if whole is not None:
        return (whole,)
    chosen = list(_merged(_part(part, state, words) for part in read.parts))
    chosen = _without_asides(chosen, read, words)
    if any(one.act == "after_alert/sure" for one in chosen):  # "Are you sure? I feel fine": one worry, one answer
        chosen = [one for one in chosen if not one.act.startswith(("minimise/", "withdraw/went_away"))]
    asks = [one for one in chosen if one.act == "ask"]
    kept = [one for one in chosen if one.act != "ask" or one in asks[:MOST_ASKS]]
    if asks or len(kept) > 1:
        kept = [one for one in kept if not one.act.startswith(("social/hello", OUTSIDE))] or kept
    return tuple(kept)


def _without_asides(chosen: list[Chosen], read: Read, words: Words) -> list[Chosen]:
    """The acts without parts that only look like questions: in a story with a question, what is told around it is not asked.
    Where nothing has the form of a question, the whole is one."""
    asks = [one for one in chosen if one.act == "ask"]
    formed = [one for one in asks if words.asks(one.part.text)]
    if len(asks) > 1 and not formed:
        first = next(at for at, one in enumerate(chosen) if one.act == "ask")
        whole = Chosen("ask", read.whole, "told as one")
        return [whole if at == first else one for at, one in enumerate(chosen) if at == first or one.act != "ask"]
    if formed or any(one.act.startswith("goal/") for one in chosen):
        return [one for one in chosen if one.act != "ask" or one in formed]
    if len(chosen) > len(asks):
        return [one for one in chosen if one.act != "ask" or one in formed or _topic(one.part) >= SURE_TOPIC] or chosen
    return chosen


def _topic(part: Part) -> float:
    """The probability of a part's best topic."""
    return part.topics[0].probability if part.topics else 0.0


def _whole(read: Read, state: State, words: Words) -> Chosen | None:
    """The act of the message in one piece, where that is sure; None where its parts are to be read."""
    sure = words.act(read.text)
    if sure is not None and _fits(sure, state):
        return Chosen(sure, read.whole, "the words are sure")
    if _declined(read, state):
        return Chosen(_field(read.whole), read.whole, f"outside, {1 - read.in_scope:.2f}")
    if len(read.parts) > 1:
        return None
    return _part(read.whole, state, words)


def _declined(read: Read, state: State) -> bool:
    """Whether a message as a whole lies outside: nothing that may answer an open question or lean on what was shown, no part
    that does anything but ask or tell, and no more likely ours than
    DECLINED, or SENSITIVE_AT where the matter is a sensitive one."""
    leans = bool(state.shown) and len(words_of(read.text)) <= SHORT
    if leans or bool(state.questions) or state.episode.stage != "none":
        return False
    if not all(part.act == "ask" or part.act.startswith(FOREIGN) for part in (read.whole, *read.parts)):
        return False
    return read.in_scope <= (SENSITIVE_AT if _field(read.whole) == f"{OUTSIDE}sensitive" else DECLINED)


def _field(part: Part) -> str:
    """The likeliest kind of what lies outside."""
    return next((one.label for one in part.acts if one.label.startswith(OUTSIDE)), f"{OUTSIDE}foreign")


def _fits(act: str, state: State) -> bool:
    """Whether an act makes sense now."""
    if act.startswith(NEED_SHOWN):
        return bool(state.shown) or act.startswith(("aspect/sources", "change/repeat"))
    if act.startswith(NEED_EPISODE):
        return state.episode.stage != "none"
    if act.startswith("control/"):
        return bool(state.questions) or bool(state.goals)
    return True


def _part(part: Part, state: State, words: Words) -> Chosen:
    """The act of one part."""
    sure = words.act(part.text)
    if sure is not None and _fits(sure, state):
        return Chosen(sure, part, "the words are sure")
    if words.lists(part.text):
        return Chosen("goal/list_exercises", part, "asks for exercises")
    reply = _reply(part, state, words)
    if reply is not None:
        return reply
    if _told(part, words):
        return Chosen("tell/symptom", part, "a long text without the form of a question")
    for scored in part.acts:
        if scored.label.startswith("reply/") and before_them(state) is None:
            continue
        if scored.label.startswith(OUTSIDE) and not _outside(part, state):
            continue
        if _fits(scored.label, state) and scored.probability >= _least(scored.label, part, state):
            return Chosen(_of_the_alert(scored.label, part, state), part, f"learned, {scored.probability:.2f}")
    return Chosen("ask", part, "nothing else was likely")


def _of_the_alert(act: str, part: Part, state: State) -> str:
    """The act; while an alert stands, a correction without a number is of the words that raised it ("I meant my knee"), so that
    the sign is asked about before anybody is told that it was changed."""
    about_it = act == "correct/fact" and state.episode.stage != "none" and not any(one.isdigit() for one in part.text)
    return "withdraw/wrong_word" if about_it else act


def _told(part: Part, words: Words) -> bool:
    """Whether a part tells rather than asks: it is long, has not the form of a question, and no topic is sure."""
    if part.act != "ask" or len(words_of(part.text)) <= SHORT or words.asks(part.text):
        return False
    return _topic(part) < SURE_TOPIC


def _outside(part: Part, state: State) -> bool:
    """Whether a part is clearly none of our business: refused are only the clearly foreign, nothing that may be in scope. Once
    something was answered, short words lean on it and look foreign by themselves, so a likely topic weighs more then. (No
    in-scope question of the sets that may be read has more than 0.3 outside; half of the foreign ones have.)"""
    outside = sum(one.probability for one in part.acts if one.label.startswith(OUTSIDE))
    topic = _topic(part)
    likely = topic >= (LIKELY_TOPIC if state.shown else VERY_LIKELY_TOPIC)
    return outside >= (CLEARLY_OUTSIDE if likely else SURE)


def _least(act: str, part: Part, state: State) -> float:
    """The probability that an act must have: less for short words that speak of what was shown, and after an alert."""
    length = len(words_of(part.text))
    if act.startswith(NEED_SHOWN):
        return 0.35 if length <= SHORT else 0.6
    if act.startswith(NEED_EPISODE):
        return 0.3
    if act.startswith("reply/"):
        return 0.6
    return 0.4


def _reply(part: Part, state: State, words: Words) -> Chosen | None:
    """A reply to the question that is open, if the words sound like one at all."""
    if before_them(state) is None:
        return None
    likely = [one for one in part.acts if one.label.startswith(("reply/", "control/")) and one.probability >= REPLY_AT]
    if not likely or (part.act == "ask" and part.acts[0].probability > likely[0].probability + SURE):
        return None
    because = f"a question is open, {likely[0].probability:.2f}"
    # "Yes but not much" about a warning sign is a yes: how much does not lower a level.
    sign = state.questions[0].slot.startswith(FLAG) and likely[0].label == "reply/partial"
    if sign and words.act(words_of(part.text)[0]) == "reply/yes":
        return Chosen("reply/yes", part, because)
    return Chosen(likely[0].label, part, because)


def _merged(chosen: Iterator[Chosen]) -> Iterator[Chosen]:
    """The acts with repetitions of telling left out: a story is told once."""
    last = ""
    for one in chosen:
        if one.act == last and one.act.startswith(("tell/", "social/", OUTSIDE, "withdraw/", "minimise/")):
            continue
        last = one.act
        yield one
