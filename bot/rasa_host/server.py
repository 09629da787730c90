"""The Rasa server as `make run` starts it: `rasa run`, on a socket that several share, with a sign of life.

Upstream: see serving.py.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main() -> None:
    """`python -m bot.rasa_host.server [--heartbeat FILE] ...`: the rest are arguments of `rasa run`."""
    # Here: the processes that read import the main module anew, and need none of it.
    from rasa.__main__ import main as rasa

    from bot.rasa_host import serving

    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument("--heartbeat", type=Path)
    known, rest = parser.parse_known_args()
    serving.serve_on(serving.shared_socket(), known.heartbeat)
    sys.argv = ["rasa", "run", *rest]
    rasa()


if __name__ == "__main__":
    main()
