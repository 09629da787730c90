"""The migrations: what they leave behind, twice, backwards, and from two processes at once."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.knowledge import make_engine, upgrade
from bot.knowledge.database import writing
from bot.knowledge.migrate import SCRIPTS
from bot.knowledge.tables import metadata
from bot.ports import StoreUnavailable


def test_the_migrations_make_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_second_upgrade_changes_nothing(empty_database_url: str) -> None:
    first = upgrade(empty_database_url)
    assert upgrade(empty_database_url) == first


def test_the_migrations_can_be_undone(database_url: str, engine: Engine) -> None:
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_two_processes_may_start_at_once(empty_database_url: str) -> None:
    code = f"from bot.knowledge import upgrade; print(upgrade({empty_database_url!r}))"
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert [status for _, _, status in ended] == [0, 0, 0], ended
    assert len({revision for revision, _, _ in ended}) == 1
    made = make_engine(empty_database_url)
    assert set(metadata.tables) <= set(inspect(made).get_table_names())
    made.dispose()


def test_a_broken_migration_leaves_nothing(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        from sqlalchemy.exc import OperationalError

        raise OperationalError("CREATE", {}, Exception("disk full"))

    monkeypatch.setattr("alembic.operations.Operations.create_index", fail)
    with pytest.raises(StoreUnavailable):
        upgrade(empty_database_url)
    made = make_engine(empty_database_url)
    assert inspect(made).get_table_names() == []
    made.dispose()
    monkeypatch.undo()
    upgrade(empty_database_url)


def test_a_database_that_is_not_there_is_unavailable(database_kind: str) -> None:
    nowhere = {"sqlite": "sqlite:////dev/null/nowhere.sqlite3", "postgresql": "postgresql://x@/x?host=/nowhere"}
    with pytest.raises(StoreUnavailable):
        upgrade(nowhere[database_kind])
