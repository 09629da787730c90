"""Runs every test: those that hardly wait beside those that do, then those that break things under load, which want quiet.

.venv/bin/python scripts/tests.py            every test, two groups at once
.venv/bin/python scripts/tests.py ARGS...    pytest with these arguments, alone
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = (("tests/unit", "tests/integration"), ("tests/browser", "tests/conversations"))
"""One core each; together they take two thirds of the time."""
ALONE = ("tests/chaos",)
PYTEST = (sys.executable, "-m", "pytest")


def main(given: list[str]) -> int:
    """The exit code: 0 when every test passed."""
    if given:
        return subprocess.run([*PYTEST, *given], cwd=ROOT, check=False).returncode
    left = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py")))
    named = {*ALONE, *(folder for group in AT_ONCE for folder in group)}
    if set(left) != named:
        print(f"these folders of tests are in no group: {sorted(set(left) ^ named)}", file=sys.stderr)
        return 1
    codes = [_finished(*started) for started in [_started(group) for group in AT_ONCE]]
    codes.append(subprocess.run([*PYTEST, *ALONE], cwd=ROOT, check=False).returncode)
    return max(codes)


def _started(folders: tuple[str, ...]) -> tuple[tuple[str, ...], subprocess.Popen[bytes], Path, float]:
    """A group that runs, with the file that its output goes to and when it began."""
    kept = Path(tempfile.mkstemp(prefix="stridewell-tests-")[1])
    with kept.open("wb") as out:
        running = subprocess.Popen([*PYTEST, *folders], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    return folders, running, kept, time.monotonic()


def _finished(folders: tuple[str, ...], running: subprocess.Popen[bytes], kept: Path, began: float) -> int:
    """The exit code of a group, once it has ended and its output has been shown."""
    code = running.wait()
    print(f"- {' '.join(folders)}: {time.monotonic() - began:.0f} s", flush=True)
    sys.stdout.buffer.write(kept.read_bytes())
    sys.stdout.flush()
    kept.unlink()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
