"""Diaries, phrases and further keys in SQL: on SQLite, and on PostgreSQL where it is there."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from bot.diary.entries import Diary, Entry
from bot.knowledge import SqlConversationStore, SqlDiaryStore, SqlPhraseStore
from bot.knowledge.tables import diary_before, diary_entries, more_keys, phrases
from bot.ports import UnknownConversation

NOW = dt.datetime(2026, 11, 27, 12, tzinfo=dt.timezone.utc)
DAY = dt.date(2026, 11, 27)
OURS = (diary_entries, diary_before, phrases, more_keys)
FIRST = Diary((Entry("a-1", DAY, 20, 3, 2, "new shoes"),))


@pytest.fixture
def talk(engine: Engine) -> str:
    store = SqlConversationStore(engine)
    return store.create("hash", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(30))


def test_the_tables_are_there(engine: Engine) -> None:
    assert {table.name for table in OURS} <= set(inspect(engine).get_table_names())


def test_a_diary_is_kept_changed_and_taken_back(engine: Engine, talk: str) -> None:
    store = SqlDiaryStore(engine)
    assert store.load(talk, "a") == (Diary(), None)
    store.save(talk, "a", before=Diary(), after=FIRST)
    assert store.load(talk, "b") == (FIRST, Diary())
    second = FIRST.put(Entry("a-1", DAY - dt.timedelta(1), 25, 3)).put(Entry("b-1", DAY, 0))
    store.save(talk, "b", before=FIRST, after=second)
    assert store.load(talk, "c") == (second, FIRST)
    store.save(talk, "c", before=second, after=FIRST)
    assert store.load(talk)[0] == FIRST


def test_a_message_heard_again_does_nothing_twice(engine: Engine, talk: str) -> None:
    store = SqlDiaryStore(engine)
    store.save(talk, "a", before=Diary(), after=FIRST)
    for _ in range(2):
        before, undo = store.load(talk, "a")
        assert (before, undo) == (Diary(), None)
        store.save(talk, "a", before=before, after=FIRST)
    assert store.load(talk, "b") == (FIRST, Diary())


def test_what_was_taken_out_is_gone_after_the_next_message(engine: Engine, talk: str) -> None:
    store = SqlDiaryStore(engine)
    store.save(talk, "a", before=Diary(), after=FIRST)
    store.save(talk, "b", before=FIRST, after=Diary())
    store.settle(talk, "b")
    assert store.load(talk, "c") == (Diary(), FIRST)
    store.settle(talk, "c")
    assert store.load(talk, "d") == (Diary(), None)
    with engine.connect() as connection:
        assert connection.execute(select(diary_before)).all() == []


def test_what_a_file_added_meanwhile_stays(engine: Engine, talk: str) -> None:
    store = SqlDiaryStore(engine)
    before, _ = store.load(talk, "a")
    assert store.add(talk, [Entry("f-1", DAY, 5)]) == 1
    store.save(talk, "a", before=before, after=FIRST)
    assert {one.id for one in store.load(talk)[0].entries} == {"f-1", "a-1"}
    assert store.add(talk, [Entry("f-9", DAY, 5)]) == 0


def test_nothing_is_kept_for_nobody(engine: Engine) -> None:
    with pytest.raises(UnknownConversation):
        SqlDiaryStore(engine).save("nobody", "a", before=Diary(), after=FIRST)
    with pytest.raises(UnknownConversation):
        SqlDiaryStore(engine).add("nobody", FIRST.entries)
    with pytest.raises(UnknownConversation):
        SqlPhraseStore(engine).put("nobody", "x", "y")


def test_a_phrase_opens_until_the_conversation_is_forgotten(engine: Engine, talk: str) -> None:
    store, talks = SqlPhraseStore(engine), SqlConversationStore(engine)
    assert store.put(talk, "where", "hash one")
    assert store.put(talk, "elsewhere", "hash two")
    assert (store.of("where", NOW), store.of("elsewhere", NOW)) == (None, (talk, "hash two"))
    assert store.of("elsewhere", NOW + dt.timedelta(31)) is None
    other = talks.create("hash-2", region=None, lang=None, at=NOW, expires_at=NOW + dt.timedelta(30))
    assert not store.put(other, "elsewhere", "hash three")
    store.add_key(talk, "key of a phone", NOW)
    found = talks.find("key of a phone", NOW)
    assert found is not None
    assert found.id == talk
    SqlDiaryStore(engine).save(talk, "a", before=Diary(), after=FIRST)
    talks.delete(talk)
    assert (store.of("elsewhere", NOW), talks.find("key of a phone", NOW), talks.find("hash", NOW)) == (
        None,
        None,
        None,
    )
    with engine.connect() as connection:
        assert [connection.execute(select(table)).all() for table in OURS] == [[], [], [], []]


def test_so_many_devices_and_the_oldest_makes_way(engine: Engine, talk: str) -> None:
    store, talks = SqlPhraseStore(engine), SqlConversationStore(engine)
    for at in range(12):
        store.add_key(talk, f"key {at}", NOW + dt.timedelta(minutes=at))
    opened = [at for at in range(12) if talks.find(f"key {at}", NOW) is not None]
    assert opened == list(range(2, 12))
    assert talks.find("hash", NOW) is not None
