"""Plays messages through reader, interpreter and answers in this process: what a person would get, without servers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.assistant import Assistant, assistant
from bot.content.answering import read_answering
from bot.content.reader import read_content
from bot.content.replies import read_replies
from bot.content.screen import read_screen
from bot.conversation.interpreter import Interpreter
from bot.conversation.meaning import Meaning
from bot.conversation.state import State
from bot.help import HelpDesk
from bot.language.assembly import shared_reader
from bot.language.reader import Reader
from bot.messages import Message, advised
from bot.model import RedFlag, Urgency
from bot.nlu.assembly import interpreter
from bot.reading import Read
from evaluation.content import ContentInMemory

REGION = "GB"
OUTSIDE = "outside/"
_TOPIC = re.compile(r"\"topic\":\"([a-z_/]+)\"")


@dataclass(frozen=True)
class Played:
    """One message and what it led to. What is answered, offered or refused is decided by bot.answering, and read off here."""

    text: str
    read: Read
    meaning: Meaning
    messages: tuple[Message, ...]

    @property
    def level(self) -> Urgency:
        """What the turn advises: the highest urgency of its messages."""
        return advised(self.messages)

    @property
    def alerts(self) -> bool:
        """Whether an alert was given."""
        return "alert" in self.types

    @property
    def types(self) -> list[str]:
        """The types of the messages."""
        return [str(message["type"]) for message in self.messages]

    @property
    def asked(self) -> frozenset[str]:
        """The warning signs that it asks about."""
        questions = (message for message in self.messages if message["type"] == "question")
        return frozenset(flag for message in questions for flag in message.get("flags") or ())

    @property
    def topics(self) -> list[str]:
        """The topics answered, in order, each once."""
        return list(dict.fromkeys(str(message["topic"]) for message in self.messages if message.get("topic")))

    @property
    def units(self) -> list[str]:
        """The units answered, in order."""
        return [str(message["unit"]) for message in self.messages if message.get("unit")]

    @property
    def offered(self) -> list[str]:
        """The topics answered, offered as choices, or named after an answer as what may have been meant."""
        options = [option["topic"] for one in self.messages for option in one.get("options", ()) if "topic" in option]
        # After an answer, buttons offer what was asked besides; those of small talk offer nothing that was asked.
        payloads = [
            button["payload"] for one in self.messages for button in one.get("quick_replies", ()) if self.topics
        ]
        besides = [found.group(1) for payload in payloads if (found := _TOPIC.search(payload))]
        return list(dict.fromkeys([*self.topics, *options, *besides]))

    @property
    def refused(self) -> bool:
        """Whether it was taken for foreign: nothing was answered, offered, alerted or asked."""
        outside = any(act.act.startswith(OUTSIDE) for act in self.meaning.acts)
        notice = any(message.get("reason") == "out_of_scope" for message in self.messages)
        return (outside or notice) and not (self.offered or self.alerts or "question" in self.types)


@dataclass(frozen=True)
class Player:
    """The assistant in one process."""

    reader: Reader
    interpreter: Interpreter
    assistant: Assistant
    flags: Mapping[str, RedFlag]

    def talk(self, *texts: str) -> list[Played]:
        """What several messages of one new conversation lead to."""
        state, found = State(), []
        for number, text in enumerate(texts):
            read = self.reader.read(text)
            meaning = self.interpreter.interpret(read, state, message_id=str(number))
            reply = self.assistant.respond(meaning, region=REGION)
            state = reply.state
            found.append(Played(text, read, meaning, reply.messages))
        return found


def player() -> Player:
    """A player of the trained model and the content that ships. Raises FileNotFoundError where nothing is trained."""
    content = read_content()
    stored, replies = ContentInMemory.of(content), read_replies()
    answers = assistant(
        stored,
        replies=replies,
        settings=read_answering(),
        screen=read_screen(),
        help_desk=HelpDesk(stored.all_help_lines(), replies),
    )
    return Player(shared_reader(), interpreter(), answers, content.red_flags)
