"""What a message does to the walking diary: told walks put in, numbers put right, entries taken out. Nothing is said here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering import questions
from bot.answering.moment import MONTH_FIRST
from bot.answering.plan_answers import rules
from bot.answering.turn import Noted, Turn
from bot.conversation.questions import top
from bot.conversation.state import SELF
from bot.diary import files
from bot.diary.entries import MOST_MINUTES, Diary, Entry
from bot.journeys import diary_wishes as wishes
from bot.journeys.diary_wishes import Wish
from bot.journeys.diary_words import Told, mended, read_entries, says

KIND, ON_SHOW = "diary", "walks"
"""The goal and its questions; and the kind of thing shown that the diary's card is."""
TOLD, CLASH = "told", "clash"
"""What a message did beside the wishes: told entries, or a rest day where there is a walk."""
ELSEWHERE = ("plan.minutes", "plan.pain", "plan.week", "routine.minutes")
"""Open questions of other journeys that minutes and pain may answer."""
SOUNDS = "sounds:"
"""Beginning of the concepts of findings that the nets alone heard (bot/triage/heard.py)."""
OF_A_WALK = ("on_exertion", "back_pain")
"""Concepts that a phrase finds in any account of a walk that hurt."""
RECENT = 2
"""Turns for which "that" means the entry shown last."""


def noted(turn: Turn) -> Turn:
    """The turn with the diary as the message leaves it. A message about somebody else changes nothing, and while another
    journey's question is open only plain words of writing down do."""
    text = _text(turn)
    if not text or text.startswith("/"):
        return turn
    wish = wishes.read_wish(
        text,
        turn.moment.today,
        on_show=_on_show(turn),
        pace=rules().pace.value,
        month_first=turn.region in MONTH_FIRST,
    )
    if wish is not None and (wish.kind not in (wishes.CHANGE, wishes.MOVE) or not _alerted(turn)):
        if wish.kind == wishes.BEGIN and (told := _told(text, turn)):
            return _written(told, turn)
        if not (wish.kind in (wishes.CHANGE, wishes.MOVE) and _other_journey(turn)):
            return _done(wish, text, turn)
    told = _told(text, turn)
    return _written(told, turn) if told else _answered(text, turn)


def _text(turn: Turn) -> str:
    """The words of the message; of its acts where only those are known."""
    return turn.moment.text or " ".join(dict.fromkeys(act.text for act in turn.meaning.acts if act.text))


def _on_show(turn: Turn) -> bool:
    shown = turn.state.shown[0] if turn.state.shown else None
    return shown is not None and shown.kind == ON_SHOW and shown.turn >= turn.state.turn - RECENT


def _alerted(turn: Turn) -> bool:
    """Whether an alert stands: then "that was yesterday" is about it."""
    return turn.state.episode.stage != "none" or turn.meaning.alert.level is not None


def _other_journey(turn: Turn) -> bool:
    """Whether a question of another journey is open that minutes and pain may answer."""
    question = top(turn.state)
    return question is not None and question.slot in ELSEWHERE


def _told(text: str, turn: Turn) -> tuple[Told, ...]:
    """The entries that the message tells of the writer."""
    logs = says("log", mended(text)) is not None
    others = any(act.who != SELF for act in turn.meaning.acts) or turn.state.current != SELF
    if (others and not logs) or (_other_journey(turn) and not logs):
        return ()
    told = read_entries(text, turn.moment.today, pace=rules().pace.value, month_first=turn.region in MONTH_FIRST)
    question = top(turn.state)
    if question is not None and question.slot.startswith(f"{KIND}.") and not _starts_anew(told, question.slot, turn):
        return ()  # it answers the diary's own question
    return told


def _answered(text: str, turn: Turn) -> Turn:
    """The turn with an answer to the diary's own question: its numbers are no sign either."""
    question = top(turn.state)
    if question is None or not question.slot.startswith(f"{KIND}."):
        return turn
    told = read_entries(text, turn.moment.today, pace=rules().pace.value, month_first=turn.region in MONTH_FIRST)
    return _without_guess(told, turn) if told else turn


def _starts_anew(told: Sequence[Told], slot: str, turn: Turn) -> bool:
    """Whether words tell of another walk or day, rather than answer what was asked about the last one."""
    goal = questions.goal(turn, KIND)
    day = dict(goal.answers).get("day") if goal else None
    other = any(one.dated and one.day.isoformat() != day for one in told)
    return slot != f"{KIND}.minutes" and (other or any(one.minutes is not None for one in told))


def _written(told: Sequence[Told], turn: Turn) -> Turn:
    """The turn with entries put into the diary; pain alone goes to that day's walk where it has none yet."""
    diary, new = turn.walks, []
    for at, one in enumerate(told, start=1):
        walks = tuple(entry for entry in diary.of(one.day) if entry.walked)
        if one.minutes == 0 and walks:
            return replace(turn, noted=Noted(CLASH, walks))
        entry = _into(one, diary) or Entry(_id(turn, at), one.day, one.minutes, one.pain, one.later, one.note)
        diary = diary.put(entry)
        new.append(entry)
    turn = _without_guess(told, turn)
    reckoned, sure = any(one.distance for one in told), all(one.sure for one in told)
    return replace(turn, diary=diary, noted=Noted(TOLD, tuple(new), reckoned=reckoned, sure=sure))


def _without_guess(told: Sequence[Told], turn: Turn) -> Turn:
    """The turn without the question about a sign that the nets alone guessed in words which hold nothing but an entry: days,
    minutes and pain are no sign. What a phrase found, what alerts, and what stands is left as it is."""
    alert, findings = turn.meaning.alert, turn.meaning.findings
    guessed = all(one.concept.startswith(SOUNDS) or one.concept in OF_A_WALK for one in findings)
    if not all(one.plain for one in told) or alert.level is not None or alert.recheck or not guessed:
        return turn
    return replace(turn, meaning=replace(turn.meaning, alert=replace(alert, ask=())))


def _id(turn: Turn, at: int) -> str:
    """The same for the same message, so that one that is heard again writes nothing twice."""
    return f"{(turn.state.message_id or f'turn-{turn.state.turn}')[:36]}-{at}"


def _into(told: Told, diary: Diary) -> Entry | None:
    """The walk of that day which pain alone belongs to, with it; a rest day that is told twice is one."""
    if told.minutes == 0:
        rested = next((one for one in diary.of(told.day) if one.minutes == 0), None)
        return replace(rested, note=told.note or rested.note) if rested else None
    if told.minutes is not None or told.pain is None:
        return None
    walk = next((one for one in reversed(diary.of(told.day)) if one.walked), None)
    if walk is None or walk.later is not None:
        return None
    if walk.pain is None:
        return replace(walk, pain=told.pain, later=told.later)
    return replace(walk, later=told.pain) if told.later is None else None


def _done(wish: Wish, text: str, turn: Turn) -> Turn:
    """The turn with a wish about the diary done, as far as the diary itself goes."""
    diary = turn.walks
    if wish.kind == wishes.PASTED:
        return _pasted(text, turn)
    if wish.kind == wishes.UNDO:
        before = turn.moment.load().before
        return replace(turn, diary=before, noted=Noted(wish.kind, () if before is None else before.entries[-1:]))
    if wish.kind == wishes.CLEAR:
        return replace(turn, diary=Diary(), noted=Noted(wish.kind, diary.entries))
    about = wishes.meant(wish, diary, _latest(turn))
    if wish.old is not None and not _on_show(turn):
        about = tuple(one for one in (about or diary.entries[-3:]) if wish.old in (one.minutes, one.pain, one.later))
    if wish.kind == wishes.DELETE:
        return replace(turn, diary=diary.without(one.id for one in about), noted=Noted(wish.kind, about))
    if wish.kind in (wishes.CHANGE, wishes.MOVE):
        return _changed(wish, about, turn)
    return replace(turn, noted=Noted(wish.kind))


def _changed(wish: Wish, about: Sequence[Entry], turn: Turn) -> Turn:
    """The last of the entries that a correction fits, put right."""
    for entry in reversed(about):
        right = wishes.applied(wish, entry)
        if right is not None and 0 <= (right.minutes or 0) <= MOST_MINUTES:
            return replace(turn, diary=turn.walks.put(right), noted=Noted(wish.kind, (right,)))
    return replace(turn, noted=Noted(wish.kind)) if wish.day is not None and _on_show(turn) else turn


def _latest(turn: Turn) -> tuple[str, ...]:
    """The ids of the entries told last."""
    shown = next((one for one in turn.state.shown if one.kind == ON_SHOW), None)
    return shown.entries if shown else ()


def _pasted(text: str, turn: Turn) -> Turn:
    """The turn with a pasted file taken in."""
    try:
        entries = files.from_text(text)
    except files.UnreadableDiary as error:
        return replace(turn, noted=Noted(wishes.PASTED, unread=error.line))
    before = turn.walks
    diary = before.joined(entries)
    ids = {one.id for one in before.entries}
    return replace(
        turn, diary=diary, noted=Noted(wishes.PASTED, tuple(one for one in diary.entries if one.id not in ids))
    )
