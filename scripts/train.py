"""Trains the Rasa model, if what it learns from has changed since the last time."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = "stridewell"
INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "bot/nlu",
    "bot/rasa_host/policy.py",
    "bot/language",
    "bot/content/examples",
    "bot/content/lexicon",
    "bot/content/training",
    "bot/reading.py",
    "bot/model.py",
    "requirements.lock",
)
QUIET = {
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
}


def fingerprint(root: Path) -> str:
    """The hash over the names and contents of everything that the model is made of."""
    digest = hashlib.sha256()
    for name in INPUTS:
        path = root / name
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def model_path(root: Path) -> Path:
    """Where the trained model lies."""
    return root / "models" / f"{MODEL}.tar.gz"


def is_fresh(root: Path) -> bool:
    """Whether the model was trained to the end on what is here now, and is still the file that was made then."""
    stamp = root / "models" / f"{MODEL}.stamp"
    if not model_path(root).is_file() or not stamp.is_file() or stamp.read_text() != fingerprint(root):
        return False
    return is_whole(root)


def is_whole(root: Path) -> bool:
    """Whether the model has the hash that it had when its stamp was written; where none was noted, whether it can be read."""
    noted = root / "models" / f"{MODEL}.sha256"
    stamp, found = (root / "models" / f"{MODEL}.stamp").read_text(), _hash(model_path(root))
    if noted.is_file() and noted.read_text().split()[:1] == [stamp]:
        return noted.read_text().split()[1:] == [found]
    try:
        with gzip.open(model_path(root)) as file:
            while file.read(2**20):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    noted.write_text(f"{stamp} {found}")
    return True


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def train(root: Path) -> int:
    """Trains; 0 when it worked. The stamp is written last, so that an interrupted training is done again."""
    print("- training the model", flush=True)
    stamp = root / "models" / f"{MODEL}.stamp"
    stamp.parent.mkdir(exist_ok=True)
    stamp.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bot.nlu.train", "--out", "models", "--name", MODEL]
    done = subprocess.run(command, cwd=root, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"The model could not be trained:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}", file=sys.stderr)
        return 1
    stamp.write_text(fingerprint(root))
    (root / "models" / f"{MODEL}.sha256").write_text(f"{stamp.read_text()} {_hash(model_path(root))}")
    return 0


if __name__ == "__main__":
    sys.exit(0 if is_fresh(ROOT) else train(ROOT))
