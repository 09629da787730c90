"""Which acts a message holds, in order, read with what is remembered: the table of what wins over what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation import scope
from bot.conversation.alerting import FLAG
from bot.conversation.questions import before_them
from bot.conversation.scope import OUTSIDE, SHORT
from bot.conversation.state import State
from bot.conversation.words import Words, bare, words_of
from bot.reading import Part, Read, Scored

SURE_TOPIC = 0.5
"""Probability of a topic from which even a plain statement beside something else is taken for a question about it."""
NEEDLESS = (
    (("after_alert/", "withdraw/", "minimise/"), ("tell/symptom", "tell/progress", "outside/")),
    (("withdraw/checked",), ("after_alert/sent_home", "withdraw/went_away")),
    (("correct/fact",), ("tell/fact",)),
)
"""Where acts that begin so are in a message, what else in it needs no answer: what is told around a word about the alert, that
one was sent home beside what was found, and a number that the next words put right."""
FEW_VALUE, VALUE_AT = 4, 0.2
"""Words of the longest value told out of the blue, and the probability from which they are one."""
FEW_OK = 2
"""Words up to which an "ok" beside something else says nothing."""
SURE = 0.5
"""Probability from which a learned act stands by itself."""
REPLY_AT = 0.25
"""Probability from which words count as a reply while a question is open."""
MOST_ASKS = 3
"""Questions that are answered in one message."""
UNSURE_ASK, UNFORMED_AT = 0.75, 0.18
"""Probability of a question up to which words without its form may be another act, and from which they are."""
UNFORMED = ("tell/", "feeling/", "repair/", "social/praise")
"""Acts that people do in plain words."""
NEED_SHOWN = ("reference/", "aspect/", "change/", "compare/")
"""Acts that speak of something shown; with nothing shown they are read as a question."""
NEED_EPISODE = ("after_alert/", "withdraw/", "minimise/")
"""Acts that only make sense while an alert stands."""
MAY_BE = 0.1
"""Probability from which what looks foreign while an alert stands is taken for words about it."""
ABOUT_PAIN = "ask:"
"""Beginning of the slots of questions about the complaint, which any few words answer."""
CHECK = "check."
"""Beginning of the slots of the check's questions about the person."""
ONCE = (
    "reply/yes", "reply/no", "reply/not_sure", "control/", "tell/", "social/", "feeling/", "meta/", "repair/", "correct/",
    "change/", "compare/", "goal/", OUTSIDE, "withdraw/", "minimise/", "after_alert/",
)  # fmt: skip
"""Acts that are answered once in a message, however many of its sentences do them."""
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
    chosen = _less_said(chosen)
    asks = [one for one in chosen if one.act == "ask"]
    kept = [one for one in chosen if one.act != "ask" or one in asks[:MOST_ASKS]]
    if asks or len(kept) > 1:
        kept = [one for one in kept if not one.act.startswith(("social/hello", OUTSIDE))] or kept
    return tuple(kept)


def _less_said(chosen: list[Chosen]) -> list[Chosen]:
    """The acts without those that others make needless: "right" and "ok" beside anything else, a second kindness, and what is
    told around a word about the alert."""
    least = [one for one in chosen if one.act != "after_alert/ok" or len(words_of(one.part.text)) > FEW_OK] or chosen
    social = [one for one in least if one.act.startswith("social/")]
    least = [one for one in least if one not in social[1:]]
    kinds = {one.act for one in least}
    needless = [gone for acts, gone in NEEDLESS if any(kind.startswith(acts) for kind in kinds)]
    gone = tuple(label for labels in needless for label in labels)
    return [one for one in least if not one.act.startswith(gone)] or least


def _without_asides(chosen: list[Chosen], read: Read, words: Words) -> list[Chosen]:
    """The acts without parts that only look like questions: in a story with a question, what is told around it is not asked.
    Where nothing has the form of a question, the whole is one."""
    asks = [one for one in chosen if one.act == "ask"]
    formed = [one for one in asks if words.asks(one.part.text)]
    if len(asks) > 1 and not formed:
        first = next(at for at, one in enumerate(chosen) if one.act == "ask")
        whole = Chosen("ask", read.whole, "told as one")
        return [whole if at == first else one for at, one in enumerate(chosen) if at == first or one.act != "ask"]
    if formed or any(one.act.startswith(("goal/", "control/")) for one in chosen):
        return [one for one in chosen if one.act != "ask" or one in formed]
    if len(chosen) > len(asks):
        return [one for one in chosen if one.act != "ask" or one in formed or _topic(one.part) >= SURE_TOPIC] or chosen
    return chosen


def _topic(part: Part) -> float:
    """The probability of a part's best topic."""
    return part.topics[0].probability if part.topics else 0.0


def _whole(read: Read, state: State, words: Words) -> Chosen | None:
    """The act of the message in one piece, where that is sure; None where its parts are to be read."""
    sure = _sure(read.text, state, words)
    if sure is not None:
        return Chosen(sure, read.whole, "the words are sure")
    if scope.declined(read, state):
        return Chosen(scope.field(read.whole), read.whole, f"outside, {1 - read.in_scope:.2f}")
    if len(read.parts) > 1:
        return None
    return _part(read.whole, state, words)


def _sure(text: str, state: State, words: Words) -> str | None:
    """The act that short words are for sure and that makes sense now. "Go on then" to a warning sign's question is no "yes"."""
    act = words.act(text)
    question = before_them(state)
    asked = question is not None and question.slot.startswith((FLAG, CHECK))
    if asked and act in ("reply/yes", "aspect/more") and {bare(text), words.plain(text)} & words.going_on:
        return "control/resume"
    if act == "control/resume" and "?" in text:  # "carry on?" asks whether to
        return None
    if act == "aspect/why" and state.episode.stage in ("raised", "questioned", "minimised"):
        return "after_alert/why"
    return act if act is not None and _fits(act, state) else None


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
    sure = _sure(part.text, state, words)
    if sure is not None:
        return Chosen(sure, part, "the words are sure")
    if words.lists(part.text):
        return Chosen("goal/list_exercises", part, "asks for exercises")
    reply = _reply(part, state, words)
    if reply is not None:
        return reply
    stated = _stated(part, state, words)
    if stated is not None:
        return stated
    for scored in part.acts:
        if scored.label.startswith("reply/") and before_them(state) is None:
            continue
        if scored.label.startswith(OUTSIDE) and (_about_alert(part, state) or not _outside(part, state)):
            continue
        if _fits(scored.label, state) and scored.probability >= _least(scored.label, part, state):
            return Chosen(_of_the_alert(scored.label, part, state, words), part, f"learned, {scored.probability:.2f}")
    return Chosen("ask", part, "nothing else was likely")


def _of_the_alert(act: str, part: Part, state: State, words: Words) -> str:
    """The act; while an alert stands, a correction without a number is of the words that raised it ("I meant my knee"), so that
    the sign is asked about before anybody is told that it was changed."""
    if act == "withdraw/someone_else" and words.with_me(part.text):
        return "after_alert/on_way"
    about_it = act == "correct/fact" and state.episode.stage != "none" and not any(one.isdigit() for one in part.text)
    return "withdraw/wrong_word" if about_it else act


def _stated(part: Part, state: State, words: Words) -> Chosen | None:
    """What a part states rather than asks, None where it may be a question."""
    if _value(part, state, words):
        return Chosen("tell/symptom", part, "a value that answers nothing open")
    plain = _plainly_told(part, state, words)
    if plain is not None:
        because = f"not formed as a question, {plain.probability:.2f}"
        return Chosen(_of_the_alert(plain.label, part, state, words), part, because)
    if _told(part, words):
        return Chosen("tell/symptom", part, "a long text without the form of a question")
    return None


def _value(part: Part, state: State, words: Words) -> bool:
    """Whether a few words are a value told of the complaint where nothing is asked ("two months", "the right side")."""
    if before_them(state) is not None or words.asks(part.text) or len(words_of(part.text)) > FEW_VALUE:
        return False
    return any(one.label == "reply/value" and one.probability >= VALUE_AT for one in part.acts[:2])


def _told(part: Part, words: Words) -> bool:
    """Whether a part tells rather than asks: it is long, has not the form of a question, and no topic is sure."""
    if part.act != "ask" or len(words_of(part.text)) <= SHORT or words.asks(part.text):
        return False
    return _topic(part) < SURE_TOPIC


def _plainly_told(part: Part, state: State, words: Words) -> Scored | None:
    """What a part without the form of a question does beside asking, where no topic is sure and that is likely enough: of plain
    words most learned acts lose to the many questions ("mornings are worst"). While an alert stands also what is said to it."""
    if not part.acts or words.asks(part.text):
        return None
    kinds = UNFORMED if _topic(part) < SURE_TOPIC else ()
    kinds = (*kinds, *NEED_EPISODE) if _stands(state) else kinds
    first = part.acts[0]
    if not first.label.startswith(kinds) and (first.label != "ask" or first.probability > UNSURE_ASK):
        return None
    return next((one for one in part.acts if one.label.startswith(kinds) and one.probability >= UNFORMED_AT), None)


def _stands(state: State) -> bool:
    """Whether an alert stands."""
    return state.episode.stage not in ("none", "withdrawn", "checked")


def _about_alert(part: Part, state: State) -> bool:
    """Whether words may be about the alert that stands."""
    return _stands(state) and any(one.label.startswith(NEED_EPISODE) and one.probability >= MAY_BE for one in part.acts)


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
        return MAY_BE if part.acts[0].label.startswith(OUTSIDE) else 0.3
    if act.startswith("reply/"):
        return 0.6
    return 0.4


def _reply(part: Part, state: State, words: Words) -> Chosen | None:
    """A reply to the question that is open, if the words sound like one at all."""
    if before_them(state) is None:
        return None
    small = state.questions[0].slot.startswith(ABOUT_PAIN) and len(words_of(part.text)) <= FEW_VALUE
    if small and part.act.startswith(("ask", "tell/")) and not words.asks(part.text):
        return Chosen("reply/value", part, "a few words to a question about the complaint")
    likely = [one for one in part.acts if one.label.startswith(("reply/", "control/")) and one.probability >= REPLY_AT]
    if not likely or (part.act == "ask" and part.acts[0].probability > likely[0].probability + SURE):
        return None
    if _better_of_the_alert(likely[0], part, state):
        return None
    sign = state.questions[0].slot.startswith(FLAG)
    because = f"a question is open, {likely[0].probability:.2f}"
    # "Yes but not much" about a warning sign is a yes: how much does not lower a level.
    partly = sign and likely[0].label == "reply/partial"
    if partly and words.act(words_of(part.text)[0]) == "reply/yes" and not words.reassures(part.text):
        return Chosen("reply/yes", part, because)
    return Chosen(likely[0].label, part, because)


def _better_of_the_alert(reply: Scored, part: Part, state: State) -> bool:
    """Whether words are likelier about the alert that stands than a reply to the question below it: "it doesn't hurt, so it is
    fine" is no "no"."""
    if state.episode.stage == "none":
        return False
    return any(one.label.startswith(NEED_EPISODE) and one.probability > reply.probability for one in part.acts)


def _merged(chosen: Iterator[Chosen]) -> Iterator[Chosen]:
    """The acts with repetitions left out: a story is told once, and what is said in two sentences is answered once."""
    before: set[str] = set()
    for one in chosen:
        if one.act in before and one.act.startswith(ONCE):
            continue
        before.add(one.act)
        yield one
