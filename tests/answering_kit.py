"""A small content of known texts, and a talk with the assistant over it that holds every message against the contract."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any

from bot.answering.adapters import EscalationAlerts, ScreeningCheck
from bot.answering.alerts import Alerts as Escalation
from bot.answering.respond import respond
from bot.answering.symptom_check import SymptomCheck as Screening
from bot.answering.turn import Reply
from bot.answering.voice import Voice
from bot.channel.message_schema import validate
from bot.content.answering import read_answering
from bot.content.reader import Content
from bot.content.reader import read_content as read_from_disk
from bot.content.replies import read_replies
from bot.content.screen import read_screen
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.state import SELF, Fact, Person, State
from bot.help import HelpDesk
from bot.model import (
    Article,
    Condition,
    ConditionFit,
    Dose,
    Entity,
    Evidence,
    Exercise,
    Fit,
    Polarity,
    Section,
    Table,
    Unit,
)
from bot.reading import Scored
from tests.fakes import FakeContentRepository

DAY = dt.date(2026, 3, 1)


@functools.lru_cache(maxsize=1)
def read_content() -> Content:
    """The content that ships, read once."""
    return read_from_disk()


POLES = "walking/poles"
BALANCE, HAND = f"{POLES}.balance", f"{POLES}.hand"


def unit(name: str, answer: str, **parts: Any) -> Unit:
    """A unit of walking/poles without sources."""
    return Unit(id=f"{POLES}.{name}", asks=f"About {name}?", answer=answer, general_advice=True, **parts)


UNITS = (
    unit(
        "balance",
        "Yes, poles can steady you.",
        polarity=Polarity.YES,
        because="Two more points on the ground make a step safer.",
        do="Try them on flat ground first.",
        net="A leg that turns weak should be seen today.",
        unless=(("wrist_shoulder", "Hold them loosely."), ("recent_operation", "Ask your team before you use them.")),
    ),
    unit("hand", "Hold one stick on the side that does not hurt.", do="Move it with the sore leg."),
)
ARTICLES = (
    Article(
        POLES,
        "Walking poles",
        "Poles can help your balance. They do not ease pain more than walking does.",
        Evidence.MODERATE,
        DAY,
        more=(
            Section("why", "They share the load.", general_advice=True),
            Section("cautions", "A weak leg should be seen today.", general_advice=True),
        ),
        units=UNITS,
    ),
    Article("walking/hills", "Hills", "Start on the flat. Add small hills last.", Evidence.GENERAL_ADVICE, DAY),
    Article("care/when_to_see_doctor", "When to see a doctor", "See one if it does not ease.", Evidence.MODERATE, DAY),
    Article("causes/overview", "Why your back may hurt", "Mostly muscles complain.", Evidence.MODERATE, DAY),
    Article("walking/keep_walking", "Keep walking", "Yes, mostly you may.", Evidence.MODERATE, DAY),
    Article(
        "exercises/stretching",
        "Stretches",
        "Stretch gently.",
        Evidence.MODERATE,
        DAY,
        exercises=("twist", "cat"),
        more=(Section("how_often", "Most days.", general_advice=True),),
    ),
    Article("exercise_howto/twist", "Twist", "A twist turns you.", Evidence.MODERATE, DAY, exercises=("twist",)),
    Article("exercise_howto/cat", "Cat", "A cat moves you.", Evidence.MODERATE, DAY, exercises=("cat",)),
    Article("exercise_howto/plank", "Plank", "A plank holds you.", Evidence.MODERATE, DAY, exercises=("plank",)),
    Article(
        "walking/progression",
        "Building up",
        "Add a little at a time.",
        Evidence.GENERAL_ADVICE,
        DAY,
        table=Table(
            "Ten weeks",
            columns=read_content().articles["walking/progression"].table.columns,  # type: ignore[union-attr]
            rows=tuple(read_content().articles["walking/progression"].table.rows),  # type: ignore[union-attr]
            general_advice=True,
        ),
    ),
)


def exercise(name: str, kind: str, position: str, *fits: ConditionFit, **parts: Any) -> Exercise:
    """An exercise with two steps."""
    return Exercise(
        id=name,
        name=name.title(),
        kind=kind,
        position=position,
        targets="back",
        steps=("Begin.", "Move."),
        dose=Dose(reps="5 to 10", how_often="once a day"),
        cautions=("If your wrist is sore, use a towel.", "With cramp, bring your feet closer."),
        checked_on=DAY,
        conditions=fits,
        general_advice=True,
        **parts,
    )


EXERCISES = (
    exercise(
        "twist",
        "stretch",
        "sitting on a chair",
        ConditionFit("osteoporosis", Fit.AVOID, "Turning far loads thin bones.", instead="cat"),
        easier="Turn less.",
    ),
    exercise(
        "cat",
        "stretch",
        "on hands and knees",
        ConditionFit("wrist_shoulder", Fit.ADAPT, "Use your forearms."),
        ConditionFit("no_floor", Fit.AVOID, "It is done on the floor.", instead="twist"),
        easier="Do it on a chair.",
        harder="Circle your hips.",
    ),
    exercise("plank", "strength", "on the floor", ConditionFit("osteoporosis", Fit.ASK_FIRST, "It is a strong hold.")),
)
ENTITIES = (
    Entity(
        "crocs", "shoe", ("crocs",), "Crocs are loose at the heel.", unless=(("numb_feet", "Crocs rub numb feet."),)
    ),
)
CONDITIONS: tuple[Condition, ...] = tuple(read_content().conditions.values())


def small() -> FakeContentRepository:
    """The small content, with the conditions, flags and help lines that ship."""
    shipped = read_content()
    return FakeContentRepository(
        articles=ARTICLES,
        exercises=EXERCISES,
        entities=ENTITIES,
        conditions=CONDITIONS,
        sources=shipped.sources.values(),
        red_flags=shipped.red_flags.values(),
        help_lines=shipped.help_lines.values(),
    )


def shipped(**changed: Iterable[Any]) -> FakeContentRepository:
    """The content that ships; `exercises` or `articles` may take the place of its own."""
    content: Content = read_content()
    if "exercises" in changed:
        content = dataclasses.replace(content, exercises={one.id: one for one in changed["exercises"]})
    return FakeContentRepository.of(content)


def voice(content: FakeContentRepository) -> Voice:
    """The voice over a content, with the alerts and the symptom check that ship."""
    replies, screen = read_replies(), read_screen()
    desk = HelpDesk(content.all_help_lines(), replies)
    alerts = EscalationAlerts(Escalation(content, replies=replies, help_desk=desk))
    check = ScreeningCheck(screen, Screening(screen, replies=replies, help_desk=desk))
    return Voice(content, replies, desk, read_answering(), alerts, check)


class Talk:
    """A conversation: the facts of each act are folded in, as the interpreter does, and each turn counts."""

    def __init__(self, content: FakeContentRepository | None = None, *, region: str | None = "GB") -> None:
        self.voice = voice(content or small())
        self.state = State()
        self.region = region
        self.last: tuple[dict[str, Any], ...] = ()

    def say(self, *acts: Meant, **meaning: Any) -> list[dict[str, Any]]:
        """What is answered to these acts; every message is held against the contract."""
        for meant in acts:
            self.tell(meant.who, *meant.facts)
        state = dataclasses.replace(self.state, turn=self.state.turn + 1)
        reply: Reply = respond(Meaning("x", acts, state, **meaning), voice=self.voice, region=self.region)
        for message in reply.messages:
            validate(message)
        self.state, self.last = reply.state, reply.messages
        return [dict(message) for message in reply.messages]

    def tell(self, who: str, *facts: Fact) -> None:
        """Facts of a person, the last word standing."""
        if not facts:
            return
        person = self.state.person(who)
        names = {fact.name for fact in facts}
        kept = Person(who, (*(fact for fact in person.facts if fact.name not in names), *facts), person.findings)
        others = tuple(one for one in self.state.persons if one.who != who)
        self.state = dataclasses.replace(self.state, persons=(kept, *others) if who == SELF else (*others, kept))

    def text(self, *acts: Meant, **meaning: Any) -> str:
        """All words of the answer."""
        return "\n".join(words(message) for message in self.say(*acts, **meaning))


def words(message: dict[str, Any]) -> str:
    """The words of a message that people read."""
    return str(message.get("body") or message["text"])


def ask(topic: str, probability: float = 0.9, *units: tuple[str, float], **more: Any) -> Meant:
    """A question about a topic, with ranked units."""
    who = more.pop("who", SELF)
    return Meant("ask", who, topics=(Scored(topic, probability),), units=tuple(Scored(*one) for one in units), **more)


def act(label: str, **more: Any) -> Meant:
    """Any other act."""
    return Meant(label, more.pop("who", SELF), **more)


def fact(name: str, value: float | str | bool = True) -> Fact:
    """A fact told in the first turn."""
    return Fact(name, value, 1)


LABELS: dict[str, str] = {
    "reply": "yes no not_sure value partial",
    "control": "what_mean why_ask how_many skip stop back resume",
    "reference": "nth next previous",
    "aspect": "why how how_often how_long cautions proof sources more variant",
    "change": "easier harder instead shorter simpler repeat",
    "compare": "best difference",
    "tell": "symptom fact hurts_doing progress normal",
    "correct": "fact person",
    "withdraw": "joke wrong_word long_ago explained went_away checked someone_else",
    "minimise": "nothing",
    "after_alert": "sure why while_wait on_way arrived can_drive what_tell sent_home later afford scared ok",
    "repair": "not_asked said_already not_understood useless",
    "social": "hello thanks bye how_are_you joke praise",
    "feeling": "worry sad angry",
    "meta": "bot private who_made trust person can_do forget know_about_me start_over language",
    "goal": "check plan routine diary shoes form summary takeaways list_exercises",
    "outside": "foreign near sensitive",
}
"""Every act with its kinds."""
EVERY_ACT = tuple(f"{name}/{kind}" for name, kinds in LABELS.items() for kind in kinds.split())
