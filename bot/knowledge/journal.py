"""The intake journal: one file a message, written, flushed to the disk and only then given its name."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bot.ports import Intake, IntakeJournal, NotKept

SHARE = 100
"""One owner may fill at most this part of the room that is free: the fuller it is, the less, and nobody is put out."""

ENTRY_BYTES = 32_768
"""Room for one message of the greatest length with its notice. Every owner may keep one while there is as much."""

OVERHEAD = 4096
"""What a file takes besides its bytes, at most."""

LOOK_SECONDS = 1.0
"""How long what was seen on the disk is believed."""

_OWNER = re.compile(r"[0-9a-f]{64}")
_UNNAMED = ".new"


class FileJournal(IntakeJournal):
    """A folder for each owner in `folder`. Safe between threads, and processes of a machine. Opens nothing until used.

    Folders are for their user alone (0700), files too (0600).
    """

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._lock = threading.Lock()
        self._sizes: dict[str, int] = {}
        self._looked_at = -LOOK_SECONDS

    def keep(self, owner: str, intake: Intake) -> None:
        """See the port."""
        data = json.dumps({**vars(intake), "at": intake.at.isoformat(), "notice": dict(intake.notice)}).encode()
        with self._lock, _as_not_kept():
            folder = self._of(owner)
            if any(folder.glob(f"*-{intake.message_id}.json")):
                return
            self._require_room(owner, len(data) + OVERHEAD)
            path = folder / f"{intake.at.timestamp():017.6f}-{intake.message_id}.json"
            try:
                _write_in(folder, path, data)
            except FileNotFoundError:  # another process has just emptied the folder and taken it away
                _write_in(folder, path, data)
            self._known()[owner] = self._known().get(owner, 0) + len(data) + OVERHEAD

    def of(self, owner: str) -> tuple[Intake, ...]:
        """See the port."""
        return tuple(_read(path) for path in sorted(self._of(owner).glob("*.json")))

    def drop(self, owner: str, message_id: str) -> None:
        """See the port."""
        with self._lock, _as_not_kept():
            folder = self._of(owner)
            for path in folder.glob(f"*-{message_id}.json"):
                path.unlink(missing_ok=True)
            size = self._size(owner)
            if size:
                self._known()[owner] = size
            else:
                self._known().pop(owner, None)
                with contextlib.suppress(OSError):  # another process keeps something there just now
                    folder.rmdir()

    def forget(self, owner: str) -> None:
        """See the port."""
        with self._lock, _as_not_kept():
            if self._of(owner).exists():
                shutil.rmtree(self._of(owner))
                _flush(self._folder)
            self._known().pop(owner, None)

    def owners(self) -> tuple[str, ...]:
        """See the port."""
        with self._lock, _as_not_kept():
            return tuple(sorted(self._known()))

    def waits(self, owner: str) -> bool:
        """See the port. The name alone, which the kernel knows without the disk: another process may have kept the words."""
        return os.path.isdir(self._folder / owner)

    def secret(self) -> bytes:
        """See the port."""
        path = self._folder / "token.key"
        with self._lock, _as_not_kept():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                _write(path, secrets.token_bytes(32), once=True)
            return path.read_bytes()

    def check(self) -> None:
        """See the port."""
        with self._lock, _as_not_kept():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._folder / "probe", b"x" * OVERHEAD)
            if self._free() < ENTRY_BYTES:
                raise NotKept("the journal is full")

    def _of(self, owner: str) -> Path:
        if not _OWNER.fullmatch(owner):
            raise ValueError("an owner is the SHA-256 of a token, in hexadecimal")
        return self._folder / owner

    def _require_room(self, owner: str, size: int) -> None:
        free = self._free()
        has = self._known().get(owner, 0)
        if size > free or (has and has + size > max(ENTRY_BYTES, free // SHARE)):
            raise NotKept("no room")

    def _free(self) -> int:
        return self._most - sum(self._known().values())

    def _known(self) -> dict[str, int]:
        """The bytes that each owner takes; looked up on the disk now and then, since other processes keep words too."""
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            folders = self._folder.iterdir() if self._folder.exists() else ()
            sizes = {folder.name: self._size(folder.name) for folder in folders if _OWNER.fullmatch(folder.name)}
            self._sizes = {owner: size for owner, size in sizes.items() if size}
            self._looked_at = time.monotonic()
        return self._sizes

    def _size(self, owner: str) -> int:
        return sum(path.stat().st_size + OVERHEAD for path in self._of(owner).glob("*.json"))


@contextlib.contextmanager
def _as_not_kept() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotKept(type(error).__name__) from error


def _write_in(folder: Path, path: Path, data: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, data)


def _write(path: Path, data: bytes, *, once: bool = False) -> None:
    """Writes a file so that it is there whole or not at all, also after the power fails. Raises OSError.

    `once`: where another process has written it meanwhile, that one's stays.
    """
    new = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}{_UNNAMED}")
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if once:
            with contextlib.suppress(FileExistsError):
                os.link(new, path)
            new.unlink()
        else:
            new.rename(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _flush(path.parent)
    _flush(path.parent.parent)


def _flush(folder: Path) -> None:
    """Has the names in a folder reach the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _read(path: Path) -> Intake:
    data = json.loads(path.read_bytes())
    return Intake(**{**data, "at": dt.datetime.fromisoformat(data["at"])})
