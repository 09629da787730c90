"""The interpreter put together over the content that the package ships."""

from __future__ import annotations

import functools

from bot.content import lexicon
from bot.content.facts import read_facts
from bot.content.reader import read_content
from bot.conversation.interpreter import Again, Interpreter
from bot.conversation.persons import FactRules
from bot.conversation.words import Words
from bot.nlu.catalogue import ContentCatalogue
from bot.triage import Triage


def interpreter(again: Again | None = None) -> Interpreter:
    """An interpreter; `again` reads a short message with what was shown before it. Raises ContentError."""
    content = read_content()
    return Interpreter(
        triage=Triage(content.red_flags),
        flags=content.red_flags,
        words=words(),
        facts=FactRules(*read_facts()),
        catalogue=ContentCatalogue(content),
        again=again,
    )


@functools.lru_cache(maxsize=1)
def words() -> Words:
    """The words of sure messages. Raises ValueError."""
    return Words.of(lexicon.words("conversation"))
