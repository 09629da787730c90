"""A turn as it is being put together: what was meant, what is said so far, and the state that results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import messages
from bot.answering.moment import NO_MOMENT, Moment
from bot.answering.voice import Voice
from bot.content.replies import Spoken
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.state import SELF, State
from bot.diary.entries import Diary, Entry
from bot.messages import Message
from bot.model import Urgency

SAID = "say:"
"""Beginning of the entries of State.said that keep which form of a reply was used last."""
LEADS = "leads"
"""Marks a message whose words lead to the buttons below it; it goes where the buttons go, and the mark is never sent."""
SEEN = "seen:"
"""Beginning of the entries that keep what was explained once: a condition's reason, a section."""


@dataclass(frozen=True)
class Reply:
    """What the assistant answers: messages of the contract, at least one, and the state of the conversation after them. `diary`
    is the person's walking diary where the message changed it, else None."""

    messages: tuple[Message, ...]
    state: State
    diary: Diary | None = None


@dataclass(frozen=True)
class Noted:
    """What a message did to the diary, before anything is said: a `kind` of bot/journeys/diary_wishes.py, or "told"; `entries`
    the ones told, changed or taken out; `reckoned` that minutes were made of a way; `unread` the line of a file that could
    not be read."""

    kind: str
    entries: tuple[Entry, ...] = ()
    reckoned: bool = False
    unread: int | None = None
    sure: bool = True


@dataclass(frozen=True)
class Turn:
    """One turn; every method returns the turn that follows. `asked` says that this turn has put a question, `careful` that no
    exercise or plan is shown in it, `heard` that what was told has been acknowledged. `diary` is the walking diary as this turn
    changed it, `noted` how."""

    meaning: Meaning
    voice: Voice
    region: str | None
    state: State
    messages: tuple[Message, ...] = ()
    asked: bool = False
    careful: bool = False
    heard: bool = False
    moment: Moment = NO_MOMENT
    diary: Diary | None = None
    noted: Noted | None = None

    @property
    def walks(self) -> Diary:
        """The walking diary as it is now."""
        return self.diary if self.diary is not None else self.moment.load().diary

    def put(self, state: State) -> Turn:
        """The turn with another state."""
        return replace(self, state=state)

    def add(self, *said: Message) -> Turn:
        """The turn with messages added."""
        return replace(self, messages=(*self.messages, *said))

    def remember(self, *entries: str) -> Turn:
        """The turn with entries kept in State.said; each stands there once, the latest last."""
        kept = tuple(entry for entry in self.state.said if entry not in entries)
        return self.put(replace(self.state, said=(*kept, *entries)))

    def seen(self, name: str) -> bool:
        """Whether something was explained before."""
        return SEEN + name in self.state.said

    def fill(self, text: str) -> str:
        """Text with the help lines of the region in words."""
        return self.voice.help_desk.fill(text, self.region)

    def words(self, name: str, /, **given: object) -> tuple[Turn, str]:
        """One form of a named reply, filled: by the number of the turn, never the form used last. Raises KeyError."""
        return self.form(name, self.voice.replies.spoken[name].say, **given)

    def form(self, name: str, forms: Sequence[str], /, **given: object) -> tuple[Turn, str]:
        """One of several forms, filled; which one was used is kept under the name."""
        before = next((entry for entry in self.state.said if entry.startswith(f"{SAID}{name}=")), None)
        at = self.state.turn if before is None else int(before.rsplit("=", 1)[1]) + 1
        at %= len(forms)
        kept = replace(self.state, said=tuple(entry for entry in self.state.said if entry != before))
        text = forms[at].format_map(_Given(given)) if given else forms[at]
        return self.put(kept).remember(f"{SAID}{name}={at}"), self.fill(text.strip())

    def has(self, name: str) -> bool:
        """Whether the content has a reply of this name."""
        return name in self.voice.replies.spoken

    def spoken(self, name: str) -> Spoken:
        """A named reply. Raises KeyError."""
        return self.voice.replies.spoken[name]

    def say(self, name: str, /, *, urgency: Urgency | None = None, lead: str = "", **given: object) -> Turn:
        """The turn with a named reply said; `lead` are words before it. A reply with a reason is a notice."""
        turn, text = self.words(name, **given)
        reply = self.spoken(name)
        article = self.voice.content.article(reply.topic) if reply.topic else None
        said = messages.message(
            "notice" if reply.reason else "text",
            f"{lead} {text}".strip(),
            reason=reply.reason,
            topic=article.id if article else None,
            sources=messages.source_list(self.voice.sources(article.sources)) if article else None,
            urgency=urgency.value if urgency else None,
            quick_replies=self.voice.buttons(reply.buttons),
        )
        return turn.add(said)

    def whose(self, who: str) -> str:
        """A person's key in words ("your mother"); "" for the writer."""
        if who == SELF:
            return ""
        names = self.spoken("person/other").say
        return names[0].format(relation=who) if who != "other" else names[-1]


class _Given(dict[str, object]):
    """Values for the slots of a text; a slot that is not given stays as it is, for the help lines."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def joined(parts: Iterable[str], *, last: str) -> str:
    """ "a, b and c"; `last` is the word before the last."""
    every = list(parts)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} {last} {every[-1]}" if every else ""


def told_in(meant: Meant) -> frozenset[str]:
    """The names of the facts that an act told."""
    return frozenset(fact.name for fact in meant.facts)
