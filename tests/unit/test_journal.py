"""The intake journal: on the disk before it says so, bounded, fair, each message once, and nothing left when forgotten."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import journal
from bot.knowledge.journal import ENTRY_BYTES, FileJournal
from bot.ports import Intake, NotKept

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.timezone.utc)


def owner(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def intake(number: int, text: str = "words") -> Intake:
    return Intake(f"m-{number}", text, AT + dt.timedelta(seconds=number), {"type": "notice", "text": "sorry"})


def kept_one(journal: FileJournal, name: str, one: Intake) -> bool:
    try:
        journal.keep(name, one)
    except NotKept:
        return False
    return True


@pytest.fixture
def kept(tmp_path: Path) -> FileJournal:
    return FileJournal(tmp_path / "journal", most_bytes=2**24)


def test_what_is_kept_comes_back_in_order_also_in_another_process(kept: FileJournal, tmp_path: Path) -> None:
    for number in (2, 1, 3, 2):
        kept.keep(owner("a"), intake(number))
    assert kept.of(owner("a")) == tuple(map(intake, (1, 2, 3)))
    again = FileJournal(tmp_path / "journal", most_bytes=2**24)
    assert again.of(owner("a")) == kept.of(owner("a"))
    assert again.owners() == (owner("a"),)


def test_it_returns_only_when_file_and_folder_are_flushed(kept: FileJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    fsync = os.fsync

    def noted(number: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{number}"))
        fsync(number)

    monkeypatch.setattr(os, "fsync", noted)
    kept.keep(owner("a"), intake(1))
    names = [Path(path).name.split("-")[0].split(".")[0] for path in flushed]
    assert len(names) == 3
    assert flushed[0].endswith(".new")
    assert {Path(path).name for path in flushed[1:]} == {owner("a"), "journal"}


def test_files_are_for_their_user_alone(kept: FileJournal, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept.keep(owner("a"), intake(1))
        kept.secret()
        kept.check()
    finally:
        os.umask(before)
    for path in (tmp_path / "journal").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_is_dropped_or_forgotten_leaves_no_file(kept: FileJournal, tmp_path: Path) -> None:
    for number in range(3):
        kept.keep(owner("a"), intake(number))
    kept.drop(owner("a"), "m-1")
    kept.drop(owner("a"), "m-1")
    assert [one.message_id for one in kept.of(owner("a"))] == ["m-0", "m-2"]
    kept.forget(owner("a"))
    kept.forget(owner("a"))
    assert kept.owners() == ()
    assert list((tmp_path / "journal").rglob("*")) == []


def test_one_owner_cannot_take_the_room_of_another(tmp_path: Path) -> None:
    small = FileJournal(tmp_path, most_bytes=40 * ENTRY_BYTES)
    taken = sum(kept_one(small, owner("greedy"), intake(number, "x" * 2000)) for number in range(1000))
    assert 4 <= taken <= 10
    for name in range(50):
        small.keep(owner(str(name)), intake(1))
    assert len(small.of(owner("greedy"))) == taken


def test_nobody_is_put_out_for_somebody_else(tmp_path: Path) -> None:
    small = FileJournal(tmp_path, most_bytes=4 * ENTRY_BYTES)
    told = [owner(str(name)) for name in range(100) if kept_one(small, owner(str(name)), intake(name))]
    assert 10 < len(told) < 100
    assert set(small.owners()) == set(told)
    with pytest.raises(NotKept):
        small.check()


@pytest.mark.parametrize("call", ["fsync", "open", "rename"])
def test_a_disk_that_fails_is_not_said_to_have_kept(
    kept: FileJournal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: str
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        if call == "rename":
            broken.setattr(Path, "rename", fail)
        else:
            broken.setattr(os, call, fail)
        with pytest.raises(NotKept):
            kept.keep(owner("a"), intake(1))
        with pytest.raises(NotKept):
            kept.check()
    assert kept.of(owner("a")) == ()
    kept.keep(owner("a"), intake(1))
    assert not list((tmp_path / "journal").rglob("*.new"))


def test_a_file_that_was_never_finished_is_not_read(kept: FileJournal, tmp_path: Path) -> None:
    kept.keep(owner("a"), intake(1))
    (tmp_path / "journal" / owner("a") / "1-m-2.json.new").write_bytes(b'{"half')
    assert kept.of(owner("a")) == (intake(1),)


def test_the_secret_stays_and_differs_from_place_to_place(kept: FileJournal, tmp_path: Path) -> None:
    first = kept.secret()
    assert len(first) == 32
    assert FileJournal(tmp_path / "journal", most_bytes=1).secret() == first
    assert FileJournal(tmp_path / "other", most_bytes=1).secret() != first


def test_an_owner_is_a_hash_and_no_path(kept: FileJournal) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        kept.keep("../../etc", intake(1))


def test_every_field_is_kept(kept: FileJournal) -> None:
    full = Intake("m", '/a{"b":"ß"}', AT.replace(microsecond=7), {"text": "ß", "quick_replies": [{"title": "t"}]})
    assert all(getattr(full, field.name) for field in dataclasses.fields(full))
    kept.keep(owner("a"), full)
    assert kept.of(owner("a")) == (full,)
    assert journal.SHARE > 1


def test_processes_of_one_machine_share_a_folder(tmp_path: Path) -> None:
    one, two = (FileJournal(tmp_path / "journal", most_bytes=2**24) for _ in range(2))
    assert one.secret() == two.secret()
    assert two.owners() == ()
    one.keep(owner("x"), intake(1))
    assert two.waits(owner("x"))
    two.keep(owner("x"), intake(1))
    two.keep(owner("x"), intake(2))
    assert len(one.of(owner("x"))) == 2
    two.drop(owner("x"), intake(1).message_id)
    one.drop(owner("x"), intake(2).message_id)
    assert not two.waits(owner("x"))
    one.check()
    two.check()


def test_what_one_process_keeps_another_does_not_take_away_with_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (FileJournal(tmp_path / "journal", most_bytes=2**24) for _ in range(2))
    one.keep(owner("x"), intake(1))
    size = one._size

    def keep_meanwhile(name: str) -> int:
        found = size(name)
        two.keep(owner("x"), intake(2))
        return found

    monkeypatch.setattr(one, "_size", keep_meanwhile)
    one.drop(owner("x"), intake(1).message_id)
    assert len(two.of(owner("x"))) == 1
