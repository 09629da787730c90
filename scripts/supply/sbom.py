"""`make sbom`: what a server runs, as a CycloneDX bill of materials made of requirements-run.lock: one lock, one bill.

It is written to .run/sbom.json, or where the first argument says.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import tools

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-run.lock"


def bill() -> dict[str, Any]:
    """The bill of the lock. Raises environment.SetupError or subprocess.CalledProcessError."""
    command = [
        tools.tool("cyclonedx-py"), "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml"),
        "--output-reproducible", "--spec-version", "1.6", "--of", "JSON", "-o", "-",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def main(arguments: list[str]) -> int:
    """The command line."""
    path = Path(arguments[0]) if arguments else ROOT / ".run" / "sbom.json"
    try:
        made = bill()
    except tools.environment.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(made['components'])} components in {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
