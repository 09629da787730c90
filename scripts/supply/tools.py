"""Makes the environment of the checking tools in .venv-tools, or leaves it alone when it is the right one.

.venv/bin/python scripts/supply/tools.py          make or check the environment
.venv/bin/python scripts/supply/tools.py lock     compile scripts/supply/tools.lock anew from tools.in

Apart from Stridewell's own: none of these tools takes the libraries of Rasa 3.6, and none belongs on a server.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import environment  # noqa: E402  (scripts/ is no package)

FOLDER = ROOT / ".venv-tools"
STAMP = FOLDER / ".stamp"
LOCK = HERE / "tools.lock"
COMPILE = [
    "pip", "compile", "--quiet", str(HERE / "tools.in"), "--generate-hashes", "--no-emit-index-url", "--no-annotate",
    "--custom-compile-command", ".venv/bin/python scripts/supply/tools.py lock",
    "--python-version", environment.PYTHON_VERSION, "--output-file", str(LOCK),
]  # fmt: skip


def wanted() -> str:
    """The stamp of the environment that this checkout wants."""
    return hashlib.sha256(LOCK.read_bytes() + environment.PYTHON_VERSION.encode()).hexdigest()


def ready() -> bool:
    """Whether the environment was made to the end, from this very lock file."""
    return STAMP.is_file() and STAMP.read_text() == wanted() and (FOLDER / "bin" / "python").exists()


def tool(name: str) -> str:
    """The path of a tool; its environment is made where it is missing. Raises environment.SetupError."""
    if not ready():
        make()
    return str(FOLDER / "bin" / name)


def run_uv(arguments: list[str], advice: str) -> None:
    """Runs uv outside of the checkout, whose overrides are Rasa's. Raises environment.SetupError."""
    with tempfile.TemporaryDirectory() as elsewhere:
        environment.run_uv(environment.find_uv(ROOT), arguments, Path(elsewhere), advice)


def make() -> None:
    """Makes the environment; the stamp is written last. Raises environment.SetupError."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    environment.say("making the environment of the checking tools (about 150 MB)")
    python = environment.find_python() or environment.PYTHON_VERSION
    run_uv(["venv", "--quiet", "--python", python, str(FOLDER)], "Python could not be set up.")
    into = ["--python", str(FOLDER / "bin" / "python")]
    install = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", *into, "-r", str(LOCK)]
    run_uv(install, "The tools could not be installed. Check network and disk.")
    STAMP.write_text(wanted())


def main(arguments: list[str]) -> int:
    """The command line."""
    try:
        if arguments == ["lock"]:
            run_uv(COMPILE, "scripts/supply/tools.lock could not be compiled.")
        elif not ready():
            make()
    except (environment.SetupError, OSError) as error:
        print(f"The environment of the tools cannot be made: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
