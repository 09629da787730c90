"""Finds a Chromium for the browser tests, or gets one: Debian's where this user may install it, else Playwright's own.

python scripts/chromium.py      prints its path; 1 with what to do when there is none and none can be had
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "no Chromium was found for the browser tests, and none could be fetched. Install one (Debian: apt-get install chromium)"
    " or name yours: CHROMIUM=/path/to/chromium make test"
)


class NoChromium(Exception):
    """There is none, with what to do about it."""


def find() -> str | None:
    """The path of a Chromium on this machine: the one that CHROMIUM names, the system's, or Playwright's."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or of_playwright()


def of_playwright() -> str | None:
    """The path of the Chromium that Playwright keeps, if it has been fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def get() -> str:
    """The path of a Chromium, fetched if need be. Raises NoChromium."""
    found = find()
    if found:
        return found
    if not os.environ.get("CHROMIUM"):
        if os.geteuid() == 0 and shutil.which("apt-get"):
            attempt("apt-get", "update", "-qq")
            attempt("apt-get", "install", "-qq", "-y", "chromium")
        if not find():
            attempt(sys.executable, "-m", "playwright", "install", "chromium")
    found = find()
    if not found:
        raise NoChromium(ADVICE)
    return found


def attempt(*command: str) -> None:
    """Runs a command that may fail: what comes of it is looked at afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def main() -> int:
    """The command line."""
    try:
        print(get())
    except NoChromium as error:
        print(f"Stridewell cannot be tested: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
