"""What supervisord is told to run, how it is reached, and what of an earlier run is still there."""

from __future__ import annotations

import hashlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xmlrpc.client import ServerProxy

from supervisor.xmlrpc import SupervisorTransport

ROOT = Path(__file__).resolve().parent.parent
STOP_WITHIN_SECONDS = 30
"""Longer than the servers take that finish their answers first (stopwaitsecs), one group after the other."""

HEAD = """\
[supervisord]
nodaemon=true
umask=077
silent=true
logfile={run}/supervisord.log
logfile_maxbytes=1MB
pidfile={run}/supervisord.pid
childlogdir={run}/logs

[unix_http_server]
file={socket}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

GROUP = """
[fcgi-program:{name}]
socket=tcp://{address}
socket_backlog=1024
process_name={name}-%(process_num)d
numprocs={count}
numprocs_start=0
priority={priority}
command={python} {root}/scripts/watchdog.py {name} %(process_num)d {run}/alive -- {command}
directory={root}
autorestart=true
startretries=1000
stopwaitsecs=20
killasgroup=true
redirect_stderr=true
stdout_logfile={run}/logs/{name}-%(process_num)d.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""
"""Of each group the processes 1, 2, ... serve; they share the socket, which stays open as long as one process lives. Process 0
(scripts/watchdog.py) only holds it, and ends those that hang."""


def configuration(
    run: Path,
    *,
    server: str,
    actions: str,
    port: int,
    actions_port: int,
    interface: str,
    workers: int,
    action_workers: int,
) -> str:
    """The text of the configuration file; `server` and `actions` are the commands."""
    common = {"run": _plain(str(run)), "root": _plain(str(ROOT)), "python": _plain(shlex.quote(sys.executable))}
    groups = (
        ("actions", f"127.0.0.1:{actions_port}", action_workers, 100, actions),
        ("server", f"{interface}:{port}", workers, 200, server),
    )
    text = HEAD.format(run=common["run"], socket=_plain(str(socket_path(run))))
    for name, address, count, priority, command in groups:
        text += GROUP.format(
            **common, name=name, address=address, count=count + 1, priority=priority, command=_plain(command)
        )
    return text


def _plain(text: str) -> str:
    """As supervisord wants a text that is none of its patterns."""
    return text.replace("%", "%%")


def socket_path(run: Path) -> Path:
    """Where supervisord takes orders: in its folder, or, where that path is too long for a socket, in the temporary one."""
    path = run / "supervisor.sock"
    if len(os.fsencode(path)) < 100:
        return path
    return Path(tempfile.gettempdir()) / f"stridewell-{hashlib.sha256(os.fsencode(run)).hexdigest()[:16]}.sock"


def reached(run: Path) -> ServerProxy:
    """The running supervisord of a folder."""
    return ServerProxy("http://127.0.0.1", transport=SupervisorTransport(None, None, f"unix://{socket_path(run)}"))


def leftover(run: Path) -> list[int]:
    """The numbers of the supervisor and the servers that an earlier run of this folder left behind, the supervisor first."""
    signs = (str(run / "supervisord.conf"), f"{run / 'alive'}")
    listed = subprocess.run(["ps", "-ww", "-axo", "pid=,args="], capture_output=True, text=True, check=False).stdout
    found: list[tuple[bool, int]] = []
    for line in listed.splitlines():
        number, _, command = line.strip().partition(" ")
        if (
            number.isdecimal()
            and int(number) != os.getpid()
            and any(sign in command.split() or sign + "/" in command for sign in signs)
        ):
            found.append((signs[0] not in command, int(number)))
    return [number for _, number in sorted(found)]


def stop_leftover(run: Path) -> bool:
    """Ends what an earlier run left behind, in order; whether there was anything. A killed supervisor leaves servers."""
    if not (numbers := leftover(run)):
        return False
    _signal(numbers[:1], signal.SIGTERM)
    if not _gone(run, 3.0):
        _signal(leftover(run), signal.SIGTERM)
    if not _gone(run, STOP_WITHIN_SECONDS):
        _signal(leftover(run), signal.SIGKILL)
        _gone(run, 5.0)
    return True


def _signal(numbers: list[int], which: signal.Signals) -> None:
    for number in numbers:
        try:
            os.kill(number, which)
        except ProcessLookupError:
            continue


def _gone(run: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not leftover(run):
            return True
        time.sleep(0.2)
    return not leftover(run)
