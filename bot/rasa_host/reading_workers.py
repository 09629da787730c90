"""Messages read in processes of their own: off the server's loop, within a time limit, and with nothing left behind.

Upstream: Rasa 3.6.21 runs the whole NLU graph on the server's loop, so that one message which takes seconds to read holds up
everybody, and nothing can stop it (a regular expression never lets another thread run). spaCy 3.7 also keeps every word that
it has ever met. A process can be ended at its limit and replaced; its successor is forked from one that has read nothing,
which takes milliseconds. The test fails when Rasa's own processor parses off the loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from bot.language.assembly import shared_reader

WORKERS = 2
"""Processes that read: one more than what a message takes, so that a slow one leaves the other free."""

MOST_TEXTS = 1000
"""Texts after which a process is replaced, which bounds its word caches and spaCy's store of strings."""

PRELOAD = "bot.rasa_host.reading_preload"

START_SECONDS = 120
"""How long the first process may take to be ready: the reader is loaded then. Its successors take milliseconds."""

_CONTEXT = multiprocessing.get_context("forkserver")


class ReadingFailed(RuntimeError):
    """A text was not read: it took too long, or the reader failed on it."""


def read_text(text: str) -> Any:
    """The reading of a text, in this process."""
    return shared_reader().read(text)


class ReadingWorkers:
    """A few processes, each with one text at a time."""

    def __init__(
        self, *, seconds: float, read: Callable[[str], Any] = read_text, preload: str = PRELOAD, count: int = WORKERS
    ) -> None:
        """`read` is run in the processes, so it is a function of a module; `preload` is imported before they are forked."""
        self._read, self._preload, self._seconds, self._count = read, preload, seconds, count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="stridewell-reading")
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._generation = 0

    async def start(self) -> None:
        """Returns when the processes are ready to read."""
        _CONTEXT.set_forkserver_preload([self._preload])
        self._loop = asyncio.get_running_loop()
        for _ in range(self._count):
            self._idle.put_nowait(await self._in_thread(self._new))

    async def read(self, text: str) -> Any:
        """The reading of a text. Raises ReadingFailed; a process that was too slow is replaced before anybody else is."""
        turn = asyncio.ensure_future(self._turn(text))
        # Looked at here, so that an error after its caller gave up is not reported as overlooked.
        turn.add_done_callback(lambda done: None if done.cancelled() else done.exception())
        return await asyncio.shield(turn)

    def renew(self) -> None:
        """Replaces every process soon, the busy ones when they are done. May be called from any thread."""
        self._generation += 1
        if self._loop is not None and not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._renew_idle(), self._loop)

    def close(self) -> None:
        """Ends all processes."""
        while not self._idle.empty():
            self._idle.get_nowait().kill()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _turn(self, text: str) -> Any:
        worker = await self._idle.get()
        try:
            return await self._in_thread(worker.read, text, self._seconds)
        finally:
            await self._back(worker)

    async def _back(self, worker: _Worker) -> None:
        """Puts a worker among the idle ones, or its successor where it is spent."""
        if worker.dead or worker.texts >= MOST_TEXTS or worker.generation != self._generation:
            worker = await self._in_thread(self._successor, worker)
        self._idle.put_nowait(worker)

    async def _renew_idle(self) -> None:
        for _ in range(self._idle.qsize()):
            with contextlib.suppress(asyncio.QueueEmpty):
                await self._back(self._idle.get_nowait())

    def _successor(self, worker: _Worker) -> _Worker:
        worker.kill()
        return self._new()

    def _new(self) -> _Worker:
        return _Worker(self._read, self._generation)

    async def _in_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


class _Worker:
    """One process and the line to it. Its methods block."""

    def __init__(self, read: Callable[[str], Any], generation: int) -> None:
        self.generation, self.texts, self.dead = generation, 0, False
        self._line, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=serve, args=(theirs, read), daemon=True)
        with _STARTING:  # the fork server takes one at a time
            self._process.start()
        theirs.close()
        self.dead = not self._ready()

    def read(self, text: str, seconds: float) -> Any:
        """The reading. Raises ReadingFailed, after which the worker is dead where it was too slow."""
        self.texts += 1
        try:
            self._line.send(text)
            if not self._line.poll(seconds):
                raise EOFError
            found, reading = self._line.recv()
        except (EOFError, OSError):
            self.dead = True
            raise ReadingFailed("no reading in time") from None
        if not found:
            raise ReadingFailed(reading)
        return reading

    def _ready(self) -> bool:
        with contextlib.suppress(EOFError, OSError):
            return self._line.poll(START_SECONDS) and bool(self._line.recv())
        return False

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.join()
        self._line.close()


_STARTING = threading.Lock()


def serve(line: Connection, read: Callable[[str], Any]) -> None:
    """The work of a process: reads what comes down the line until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    with contextlib.suppress(EOFError, OSError):
        line.send(True)
        while True:
            text = line.recv()
            try:
                answer = (True, read(text))
            except Exception as error:  # its text may quote the words
                answer = (False, type(error).__name__)
            line.send(answer)
