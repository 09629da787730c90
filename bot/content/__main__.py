"""`python -m bot.content check`: is the content right? `show <id>`: how does it read? `try "..."`: how is it read?"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence

from bot.content.checks import Counts, check
from bot.content.reader import ROOT, read_all, read_content
from bot.content.show import show
from bot.content.show_trial import show_trial
from bot.language import assembly
from bot.language.corpus import danger_rows
from bot.language.encoder import shared_encoder
from bot.language.phrase_checks import PhraseChecks
from bot.language.vector_cache import VectorCache
from bot.nlu.assembly import interpreter
from bot.papers import PAGE, filled, stale
from bot.trial import Nearest, trials

PROJECT = ROOT.parent.parent
MODEL = PROJECT / "models" / "stridewell.tar.gz"
VECTORS = PROJECT / ".run" / "vectors"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 when all is well, 1 when the content has errors or there is nothing to show."""
    parser = argparse.ArgumentParser(prog="python -m bot.content", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check all content and training questions")
    shown = commands.add_parser("show", help="print an article, exercise or red flag as a person would see it")
    shown.add_argument("id")
    commands.add_parser("papers", help="write the tables of docs/clinical-safety.md anew")
    tried = commands.add_parser(
        "try", help="print what is read in a message, or in the turns of a conversation, and why"
    )
    tried.add_argument("turns", nargs="+")
    parsed = parser.parse_args(arguments)
    if parsed.command == "papers":
        return _papers()
    if parsed.command == "try":
        return _try(parsed.turns)
    return _show(parsed.id) if parsed.command == "show" else _check()


def _check() -> int:
    report = check(today=dt.date.today(), phrases=PhraseChecks)
    errors = [*report.errors, *stale(PROJECT, read_all().content)]
    for warning in report.warnings:
        print(f"{warning.path}:{warning.line}: warning: {warning.message}")
    for error in errors:
        print(f"{error.path}:{error.line}: error: {error.message}")
    print(_summary(report.counts))
    print(f"{len(errors)} errors, {len(report.warnings)} warnings")
    return 1 if errors else 0


def _summary(counts: Counts) -> str:
    """The counts in two lines."""
    return (
        f"{counts.topics} of {counts.topics_wanted} topics, {counts.exercises} exercises, {counts.sources} sources, "
        f"{counts.sections} sections, {counts.red_flags} red flags, {counts.regions} regions, "
        f"{counts.signs} signs with {counts.phrases} phrases, "
        f"coverage {counts.covered} of {counts.covered_wanted}\n"
        f"highest reading grade {counts.highest_grade:.1f} ({counts.highest_grade_at}), "
        f"general advice {counts.general_share:.0%} of sections"
    )


def _papers() -> int:
    page = PROJECT / PAGE
    page.write_text(filled(page.read_text(encoding="utf-8"), read_content()), encoding="utf-8")
    return 0


def _try(turns: Sequence[str]) -> int:
    heads = assembly.trained_heads(MODEL)
    if heads is None:
        print("nothing is trained yet: make train", file=sys.stderr)
        return 1
    with VectorCache(VECTORS, shared_encoder()) as cache:
        nearest = Nearest(danger_rows(), cache.encode)
        for trial in trials(turns, reader=assembly.reader(heads), interpreter=interpreter(), nearest=nearest):
            print(show_trial(trial))
    return 0


def _show(wanted: str) -> int:
    text = show(read_all().content, wanted)
    if text is None:
        print(f"there is no article, exercise or red flag {wanted!r}", file=sys.stderr)
        return 1
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
