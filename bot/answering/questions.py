"""Open questions: asked in words, asked once more in others, explained, skipped, and let go."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.questions import asked
from bot.conversation.retraction import EXAMINED
from bot.conversation.state import SELF, Fact, Goal, OpenQuestion
from bot.messages import Message
from bot.model import RedFlag, Urgency

FLAG, ASK, REGION, ARRANGED, OFFER = "flag:", "ask:", "region", "arranged", "offer"
"""Slots of open questions, or their beginnings: a warning sign, something about the complaint, where the person is, whether
urgent help is arranged, and whether something that was offered is wanted."""
CHECKED = "withdraw/checked"
"""The act that says that a clinician has looked."""
ANSWERS = ("yes", "no", "unsure")


def put(turn: Turn, question: OpenQuestion, *said: Message) -> Turn:
    """The turn with a question asked, and kept as open."""
    turn = turn.add(*said).put(asked(turn.state, question))
    return replace(turn, asked=True)


def ask_flag(flag: RedFlag, turn: Turn, *, about: str = SELF, corrects: str = "") -> Turn:
    """A warning sign's question, with what to do if so where it is an emergency's. `corrects` is the kind of words that take an
    alert back ("joke"), where the question is the check after them."""
    slot = f"{FLAG}{flag.id}"
    text = flag.ask
    if corrects:
        name = f"question/recheck_{corrects}"
        turn, text = turn.words(name if turn.has(name) else "question/recheck", question=text)
    elif _asked_before(turn, slot, about):
        turn, text = turn.words("question/once_more", question=text)
    elif flag.urgency is Urgency.EMERGENCY:
        turn, if_so = turn.words("question/if_so")
        text = f"{text} {if_so}"
    if about != SELF:
        turn, text = turn.words("question/of_other", who=turn.whose(about), question=text)
    carried = {"corrects": "yes"} if corrects else {}
    options = [
        (word, messages.payload("answer_flag", flag=flag.id, answer=key, **carried)) for key, word in _answers(turn)
    ]
    said = _question(text, "yes_no", options, flags=[flag.id])
    return put(turn, OpenQuestion(slot, about, options=tuple(sent for _, sent in options)), said)


def _answers(turn: Turn) -> list[tuple[str, str]]:
    """The answers to a yes/no question and the words on their buttons."""
    return [(key, turn.voice.replies.question[key]) for key in ANSWERS]


def _question(text: str, kind: str, options: list[tuple[str, str]], *, flags: list[str] | None = None) -> Message:
    """A question as a message."""
    shown = [{"title": title, "payload": sent} for title, sent in options]
    return messages.message("question", text, step=1, of=1, kind=kind, options=shown, flags=flags)


def _asked_before(turn: Turn, slot: str, about: str) -> bool:
    """Whether a question is open already: then it is asked in other words."""
    return any((one.slot, one.about) == (slot, about) for one in turn.state.questions)


def ask_region(turn: Turn) -> Turn:
    """Where the person is, once in a conversation."""
    if turn.seen(REGION) or turn.voice.help_desk.known(turn.region):
        return turn
    turn, text = turn.words("question/region")
    regions = [(name, messages.payload("set_region", region=code)) for code, name in turn.voice.help_desk.regions()]
    question = OpenQuestion(REGION, options=tuple(sent for _, sent in regions))
    return put(turn.remember(f"seen:{REGION}"), question, _question(text, "choice", regions))


def ask_back(turn: Turn, *, who: str = SELF) -> Turn:
    """The one thing about a complaint that is not known yet and matters most; after all of them, the check is offered once."""
    if turn.asked or turn.state.questions:
        return turn
    known = {fact.name for fact in turn.state.person(who).facts}
    for name, facts in turn.voice.settings.asks.items():
        if not known.intersection(facts) and not turn.seen(f"{ASK}{who}/{name}"):
            return ask_about(name, turn.remember(f"seen:{ASK}{who}/{name}"), who=who)
    if turn.seen("offer/check"):
        return turn
    return offer_check(turn)


def ask_about(name: str, turn: Turn, *, who: str) -> Turn:
    """A question about the complaint, with answers to tap; typed answers are as good."""
    form = f"ask/{name}" if who == SELF else f"ask/{name}_other"
    turn, text = turn.words(form, who=turn.whose(who))
    options = [(title, title) for title in turn.spoken(f"ask/{name}_options").say]
    question = OpenQuestion(f"{ASK}{name}", who, options=tuple(sent for _, sent in options))
    return put(turn, question, _question(text, "choice", options))


def offer_check(turn: Turn) -> Turn:
    """Whether a short check of warning signs is wanted."""
    turn, text = turn.words("question/offer_check")
    payload = turn.voice.replies.buttons["check"].payload
    yes, no = turn.voice.replies.question["yes"], turn.voice.replies.question["no"]
    question = OpenQuestion(f"{OFFER}:check", options=(payload, no))
    said = _question(text, "yes_no", [(yes, payload), (no, no)])
    return put(turn.remember("seen:offer/check"), question, said)


def ask_arranged(turn: Turn) -> Turn:
    """Whether the urgent help is arranged."""
    options = [(word, messages.payload("arranged", answer=key)) for key, word in _answers(turn)]
    said = _question(turn.voice.replies.alerts.arranged_question, "yes_no", options)
    return put(turn, OpenQuestion(ARRANGED, options=tuple(sent for _, sent in options)), said)


def ask_examined(turn: Turn) -> Turn:
    """Whether anything is still there, new or worse since a clinician looked: asked before an alert may fall."""
    turn, text = turn.form(f"episode/{CHECKED}", turn.voice.replies.episode[CHECKED]["emergency"])
    options = [(word, messages.payload("answer_flag", flag=EXAMINED, answer=key)) for key, word in _answers(turn)]
    question = OpenQuestion(f"{FLAG}{EXAMINED}", turn.state.episode.who, options=tuple(sent for _, sent in options))
    return put(turn, question, _question(text, "yes_no", options))


def kept_open(turn: Turn, said: tuple[Message, ...], about: str) -> Turn:
    """The turn with the questions among messages that others made kept as open; they are about that person."""
    for message in said:
        if message["type"] != "question":
            continue
        options = tuple(option["payload"] for option in message.get("options", ()))
        slot = f"{FLAG}{message['flags'][0]}" if message.get("flags") else ARRANGED
        turn = replace(turn.put(asked(turn.state, OpenQuestion(slot, about, options=options))), asked=True)
    return turn


def answered_about(meant: Meant, turn: Turn) -> tuple[Turn, Meant]:
    """An answer about the complaint, with what it told: kept as a fact where the reader found none in it."""
    question = meant.question
    told_nothing = meant.value in (None, "skip") or meant.act in ("reply/not_sure", "control/skip")
    if question is None or meant.facts or (told_nothing and meant.act != "reply/no"):
        return turn, meant
    name = question.slot.removeprefix(ASK)
    fact = turn.voice.settings.asks[name][0]
    value: float | str = "none" if meant.act == "reply/no" else meant.value or "yes"
    value = turn.voice.settings.values.get(str(value).lower(), value)
    told = Fact(fact, value, turn.state.turn)
    return remember_fact(turn, question.about, told), replace(meant, facts=(told,), who=question.about)


def remember_fact(turn: Turn, who: str, fact: Fact) -> Turn:
    """The turn with a fact kept for a person; the last word wins."""
    person = turn.state.person(who)
    facts = (*(one for one in person.facts if one.name != fact.name), fact)
    others = tuple(one for one in turn.state.persons if one.who != who)
    changed = replace(person, facts=facts)
    persons = (changed, *others) if who == SELF else (*others, changed)
    return turn.put(replace(turn.state, persons=persons))


def goal(turn: Turn, kind: str) -> Goal | None:
    """The goal of a kind that is being worked on."""
    return next((one for one in turn.state.goals if one.kind == kind), None)


def with_goal(turn: Turn, changed: Goal) -> Turn:
    """The turn with a goal begun or carried on, on top."""
    rest = tuple(one for one in turn.state.goals if one.kind != changed.kind)
    return turn.put(replace(turn.state, goals=(changed, *rest)))


def without_goal(turn: Turn, kind: str) -> Turn:
    """The turn with a goal ended."""
    return turn.put(replace(turn.state, goals=tuple(one for one in turn.state.goals if one.kind != kind)))
