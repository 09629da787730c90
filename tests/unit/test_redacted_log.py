"""No log holds what a person wrote, whoever logs it and however; each case in a process of its own, as a server is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.redacted_log import RedactedRecord, template_at

ROOT = Path(__file__).resolve().parents[2]
SECRET = "myprivateword"

LOGGING = f"""
import asyncio, logging, sys, threading, warnings
from bot import redacted_log
early = logging.getLogger("early.library")
early.addHandler(logging.StreamHandler(sys.stderr)); early.setLevel(0); early.propagate = False
redacted_log.install()
words = {SECRET!r}
logger = logging.getLogger("some.library")
logger.error(f"request {{words}} failed")
logger.error("request %s failed", words)
logger.error("request %(w)s failed", {{"w": words}})
logger.error("request " + words + " failed")
logger.error("request {{}} failed".format(words))
logger.error(words)
logger.error(ValueError(words))
logger.log(logging.ERROR, words, stack_info=True)
logger.warning("with extra", extra={{"request": words}})
early.warning("early %s", words)
try:
    try:
        raise KeyError(words)
    except KeyError as inner:
        raise ValueError(words) from inner
except ValueError:
    logger.exception("failed on %s", words)
late = logging.getLogger("late.library")
handler = logging.StreamHandler(sys.stderr)
handler.setFormatter(logging.Formatter("%(message)s %(exc_info)s %(args)s"))
late.addHandler(handler)
late.error("late %s", words)
warnings.warn(words)
print(words); print(words, file=sys.stderr); sys.stdout.write(words)
import structlog
structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
structlog.get_logger("rasa.core").error("processor.message.parse", text=words)
def fail(): raise RuntimeError(words)
thread = threading.Thread(target=fail); thread.start(); thread.join()
async def lost(): asyncio.get_running_loop().create_task(afail()); await asyncio.sleep(0.01)
async def afail(): raise RuntimeError(words)
asyncio.run(lost())
import gc; gc.collect()
class Bad:
    def __del__(self): raise RuntimeError(words)
Bad()
raise SystemError(words)
"""


def run(path: Path, code: str) -> str:
    path.write_text(code)
    command = [sys.executable, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=100, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return done.stdout + done.stderr


def test_whoever_logs_prints_or_fails_no_word_gets_out_and_what_happened_does(tmp_path: Path) -> None:
    written = run(tmp_path / "service.py", LOGGING)
    assert SECRET not in written
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    failed = next(line for line in lines if line["event"].startswith("failed on"))
    assert failed["fault"] == ["ValueError", "KeyError"]
    assert failed["logger"] == "some.library"
    assert failed["level"] == "error"
    assert any("service.py" in frame for frame in failed["frames"])
    assert any(line["event"].endswith("SystemError") or line.get("fault") == ["SystemError"] for line in lines)


SOURCE = """
import logging
logger = logging.getLogger("x")
def one(words):
    logger.error(f"request {words!r} of {words} failed")
def two(words):
    logger.error(
        "turn failed: %s after %d",
        words,
        3,
    )
def three(words):
    logger.log(40, msg="named " + words)
def four(words):
    logger.error(words)
"""


def test_the_text_is_that_of_the_source(tmp_path: Path) -> None:
    path = tmp_path / "library.py"
    path.write_text(SOURCE)
    found = [template_at(str(path), line) for line in (5, 7, 8, 10, 13, 15)]
    assert found[0] == "request … of … failed"
    assert found[1:4] == ["turn failed: %s after %d"] * 3
    assert found[4] == "named …"
    assert found[5] == "…"
    assert template_at("/nowhere.py", 1) == "…"


NESTED = st.recursive(
    st.text() | st.binary() | st.integers() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1), NESTED)
def test_no_record_holds_what_it_was_given(text: str, value: object) -> None:
    marked = f"{SECRET}{text}"
    for error in (None, (ValueError, ValueError(marked, value), None)):
        record = RedactedRecord("any", 40, __file__, 1, marked, ([marked, value],), error)  # type: ignore[arg-type]
        assert SECRET not in repr(vars(record))
        assert SECRET not in record.getMessage()
