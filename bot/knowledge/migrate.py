"""Brings a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import make_url

from bot.knowledge.database import lock_out_others, make_engine, writing
from bot.ports import StoreUnavailable

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(url: str) -> str:
    """Migrates the database, makes the folder of an SQLite file where needed, and returns the revision reached.

    All in one transaction, so that it happens entirely or not at all; of processes that start together, one migrates
    while the others wait. Raises StoreUnavailable.
    """
    _make_folder(url)
    engine = make_engine(url)
    try:
        with writing(engine) as connection:
            lock_out_others(connection)
            config = Config()
            config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return str(MigrationContext.configure(connection).get_current_revision())
    finally:
        engine.dispose()


def _make_folder(url: str) -> None:
    """Makes the folder that an SQLite file is to lie in."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        try:
            path = Path(parsed.database)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # SQLite gives its log the mode of its file
            path.chmod(0o600)
        except OSError as error:
            raise StoreUnavailable(f"the folder of the database cannot be made: {error}") from error
