"""`python -m evaluation`: measures the trained model and writes evaluation/results.md and results.json."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.content.lexicon import word_classes
from bot.content.reader import read_content
from bot.knowledge import load, make_engine, upgrade
from evaluation import cross_validation
from evaluation.cases import HERE, development, follow_up_cases, told_questions, triage_cases, triage_files
from evaluation.levels import Count, case_scores, level_scores, outcome
from evaluation.live import Live, live
from evaluation.report import page
from evaluation.robustness import VARIANTS, with_typo
from evaluation.understanding import follow_up_scores, scope_scores, topic_scores


def measure(assistant: Live, topics: set[str]) -> dict[str, Any]:
    """Every measurement that there are cases for, by the name of the group."""
    results: dict[str, Any] = {}
    for name in triage_files():
        results[f"Triage: {name}"] = case_scores(assistant, triage_cases(name))
    results["Triage: one typo in a key word"] = typo_scores(assistant)
    results["Second net, cross-validated"] = cross_validation.second_net()
    results["Topics, cross-validated"] = cross_validation.topics()
    results["Told questions"] = topic_scores(assistant, told_questions(), topics)
    results["Follow-ups"] = follow_up_scores(assistant, follow_up_cases())
    questions, outside, flags = (development(name) for name in ("real_questions", "out_of_scope", "real_red_flags"))
    if questions is None or outside is None or flags is None:
        print("the development sets are not here (../shared/evaluation): their measurements are left out", flush=True)
        return results
    results["Real questions"] = topic_scores(assistant, questions, topics)
    for name, change in VARIANTS.items():
        results[f"Real questions: {name}"] = topic_scores(assistant, questions, topics, change=change)
    results["Out of scope"] = scope_scores(assistant, outside)
    results["Real red flags"] = level_scores(assistant, flags)
    return results


def typo_scores(assistant: Live) -> dict[str, Any]:
    """Of the emergencies recognised as written, how many are lost with one typo in a word that triage reads."""
    words = frozenset(word for terms in word_classes().values() for term in terms for word in term.split())
    lost, misses = Count(), []
    for name in triage_files():
        for case in triage_cases(name):
            if case.get("turns") or case["acceptable"] != ["emergency"] or not outcome(assistant, case).reached:
                continue
            typed = {**case, "text": with_typo(case["text"], words)}
            if typed["text"] != case["text"]:
                missed = not outcome(assistant, typed).reached
                lost.add(missed)
                if missed:
                    misses.append({"id": case["id"], "expected": "emergency", "got": "lower"})
    return {"counts": {"emergencies lost by a typo": lost.to_json()}, "misses": misses}


def main() -> int:
    """Measures, compares with what is committed, and writes the tables."""
    content = read_content()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'content.sqlite3'}"
        upgrade(url)
        load(make_engine(url), content)
        with live(url) as assistant:
            results = measure(assistant, set(content.articles))
    before = HERE / "results.json"
    text = page(results, json.loads(before.read_text(encoding="utf-8")) if before.is_file() else {})
    before.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
