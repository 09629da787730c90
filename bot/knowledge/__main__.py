"""`python -m bot.knowledge upgrade | load | report`: the newest schema, the content in it, what was asked and answered."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from bot.config import get_settings
from bot.content.document import ContentError
from bot.content.reader import read_content
from bot.knowledge.database import make_engine
from bot.knowledge.loader import load
from bot.knowledge.migrate import upgrade
from bot.knowledge.report import lines, report
from bot.ports import StoreUnavailable


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 when it worked, 1 with a message when it did not."""
    parser = argparse.ArgumentParser(prog="python -m bot.knowledge", description=__doc__)
    parser.add_argument("command", choices=["upgrade", "load", "report"])
    parser.add_argument("--days", type=int, default=30, help="of the report: how many days back (30)")
    given = parser.parse_args(arguments)
    command = given.command
    url = get_settings().database_url
    try:
        if command == "report":
            print(_report(url, given.days), flush=True)
            return 0
        print(f"database: schema at revision {upgrade(url)}", flush=True)
        if command == "load":
            print(_load(url), flush=True)
    except ContentError as error:
        print(f"content: {len(error.errors)} errors, nothing loaded\n{error}", file=sys.stderr)
        return 1
    except StoreUnavailable as error:
        print(f"database: {error}", file=sys.stderr)
        return 1
    return 0


def _report(url: str, days: int) -> str:
    """What the database keeps of the last days, in counts."""
    engine = make_engine(url)
    try:
        since = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=days)
        return "\n".join(lines(report(engine, since)))
    finally:
        engine.dispose()


def _load(url: str) -> str:
    """Loads the content that ships, and says what that did."""
    engine = make_engine(url)
    try:
        done = load(engine, read_content())
    finally:
        engine.dispose()
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in done.counts.items())
    return f"content: {'loaded' if done.changed else 'unchanged'} ({counts})"


if __name__ == "__main__":
    sys.exit(main())
