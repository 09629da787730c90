"""Starts and stops what is measured, and reads from the kernel what it costs. Linux only, as Stridewell is."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

STOP_SECONDS = 20
TICKS = os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def started(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own; at the end it and all that it started are gone."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(command), cwd=folder, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        family = tree(process.pid)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            for number in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            process.wait()


def tree(root: int) -> list[int]:
    """The numbers of a process and of all that descend from it."""
    parents = {number: fields[1] for number in _numbers() if (fields := _stat(number))}
    found = [root]
    for number in found:
        found += [child for child, parent in parents.items() if int(parent) == number]
    return found


def memory(numbers: Sequence[int]) -> int:
    """The bytes of memory that the processes hold together; what they share is counted once (PSS)."""
    return sum(_pss(number) for number in numbers)


def processor_seconds(numbers: Sequence[int]) -> float:
    """The seconds of processor time that the processes have used together."""
    used = [_stat(number) for number in numbers]
    return sum(int(fields[11]) + int(fields[12]) for fields in used if fields) / TICKS


def _numbers() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _stat(number: int) -> list[str]:
    """The fields of /proc/N/stat from the state on; [] when the process is gone. The name before may hold anything."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _pss(number: int) -> int:
    with contextlib.suppress(OSError), Path(f"/proc/{number}/smaps_rollup").open() as lines:
        for line in lines:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
