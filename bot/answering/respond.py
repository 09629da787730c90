"""The answer to one message: what comes first, then each act in order, then the question that still waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot import messages
from bot.answering import (
    answers,
    aspects,
    clinician,
    corrections,
    diary_notes,
    episode,
    goals,
    journeys,
    planned,
    questions,
    references,
    replies_given,
    statements,
    talk,
)
from bot.answering.moment import NO_MOMENT, Moment
from bot.answering.special import if_now, of_its_own
from bot.answering.turn import LEADS, Reply, Turn
from bot.answering.voice import Voice
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.persons import key_of
from bot.conversation.questions import stood
from bot.conversation.retraction import EXAMINED
from bot.messages import Message
from bot.model import Urgency

Handler = Callable[[Meant, Turn], Turn]
HANDLERS: Mapping[str, Handler] = {
    "reference": references.refer,
    "aspect": aspects.aspect,
    "reply": replies_given.replied,
    "control": replies_given.control,
    "after_alert": episode.replied,
    "minimise": episode.replied,
    "withdraw": episode.replied,
    "repair": talk.repair,
    "social": talk.said,
    "feeling": talk.said,
    "meta": talk.about_self,
    "goal": goals.goal,
    "outside": talk.outside,
    "change": references.change,
    "correct": corrections.corrected,
}
"""By act, what answers it; LABELLED by the whole label goes before."""
LABELLED: Mapping[str, Handler] = {
    "change/instead": references.instead,
    "change/shorter": aspects.shorter,
    "change/simpler": aspects.shorter,
    "change/repeat": references.again,
    "compare/best": references.best,
    "compare/difference": references.difference,
    "tell/hurts_doing": references.hurts,
    "tell/normal": statements.normal,
}
TELLING = ("tell/symptom", "tell/fact", "tell/progress")
ABOUT_ITSELF = ("meta/", "correct/", "feeling/")
"""Acts whose replies say nothing of an alert that stands: it is said below them until somebody has answered it."""
QUIET = ("social/hello", "social/thanks", "social/praise")
"""Acts that need no words of their own beside a question."""

OWN = ("quick_replies", LEADS)
"""What only the last message keeps, or none."""
SOME_ENGLISH = 0.3
"""Share of English words below which nothing that is told can be trusted to have been read."""


def respond(meaning: Meaning, *, voice: Voice, region: str | None, moment: Moment = NO_MOMENT) -> Reply:
    """What is said to a meaning, and the state after it. Pure: the same in, the same out (but for the messages' ids).

    An emergency stands alone. Else, in this order: another alert, that an alert no longer stands, what was heard, the question
    about a suspected sign, the acts in their order, the question that was put off. Every message follows the contract.
    """
    turn = Turn(meaning, voice, region or meaning.state.region, meaning.state, moment=moment)
    turn = diary_notes.noted(turn)  # before any alert: a walk is kept also where an emergency stands alone
    turn, alone = _alerted(clinician.kept_alert(clinician.noted(turn)))
    turn, special = (turn, False) if alone else of_its_own(turn)
    if not alone and not special:
        turn = _resumed(if_now(_acts(_suspected(_stood_down(turn)))))
    if not turn.messages:
        turn = turn.say("reply/value")
    return Reply(_finished(turn), stood(turn.state) if turn.asked else turn.state, turn.diary)


def _alerted(turn: Turn) -> tuple[Turn, bool]:
    """The alert, and whether it stands alone: an emergency does, and so does any alert that brings its own question."""
    level = turn.meaning.alert.level
    if level is None:
        return turn, False
    new = turn.meaning.alert.new
    if level is Urgency.SEE_DOCTOR and (more := episode.one_more_reason(turn)) is not None:
        return more, False
    said = turn.voice.alerts.alert(turn.meaning, region=turn.region)
    about = key_of(new[0].subject, new[0].relation) if new else turn.state.current
    turn = questions.kept_open(turn.add(*said), said, about)
    # What was told is in the alert: nothing that sounds harmless may stand beside it.
    turn = replace(turn, heard=True, careful=level.rank >= Urgency.URGENT.rank)
    return turn, level is Urgency.EMERGENCY and bool(said)


def _stood_down(turn: Turn) -> Turn:
    """That an alert was honestly taken back and no longer stands."""
    if not turn.meaning.alert.stands_down:
        return turn
    turn = turn.say("episode/stood_down")
    turn.messages[-1]["stands_down"] = True
    return turn


def _suspected(turn: Turn) -> Turn:
    """What was told is heard first; then the question about a sign that is only suspected, or was taken back."""
    alert = turn.meaning.alert
    waits = turn.state.episode
    if alert.recheck == EXAMINED:  # somebody has looked: what was asked is answered as well
        return questions.ask_examined(turn)
    if episode.stands(turn) and waits.level.rank >= Urgency.URGENT.rank and not waits.arranged:
        turn = replace(turn, careful=True)
    wanted = [alert.recheck] if alert.recheck else list(alert.ask)
    flag = turn.voice.content.red_flag(wanted[0]) if wanted and wanted[0] else None
    unsure = ("reply/not_sure", "control/skip")  # said once, it is kept for the end; asking the same again would nag
    answered = {act.question.slot for act in turn.meaning.acts if act.question is not None and act.act in unsure}
    if flag is None or alert.level is not None or (not alert.recheck and f"{questions.FLAG}{flag.id}" in answered):
        return turn
    about = waits.who if alert.recheck else _whom(turn, flag.concepts)
    turn = _heard_first(turn)
    kind = (waits.checking or "").split(":", 1)[0] if alert.recheck else ""
    turn = questions.ask_flag(flag, turn, about=about, corrects=kind)
    return replace(turn, careful=turn.careful or flag.urgency is Urgency.EMERGENCY)


def _heard_first(turn: Turn) -> Turn:
    """What the message told, acknowledged before a sign is asked about. What it usually means waits for the answer."""
    for meant in turn.meaning.acts:
        if meant.facts and meant.act in (*TELLING, "ask") and not turn.heard:
            turn = replace(statements.told(meant, turn, asks=True), heard=True)
    return replace(turn, heard=True)


def _whom(turn: Turn, concepts: Sequence[str]) -> str:
    """Whom a suspected sign is about: the person with a finding of it, else the one spoken of now."""
    for person in turn.state.persons:
        if any(finding.concept in concepts for finding in person.findings):
            return key_of(person.findings[0].subject, person.findings[0].relation)
    return turn.state.current


def _acts(turn: Turn) -> Turn:
    """Each act answered in its order; the questions of a message are answered together, where the first of them stands."""
    meaning = turn.meaning
    turn, acts, after = journeys.heard(turn)
    turn = planned.noted(turn)
    theirs = any(planned.taken(meant, turn) is not None for meant in acts)
    hardly_english = meaning.english < turn.voice.settings.thresholds.english
    surely_other = any(talk.foreign(meant.text, turn) for meant in acts)
    foreign = (hardly_english or surely_other) and not (_does_more(meaning) or theirs)
    if acts and after is None and foreign:
        return talk.in_language(meaning.acts[0].text, turn)
    said = turn.state.said
    return journeys.gone_on(after, clinician.kept_for(said, _each(acts, turn)))


def _each(acts: Sequence[Meant], turn: Turn) -> Turn:
    """The acts that no list took, each answered: by a plan or routine that it belongs to, else by what answers its kind."""
    free = [meant for meant in acts if planned.taken(meant, turn) is None]
    asks = [meant for meant in free if meant.act == "ask" and _answered(meant, turn)]
    others = len(acts) > 1
    done = False
    # "A plan please. mon wed sat": a journey that begins takes all the words, so they answer no other question as well.
    begins = any(meant.act.removeprefix("goal/") in planned.JOURNEYS for meant in acts)
    for meant in acts:
        if begins and meant.act == "reply/value" and planned.taken(meant, turn) is None:
            continue
        if (taken := planned.taken(meant, turn)) is not None:
            turn = taken
        elif meant.act == "ask" and asks:
            turn = turn if done else _questions(asks, turn)
            done = True
        elif meant.act.startswith("tell/") and episode.pressing(turn):
            turn = turn if turn.heard or turn.messages else episode.heard(meant, turn)
        elif meant.act in TELLING:
            turn = turn if turn.heard else statements.told(meant, turn, asks=bool(asks))
            turn = replace(turn, heard=turn.heard or bool(meant.facts))
        elif meant.act.startswith("repair/") and (asks or episode.pressing(turn)):
            turn = talk.sorry(meant, turn)
            turn = turn if asks else episode.standing(turn)
        elif meant.act != "ask" and not (others and meant.act in QUIET):
            turn = _handler(meant.act)(meant, turn)
            turn = episode.kept_in_mind(turn) if meant.act.startswith(ABOUT_ITSELF) else turn
    return turn


def _answered(meant: Meant, turn: Turn) -> bool:
    """Whether a question is answered beside this turn's alert: one in the form of a question is, and where the alert is only
    to see a doctor some time, whatever surely speaks of a topic ("exercises for a bad disc")."""
    level = turn.meaning.alert.level
    if level is None or meant.formed:
        return True
    sure = turn.voice.settings.thresholds.sure
    return level is Urgency.SEE_DOCTOR and any(one.probability >= sure for one in meant.topics)


def _does_more(meaning: Meaning) -> bool:
    """Whether a message with few English words was still understood: as a reply or a reference, or, where it has some English
    at all, as something told."""
    heard = ("reply", "reference", "control", *(("tell",) if meaning.english >= SOME_ENGLISH else ()))
    return any(meant.act.split("/")[0] in heard for meant in meaning.acts)


def _questions(asks: Sequence[Meant], turn: Turn) -> Turn:
    """The questions answered: what they told in passing is heard first; while an alert stands, below a line that says so."""
    telling = next((meant for meant in asks if meant.facts), None)
    if telling is not None and not turn.heard:
        turn = statements.told(telling, turn, asks=True)
    if turn.meaning.alert.level is None and not turn.meaning.alert.stands_down:
        turn = episode.reminded(turn)
    if turn.meaning.sensitive and not any(meant.units or meant.topics for meant in asks):
        return turn.say("outside/sensitive")
    return answers.answer(asks, turn)


def _handler(act: str) -> Handler:
    """What answers an act."""
    return LABELLED.get(act) or HANDLERS.get(act.split("/", 1)[0], talk.said)


def _resumed(turn: Turn) -> Turn:
    """The question that was put off comes back under an answer to something else."""
    emergency = episode.stands(turn) and turn.state.episode.level is Urgency.EMERGENCY
    if emergency and not turn.state.episode.checking:
        return turn
    if (gone_on := planned.after_sign(turn)) is not None:
        return gone_on
    replied = any(meant.act.startswith(("reply/", "control/")) for meant in turn.meaning.acts)
    return turn if replied and not journeys.waits(turn) else replies_given.resumed(turn)


def _finished(turn: Turn) -> tuple[Message, ...]:
    """The messages with at most four buttons, on the last one alone; a suspected sign's question keeps its options."""
    most = turn.voice.settings.most.buttons
    *before, last = turn.messages
    if last["type"] in (
        "question",
        "choices",
    ):  # whose own answers stand there: words that lead to buttons lead nowhere
        before = [one for one in before if not one.get(LEADS)]
    kept: list[Message] = [{name: value for name, value in one.items() if name not in OWN} for one in before]
    collected = [button for one in before if one["type"] == "text" for button in one.get("quick_replies", ())]
    own = list(last.get("quick_replies", ()))
    buttons = [button for at, button in enumerate([*own, *collected]) if button not in [*own, *collected][:at]][:most]
    final = {name: value for name, value in last.items() if name not in OWN}
    if buttons and last["type"] not in ("question", "choices"):
        final["quick_replies"] = messages.buttons((button["title"], button["payload"]) for button in buttons)
    return (*kept, final)
