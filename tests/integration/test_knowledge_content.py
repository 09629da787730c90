"""Content into the database and out again."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.content.reader import Content, read_content
from bot.knowledge import SqlContentRepository, load, make_engine, upgrade
from bot.knowledge.__main__ import main
from bot.knowledge.content_repository import read_stored
from bot.knowledge.documents import KINDS
from bot.knowledge.tables import documents
from bot.ports import StoreUnavailable
from tests.sample_content import FILES, write_content

PHRASES = {"signs", "examples", "facts"}
"""What is for the reader of messages alone, and is not stored."""


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return read_content(write_content(tmp_path))


def stored(engine: Engine) -> Content:
    with engine.connect() as connection:
        return read_stored(connection)


def without_phrases(content: Content) -> Content:
    return replace(content, signs={}, examples={}, facts={})


def test_what_was_loaded_comes_out_as_it_went_in(engine: Engine, content: Content) -> None:
    assert load(engine, content).changed
    assert stored(engine) == without_phrases(content)


def test_the_repository_answers_from_the_database(engine: Engine, content: Content) -> None:
    load(engine, content)
    repository = SqlContentRepository(engine)
    assert repository.topics() == ("causes/disc",)
    assert repository.article("causes/disc") == content.articles["causes/disc"]
    assert repository.exercise("bridge") == content.exercises["bridge"]
    assert repository.source("guide") == content.sources["guide"]
    assert repository.red_flag("cauda_equina") == content.red_flags["cauda_equina"]
    assert repository.red_flags() == tuple(content.red_flags.values())
    assert repository.help_lines("GB") == content.help_lines["GB"]
    assert repository.all_help_lines() == tuple(content.help_lines.values())
    missing = (repository.article("x/y"), repository.exercise("x"), repository.source("x"), repository.red_flag("x"))
    assert (*missing, repository.help_lines("XX")) == (None,) * 5


def test_the_same_content_again_writes_nothing(engine: Engine, content: Content) -> None:
    load(engine, content)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert not load(engine, content).changed
    assert not [text for text in statements if text.startswith(("INSERT", "DELETE", "UPDATE"))]


def test_changed_content_replaces_and_removed_content_goes(engine: Engine, content: Content) -> None:
    load(engine, content)
    article = replace(content.articles["causes/disc"], title="Sore discs", more=(), table=None, exercises=())
    changed = replace(content, articles={article.id: article}, exercises={}, red_flags={})
    assert load(engine, changed).changed
    assert stored(engine) == without_phrases(changed)
    with engine.connect() as connection:
        counted = connection.execute(select(documents.c.kind, func.count()).group_by(documents.c.kind)).all()
    left = {"articles": 1, "sources": 2, "help_lines": 1, "conditions": 1, "entities": 1}
    assert dict(map(tuple, counted)) == left


def test_a_load_that_fails_midway_leaves_the_old_content(engine: Engine, content: Content) -> None:
    load(engine, content)
    article = replace(content.articles["causes/disc"], title="New")

    def fail(*given: object) -> None:
        if str(given[2]).startswith("INSERT INTO documents"):
            raise OperationalError("INSERT", {}, Exception("disk full"))

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(StoreUnavailable):
        load(engine, replace(content, articles={article.id: article}))
    event.remove(engine, "before_cursor_execute", fail)
    assert stored(engine) == without_phrases(content)
    assert not load(engine, content).changed


def test_readers_are_unavailable_without_tables_and_well_once_loaded(empty_database_url: str, content: Content) -> None:
    engine = make_engine(empty_database_url)
    repository = SqlContentRepository(engine)
    with pytest.raises(StoreUnavailable):
        repository.topics()
    upgrade(empty_database_url)
    load(engine, content)
    assert repository.topics() == ("causes/disc",)
    engine.dispose()


def test_every_kind_of_content_is_stored(engine: Engine, content: Content) -> None:
    """A kind added without being stored would lose content without a word."""
    assert set(KINDS) == {field.name for field in fields(Content)} - PHRASES
    load(engine, content)
    assert all(getattr(stored(engine), kind) for kind in KINDS)


def test_the_content_that_ships_comes_out_as_it_went_in(engine: Engine) -> None:
    shipped = read_content()
    load(engine, shipped)
    assert stored(engine) == without_phrases(shipped)


class TestCommand:
    """`python -m bot.knowledge`."""

    @pytest.fixture(autouse=True)
    def _settings(self, empty_database_url: str, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", empty_database_url)
        monkeypatch.setattr("bot.knowledge.__main__.read_content", lambda: content)

    def test_load_upgrades_and_loads_with_a_line_each(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["load"]) == 0
        first = capsys.readouterr().out.splitlines()
        assert first[0].startswith("database: schema at revision ")
        assert first[1].startswith("content: loaded (2 sources, 1 articles")
        assert main(["load"]) == 0
        assert capsys.readouterr().out.splitlines()[1].startswith("content: unchanged")

    def test_upgrade_loads_nothing(self, capsys: pytest.CaptureFixture[str], empty_database_url: str) -> None:
        assert main(["upgrade"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1
        engine = make_engine(empty_database_url)
        assert SqlContentRepository(engine).topics() == ()
        engine.dispose()

    def test_bad_content_is_named_and_loads_nothing(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        bad = write_content(tmp_path / "bad", {"exercises/bridge.yml": FILES["exercises/bridge.yml"] + "colour: red\n"})
        monkeypatch.setattr("bot.knowledge.__main__.read_content", lambda: read_content(bad))
        assert main(["load"]) == 1
        assert "bot/content/exercises/bridge.yml:11: colour" in capsys.readouterr().err

    def test_a_dead_database_is_said(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://x@/x?host=/nowhere")
        assert main(["upgrade"]) == 1
        assert capsys.readouterr().err.startswith("database: ")
