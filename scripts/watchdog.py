"""One process of a group that shares a socket: number 0 holds the socket and watches, the others serve.

watchdog.py GROUP NUMBER FOLDER -- COMMAND...

Each process that serves touches FOLDER/GROUP-NUMBER every second from its own loop. Where a file stands still the process
hangs: it is killed, and supervisord starts it anew. SIGUSR1 has the watcher start a spare process, SIGUSR2 end it: while
it is there, the others can be replaced one by one (scripts/restart.py). Nothing here knows the wall clock, which may jump.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

LOOK_SECONDS = 1.0
HUNG_LOOKS = 6
"""Looks at which a file that stood still means that its process hangs. Looks, not seconds: who watches may be held up too."""

STOP_SECONDS = 20


class Watch:
    """What was last seen of each file, and for how many looks it has stood still."""

    def __init__(self, group: str, folder: Path) -> None:
        self._group, self._folder = group, folder
        self._seen: dict[Path, tuple[tuple[int, int], int]] = {}

    def hung(self) -> list[int]:
        """Looks once: the numbers of the processes that hang."""
        found = []
        for path in self._folder.glob(f"{self._group}-*"):
            try:
                now, number = path.stat().st_mtime_ns, int(path.read_text())
            except (OSError, ValueError):  # being written
                continue
            before, looks = self._seen.get(path, ((0, 0), 0))
            looks = looks + 1 if before == (now, number) else 0
            self._seen[path] = ((now, number), looks)
            if looks >= HUNG_LOOKS and str(path) in command_of(number):  # numbers are used again
                found.append(number)
                self._seen.pop(path)
        return found


def command_of(number: int) -> str:
    """The command of a running process, or ""."""
    listed = ["ps", "-ww", "-o", "args=", "-p", str(number)]
    return subprocess.run(listed, capture_output=True, text=True, check=False).stdout


def serving(group: str, number: str, folder: Path, command: Sequence[str]) -> list[str]:
    """The command of a process that serves, with its sign of life."""
    return [*command, "--heartbeat", str(folder / f"{group}-{number}")]


def watch(group: str, folder: Path, command: Sequence[str]) -> int:
    """Watches until SIGTERM."""
    told: list[int] = []
    woken = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        told.append(number)
        woken.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, on_signal)
    spare: subprocess.Popen[bytes] | None = None
    watching = Watch(group, folder)
    while True:
        woken.wait(LOOK_SECONDS)
        woken.clear()
        while told:
            number = told.pop(0)
            if number == signal.SIGUSR1 and (spare is None or spare.poll() is not None):
                spare = subprocess.Popen(serving(group, "spare", folder, command))  # standard input is the socket
            elif number != signal.SIGUSR1:
                end(spare)
                spare = None
            if number in (signal.SIGTERM, signal.SIGINT):
                return 0
        for number in watching.hung():
            print(f"{group}: process {number} hangs and is ended", flush=True)
            os.kill(number, signal.SIGKILL)


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Ends a process that finishes its answers first."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    group, number, folder, _, *command = arguments
    Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    if number == "0":
        return watch(group, Path(folder), command)
    found = serving(group, number, Path(folder), command)
    return os.execv(found[0], found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
