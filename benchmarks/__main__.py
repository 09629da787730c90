"""`python -m benchmarks`: measures stock Rasa against Stridewell and writes benchmarks/results.md and results.json."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from benchmarks import load, machine, report, sides, stock_environment
from benchmarks.measure import Figures, Load, MeasureError, round_of, train
from benchmarks.questions import Questions, questions

HERE = Path(__file__).resolve().parent


def measure(asked: Questions, wanted: Load, rounds: int, *, reuse: bool) -> dict[str, Figures]:
    """The figures of both sides by name."""
    both = (sides.stock, sides.ours)
    made = {side.name: side for side in (make(asked) for make in both)}
    figures = {name: Figures() for name in made}
    for name, side in made.items():
        say(f"training {name}")
        figures[name].training_seconds = train(side, reuse=reuse)
        say(f"{name}: trained in {figures[name].training_seconds:.1f} s")
    for number in range(rounds):
        for name, side in made.items():
            say(f"round {number + 1} of {rounds}: {name}")
            round_of(side, asked.cases, wanted, figures[name])
    return figures


def results(asked: Questions, wanted: Load, rounds: int, *, reuse: bool) -> dict[str, Any]:
    """Everything that is written: the machine, how it was measured, both sides and their ratios."""
    pythons = {"stock": str(stock_environment.python()), "ours": sys.executable}
    before = os.getloadavg()
    figures = measure(asked, wanted, rounds, reuse=reuse)
    told = {name: report.summary(one) for name, one in figures.items()}
    how = {
        "origin": asked.origin,
        "rounds": rounds,
        "one_by_one": wanted.one_by_one,
        "at_once": wanted.at_once,
        "people": load.PEOPLE,
        "turns": load.TURNS,
        "long_turns": load.LONG_TURNS,
        "long_talks": load.LONG_TALKS,
        "trained": "in an earlier run" if reuse else "in this run",
    }
    return {
        "machine": {**machine.describe(pythons), "load_before": before, "load_after": os.getloadavg()},
        "how": how,
        **told,
        "compared": report.ratios(told["stock"], told["ours"]),
        "rounds": {
            name: {
                "first_answer_seconds": one.first_answer_seconds,
                "messages_per_second": one.messages_per_second,
                "processor_seconds_per_message": one.processor_seconds_per_message,
                "memory_bytes": one.memory_bytes,
                "alerts": one.accuracy["alerts"],
            }
            for name, one in figures.items()
        },
    }


def say(text: str) -> None:
    """One line of progress."""
    print(f"- {text}", flush=True)


def main() -> int:
    """The command line: 0 when both sides were measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is started and asked")
    parser.add_argument("--one-by-one", type=int, default=300, help="messages one at a time in a round")
    parser.add_argument("--at-once", type=int, default=800, help="messages with many people at once in a round")
    parser.add_argument("--cases", type=Path, help="a file of cases in place of the development set")
    parser.add_argument("--out", type=Path, default=HERE, help="where results.md and results.json are written")
    parser.add_argument("--reuse", action="store_true", help="take the models, and their times, of an earlier run")
    arguments = parser.parse_args()
    asked = questions(sides.ROOT / "data", arguments.cases)
    say(f"asking {asked.origin}")
    try:
        found = results(asked, Load(arguments.one_by_one, arguments.at_once), arguments.rounds, reuse=arguments.reuse)
    except MeasureError as error:
        print(f"The benchmark cannot go on: {error}", file=sys.stderr)
        return 1
    arguments.out.mkdir(exist_ok=True)
    (arguments.out / "results.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (arguments.out / "results.md").write_text(report.page(found), encoding="utf-8")
    print(report.page(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
