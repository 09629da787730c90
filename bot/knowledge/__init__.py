"""The SQL store: content and conversations, on SQLite or PostgreSQL. Only this package knows SQLAlchemy and Alembic."""

from bot.knowledge.content_repository import SqlContentRepository
from bot.knowledge.conversations import SqlConversationStore
from bot.knowledge.database import make_engine
from bot.knowledge.diaries import SqlDiaryStore, SqlPhraseStore
from bot.knowledge.journal import FileJournal
from bot.knowledge.loader import load
from bot.knowledge.migrate import upgrade

__all__ = [
    "FileJournal",
    "SqlContentRepository",
    "SqlConversationStore",
    "SqlDiaryStore",
    "SqlPhraseStore",
    "load",
    "make_engine",
    "upgrade",
]
