"""Pressed buttons as the acts that their words would be, so that nothing after this knows whether somebody typed or tapped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation.meaning import Meant
from bot.conversation.state import OpenQuestion, Shown, State
from bot.reading import Scored

ACTS = {"yes": "reply/yes", "no": "reply/no", "unsure": "reply/not_sure"}
ASPECTS = {"evidence": "aspect/proof"}
"""Sections of an article that people ask for under another name."""
FLAG, ARRANGED, REGION = "flag:", "arranged", "region"
"""Slots, or their beginnings, of the questions that buttons answer (bot/answering/questions.py)."""


@dataclass(frozen=True)
class Pressed:
    """A button: the intent and the entities of its payload."""

    intent: str
    entities: Mapping[str, str]


def act_of(pressed: Pressed, state: State) -> Meant:
    """The act of a button. One that is not known is a wish to be told what can be done: what it carries is no more to be
    trusted than what anybody types."""
    made = _BY_INTENT.get(pressed.intent)
    if made is not None:
        return made(pressed.entities, state)
    topic, unit = pressed.entities.get("topic"), pressed.entities.get("unit")
    if topic is None:
        return Meant("meta/can_do", state.current, because="a button")
    units = (Scored(unit, 1.0),) if unit else ()
    return Meant("ask", state.current, topics=(Scored(topic, 1.0),), units=units, because="a button")


def _follow_up(carried: Mapping[str, str], state: State) -> Meant:
    section = carried.get("section", "more")
    shown = Shown("article", carried.get("topic", ""), turn=state.turn)
    return Meant(ASPECTS.get(section, f"aspect/{section}"), state.current, target=shown, because="a button")


def _answer(slot: str, carried: Mapping[str, str], state: State) -> Meant:
    """The answer to a yes/no question, open or asked long before."""
    value = carried.get("answer", "unsure")
    open_ = next((one for one in state.questions if one.slot == slot), None)
    question = open_ or OpenQuestion(slot, state.current)
    return Meant(ACTS.get(value, "reply/not_sure"), question.about, question=question, value=value, because="a button")


def _flag(carried: Mapping[str, str], state: State) -> Meant:
    return _answer(f"{FLAG}{carried.get('flag', '')}", carried, state)


def _arranged(carried: Mapping[str, str], state: State) -> Meant:
    return _answer(ARRANGED, carried, state)


def _region(carried: Mapping[str, str], state: State) -> Meant:
    value = carried.get("region", "")
    return Meant("reply/value", state.current, question=OpenQuestion(REGION), value=value, because="a button")


def _plain(act: str) -> Callable[[Mapping[str, str], State], Meant]:
    return lambda carried, state: Meant(act, state.current, because="a button")


_BY_INTENT: Mapping[str, Callable[[Mapping[str, str], State], Meant]] = {
    "follow_up": _follow_up,
    "answer_flag": _flag,
    "arranged": _arranged,
    "set_region": _region,
    "check_symptoms": _plain("goal/check"),
    "acknowledge_alert": _plain("after_alert/ok"),
}
