"""The walking diary in talk: what is said to a walk that was told, to a correction, and to each wish; and its two questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot import messages
from bot.answering import diary_cards, diary_plan, journey, questions
from bot.answering.diary_notes import CLASH, KIND, ON_SHOW, TOLD
from bot.answering.journey import WHO, Journey, Pairs
from bot.answering.plan_answers import rules
from bot.answering.showing import showed
from bot.answering.turn import Noted, Turn
from bot.content.diary import read_diary
from bot.conversation.meaning import Meant
from bot.conversation.state import SELF, Goal, OpenQuestion
from bot.diary.entries import Entry
from bot.journeys import diary_trend
from bot.journeys import diary_wishes as wishes
from bot.journeys.amounts import read_minutes
from bot.journeys.diary_pain import pains_in
from bot.journeys.diary_words import mended, read_entries, says

STEPS = ("minutes", "pain")
OURS = (
    "tell/progress",
    "tell/symptom",
    "tell/fact",
    "goal/diary",
    "correct/fact",
    "social/praise",
    "outside/",
    "change/",
    "reference/",
)
"""Acts that a message about the diary was read as: the diary has answered them."""


def heard(turn: Turn) -> tuple[Turn, tuple[Meant, ...]] | None:
    """The turn after what the message did to the diary is said, and the acts that are left; None where it did nothing."""
    if turn.noted is None:
        return None
    left = tuple(act for act in turn.meaning.acts if not _ours(act, turn))
    turn = SAYS[turn.noted.kind](turn.noted, replace(turn, heard=True), not left)
    return turn, left


def _ours(act: Meant, turn: Turn) -> bool:
    """Whether an act is answered by what the diary says."""
    if act.act.startswith("reply/"):
        return act.question is None or act.question.slot.startswith(f"{KIND}.")
    if act.act == "ask" and turn.noted is not None and turn.noted.kind in (TOLD, CLASH):
        return not act.formed or "?" not in act.text or says("log", mended(act.text)) is not None
    if act.act == "ask" or act.act.startswith("goal/"):
        return act.act == "goal/diary" or not act.formed or len(turn.meaning.acts) == 1
    return act.act.startswith(OURS) or len(turn.meaning.acts) == 1


def shown(turn: Turn, *ids: str) -> Turn:
    """The turn with the diary as what "that" means now."""
    return showed(turn, ON_SHOW, read_diary().topic, ids)


def _told(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """A walk, a rest day or pain put into the diary."""
    turn = journey.without(JOURNEY, turn)
    turn = shown(turn, *(entry.id for entry in noted.entries))
    last = noted.entries[-1]
    if turn.careful:
        return turn.say("diary/beside")
    turn, text = _logged(noted, turn)
    turn = diary_plan.adjusted(turn.add(_with_offers(text, turn)))
    return _after(last, turn) if alone and not turn.asked else turn


def _logged(noted: Noted, turn: Turn) -> tuple[Turn, str]:
    """What was noted, and a word on how it went."""
    if len(noted.entries) > 1:
        return turn.words("diary/logged_several", entries=diary_cards.listed(noted.entries, turn))
    entry = noted.entries[0]
    what, day = diary_cards.told(entry, turn), diary_cards.day_name(entry.day, turn)
    name = "diary/logged_rest" if entry.minutes == 0 else "diary/logged"
    turn, text = turn.words(name, day=day, what=what)
    if noted.reckoned:
        text = f"{text} {diary_cards.one('diary/reckoned', turn)}"
    if (about := _how_it_went(entry)) is not None:
        turn, word = turn.words(about)
        text = f"{text} {word}"
    return turn, text


def _how_it_went(entry: Entry) -> str | None:
    """Which words on how a walk went: by the limits of the plan."""
    if not entry.walked or entry.worst is None:
        return None
    if entry.worst >= rules().drop_pain.value:
        return "progress/much"
    return "progress/watch" if entry.worst >= rules().watch_pain.value else "progress/fine"


def _with_offers(text: str, turn: Turn) -> messages.Message:
    offered = turn.spoken("diary/offers_after").say
    return messages.message(
        "text", text, topic=read_diary().topic, quick_replies=messages.buttons((one, one) for one in offered)
    )


def _after(entry: Entry, turn: Turn) -> Turn:
    """What is worth asking after a walk: how the pain was, where nobody said; whether to check, where it grows."""
    if entry.walked and entry.worst is None:
        answers = ((WHO, SELF), ("day", entry.day.isoformat()), ("minutes", str(entry.minutes)), ("entry", entry.id))
        return journey.go_on(JOURNEY, Goal(KIND, answers=answers), turn)
    return _worse(turn)


def _worse(turn: Turn) -> Turn:
    """The symptom check offered where the pain has grown over two weeks; once a week."""
    found = diary_trend.trend(turn.walks, turn.moment.today, read_diary())
    year, week, _ = turn.moment.today.isocalendar()
    key = f"diary/worse_{year}_{week}"
    if found.pain != diary_trend.WORSE or turn.asked or turn.careful or turn.seen(key):
        return turn
    turn, text = turn.words("diary/worse")
    payload = turn.voice.replies.buttons["check"].payload
    yes, no = turn.voice.replies.question["yes"], turn.voice.replies.question["no"]
    options = [{"title": yes, "payload": payload}, {"title": no, "payload": no}]
    said = messages.message("question", text, step=1, of=1, kind="yes_no", options=options, topic=read_diary().topic)
    question = OpenQuestion(f"{questions.OFFER}:check", options=(payload, no))
    return questions.put(turn.remember(f"seen:{key}"), question, said)


def show(turn: Turn) -> Turn:
    """The diary's card, or how to begin one."""
    if not turn.walks.entries:
        turn = turn.say("diary/empty")
        turn.messages[-1]["tools"] = diary_cards.files(turn)[2:3]
        return shown(turn)
    turn = turn.add(diary_cards.card(turn))
    return _worse(shown(turn, turn.walks.entries[-1].id))


def _shows(noted: Noted, turn: Turn, alone: bool) -> Turn:
    return show(turn)


def _begins(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """A walk to be written down: minutes and pain are asked for; one that was left goes on."""
    if turn.careful:
        return turn.say("diary/wait")
    left = questions.goal(turn, KIND)
    if left is not None and left.waiting:
        return journey.go_on(JOURNEY, replace(left, waiting=False), turn.say("diary/taken_up"))
    day = _day_named(turn) or turn.moment.today
    return journey.go_on(JOURNEY, Goal(KIND, answers=((WHO, SELF), ("day", day.isoformat()))), turn, first=True)


def _day_named(turn: Turn) -> dt.date | None:
    wish = wishes.read_wish(turn.moment.text, turn.moment.today, on_show=False, pace=rules().pace.value)
    return wish.day if wish else None


def _changed(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """A number or a day put right."""
    if not noted.entries:
        return turn.say("diary/none_there")
    entry = noted.entries[0]
    turn, text = turn.words("diary/changed", what=diary_cards.listed([entry], turn))
    return diary_plan.adjusted(shown(turn.add(_with_offers(text, turn)), entry.id))


def _deleted(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """Entries taken out; they may be put back with the next message."""
    if not noted.entries:
        return turn.say("diary/none_there")
    if noted.kind == wishes.CLEAR:
        turn = turn.say("diary/cleared", many=diary_cards.many(len(noted.entries), turn))
    else:
        turn = turn.say("diary/deleted", what=diary_cards.listed(noted.entries[:5], turn))
    return diary_plan.adjusted(shown(turn))


def _undone(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """The last change taken back."""
    if turn.diary is None:
        return turn.say("diary/nothing_to_undo")
    return diary_plan.adjusted(shown(turn.say("diary/undone"), *(one.id for one in noted.entries)))


def _exported(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """The files to take along."""
    if not turn.walks.entries:
        return show(turn)
    turn = turn.say("diary/export", many=diary_cards.many(len(turn.walks.entries), turn))
    turn.messages[-1]["tools"] = diary_cards.files(turn)[:2]
    return turn


def _imports(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """How to bring a diary in."""
    turn = turn.say("diary/import")
    turn.messages[-1]["tools"] = diary_cards.files(turn)[2:3]
    return turn


def _pasted(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """A pasted file taken in, or what was wrong with it."""
    if noted.unread is not None:
        return turn.say("diary/unread_line" if noted.unread else "diary/unread", line=noted.unread)
    if not noted.entries:
        return turn.say("diary/nothing_new")
    return show(turn.say("diary/imported", many=diary_cards.many(len(noted.entries), turn)))


def _phrase(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """How to come back on another device."""
    turn = turn.say("diary/phrase")
    tools = [
        *diary_cards.files(turn)[3:],
        {"kind": "back", "path": "sessions/return", "title": diary_cards.one("diary/back_tool", turn)},
    ]
    turn.messages[-1]["tools"] = tools[1:] if noted.kind == wishes.BACK else tools
    return turn


def _calendar(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """The plan's calendar is under its card."""
    return diary_plan.calendar(turn)


def _clash(noted: Noted, turn: Turn, alone: bool) -> Turn:
    """A rest day told for a day with a walk: nothing is changed unasked."""
    walk = noted.entries[-1]
    what = diary_cards.told(walk, turn)
    return shown(turn.say("diary/clash", day=diary_cards.day_name(walk.day, turn), what=what), walk.id)


SAYS: Mapping[str, Callable[[Noted, Turn, bool], Turn]] = {
    TOLD: _told,
    CLASH: _clash,
    wishes.SHOW: _shows,
    wishes.BEGIN: _begins,
    wishes.CHANGE: _changed,
    wishes.MOVE: _changed,
    wishes.DELETE: _deleted,
    wishes.CLEAR: _deleted,
    wishes.UNDO: _undone,
    wishes.EXPORT: _exported,
    wishes.IMPORT: _imports,
    wishes.PASTED: _pasted,
    wishes.PHRASE: _phrase,
    wishes.BACK: _phrase,
    wishes.CALENDAR: _calendar,
}


# ---- the two questions ----
def _steps(goal: Goal, turn: Turn) -> tuple[str, ...]:
    return STEPS


def _read(step: str, meant: Meant, goal: Goal, turn: Turn) -> Pairs | None:
    """What a reply gives: minutes, with all that is told beside them; or the pain, and the pain later."""
    text = meant.text or str(meant.value or "")
    if step == "pain":
        return _pain_pairs(text)
    told = read_entries(text, turn.moment.today, pace=rules().pace.value)
    if told and told[0].minutes is not None:
        return _pairs(told[0])
    found = read_minutes(mended(text), pace=rules().pace.value, bare=True)
    if found is None:
        return (("minutes", "0"), ("pain", "")) if says("rest", mended(text)) else None
    pains = pains_in(mended(text))
    pain = tuple(
        (name, str(value)) for name, value in (("pain", pains.pain), ("later", pains.later)) if value is not None
    )
    return (("minutes", str(round((found.low + found.high) / 2))), *pain)


def _pain_pairs(text: str) -> Pairs | None:
    """Pain in a short reply: "3", "none", "about a 4, then 2"."""
    words = mended(text)
    if says("no_pain", words) or words.strip(" .!") in (
        "none",
        "nothing",
        "nil",
        "no",
        "nope",
        "zero",
        "not at all",
        "0",
    ):
        return (("pain", "0"),)
    found = pains_in(words)
    if found.pain is None and found.later is None:
        found = pains_in(f"pain {words}")
    if found.pain is None and found.later is None:
        return None
    pain = found.pain if found.pain is not None else found.later
    later = found.later if found.pain is not None else None
    return (("pain", str(pain)), *((("later", str(later)),) if later is not None else ()))


def _pairs(told: object) -> Pairs:
    """What was told of a walk as answers."""
    found = [(name, getattr(told, name)) for name in ("minutes", "pain", "later", "note")]
    pairs = [(name, str(value)) for name, value in found if value not in (None, "")]
    if getattr(told, "minutes", None) == 0 and "pain" not in dict(pairs):
        pairs.append(("pain", ""))
    day = [("day", told.day.isoformat())] if getattr(told, "dated", False) else []  # type: ignore[attr-defined]
    return (*pairs, *day)


def _usual(step: str, goal: Goal, turn: Turn) -> Pairs:
    """What stays open stays empty."""
    return (("minutes", ""), ("pain", "")) if step == "minutes" else (("pain", ""),)


def _nothing(*_: object) -> Pairs:
    return ()


def _done(goal: Goal, turn: Turn) -> Turn:
    """The walk put into the diary."""
    have = dict(goal.answers)
    turn = questions.without_goal(turn, KIND)
    if not have.get("minutes"):
        return turn.say("diary/nothing")
    before = turn.walks.entry(have.get("entry", ""))
    entry = before or Entry(
        _new_id(turn), dt.date.fromisoformat(have["day"]), int(have["minutes"]), note=have.get("note", "")
    )
    if before is not None and not have.get("pain"):
        return turn.say("diary/without_pain")
    entry = replace(entry, pain=_whole(have.get("pain")), later=_whole(have.get("later")))
    turn = replace(turn, diary=turn.walks.put(entry))
    turn = shown(turn, entry.id)
    turn, text = _logged(Noted(TOLD, (entry,)), turn)
    return _worse(diary_plan.adjusted(turn.add(_with_offers(text, turn))))


def _new_id(turn: Turn) -> str:
    return f"{(turn.state.message_id or f'turn-{turn.state.turn}')[:36]}-1"


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _never(*_: object) -> None:
    return None


JOURNEY = Journey(KIND, _steps, _read, _usual, _nothing, _nothing, _never, _done, _never)
