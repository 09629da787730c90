"""The composition root: builds the services that actions and the channel use. Tests pass fakes to `build`."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from bot.answering.assistant import Assistant, assistant
from bot.config import Settings, get_settings
from bot.content.answering import read_answering
from bot.content.diary import phrase_words
from bot.content.places import Places, read_places
from bot.content.replies import read_replies
from bot.content.screen import read_screen
from bot.help import HelpDesk
from bot.knowledge import (
    FileJournal,
    SqlContentRepository,
    SqlConversationStore,
    SqlDiaryStore,
    SqlPhraseStore,
    make_engine,
)
from bot.ports import ContentRepository, ConversationStore, DiaryStore, IntakeJournal, PhraseStore


@dataclass(frozen=True)
class Services:
    """Everything that actions and the channel need."""

    settings: Settings
    content: ContentRepository
    conversations: ConversationStore
    journal: IntakeJournal
    assistant: Assistant
    diaries: DiaryStore
    phrases: PhraseStore
    phrase_words: tuple[str, ...]
    places: Places = field(default_factory=read_places)


def build(
    settings: Settings,
    content: ContentRepository,
    conversations: ConversationStore,
    diaries: DiaryStore,
    phrases: PhraseStore,
) -> Services:
    """Services over the given stores. Reads the help lines once, so that they are there when the database is not."""
    replies = read_replies()
    help_desk = HelpDesk(content.all_help_lines(), replies)
    journal = FileJournal(settings.journal_dir, most_bytes=settings.journal_megabytes * 2**20)
    answering = assistant(
        content, replies=replies, settings=read_answering(), screen=read_screen(), help_desk=help_desk
    )
    return Services(settings, content, conversations, journal, answering, diaries, phrases, phrase_words())


@functools.lru_cache(maxsize=1)
def get_services() -> Services:
    """The services of this process, built when first asked for. Raises StoreUnavailable."""
    settings = get_settings()
    engine = make_engine(settings.database_url)
    return build(
        settings,
        SqlContentRepository(engine),
        SqlConversationStore(engine),
        SqlDiaryStore(engine),
        SqlPhraseStore(engine),
    )
