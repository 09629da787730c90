"""A log that cannot hold what a person wrote: of every record of every library only what stands in source code is kept.

Whoever logs hands over a text, values and an error; any of them may quote a person (rasa_sdk logs the request that an action
failed on, Rasa the message). So each record is replaced as it is made, before any handler sees it: its text by the constant
parts of the text in the call's own source, its values by a mark unless they are errors, an error by the names of its kinds
and the places that it went through. One line of JSON a record, written by structlog.
"""

from __future__ import annotations

import ast
import functools
import io
import linecache
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

WITHHELD = "…"
"""What stands in place of a value."""

LEVEL = logging.WARNING
"""Below it nothing is logged: what a service did well is in its answers."""

MOST_FRAMES = 6

_METHODS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "msg", "log", "_log"}


def install(stream: TextIO | None = None) -> None:
    """From now on nothing that this process logs or prints holds words; `stream` (default: stdout) gets the lines."""
    logging.setLogRecordFactory(RedactedRecord)
    handler = logging.StreamHandler(stream or sys.__stdout__)
    handler.setLevel(LEVEL)
    handler.setFormatter(_formatter())
    root = logging.getLogger()
    for name in list(logging.Logger.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    root.handlers[:] = [handler]
    root.setLevel(LEVEL)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda failed: _uncaught(Exception, failed.exc_value, None)
    sys.unraisablehook = lambda unraisable: _uncaught(Exception, unraisable.exc_value, None)
    sys.stdout = sys.stderr = _Nowhere()


class RedactedRecord(logging.LogRecord):
    """A record whose text is a constant of the calling source; `fault` and `frames` tell of an error."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        error = self.exc_info[1] if isinstance(self.exc_info, tuple) else None
        values = self.args.values() if isinstance(self.args, Mapping) else self.args or ()
        quoted = [_kind(value) for value in (self.msg, *values) if _is_error(value)]
        self.msg = " ".join([template_at(self.pathname, self.lineno), *quoted])
        self.args = ()
        self.fault = list(_chain(error))
        self.frames = _frames(error)
        self.exc_info = self.exc_text = self.stack_info = None


def template_at(path: str, line: int) -> str:
    """The text that the logging call at a line of a source file has in the source, with WITHHELD for all that is put in."""
    for start, end, template in _templates(path):
        if start <= line <= end:
            return template
    return WITHHELD


@functools.lru_cache(maxsize=512)
def _templates(path: str) -> tuple[tuple[int, int, str], ...]:
    """First and last line, and constant text, of the logging calls of a source file; the innermost first."""
    try:
        tree = ast.parse("".join(linecache.getlines(path)))
    except (SyntaxError, ValueError):
        return ()
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _logs(node)]
    found = [(call.lineno, call.end_lineno or call.lineno, _constant(call)) for call in calls]
    return tuple(sorted(found, key=lambda one: one[1] - one[0]))


def _logs(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _METHODS


def _constant(call: ast.Call) -> str:
    """The constant parts of the first text among what a call is given."""
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg in ("msg", "event", "message"))]
    texts = ("".join(_parts(node)) for node in given)
    return next((text.strip() for text in texts if text.strip(f" {WITHHELD}")), WITHHELD)


def _parts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield node.value if isinstance(node.value, str) else ""
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            yield from _parts(value)
    elif isinstance(node, ast.BinOp):
        yield from _parts(node.left)
        yield from _parts(node.right) if isinstance(node.op, ast.Add) else ()
    else:
        yield WITHHELD


def _is_error(value: Any) -> bool:
    return isinstance(value, BaseException) or (isinstance(value, type) and issubclass(value, BaseException))


def _kind(value: Any) -> str:
    return value.__name__ if isinstance(value, type) else type(value).__name__


def _chain(error: BaseException | None) -> Iterator[str]:
    """The kinds of an error and of those that it came of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield type(error).__name__
        error = error.__cause__ or error.__context__


def _frames(error: BaseException | None) -> list[str]:
    found = traceback.extract_tb(error.__traceback__) if error is not None else []
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in found[-MOST_FRAMES:]]


def _details(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Adds where a record was made, and its error."""
    record = event["_record"]
    more = {"where": f"{record.module}:{record.lineno}"}
    if record.fault:
        more |= {"fault": record.fault, "frames": record.frames}
    return {**event, **more}


def _formatter() -> logging.Formatter:
    formatter: logging.Formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            _details,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    return formatter


def _uncaught(kind: type[BaseException], error: BaseException | None, _: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("error not caught", exc_info=error)


class _Nowhere(io.TextIOBase):
    """Stands in for a standard stream: what a library prints may quote a person too, and nothing here prints on purpose."""

    encoding = "utf-8"

    def writable(self) -> bool:
        """It takes text."""
        return True

    def write(self, text: str) -> int:
        """Drops the text."""
        return len(text)
