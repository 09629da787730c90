"""The contract of ConversationStore, held against both databases and against the fake that other tests rely on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.knowledge import SqlConversationStore, make_engine
from bot.knowledge.database import overwrite_deleted
from bot.knowledge.tables import conversations, feedback, metadata, turns
from bot.ports import (
    Answered,
    ConversationStore,
    Said,
    StoreUnavailable,
    TurnStatus,
    UnknownConversation,
    UnknownMessage,
)
from tests.fakes import FakeConversationStore
from tests.postgres import PostgresServer

MONTH = dt.timedelta(days=30)
SECOND = dt.timedelta(seconds=1)
HELLO = {"v": 1, "id": "m1", "type": "text", "text": "Hello – how is your back? 🙂"}
SORRY = {"v": 1, "id": "m2", "type": "notice", "text": "Not now."}


@pytest.fixture(params=["sqlite", "postgresql", "fake"])
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(database_kind: str, request: pytest.FixtureRequest) -> ConversationStore:
    if database_kind == "fake":
        return FakeConversationStore()
    return SqlConversationStore(request.getfixturevalue("engine"))


@pytest.fixture
def start(store: ConversationStore, now: dt.datetime) -> Callable[[str], str]:
    """Starts a conversation under a token hash and returns its id."""
    return lambda token: store.create(token, region="GB", lang="en-GB", at=now, expires_at=now + MONTH)


def test_a_conversation_is_found_by_its_token(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made = start("hash")
    found = store.find("hash", now)
    assert found is not None
    assert (found.id, found.region, found.lang) == (made, "GB", "en-GB")
    assert made != "hash"
    assert store.find("other", now) is None


def test_use_makes_it_last_longer(store: ConversationStore, start: Callable[[str], str], now: dt.datetime) -> None:
    start("hash")
    later = now + dt.timedelta(days=29)
    found = store.find("hash", later)
    assert found is not None
    assert (found.created_at, found.last_used_at, found.expires_at) == (now, later, later + MONTH)
    assert store.find("hash", later + MONTH - SECOND) is not None


def test_after_it_expired_it_is_not_found(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    start("hash")
    assert store.find("hash", now + MONTH) is None


def test_times_come_back_in_utc_whatever_went_in(store: ConversationStore, now: dt.datetime) -> None:
    kolkata = now.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    store.create("hash", region=None, lang=None, at=kolkata, expires_at=kolkata + MONTH)
    found = store.find("hash", kolkata)
    assert found is not None
    assert found.created_at == now
    assert found.created_at.utcoffset() == dt.timedelta(0) or isinstance(store, FakeConversationStore)


def test_a_clock_that_goes_back_takes_nothing_away(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    start("hash")
    found = store.find("hash", now - dt.timedelta(hours=1))
    assert found is not None
    assert found.expires_at == now + MONTH


def test_the_region_can_change(store: ConversationStore, start: Callable[[str], str], now: dt.datetime) -> None:
    store.set_region(start("hash"), "IN")
    found = store.find("hash", now)
    assert found is not None
    assert found.region == "IN"


def test_a_turn_runs_once_and_is_replayed(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made = start("hash")
    assert store.begin_turn(made, "t1", text="hi", at=now).status is TurnStatus.NEW
    assert store.begin_turn(made, "t1", text="hi", at=now).status is TurnStatus.RUNNING
    store.finish_turn(made, "t1", messages=[HELLO], at=now + SECOND)
    again = store.begin_turn(made, "t1", text="hi", at=now + 2 * SECOND)
    assert (again.status, list(again.messages)) == (TurnStatus.DONE, [HELLO])
    store.finish_turn(made, "t1", messages=[SORRY], at=now + 3 * SECOND)
    store.fail_turn(made, "t1", messages=[SORRY], at=now + 3 * SECOND)
    assert store.turn(made, "t1") == again


def test_a_failed_turn_keeps_its_notice_and_runs_again(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made = start("hash")
    store.begin_turn(made, "t1", text="hi", at=now)
    store.fail_turn(made, "t1", messages=[SORRY], at=now + SECOND)
    state = store.turn(made, "t1")
    assert state is not None
    assert (state.status, list(state.messages)) == (TurnStatus.FAILED, [SORRY])
    assert store.transcript(made) == (Said("t1", now, "hi"), Answered(now + SECOND, SORRY))
    assert store.begin_turn(made, "t1", text="hi", at=now + 2 * SECOND).status is TurnStatus.RESTARTED
    assert store.begin_turn(made, "t1", text="hi", at=now + 2 * SECOND).status is TurnStatus.RUNNING
    store.finish_turn(made, "t1", messages=[HELLO], at=now + 3 * SECOND)
    assert store.transcript(made) == (Said("t1", now, "hi"), Answered(now + 3 * SECOND, HELLO))


def test_a_turn_whose_process_is_gone_runs_again(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made = start("hash")
    store.begin_turn(made, "t1", text="hi", at=now)
    assert store.begin_turn(made, "t1", text="hi", at=now + 59 * SECOND).status is TurnStatus.RUNNING
    assert store.begin_turn(made, "t1", text="hi", at=now + 60 * SECOND).status is TurnStatus.RESTARTED
    assert store.begin_turn(made, "t1", text="hi", at=now + 61 * SECOND).status is TurnStatus.RUNNING


def test_the_same_message_id_in_another_conversation_is_another_turn(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    one, two = start("one"), start("two")
    store.begin_turn(one, "t1", text="hi", at=now)
    assert store.begin_turn(two, "t1", text="hi", at=now).status is TurnStatus.NEW


def test_of_many_at_once_one_runs_the_turn(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made = start("hash")
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: store.begin_turn(made, "t1", text="hi", at=now), range(8)))
    assert Counter(state.status for state in states) == {TurnStatus.NEW: 1, TurnStatus.RUNNING: 7}
    store.fail_turn(made, "t1", messages=[], at=now)
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: store.begin_turn(made, "t1", text="hi", at=now), range(8)))
    assert Counter(state.status for state in states) == {TurnStatus.RESTARTED: 1, TurnStatus.RUNNING: 7}


def test_the_transcript_is_in_order_and_shows_what_the_page_showed(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made = start("hash")
    store.greet(made, messages=[HELLO], at=now)
    store.begin_turn(made, "t2", text="/affirm", shown="Yes", at=now + SECOND)
    store.begin_turn(made, "t1", text="my back's sore", at=now + 2 * SECOND)
    store.finish_turn(made, "t2", messages=[SORRY, HELLO], at=now + 3 * SECOND)
    assert store.transcript(made) == (
        Answered(now, HELLO),
        Said("t2", now + SECOND, "Yes"),
        Answered(now + 3 * SECOND, SORRY),
        Answered(now + 3 * SECOND, HELLO),
        Said("t1", now + 2 * SECOND, "my back's sore"),
    )
    assert store.transcript("unknown") == ()


def test_nothing_is_kept_for_a_conversation_that_is_not_there(store: ConversationStore, now: dt.datetime) -> None:
    with pytest.raises(UnknownConversation):
        store.begin_turn("unknown", "t1", text="hi", at=now)
    with pytest.raises(UnknownConversation):
        store.greet("unknown", messages=[HELLO], at=now)
    with pytest.raises(UnknownConversation):
        store.add_feedback("unknown", "m1", helpful=True, comment=None, at=now)
    store.set_region("unknown", "GB")
    store.finish_turn("unknown", "t1", messages=[HELLO], at=now)
    store.fail_turn("unknown", "t1", messages=[HELLO], at=now)
    store.delete("unknown")
    assert store.turn("unknown", "t1") is None


def test_expired_conversations_are_listed_until_they_are_deleted(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    old = start("old")
    store.create("young", region=None, lang=None, at=now, expires_at=now + 2 * MONTH)
    assert store.expired(now + MONTH) == (old,)
    store.delete(old)
    assert store.expired(now + MONTH) == ()
    assert store.find("young", now + MONTH) is not None


class TestSql:
    """What only a database can show."""

    @pytest.fixture(params=["sqlite", "postgresql"])
    def database_kind(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    def test_delete_leaves_nothing_in_any_table(
        self, store: ConversationStore, start: Callable[[str], str], engine: Engine, now: dt.datetime
    ) -> None:
        made, kept = start("hash"), start("kept")
        for conversation in (made, kept):
            store.greet(conversation, messages=[HELLO], at=now)
            store.begin_turn(conversation, "t1", text="hi", at=now)
            store.add_feedback(conversation, "m1", helpful=True, comment="good", at=now)
        store.delete(made)
        with engine.connect() as connection:
            counts = {
                table.name: connection.scalar(select(func.count()).select_from(table))
                for table in (conversations, turns, feedback)
            }
        assert counts == {"conversations": 1, "turns": 2, "feedback": 1}
        assert store.find("hash", now) is None

    def test_every_table_about_a_conversation_goes_with_it(self) -> None:
        """A table added later without a cascade would keep what the person asked to be forgotten."""
        keys = [key for table in metadata.tables.values() for key in table.foreign_keys]
        about = [key for key in keys if key.column.table is conversations]
        assert {key.parent.table.name for key in about} == {
            "turns",
            "feedback",
            "diary_entries",
            "diary_before",
            "phrases",
            "more_keys",
        }
        assert all(key.ondelete == "CASCADE" for key in about)

    def test_a_later_word_on_a_message_replaces_the_first(
        self, store: ConversationStore, start: Callable[[str], str], engine: Engine, now: dt.datetime
    ) -> None:
        made = start("hash")
        store.add_feedback(made, "m1", helpful=True, comment=None, at=now)
        store.add_feedback(made, "m1", helpful=False, comment="too long", at=now + SECOND)
        with engine.connect() as connection:
            rows = connection.execute(select(feedback.c.helpful, feedback.c.comment)).all()
        assert [tuple(row) for row in rows] == [(False, "too long")]

    def test_a_time_without_a_zone_is_refused(self, store: ConversationStore, now: dt.datetime) -> None:
        naive = now.replace(tzinfo=None)
        with pytest.raises(ValueError, match="without a zone"):
            store.create("hash", region=None, lang=None, at=naive, expires_at=naive)

    def test_no_value_shows_in_an_error(
        self, store: ConversationStore, start: Callable[[str], str], now: dt.datetime
    ) -> None:
        start("a-secret-hash")
        with pytest.raises(StoreUnavailable) as caught:
            start("a-secret-hash")
        assert "parameters hidden" in str(caught.value)

    def test_without_its_tables_the_store_is_unavailable(self, empty_database_url: str) -> None:
        engine = make_engine(empty_database_url)
        with pytest.raises(StoreUnavailable):
            SqlConversationStore(engine).check()
        engine.dispose()

    def test_a_healthy_store_says_so(self, store: ConversationStore) -> None:
        store.check()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=False)
def test_the_store_comes_back_when_the_server_does(
    database_kind: str, engine: Engine, postgres_server: PostgresServer, now: dt.datetime
) -> None:
    store = SqlConversationStore(engine)
    made = store.create("hash", region=None, lang=None, at=now, expires_at=now + MONTH)
    postgres_server.stop()
    try:
        with pytest.raises(StoreUnavailable):
            store.check()
        with pytest.raises(StoreUnavailable):
            store.begin_turn(made, "t1", text="hi", at=now)
    finally:
        postgres_server.start()
    store.check()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=False)
def test_no_file_of_the_database_holds_what_was_deleted(
    database_kind: str, engine: Engine, tmp_path: Path, now: dt.datetime
) -> None:
    store = SqlConversationStore(engine)
    for number in range(40):
        made = store.create(f"hash{number}", region=None, lang=None, at=now, expires_at=now + MONTH)
        secret = f"secret{number:05}"
        for turn in range(number % 5 + 1):
            # Up to several pages long, so that pages split, join and overflow.
            store.begin_turn(made, f"t{turn}", text=secret + "x" * 400 * (number % 13), at=now)
        if number % 3 == 0:
            # As when the log has grown: what was said has reached the file itself.
            overwrite_deleted(engine)
        store.delete(made)
        store.create(f"other{number}", region=None, lang=None, at=now, expires_at=now + MONTH)
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("stridewell.sqlite3*"))
        assert secret.encode() not in kept


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=False)
def test_readers_do_not_wait_for_a_writer(database_kind: str, engine: Engine, now: dt.datetime) -> None:
    store = SqlConversationStore(engine)
    with engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin():
        assert store.expired(now) == ()


def test_where_each_turn_stands(store: ConversationStore, start: Callable[[str], str], now: dt.datetime) -> None:
    made = start("hash")
    for one in ("done", "failed", "running"):
        store.begin_turn(made, one, text="hi", at=now)
    assert store.finish_turn(made, "done", messages=[HELLO], at=now)
    assert store.finish_turn(made, "done", messages=[SORRY], at=now)
    store.fail_turn(made, "failed", messages=[SORRY], at=now)
    expected = {"done": TurnStatus.DONE, "failed": TurnStatus.FAILED, "running": TurnStatus.RUNNING}
    assert list(store.statuses(made).items()) == list(expected.items())
    store.delete(made)
    assert store.statuses(made) == {}
    assert not store.finish_turn(made, "running", messages=[HELLO], at=now)


def test_use_is_noted_to_the_minute(engine: Engine, now: dt.datetime) -> None:
    store = SqlConversationStore(engine)
    store.create("hash", region=None, lang=None, at=now, expires_at=now + MONTH)
    for later, noted in ((59 * SECOND, 0 * SECOND), (60 * SECOND, 60 * SECOND), (90 * SECOND, 60 * SECOND)):
        found = store.find("hash", now + later)
        assert found is not None
        assert (found.last_used_at, found.expires_at) == (now + noted, now + noted + MONTH)


def test_a_transcript_is_read_page_by_page_from_its_end(
    store: ConversationStore, start: Callable[[str], str], now: dt.datetime
) -> None:
    made, other = start("hash"), start("other")
    for number in range(5):
        for conversation in (made, other):
            store.begin_turn(conversation, f"t{number}", text=f"words {number}", at=now)
            store.finish_turn(conversation, f"t{number}", messages=[HELLO], at=now)
    first = store.page(made, before=None, most=2)
    assert first.entries == store.transcript(made)[-4:]
    second = store.page(made, before=first.older, most=2)
    assert (first.older, second.older) == ("t3", "t1")
    last = store.page(made, before=second.older, most=2)
    assert last.older is None
    assert last.entries + second.entries + first.entries == store.transcript(made)
    assert store.page(made, before=None, most=5).older is None
    with pytest.raises(UnknownMessage):
        store.page(made, before="t9", most=2)


def test_feedback_may_be_read_only_where_that_was_said(engine: Engine, now: dt.datetime) -> None:
    store = SqlConversationStore(engine)
    made = store.create("hash", region=None, lang=None, at=now, expires_at=now + MONTH)
    store.add_feedback(made, "m1", helpful=True, comment="x", at=now, may_be_read=True)
    store.add_feedback(made, "m2", helpful=True, comment="x", at=now)
    store.add_feedback(made, "m1", helpful=True, comment="y", at=now)  # said again without the tick
    with engine.connect() as connection:
        assert list(connection.scalars(select(feedback.c.may_be_read))) == [False, False]
