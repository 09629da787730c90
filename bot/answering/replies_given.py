"""Answers to open questions, and what people say about the question itself: what do you mean, why, skip, stop."""

from __future__ import annotations

from dataclasses import replace

from bot.answering import answers, checking, episode, lists, planned, questions
from bot.answering.statements import acknowledged
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.questions import closed, top
from bot.conversation.retraction import EXAMINED
from bot.conversation.state import OpenQuestion, State
from bot.messages import Message, message
from bot.model import Urgency

ANSWER_OF = {"reply/yes": "yes", "reply/no": "no", "reply/not_sure": "unsure", "control/skip": "unsure"}
JOURNEYS = (checking.KIND, *lists.KINDS)
"""Goals that wait when somebody stops them."""


def replied(meant: Meant, turn: Turn) -> Turn:
    """What follows an answer, by the question it answers; without a question the answer stands alone."""
    question = meant.question
    if question is None:
        return _alone(meant, turn)
    if planned.of(question) is not None:
        return planned.answered(question, meant, turn)
    turn = turn.put(closed(turn.state, question))
    if question.slot.startswith(checking.ABOUT):
        return checking.skipped(question, turn)
    if (answered := _of_journey(question, _value(meant), turn)) is not None:
        return answered
    return _of_slot(question, meant, turn)


def _of_slot(question: OpenQuestion, meant: Meant, turn: Turn) -> Turn:
    """What follows an answer to a question of no journey."""
    if question.slot == f"{questions.FLAG}{EXAMINED}":
        return turn if turn.meaning.alert.stands_down else episode.standing(turn)
    if question.slot.startswith(questions.FLAG):
        return _of_flag(question, _value(meant), turn)
    if question.slot.startswith(questions.ASK):
        return _of_complaint(question, meant, turn)
    if question.slot == questions.ARRANGED:
        return arranged(_value(meant), turn)
    if question.slot == questions.REGION:
        return region_set(meant, turn)
    if question.slot == f"{questions.OFFER}:check" and _value(meant) == "yes":
        return checking.start(turn)
    return _offered(question, meant, turn)


def _of_complaint(question: OpenQuestion, meant: Meant, turn: Turn) -> Turn:
    """After an answer about the complaint: heard, and the next thing worth asking."""
    turn, meant = questions.answered_about(meant, turn)
    turn, heard = acknowledged(meant, turn)
    unsure = "question/unsure" if meant.act in ("reply/not_sure", "control/skip") else "question/thanks"
    turn = turn.add(message("text", heard)) if heard else turn.say(unsure)
    return questions.ask_back(turn, who=question.about)


def _of_journey(question: OpenQuestion, value: str, turn: Turn) -> Turn | None:
    """After the answer to a warning sign that a journey asked about; None where none did."""
    if not question.slot.startswith(questions.FLAG):
        return None
    if kind := lists.of_sign(question, turn):
        return lists.sign_answered(kind, value, _of_flag(question, value, turn))
    return checking.answered(question, value, turn) if questions.goal(turn, checking.KIND) else None


def _value(meant: Meant) -> str:
    """An answer as yes, no or unsure."""
    return ANSWER_OF.get(meant.act, str(meant.value) if meant.value in questions.ANSWERS else "unsure")


def _alone(meant: Meant, turn: Turn) -> Turn:
    """A yes or no that answers nothing: a yes to an offer takes its first, else what next is asked."""
    offered = next((one for one in turn.state.shown if one.kind == "choices"), None)
    if meant.act == "reply/yes" and offered and offered.turn >= turn.state.turn - 1 and offered.entries:
        first = turn.voice.content.article(offered.entries[0])
        if first is not None:
            return answers.answer([_about(first.id, meant)], turn)
    if episode.stands(turn) and not turn.state.episode.arranged:
        return episode.standing(turn)  # nothing was asked, and "fine" would make light of what stands
    return turn.say(meant.act if turn.has(meant.act) else "reply/value")


def _about(topic: str, meant: Meant) -> Meant:
    """A question about a topic."""
    return replace(meant, act="ask", topics=(answers.sure(topic),), units=())


def _of_flag(question: OpenQuestion, value: str, turn: Turn) -> Turn:
    """After a "no" or "not sure" about a warning sign; a "yes" has raised an alert, which says all."""
    if turn.meaning.alert.level is not None:
        return turn
    crisis = question.slot.endswith("suicidal_crisis")
    standing = turn.meaning.assessment.urgency
    turn = turn.remember(f"seen:{question.slot}")
    if value == "no":
        return turn if turn.meaning.alert.stands_down else _denied(turn, crisis=crisis)
    if value == "yes" and (said := _alert_again(question, turn)):
        return questions.kept_open(turn.add(*said), said, question.about)
    flag = turn.voice.content.red_flag(question.slot.removeprefix(questions.FLAG))
    urgent = flag is not None and flag.urgency.rank >= Urgency.URGENT.rank
    urgency = max(standing, Urgency.URGENT if urgent else Urgency.SEE_DOCTOR, key=lambda level: level.rank)
    name = "flag/crisis_unsure" if crisis else "flag/unsure" if urgent else "flag/unsure_routine"
    return turn.say(name, urgency=urgency)


def _alert_again(question: OpenQuestion, turn: Turn) -> tuple[Message, ...]:
    """The alert of a sign that was taken back and is there after all: triage alone gives nothing twice."""
    meaning = turn.meaning
    there = tuple(one for one in meaning.assessment.matches if one.flag == question.slot.removeprefix(questions.FLAG))
    if not there:
        return ()
    again = replace(meaning, alert=replace(meaning.alert, level=there[0].urgency, new=there))
    return turn.voice.alerts.alert(again, region=turn.region)


def _denied(turn: Turn, *, crisis: bool) -> Turn:
    """After a "no" to a warning sign; while urgent advice stands, what is asked next about it."""
    turn = turn.say("flag/crisis_no" if crisis else "flag/no")
    now = turn.state.episode
    if not episode.stands(turn) or now.level is not Urgency.URGENT or now.arranged or turn.asked:
        return turn
    said = turn.voice.alerts.go_on(replace(turn.meaning, state=turn.state))
    return questions.kept_open(turn.add(*said), said, now.who)


def arranged(value: str, turn: Turn) -> Turn:
    """After the question whether the help advised is arranged."""
    if value != "yes":
        return turn.say("flag/not_arranged", urgency=turn.meaning.assessment.urgency)
    return turn.put(replace(turn.state, episode=replace(turn.state.episode, arranged=True))).say("flag/arranged")


def region_set(meant: Meant, turn: Turn) -> Turn:
    """Thanks for saying where the person is."""
    code = str(meant.value or "").upper()
    names = dict(turn.voice.help_desk.regions())
    if code not in names:
        return turn.say("question/region_unknown")
    turn = replace(turn.put(replace(turn.state, region=code)), region=code)
    turn = turn.say("question/region_set", region=names[code])
    return episode.standing(turn) if episode.stands(turn) else turn


def _offered(question: OpenQuestion, meant: Meant, turn: Turn) -> Turn:
    """An offer that is taken or left."""
    topic = question.slot.removeprefix(f"{questions.OFFER}:")
    if _value(meant) == "yes" and turn.voice.content.article(topic):
        return answers.answer([_about(topic, meant)], turn)
    return turn.say("question/declined")


def control(meant: Meant, turn: Turn) -> Turn:
    """About the question that is open: explained, counted, skipped, stopped, gone back or carried on with."""
    kind = meant.act.split("/", 1)[1]
    if turn.asked and kind in ("skip", "resume"):  # the answer beside it has led on already
        return turn
    question = meant.question or top(turn.state)
    if kind != "stop" and (listed := lists.control(kind, turn)) is not None:
        return listed
    if (journey := planned.control(kind, question, meant, turn)) is not None:
        return journey
    if kind in ("skip", "stop"):
        return _let_go(kind, question, replace(meant, question=question), turn)
    if kind in ("back", "resume"):
        return (
            checking.moved(turn, back=kind == "back") if questions.goal(turn, "check") else _carried_on(question, turn)
        )
    if question is None:
        return turn.say("question/none_open")
    return _again(question, _explained(kind, question, turn))


def _explained(kind: str, question: OpenQuestion, turn: Turn) -> Turn:
    """What an open question means, why it is asked, or how many are to come."""
    if kind == "how_many":
        left = checking.left(turn) if questions.goal(turn, "check") else 0
        return turn.say("question/how_many" if left > 1 else "question/last", left=left)
    if question.slot.startswith(questions.FLAG):
        flag = turn.voice.content.red_flag(question.slot.removeprefix(questions.FLAG))
        if flag is not None:
            sign = flag.condition[:1].lower() + flag.condition[1:]
            return turn.say(f"question/{kind}_flag", condition=sign, question=" ".join(flag.questions[:2]))
    slot = question.slot.split(":")[-1] if question.slot.startswith(questions.ASK) else question.slot.split(":")[0]
    named = f"question/{kind}_{slot}"
    return turn.say(named if turn.has(named) else f"question/{kind}")


def _again(question: OpenQuestion, turn: Turn) -> Turn:
    """The turn after an explanation: the question stays open, its buttons stay with it, and it is not asked anew."""
    titles = [turn.voice.replies.question[key] for key in questions.ANSWERS]
    if question.slot.startswith(questions.OFFER):
        titles = titles[:2]
    if question.slot.startswith(questions.ASK):
        titles = list(question.options)
    if turn.messages and len(question.options) == len(titles):
        pairs = zip(titles, question.options, strict=True)
        turn.messages[-1]["quick_replies"] = [{"title": title, "payload": sent} for title, sent in pairs]
    return replace(turn, asked=True)


def _let_go(kind: str, question: OpenQuestion | None, meant: Meant, turn: Turn) -> Turn:
    """A question skipped, or all of them stopped. A skipped emergency sign means: be seen today."""
    if kind == "skip" and question is not None:
        return replied(meant, turn)
    left = [one for one in turn.state.questions if one.slot.startswith(questions.FLAG)]
    unanswered = tuple(dict.fromkeys((*turn.state.unanswered, *(one.slot for one in left))))
    turn = turn.put(replace(turn.state, questions=(), unanswered=unanswered))
    goals = tuple(replace(one, waiting=True) if one.kind in JOURNEYS else one for one in turn.state.goals)
    turn = turn.put(replace(turn.state, goals=goals))
    journey = any(one.kind in JOURNEYS for one in goals)
    return turn.say("control/stop_sign" if left and not journey else "control/stop")


def _carried_on(question: OpenQuestion | None, turn: Turn) -> Turn:
    """The open question asked again, or that there is none."""
    if question is None:
        return turn.say("question/none_open")
    again = resumed(turn.put(_once(question, turn)))
    return again if again.asked else turn.say("question/none_open")


def _once(question: OpenQuestion, turn: Turn) -> State:
    """The state with the open question counted as asked once: carrying on was the person's own wish."""
    kept = tuple(replace(one, asked=1) if one is question else one for one in turn.state.questions)
    return replace(turn.state, questions=kept)


def resumed(turn: Turn) -> Turn:
    """The question that waits, asked again after something else was answered: once, and led in by other words."""
    question = top(turn.state)
    if question is None or turn.asked or question.asked > 1:
        return turn
    if planned.of(question) is not None:
        return planned.resumed(question, turn)
    if question.slot.startswith(questions.FLAG):
        return _sign_again(question, turn)
    if question.slot.startswith(
        (questions.ASK, questions.OFFER)
    ):  # who asks something else need not be asked this again
        return turn.put(closed(turn.state, question))
    if question.slot == questions.ARRANGED:
        return questions.ask_arranged(turn)
    if question.slot.startswith(checking.ABOUT):
        return checking.ask(turn)
    return lists.resumed(turn) if lists.open_question(turn) is not None else turn


def _sign_again(question: OpenQuestion, turn: Turn) -> Turn:
    """A warning sign's question again; one of the symptom check as the check asks it."""
    name = question.slot.removeprefix(questions.FLAG)
    goal = questions.goal(turn, checking.KIND)
    if goal is not None and not goal.waiting and goal.step == name:
        return checking.ask(turn)
    flag = turn.voice.content.red_flag(name)
    return questions.ask_flag(flag, turn, about=question.about) if flag else turn
