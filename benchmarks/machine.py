"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

VERSIONS = (
    "import importlib.metadata as m, platform, sys; "
    "print(platform.python_version(), *(m.version(name) for name in sys.argv[1:]))"
)


def describe(pythons: dict[str, str]) -> dict[str, Any]:
    """Cores, memory, system and versions. `pythons`: the interpreter of "stock" and of "ours"."""
    stock = _versions(pythons["stock"], ("rasa", "tensorflow"))
    ours = _versions(pythons["ours"], ("rasa", "tensorflow-cpu", "onnxruntime", "spacy", "scikit-learn"))
    told = {f"{name} (stock)": version for name, version in stock.items()}
    told |= {f"{name} (Stridewell)": version for name, version in ours.items()}
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _line("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.machine(),
        "memory_gb": int(_line("/proc/meminfo", r"MemTotal:\s*(\d+) kB") or 0) * 1024 / 1e9,
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "versions": told,
    }


def _versions(python: str, names: Sequence[str]) -> dict[str, str]:
    told = subprocess.run([python, "-c", VERSIONS, *names], capture_output=True, text=True, check=True).stdout
    return dict(zip(("Python", *names), told.split(), strict=True))


def _line(path: str, pattern: str) -> str | None:
    """The group of the first match in a file, or None."""
    found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    return found[1].strip() if found else None
