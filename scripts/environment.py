"""Makes the Python environment in .venv, or leaves it alone when it is the right one. Needs only Python 3.8 or later.

python3 scripts/environment.py          make or check the environment
python3 scripts/environment.py lock     compile requirements.lock anew from pyproject.toml
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ".stamp"
DEFAULTS = "stridewell_defaults.pth"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
"""What every Python of the environment begins with unless told otherwise: Rasa reports to its makers by default."""
PYTHON_VERSION = "3.11"
NEEDED_BYTES = 4 * 1024**3
LOCK = [
    "pip", "compile", "--quiet", "pyproject.toml", "--extra", "traces", "--generate-hashes", "--no-emit-index-url",
    "--custom-compile-command", "make lock", "--python-version", PYTHON_VERSION,
]  # fmt: skip
LOCKS = (
    [*LOCK, "--extra", "dev", "--output-file", "requirements.lock"],
    [*LOCK, "--constraint", "requirements.lock", "--output-file", "requirements-run.lock"],
)
"""Everything, and what a server needs alone: the second is a part of the first, version by version."""


class SetupError(Exception):
    """Something that the person at the keyboard can mend; says what and how."""


def wanted(root):
    """The stamp of the environment that this checkout wants."""
    return hashlib.sha256(
        (root / "requirements.lock").read_bytes() + repr((PYTHON_VERSION, QUIET)).encode()
    ).hexdigest()


def ready(root):
    """Whether .venv was made to the end, from this very lock file, and its Python still starts."""
    stamp, python = root / ".venv" / STAMP, root / ".venv" / "bin" / "python"
    if not stamp.is_file() or stamp.read_text() != wanted(root) or not python.exists():
        return False
    return subprocess.run([str(python), "-c", "pass"], check=False).returncode == 0


def find_uv(root):
    """The path of uv: the machine's, else one of our own in .tools."""
    own = root / ".tools" / "bin" / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    if found:
        return found
    say("getting uv, the installer")
    shutil.rmtree(root / ".tools", ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(root / ".tools")], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SetupError(
            "Python cannot make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv.\n"
            + made.stdout + made.stderr
        )  # fmt: skip
    pip = [str(root / ".tools" / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    got = subprocess.run([*pip, "install", "uv"], capture_output=True, text=True, check=False)
    if got.returncode:
        raise SetupError("uv could not be installed. Is there a network connection?\n" + got.stderr[-2000:])
    return str(own)


def find_python(version=PYTHON_VERSION):
    """The path of that Python on this machine, or None; tried by running it, since a pyenv shim may lead nowhere."""
    pyenv = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv")))
    versions = sorted(pyenv.glob("versions/%s*/bin/python%s" % (version, version)))
    names = [shutil.which("python" + version), *map(str, versions), sys.executable]
    for name in filter(None, names):
        code = "import sys; sys.exit('%d.%d' % sys.version_info[:2] != sys.argv[1])"
        if subprocess.run([name, "-c", code, version], capture_output=True, check=False).returncode == 0:
            return name
    return None


def make(root):
    """Makes .venv. The stamp is written last, so that a half-made one is made again."""
    if not shutil.disk_usage(root).free > NEEDED_BYTES:
        raise SetupError(
            "Less than 4 GB of disk space is free here: the environment takes 2 GB. Make room and try again."
        )
    uv = find_uv(root)
    shutil.rmtree(root / ".venv", ignore_errors=True)
    say("making the environment (Python %s, about 2 GB)" % PYTHON_VERSION)
    python = find_python() or PYTHON_VERSION
    missing = (
        "Python %s was not found and could not be fetched. Install it (https://www.python.org, pyenv install %s, "
        "or your system's package) and try again." % (PYTHON_VERSION, PYTHON_VERSION)
    )
    run_uv(uv, ["venv", "--quiet", "--python", python, ".venv"], root, missing)
    install = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", "requirements.lock"]
    run_uv(
        uv,
        install,
        root,
        "The packages could not be installed. Check the network connection and the disk, then try again.",
    )
    for folder in (root / ".venv").glob("lib/python*/site-packages"):
        (folder / DEFAULTS).write_text(
            "import os; [os.environ.setdefault(name, value) for name, value in %r.items()]\n" % QUIET
        )
    (root / ".venv" / STAMP).write_text(wanted(root))


def run_uv(uv, arguments, root, advice):
    """Runs uv in the checkout. Raises SetupError with what it said and `advice`."""
    environment = {**os.environ, "VIRTUAL_ENV": str(root / ".venv")}
    done = subprocess.run(
        [uv, *arguments], cwd=str(root), env=environment, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SetupError(advice + "\n" + done.stderr[-2000:])


def say(text):
    """One line of progress."""
    print("- " + text, flush=True)


def main(arguments):
    """The command line."""
    try:
        if sys.version_info < (3, 8):
            raise SetupError("this is Python %s, and 3.8 or later is needed: make PYTHON=..." % sys.version.split()[0])
        if arguments == ["lock"]:
            for lock in LOCKS:
                run_uv(find_uv(ROOT), lock, ROOT, "%s could not be compiled." % lock[-1])
        elif not ready(ROOT):
            make(ROOT)
    except (SetupError, OSError) as error:  # OSError: no room, no right to write
        print("Stridewell cannot be set up: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
