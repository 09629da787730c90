"""Reads and states for tests of the conversation, without a trained model."""

from __future__ import annotations

import functools

from bot.content import lexicon
from bot.content.facts import read_facts
from bot.content.reader import read_content
from bot.conversation.interpreter import Interpreter
from bot.conversation.meaning import Meaning
from bot.conversation.persons import FactRules
from bot.conversation.references import Catalogue
from bot.conversation.state import Shown, State
from bot.conversation.words import Words
from bot.language.assembly import finding_reader
from bot.reading import Part, Read, Scored
from bot.triage import Triage

NAMES = {"cat_cow": {"cat", "cow", "hands", "knees", "fours", "all"}, "bridge": {"bridge", "back"}, "plank": {"plank"}}


class FewNames(Catalogue):
    """A catalogue of three exercises; other entries are called by their own words."""

    def names(self, kind: str, entry: str) -> frozenset[str]:
        """See the port."""
        return frozenset(NAMES.get(entry, set(entry.split())))


@functools.lru_cache(maxsize=1)
def words() -> Words:
    """The words that ship."""
    return Words.of(lexicon.words("conversation"))


@functools.lru_cache(maxsize=1)
def interpreter() -> Interpreter:
    """An interpreter over the flags, words and facts that ship."""
    flags = read_content().red_flags
    return Interpreter(
        triage=Triage(flags), flags=flags, words=words(), facts=FactRules(*read_facts()), catalogue=FewNames()
    )


def read(text: str, act: str = "ask", *, topic: str = "causes/overview", probability: float = 0.9) -> Read:
    """A message as the reader would read it: the findings are real, the act and the topic are given."""
    findings, about = finding_reader().read_with_person(text)
    topics = (Scored(topic, probability),)
    whole = Part(text, 0, len(text), acts=(Scored(act, 0.9),), topics=topics)
    return Read(text=text, whole=whole, parts=(whole,), findings=findings, about=about)


def talk(*turns: tuple[str, str], state: State | None = None) -> list[Meaning]:
    """The meaning of each turn (text and act), one after the other."""
    found, now = [], state or State()
    for text, act in turns:
        meaning = interpreter().interpret(read(text, act), now)
        now = meaning.state
        found.append(meaning)
    return found


def shown(kind: str, *entries: str, cursor: int | None = None) -> State:
    """A state in which a thing was just shown."""
    return State(shown=(Shown(kind, kind, entries=entries, cursor=cursor),))
