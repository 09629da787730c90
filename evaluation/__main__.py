"""`python -m evaluation`: measures the trained model and writes evaluation/results.md and results.json."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.content.reader import read_content
from bot.knowledge import load, make_engine, upgrade
from evaluation.cases import HERE, development, triage_cases, triage_files
from evaluation.levels import case_scores, level_scores
from evaluation.live import Live, live
from evaluation.understanding import scope_scores, topic_scores


def measure(assistant: Live, topics: set[str]) -> dict[str, Any]:
    """Every measurement that there are cases for."""
    results: dict[str, Any] = {"topics_with_content": len(topics)}
    for name in triage_files():
        results[f"triage {name}"] = case_scores(assistant, triage_cases(name))
    questions, outside, flags = (development(name) for name in ("real_questions", "out_of_scope", "real_red_flags"))
    if questions is None or outside is None or flags is None:
        print("the development sets are not here (../shared/evaluation): their measurements are left out", flush=True)
        return results
    results["topics"] = topic_scores(assistant, questions, topics)
    results["scope"] = scope_scores(assistant, outside)
    results["red_flags"] = level_scores(assistant, flags)
    return results


def table(results: dict[str, Any]) -> str:
    """The figures as a Markdown page."""
    lines = ["# Measured quality", "", "Written by `make evaluate`.", "", "| figure | value |", "|---|---|"]
    for group, values in results.items():
        if not isinstance(values, dict):
            lines.append(f"| {group} | {values} |")
            continue
        for name, value in values.items():
            pairs = value.items() if isinstance(value, dict) else [("", value)]
            lines += [
                f"| {group}: {name} {part} | {_number(figure)} |"
                for part, figure in pairs
                if not isinstance(figure, list)
            ]
    return "\n".join(lines) + "\n"


def _number(value: Any) -> str:
    """A share as a percentage, a count as it is."""
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def main() -> int:
    """Measures and writes the tables."""
    content = read_content()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'content.sqlite3'}"
        upgrade(url)
        load(make_engine(url), content)
        with live(url) as assistant:
            results = measure(assistant, set(content.articles))
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(table(results), encoding="utf-8")
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
