"""Makes the environment of stock Rasa in .venv-stock, or leaves it alone when it is the right one.

Stock Rasa installs on Python 3.10 at most, so that is what it is measured on; Stridewell's own is scripts/environment.py's.

.venv/bin/python benchmarks/stock_environment.py          make or check the environment
.venv/bin/python benchmarks/stock_environment.py lock     compile benchmarks/stock.lock anew from benchmarks/stock.in

It is apart from Stridewell's own, which leaves TensorFlow's larger build out: stock Rasa is measured as it installs.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "scripts"))
import environment  # noqa: E402  (scripts/ is no package)

PYTHON_VERSION = "3.10"
FOLDER = ROOT / ".venv-stock"
STAMP = FOLDER / ".stamp"
LOCK = HERE / "stock.lock"
COMPILE = [
    "pip", "compile", "--quiet", str(HERE / "stock.in"), "--generate-hashes", "--no-emit-index-url", "--no-annotate",
    "--custom-compile-command", ".venv/bin/python benchmarks/stock_environment.py lock",
    "--python-version", PYTHON_VERSION, "--output-file", str(LOCK),
]  # fmt: skip


def python() -> Path:
    """The interpreter of the environment."""
    return FOLDER / "bin" / "python"


def initial_project() -> Path:
    """The folder of what `rasa init` writes, in the installed Rasa."""
    code = "import importlib.util as u, pathlib as p; print(p.Path(u.find_spec('rasa').origin).parent)"
    found = subprocess.run([str(python()), "-c", code], capture_output=True, text=True, check=True)
    return Path(found.stdout.strip()) / "cli" / "initial_project"


def wanted() -> str:
    """The stamp of the environment that this checkout wants."""
    return hashlib.sha256(LOCK.read_bytes() + PYTHON_VERSION.encode()).hexdigest()


def ready() -> bool:
    """Whether the environment was made to the end, from this very lock file."""
    return STAMP.is_file() and STAMP.read_text() == wanted() and python().exists()


def run_uv(arguments: list[str], advice: str) -> None:
    """Runs uv outside of the checkout, whose overrides leave TensorFlow out. Raises environment.SetupError."""
    uv = environment.find_uv(ROOT)
    with tempfile.TemporaryDirectory() as elsewhere:
        environment.run_uv(uv, arguments, Path(elsewhere), advice)


def make() -> None:
    """Makes the environment; the stamp is written last. Raises environment.SetupError."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    environment.say("making the environment of stock Rasa (about 3 GB)")
    interpreter = environment.find_python(PYTHON_VERSION) or PYTHON_VERSION
    run_uv(["venv", "--quiet", "--python", interpreter, str(FOLDER)], f"Python {PYTHON_VERSION} could not be set up.")
    install = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", "--python", str(python()), "-r", str(LOCK)]
    run_uv(install, "The packages of stock Rasa could not be installed. Check network and disk.")
    STAMP.write_text(wanted())


def main(arguments: list[str]) -> int:
    """The command line."""
    try:
        if arguments == ["lock"]:
            run_uv(COMPILE, "benchmarks/stock.lock could not be compiled.")
        elif not ready():
            make()
    except (environment.SetupError, OSError) as error:
        print(f"The stock environment cannot be made: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
