"""What the product needs of a store, as abstract classes: bot.knowledge keeps it in SQL, tests keep it in memory."""

from __future__ import annotations

import abc
import datetime as dt
import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.diary.entries import Diary, Entry
from bot.model import Article, Condition, Entity, Exercise, HelpLines, RedFlag, Source

Message = Mapping[str, Any]
"""One message to the person, in the shape of message.v1.schema.json."""


class StoreUnavailable(Exception):
    """The store cannot be read or written now. Trying again later may work."""


class NotKept(Exception):
    """Words could not be put on a disk: there is no room, or no disk, or their writer has used up a fair share."""


class UnknownConversation(LookupError):
    """No conversation has this id: it was never there, or it was forgotten."""


class UnknownMessage(LookupError):
    """No turn of the conversation has this message id."""


class ContentRepository(abc.ABC):
    """The curated content, read only. Every method may raise StoreUnavailable."""

    @abc.abstractmethod
    def article(self, article_id: str) -> Article | None:
        """The article of a topic ("causes/sciatica"), or None."""

    @abc.abstractmethod
    def topics(self) -> tuple[str, ...]:
        """The ids of all topics that have an article, sorted."""

    @abc.abstractmethod
    def exercise(self, exercise_id: str) -> Exercise | None:
        """One exercise, or None."""

    @abc.abstractmethod
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, sorted by id."""

    @abc.abstractmethod
    def condition(self, condition_id: str) -> Condition | None:
        """One condition that answers must fit, or None."""

    @abc.abstractmethod
    def entity(self, entity_id: str) -> Entity | None:
        """One thing that is asked about by name, or None."""

    @abc.abstractmethod
    def source(self, source_id: str) -> Source | None:
        """One source, or None."""

    @abc.abstractmethod
    def red_flag(self, flag_id: str) -> RedFlag | None:
        """One red flag, or None."""

    @abc.abstractmethod
    def red_flags(self) -> tuple[RedFlag, ...]:
        """All red flags, sorted by id."""

    @abc.abstractmethod
    def help_lines(self, region: str) -> HelpLines | None:
        """The numbers of a region ("GB"), or None where the region is not known."""

    @abc.abstractmethod
    def all_help_lines(self) -> tuple[HelpLines, ...]:
        """The numbers of every region, in the order in which the content lists them."""


@dataclass(frozen=True)
class Conversation:
    """A conversation. `id` is Rasa's sender id; only the browser knows the token that opens it. Times are UTC."""

    id: str
    region: str | None
    lang: str | None
    created_at: dt.datetime
    last_used_at: dt.datetime
    expires_at: dt.datetime


class TurnStatus(str, enum.Enum):
    """Where a turn stands. NEW and RESTARTED tell the caller of `begin_turn` to run it."""

    NEW = "new"
    RESTARTED = "restarted"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def mine(self) -> bool:
        """The caller of `begin_turn` is the one to run the turn."""
        return self in (TurnStatus.NEW, TurnStatus.RESTARTED)


@dataclass(frozen=True)
class TurnState:
    """A turn's status, with the messages that it ended in (the answer when done, the notice when failed)."""

    status: TurnStatus
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Said:
    """What the person said: the message's id, when (UTC) and the words as shown."""

    id: str
    at: dt.datetime
    text: str


@dataclass(frozen=True)
class Answered:
    """One message that the person got, and when (UTC)."""

    at: dt.datetime
    message: Message


class Held(abc.ABC):
    """A conversation that one process has alone, until it lets go of it or dies. Both methods block."""

    @abc.abstractmethod
    def finish_turn(self, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        """Stores the answer of a turn, as ConversationStore.finish_turn does, where the conversation is still held.

        Raises StoreUnavailable, also where it is not.
        """

    @abc.abstractmethod
    def release(self) -> None:
        """Lets go. Never raises; the second time nothing happens."""


@dataclass(frozen=True)
class Page:
    """A part of a transcript, in order, and the message id of its first turn where there is more before it."""

    entries: tuple[Said | Answered, ...]
    older: str | None = None


class ConversationStore(abc.ABC):
    """Conversations and their turns. Every method may raise StoreUnavailable; times in and out are timezone-aware."""

    @abc.abstractmethod
    def create(
        self, token_hash: str, *, region: str | None, lang: str | None, at: dt.datetime, expires_at: dt.datetime
    ) -> str:
        """Starts a conversation and returns its id, which is random and unlike the token."""

    @abc.abstractmethod
    def find(self, token_hash: str, now: dt.datetime) -> Conversation | None:
        """The conversation of a token, or None when there is none or it has expired.

        Finding counts as use, to the minute: it expires as long after `now` as it was to expire after its last use.
        """

    @abc.abstractmethod
    def set_region(self, conversation_id: str, region: str) -> None:
        """Keeps where the person is. An unknown conversation is left alone."""

    @abc.abstractmethod
    def begin_turn(
        self, conversation_id: str, message_id: str, *, text: str, at: dt.datetime, shown: str | None = None
    ) -> TurnState:
        """Stores what the person typed and says who runs the turn. Of calls at the same time, exactly one may run it.

        NEW: run it. RUNNING: someone else is. DONE: the answer, unchanged. RESTARTED: it failed before, or whoever ran
        it is gone; run it again. `shown` is what the page showed in place of `text` (a button's title for its payload).
        Raises UnknownConversation.
        """

    @abc.abstractmethod
    def hold(self, conversation_id: str, seconds: float) -> Held:
        """The conversation for this process alone: from what was missed to what is kept of an answer. Blocks.

        Raises StoreUnavailable where another process has it for so many seconds.
        """

    @abc.abstractmethod
    def gone(self, conversation_ids: Collection[str]) -> frozenset[str]:
        """Which of these conversations are there no more: forgotten, perhaps by another process."""

    @abc.abstractmethod
    def turn(self, conversation_id: str, message_id: str) -> TurnState | None:
        """The turn as it stands (RUNNING, DONE or FAILED), or None."""

    @abc.abstractmethod
    def statuses(self, conversation_id: str) -> Mapping[str, TurnStatus]:
        """Where each turn stands (RUNNING, DONE or FAILED), by its message id, in order."""

    @abc.abstractmethod
    def finish_turn(
        self, conversation_id: str, message_id: str, *, messages: Sequence[Message], at: dt.datetime
    ) -> bool:
        """Stores the answer of a turn. The first answer stays; a conversation forgotten meanwhile stays forgotten.

        False where it was forgotten: there is no such turn.
        """

    @abc.abstractmethod
    def fail_turn(self, conversation_id: str, message_id: str, *, messages: Sequence[Message], at: dt.datetime) -> bool:
        """Stores the notice that was shown in place of an answer: the transcript has it, and a retry runs again.

        True where the turn, with its words, is then on the disk; False where there is none.
        """

    @abc.abstractmethod
    def greet(self, conversation_id: str, *, messages: Sequence[Message], at: dt.datetime) -> None:
        """Stores messages that answer nothing that was typed. Raises UnknownConversation."""

    @abc.abstractmethod
    def transcript(self, conversation_id: str) -> tuple[Said | Answered, ...]:
        """Everything said and answered, in order."""

    @abc.abstractmethod
    def page(self, conversation_id: str, *, before: str | None, most: int) -> Page:
        """The last `most` turns of the transcript, or of what is before the turn with the message id `before`.

        Raises UnknownMessage where there is no such turn.
        """

    @abc.abstractmethod
    def add_feedback(
        self,
        conversation_id: str,
        message_id: str,
        *,
        helpful: bool,
        comment: str | None,
        at: dt.datetime,
        may_be_read: bool = False,
    ) -> None:
        """Keeps whether a message helped; a later word on the same message replaces it. Raises UnknownConversation.

        `may_be_read`: the person agreed that people read this comment, and the words that the message answered.
        """

    @abc.abstractmethod
    def delete(self, conversation_id: str) -> None:
        """Forgets a conversation and everything kept for it."""

    @abc.abstractmethod
    def expired(self, now: dt.datetime) -> tuple[str, ...]:
        """The ids of the conversations that have expired and are still kept."""

    @abc.abstractmethod
    def check(self) -> None:
        """Returns when the store can be read and written, else raises StoreUnavailable."""


class DiaryStore(abc.ABC):
    """The walking diary of each conversation; it goes with the conversation. Every method may raise StoreUnavailable."""

    @abc.abstractmethod
    def load(self, conversation_id: str, message_id: str | None = None) -> tuple[Diary, Diary | None]:
        """The diary, and the one before its last change where that is still kept. For the message that made that change, which
        is heard again, it is the diary before it, so that nothing is done twice."""

    @abc.abstractmethod
    def save(self, conversation_id: str, message_id: str, *, before: Diary, after: Diary) -> None:
        """Makes of one diary the other, in one transaction: what was added meanwhile from elsewhere stays. `before` is kept
        until the message after the next. Raises UnknownConversation."""

    @abc.abstractmethod
    def settle(self, conversation_id: str, message_id: str) -> None:
        """Drops the diary before the last change, unless this message made that change."""

    @abc.abstractmethod
    def add(self, conversation_id: str, entries: Sequence[Entry]) -> int:
        """Adds the entries of a file that are not there yet, and says how many those are. Raises UnknownConversation."""


class PhraseStore(abc.ABC):
    """Pass-phrases by which a person comes back, one a conversation: a part to find it by, and the hash of the whole."""

    @abc.abstractmethod
    def put(self, conversation_id: str, locator: str, phrase_hash: str) -> bool:
        """Keeps a phrase in the place of an earlier one. False where the locator is taken. Raises UnknownConversation."""

    @abc.abstractmethod
    def of(self, locator: str, now: dt.datetime) -> tuple[str, str] | None:
        """The conversation that has not expired and the hash kept under a locator, or None."""

    @abc.abstractmethod
    def add_key(self, conversation_id: str, token_hash: str, at: dt.datetime) -> None:
        """One more key that opens a conversation. Raises UnknownConversation."""


@dataclass(frozen=True)
class Intake:
    """A message that the store did not take, and the notice that its writer was shown. `text` is as it was sent."""

    message_id: str
    text: str
    at: dt.datetime
    notice: Message


class IntakeJournal(abc.ABC):
    """Words on a disk of their own, by the hash of the token that they came with, until the store takes them."""

    @abc.abstractmethod
    def keep(self, owner: str, intake: Intake) -> None:
        """Returns when the words are on the disk; one with the same id is kept once. Raises NotKept."""

    @abc.abstractmethod
    def of(self, owner: str) -> tuple[Intake, ...]:
        """What waits for an owner, oldest first."""

    @abc.abstractmethod
    def drop(self, owner: str, message_id: str) -> None:
        """Takes one message out; one that is not there is left alone."""

    @abc.abstractmethod
    def forget(self, owner: str) -> None:
        """Takes out all that waits for an owner. Raises NotKept where that cannot be done."""

    @abc.abstractmethod
    def owners(self) -> tuple[str, ...]:
        """For whom something waits. Raises NotKept."""

    @abc.abstractmethod
    def waits(self, owner: str) -> bool:
        """Whether something waits for an owner, in whichever process it was kept. Without waiting for a disk."""

    @abc.abstractmethod
    def secret(self) -> bytes:
        """32 random bytes that stay the same as long as the journal does. Raises NotKept."""

    @abc.abstractmethod
    def check(self) -> None:
        """Returns when words can be kept, else raises NotKept."""
