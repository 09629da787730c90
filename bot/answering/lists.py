"""The walking-form check and the shoe chooser: one question at a time, answered in words or by a tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering import cards, list_results, questions
from bot.answering.list_steps import steps
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.questions import MOST_ASKED, closed, top
from bot.conversation.state import SELF, Goal, OpenQuestion
from bot.journeys import check, checklist
from bot.journeys.checklist import DONE, NONE, UNSURE, Step

KINDS = ("form", "shoes")
WHO = "who"
"""The answer that keeps whom a list is about, where it is not the writer."""
REPLIES = {"reply/yes": "yes", "reply/no": "no", "reply/not_sure": UNSURE}
TELLING = ("reply/", "tell/", "correct/", "feeling/", "repair/not_understood")
"""Acts whose words may answer a question of a list; others interrupt it."""
BAD = ("reply/", "tell/fact", "tell/symptom", "correct/fact", "repair/not_understood")
"""Acts that count as an answer that says nothing, where their words say nothing of what was asked."""


def start(kind: str, meant: Meant, turn: Turn) -> Turn:
    """The first question that is not answered; a list that was left goes on where it was, one that is through begins anew."""
    goal = questions.goal(turn, kind)
    if turn.careful:
        return cards.waits(turn)
    if goal is None or goal.step == DONE or (meant.who != SELF and meant.who != who_of(goal)):
        goal = Goal(kind, answers=((WHO, meant.who),) if meant.who != SELF else ())
        turn = turn.say("form/begin" if kind == "form" else "shoes/begin")
    else:
        turn = turn.say("list/goes_on")
    return go_on(questions.with_goal(turn, replace(goal, waiting=False)), kind)


def who_of(goal: Goal) -> str:
    """Whom a list is about."""
    return dict(goal.answers).get(WHO, SELF)


def _answers(goal: Goal, turn: Turn) -> dict[str, tuple[str, ...]]:
    """The answers of a list, with what was told elsewhere: nothing that is known is asked."""
    person = turn.state.person(who_of(goal))
    present = {one.concept for one in person.findings if one.present}
    told: dict[str, tuple[str, ...]] = {}
    for step in steps(goal.kind, turn):
        flag = turn.voice.content.red_flag(step.sign) if step.sign else None
        known = [option for concept, option in step.known if concept in present]
        if flag is not None and (answer := _settled(flag.id, person.who, flag.concepts, turn)):
            told[step.id] = (answer,)
        elif known and not step.several:
            told[step.id] = tuple(known[:1])
    return {**told, **checklist.values(goal)}


def _settled(flag: str, who: str, concepts: tuple[str, ...], turn: Turn) -> str | None:
    """The answer to a sign's question by what was told or asked before."""
    person = turn.state.person(who)
    if flag in turn.voice.check.steps():
        return turn.voice.check.settled(flag, person, concepts)
    return check.settled(flag, person, concepts=concepts, denied=(), days=None)


def go_on(turn: Turn, kind: str) -> Turn:
    """The next question of a list, or what comes of it."""
    goal = questions.goal(turn, kind)
    if goal is None or goal.waiting:
        return turn
    found = _answers(goal, turn)
    step = checklist.next_step(steps(kind, turn), found)
    if step is None:
        turn = questions.with_goal(turn, replace(goal, step=DONE))
        return list_results.result(kind, who_of(goal), found, turn)
    turn = questions.with_goal(turn, replace(goal, step=step.id))
    if step.sign:
        flag = turn.voice.content.red_flag(step.sign)
        return questions.ask_flag(flag, turn, about=who_of(goal)) if flag else turn
    return _ask(kind, step, step.question, turn)


def _ask(kind: str, step: Step, text: str, turn: Turn) -> Turn:
    """A question with its answers to tap; for a yes or no also "not sure"."""
    goal = questions.goal(turn, kind) or Goal(kind)
    titles = [option.title for option in step.options]
    if kind == "form":
        titles.append(turn.voice.replies.question[UNSURE])
    asked = checklist.asked_of(steps(kind, turn), _answers(goal, turn))
    said = messages.message(
        "question",
        text,
        step=next(at for at, one in enumerate(asked, start=1) if one.id == step.id),
        of=len(asked),
        kind="yes_no" if kind == "form" else "choice",
        options=[{"title": title, "payload": title} for title in titles],
    )
    return questions.put(turn, OpenQuestion(f"{kind}.{step.id}", who_of(goal), options=tuple(titles)), said)


def open_question(turn: Turn) -> tuple[str, Step, OpenQuestion] | None:
    """The list and the question of it that waits for an answer now."""
    question = top(turn.state)
    kind, _, name = (question.slot if question else "").partition(".")
    if question is None or kind not in KINDS:
        return None
    step = next((one for one in steps(kind, turn) if one.id == name), None)
    return (kind, step, question) if step else None


def heard(turn: Turn) -> tuple[Turn, tuple[Meant, ...], str | None]:
    """The turn after the act that answers the question of a list, the acts that are left, and the list that goes on after them
    (None where the message is about something else)."""
    acts, open_ = turn.meaning.acts, open_question(turn)
    if open_ is None or turn.meaning.alert.level is not None:
        return turn, acts, None
    if turn.careful:  # Help comes first: an answer stays unused, and the question stays open.
        waits = all(meant.act.startswith("reply/") for meant in acts)
        return (replace(cards.waits(turn), asked=True), (), None) if waits else (turn, acts, None)
    kind, step, question = open_
    for meant in acts:
        value = _value(meant, step, turn)
        if value is not None:
            rest = tuple(one for one in acts if one is not meant and not one.act.startswith(TELLING))
            turn = _take(kind, step, value, turn.put(closed(turn.state, question)))
            return _ahead(kind, (meant,), turn, now=step.id) or turn, rest, kind
    if all(meant.act.startswith(BAD) for meant in acts):
        if (ahead := _ahead(kind, acts, turn, now=step.id)) is not None:
            return _ask(kind, step, step.question, ahead), (), None
        if not any(
            meant.facts for meant in acts
        ):  # What tells of the person is heard, and the question comes back after it.
            return _bad(kind, step, question, turn), (), None
    return turn, acts, None


def _ahead(kind: str, acts: Sequence[Meant], turn: Turn, *, now: str = "") -> Turn | None:
    """The turn with what was told of another question than the one at hand kept ("I have flat feet" where the ground was
    asked); else None."""
    goal, lists = questions.goal(turn, kind) or Goal(kind), turn.voice.lists
    later = [step for step in steps(kind, turn) if step.id != now and step.id not in dict(goal.answers)]
    found = checklist.read_ahead(acts[0].text, later, unsure=lists.unsure, denies=lists.denies)
    if found is None:
        return None
    step, value = found
    named = next(one.title for one in step.options if one.id in value)
    return questions.with_goal(turn.say("list/noted", told=named), checklist.given(goal, step.id, value))


def _value(meant: Meant, step: Step, turn: Turn) -> tuple[str, ...] | None:
    """What an act answers, by its words or as a yes, no or "not sure"; None where it is about something else."""
    lists = turn.voice.lists
    tapped = [option.id for option in step.options if option.title.lower() == meant.text.strip().lower()]
    if tapped:  # the words of its own button, however they read
        return tuple(tapped)
    asks = meant.act == "ask" and ("?" in meant.text or len(meant.text.split()) > MOST_WORDS)
    if not asks and (meant.act.startswith(TELLING) or meant.act == "ask" or meant.act.startswith("social/")):
        found = checklist.read(meant.text, step, unsure=lists.unsure, denies=lists.denies)
        if found is not None:
            return found
    reply = REPLIES.get(meant.act)
    ids = [option.id for option in step.options]
    if reply in ids or reply == UNSURE:
        return (str(reply),)
    return (NONE,) if reply == "no" and NONE in ids else None


MOST_WORDS = 12
"""Words of the longest text that is read as an answer although it looks like a question."""


def _take(kind: str, step: Step, value: tuple[str, ...], turn: Turn) -> Turn:
    """The turn with an answer kept; where it was "don't know", how to find out, or what is taken instead."""
    goal = questions.goal(turn, kind) or Goal(kind)
    if value == (UNSURE,) and kind == "form":
        find_out = next(one.find_out for one in turn.voice.lists.form.steps if one.id == step.id)
        turn = turn.say("list/unsure", find_out=find_out)
    elif value == (UNSURE,):
        value, turn = _default(step, turn)
    return questions.with_goal(turn, replace(checklist.given(goal, step.id, value), waiting=False))


def _default(step: Step, turn: Turn) -> tuple[tuple[str, ...], Turn]:
    """The option that is taken where nobody knows, and that it is."""
    taken = next((option.title for option in step.options if option.id == step.default), None)
    return (step.default,), turn.say("list/default", taken=taken) if taken else turn.say("list/open")


def _bad(kind: str, step: Step, question: OpenQuestion, turn: Turn) -> Turn:
    """After an answer that says nothing of what was asked: kindly again, once; then what is taken is said."""
    if question.asked < MOST_ASKED:
        turn, text = turn.words("list/again", question=step.question)
        return _ask(kind, step, text, turn)
    turn = turn.put(closed(turn.state, question))
    value, turn = _default(step, turn)
    goal = questions.goal(turn, kind) or Goal(kind)
    return go_on(questions.with_goal(turn, checklist.given(goal, step.id, value)), kind)


def of_sign(question: OpenQuestion, turn: Turn) -> str | None:
    """The list that a warning sign's question belongs to: the one worked on now, where it stands at that sign."""
    goal = next((one for one in turn.state.goals if one.kind in KINDS and not one.waiting and one.step != DONE), None)
    if goal is None:
        return None
    signs = {one.id: one.sign for one in steps(goal.kind, turn)}
    return goal.kind if question.slot == f"{questions.FLAG}{signs.get(goal.step or '')}" else None


def sign_answered(kind: str, value: str, turn: Turn) -> Turn:
    """The list after its sign's question: on with it, or it waits where the answer is a reason to be seen first."""
    goal = questions.goal(turn, kind) or Goal(kind)
    goal = checklist.given(goal, goal.step or "", (value,))
    waits = value != "no" or turn.careful or turn.meaning.alert.level is not None
    turn = questions.with_goal(turn, replace(goal, waiting=waits))
    return turn if waits else go_on(turn, kind)


def resumed(turn: Turn) -> Turn:
    """The question of a list that waits, asked again after something else; not while help is advised first."""
    open_ = open_question(turn)
    if open_ is None or turn.careful:
        return turn
    kind, step, _ = open_
    return _ask(kind, step, step.question, turn)


def control(kind_of: str, turn: Turn) -> Turn | None:
    """About the question of a list: explained, counted, skipped, gone back; or a list that was left, taken up. Else None."""
    open_ = open_question(turn)
    left = next((one for one in turn.state.goals if one.step != DONE), None)
    if kind_of == "resume" and left is not None and left.kind in KINDS and top(turn.state) is None and not turn.careful:
        return go_on(questions.with_goal(turn.say("list/goes_on"), replace(left, waiting=False)), left.kind)
    if open_ is None:
        return None
    if turn.careful:
        return replace(cards.waits(turn), asked=True)
    kind, step, question = open_
    if kind_of == "skip":
        turn = turn.put(closed(turn.state, question))
        value, turn = _default(step, turn)
        goal = questions.goal(turn, kind) or Goal(kind)
        return go_on(questions.with_goal(turn, checklist.given(goal, step.id, value)), kind)
    if kind_of in ("back", "resume"):
        return _moved(kind, question, turn, back=kind_of == "back")
    return _explained(kind_of, kind, step, turn)


def _moved(kind: str, question: OpenQuestion, turn: Turn, *, back: bool) -> Turn:
    """The question before, or the open one once more."""
    goal = questions.goal(turn, kind) or Goal(kind)
    given = [pair for pair in goal.answers if pair[0] != WHO]
    if back and given:
        goal = replace(goal, answers=tuple(pair for pair in goal.answers if pair != given[-1]))
    turn = turn.put(closed(turn.state, question))
    return go_on(questions.with_goal(turn, replace(goal, waiting=False)), kind)


def _explained(kind_of: str, kind: str, step: Step, turn: Turn) -> Turn | None:
    """What a question means, why it is asked, or how many are to come; it stays open, with its answers under the words."""
    goal = questions.goal(turn, kind) or Goal(kind)
    found = _answers(goal, turn)
    if kind_of == "how_many":
        left = sum(one.id not in found for one in checklist.asked_of(steps(kind, turn), found))
        turn = turn.say("question/how_many" if left > 1 else "question/last", left=left)
    elif kind_of == "why_ask":
        turn = turn.say("list/why_ask")
    elif kind_of == "what_mean":
        how = next((one.find_out for one in turn.voice.lists.form.steps if kind == "form" and one.id == step.id), "")
        turn = turn.add(messages.message("text", f"{step.question} {how}".strip()))
    else:
        return None
    question = top(turn.state)
    options = question.options if question else ()
    turn.messages[-1]["quick_replies"] = messages.buttons((title, title) for title in options)
    return replace(turn, asked=True)


def corrected(turn: Turn) -> Turn | None:
    """An answer of a list put right ("sorry, trails not pavement"): what comes of it is shown anew. None where nothing is."""
    goal = next((one for one in turn.state.goals if one.kind in KINDS and one.answers), None)
    if goal is None or turn.meaning.alert.level is not None or turn.careful:
        return None
    lists = turn.voice.lists
    for meant in turn.meaning.acts:
        if meant.act != "correct/fact" or meant.facts:
            continue
        for step in reversed(steps(goal.kind, turn)):
            value = (
                checklist.read(meant.text, step, unsure=(), denies=lists.denies)
                if step.id in dict(goal.answers)
                else None
            )
            if value is not None and goal.kind == "shoes":
                changed = replace(checklist.given(goal, step.id, value), waiting=False)
                return go_on(questions.with_goal(turn.say("list/changed"), changed), goal.kind)
    return None
