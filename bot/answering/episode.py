"""While an alert stands: replies of their own to what people say then; never a lower level, never a leaflet."""

from __future__ import annotations

from bot import messages
from bot.answering import questions
from bot.answering.compose import sentences
from bot.answering.turn import SEEN, Turn
from bot.conversation import alerting
from bot.conversation.meaning import Meant
from bot.conversation.retraction import EXAMINED
from bot.conversation.state import Episode
from bot.model import Subject, Urgency

RAISED = "raised"
"""The stage of an alert that nobody has answered yet."""
LEVELS = {Urgency.EMERGENCY: "emergency", Urgency.URGENT: "urgent", Urgency.SEE_DOCTOR: "see_doctor"}
FALLBACK = {
    "crisis": ("crisis", "emergency", "urgent"),
    "emergency": ("emergency", "urgent"),
    "urgent": ("urgent", "emergency"),
    "see_doctor": ("see_doctor", "urgent"),
}
"""Where to look for words, by what stands."""


def stands(turn: Turn) -> bool:
    """Whether an alert stands now."""
    return alerting.stands(turn.state.episode)


def level_of(episode: Episode) -> str:
    """What stands, as the content names it."""
    return "crisis" if episode.crisis else LEVELS.get(episode.level, "see_doctor")


def replied(meant: Meant, turn: Turn) -> Turn:
    """The reply to what was said about the alert. Taking it back is answered by the recheck or the standing down, which the
    alert carries; what proves nothing is answered kindly, and the advice stands."""
    alert = turn.meaning.alert
    if meant.act.startswith("withdraw/") and (alert.recheck or alert.stands_down):
        return turn
    if not stands(turn):
        return turn if alert.stands_down else turn.say("episode/none")
    level = turn.state.episode.level
    forms = words_for(meant.act, turn)
    if forms:
        turn, text = turn.form(f"episode/{meant.act}", forms)
        turn = turn.add(messages.message("text", text, urgency=level.value))
    else:
        turn = standing(turn)
    return questions.ask_region(turn) if level.rank >= Urgency.URGENT.rank else turn


def words_for(act: str, turn: Turn) -> tuple[str, ...]:
    """The forms of a reply for what stands, or for the nearest level that has one."""
    by_level = turn.voice.replies.episode.get(act, {})
    levels = FALLBACK[level_of(turn.state.episode)]
    return next((by_level[level] for level in levels if by_level.get(level)), ())


def pressing(turn: Turn) -> bool:
    """Whether help that cannot wait is still to be had: nothing that sounds harmless may be said then."""
    now = turn.state.episode
    if turn.meaning.alert.recheck == EXAMINED or turn.meaning.alert.stands_down:
        return False
    return stands(turn) and now.level.rank >= Urgency.URGENT.rank


def kept_in_mind(turn: Turn) -> Turn:
    """What stands, below a reply that says nothing of it, as long as nobody has answered the alert."""
    level = turn.state.episode.level.value
    said = any(message.get("urgency") == level for message in turn.messages)
    return turn if said or not pressing(turn) or turn.state.episode.stage != RAISED else standing(turn)


def heard(meant: Meant, turn: Turn) -> Turn:
    """What is told while an alert stands and raises nothing new: heard, worth telling those who look, and what stands."""
    return standing(turn.say("episode/heard", urgency=turn.state.episode.level))


def reminded(turn: Turn) -> Turn:
    """One line above an answer that says what stands; not where help is arranged, where this turn has said it or asks what a
    clinician has found, and of a visit some day soon only once."""
    if not stands(turn) or turn.state.episode.arranged or turn.meaning.alert.recheck == EXAMINED:
        return turn
    if (turn.state.episode.checking or "").endswith(EXAMINED):  # somebody has looked; its question still waits
        return turn
    if any(message.get("urgency") == turn.state.episode.level.value for message in turn.messages):
        return turn
    if turn.state.episode.level is not Urgency.SEE_DOCTOR:
        return standing(turn)
    key = "stands_see_doctor"
    return turn if turn.seen(key) else standing(turn).remember(f"{SEEN}{key}")


def one_more_reason(turn: Turn) -> Turn | None:
    """A further sign that asks for the visit which is advised already: a sentence, not a second card. None where none was."""
    new = turn.meaning.alert.new
    before = [turn.voice.content.red_flag(name) for name in turn.state.alerted if name not in {one.flag for one in new}]
    flag = turn.voice.content.red_flag(new[0].flag) if new else None
    if flag is None or not any(one and one.urgency is Urgency.SEE_DOCTOR for one in before):
        return None
    tell = flag.tell.you if new[0].subject is Subject.SELF else flag.tell.other
    return turn.say("episode/one_more_reason", why=sentences(turn.fill(tell), 1), urgency=Urgency.SEE_DOCTOR)


def standing(turn: Turn) -> Turn:
    """One line that says again what stands."""
    return turn.say(f"episode/stands_{level_of(turn.state.episode)}", urgency=turn.state.episode.level)
