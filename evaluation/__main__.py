"""`python -m evaluation`: plays every set through the trained model and writes evaluation/results.md and results.json."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.content.lexicon import word_classes
from evaluation.cases import HERE, SPENT, UNSEEN, CaseSet, sets, worth
from evaluation.dialogues import dialogue_scores, play, transcripts
from evaluation.levels import level_scores
from evaluation.live import MODEL
from evaluation.playing import Player, player
from evaluation.report import page
from evaluation.robustness import VARIANTS, with_typo
from evaluation.understanding import act_scores, scope_scores, topic_scores, unit_scores

RESULTS = HERE / "results.json"
TYPED = "emergency"
"""The set that is played once more with a typo in a word that triage reads."""
REWRITTEN = "real_questions"
"""The set that is played once more in every way in which people type."""
_LEAF = re.compile(r"\{\n[^{}]*\}|\[\n[^\[\]{}]*\]")
"""A list of numbers or words, and an object of nothing but such lists, as json.dumps breaks them into lines."""
Results = dict[str, dict[str, Any]]
Misses = list[dict[str, Any]]


def measure(one: CaseSet, play_with: Player, transcript: Path | None) -> Iterator[tuple[str, dict[str, Any], Misses]]:
    """The figures of a set, and of its variants, by name, each with its misses."""
    cases = one.read()
    if one.kind == "dialogues":
        talks = play(play_with, cases)
        if transcript is not None:
            transcript.write_text(transcripts(talks), encoding="utf-8")
        yield one.name, dialogue_scores(talks), []
        return
    scores: dict[str, Callable[[Player, Any], Any]] = {
        "triage": level_scores,
        "topics": topic_scores,
        "units": unit_scores,
        "scope": scope_scores,
        "acts": act_scores,
    }
    yield one.name, *scores[one.kind](play_with, cases)
    if one.name == TYPED:
        known = frozenset(word for terms in word_classes().values() for term in terms for word in term.split())
        typed = [{**case, "text": with_typo(case["text"], known)} for case in cases]
        yield f"{one.name}, one typo", *level_scores(play_with, typed)
    if one.name == REWRITTEN:
        for name, change in VARIANTS.items():
            yield f"{one.name}, {name}", *topic_scores(play_with, cases, change=change)


def measured(
    wanted: Sequence[CaseSet], before: Results, *, transcript: Path | None = None, misses: Path | None = None
) -> Results:
    """The results of the wanted sets that are there; `before` are those of earlier runs."""
    play_with, model = player(), hashlib.sha256(MODEL.read_bytes()).hexdigest()[:12]
    results: Results = {}
    missed: Misses = []
    for one in wanted:
        if not one.path.is_file():
            print(f"{one.name} is not here ({one.path.name}): left out", flush=True)
            continue
        for name, figures, ids in measure(one, play_with, transcript):
            results[name] = recorded(one, figures, before.get(name, {}), model)
            missed += [{"set": name, **miss} for miss in ids if one.name not in UNSEEN]
        print(f"{one.name}: measured", flush=True)
    if misses is not None:
        misses.write_text("".join(f"{json.dumps(miss)}\n" for miss in missed), encoding="utf-8")
    return results


def recorded(one: CaseSet, figures: Mapping[str, Any], old: Mapping[str, Any], model: str) -> dict[str, Any]:
    """The figures of a set with what they are worth. A set that nothing was mended for keeps its first score."""
    text = one.fingerprint()
    first = old.get("text") != text
    about = {"kind": one.kind, "worth": worth(one.name, own=one.own, first=first), "text": text, "model": model}
    if one.name not in (*UNSEEN, *SPENT):
        return {**about, **figures}
    kept = {"model": model, **figures} if first else old["first"]
    return {**about, **figures, "first": kept}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="SET", help="measure these sets, and leave the others' figures")
    parser.add_argument("--transcripts", type=Path, help="a file to write the played conversations into")
    parser.add_argument("--misses", type=Path, help="a file to write what missed into, but for the unseen sets'")
    arguments = parser.parse_args()
    before: Results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known = sets()
    wanted = [one for one in known if not arguments.only or one.name in arguments.only]
    new = measured(wanted, before, transcript=arguments.transcripts, misses=arguments.misses)
    results = ordered({**before, **new} if arguments.only else new, [one.name for one in known])
    RESULTS.write_text(compact(results), encoding="utf-8")
    text = page(results)
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def ordered(results: Results, names: Sequence[str]) -> Results:
    """The results in the order of the sets, a set's variants after it; without those of sets that are no more."""
    return {name: one for known in names for name, one in results.items() if name.split(",")[0] == known}


def compact(results: Results) -> str:
    """The results as JSON, with the figures of a group on one line."""
    return _LEAF.sub(lambda found: " ".join(found.group().split()), json.dumps(results, indent=1)) + "\n"


if __name__ == "__main__":
    sys.exit(main())
