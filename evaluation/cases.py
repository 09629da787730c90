"""The sets that are measured: our own below evaluation/, and the development sets that may lie beside the checkout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DEVELOPMENT = HERE.parent.parent / "shared" / "evaluation"
UNSEEN = ("blind_2", "blind_questions_2", "unit_questions", "blind_out_of_scope_2", "acts_2")
"""Sets that nothing was mended for: their first score is kept apart from later ones."""
SPENT = ("blind", "blind_questions", "blind_out_of_scope", "acts")
"""Sets that were unseen once and were read since: their first score stays, later ones are fitted."""
FITTED, READ, FIRST, AGAIN = "fitted", "read", "first score", "scored before"
"""What a figure is worth: causes of misses on the set were mended; the set was read while building; nothing was mended for it
and it is scored for the first time; or nothing was mended for it, and it was scored before."""


@dataclass(frozen=True)
class CaseSet:
    """A set of cases. `kind` is what they measure: triage, topics, units, scope, acts or dialogues."""

    name: str
    kind: str
    path: Path

    @property
    def own(self) -> bool:
        """Whether it lies in the project."""
        return self.path.is_relative_to(HERE)

    def read(self) -> list[dict[str, Any]]:
        """The cases as written."""
        return read_lines(self.path)

    def fingerprint(self) -> str:
        """Names the content of the file: another content has a first score of its own."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()[:12]


def sets() -> list[CaseSet]:
    """Every set that there may be, in the order of the page; a file may be absent."""
    return [*_triage(), *_understanding()]


def _triage() -> Iterator[CaseSet]:
    """Levels of care: the blind set first, then what was seen."""
    yield _triage_set("blind_2")
    yield _triage_set("blind")
    yield CaseSet("vignettes", "triage", DEVELOPMENT / "vignettes.dev.jsonl")
    yield CaseSet("real_red_flags", "triage", DEVELOPMENT / "real_red_flags.dev.jsonl")
    for name in triage_files():
        if name not in ("blind", "blind_2"):
            yield _triage_set(name)


def _triage_set(name: str) -> CaseSet:
    return CaseSet(name, "triage", HERE / "triage" / f"{name}.jsonl")


def _understanding() -> Iterator[CaseSet]:
    """Everything else."""
    yield CaseSet("blind_questions_2", "topics", HERE / "blind_questions_2.jsonl")
    yield CaseSet("blind_questions", "topics", HERE / "blind_questions.jsonl")
    yield CaseSet("real_questions", "topics", DEVELOPMENT / "real_questions.dev.jsonl")
    yield CaseSet("told_questions", "topics", HERE / "told_questions.jsonl")
    yield CaseSet("unit_questions", "units", HERE / "unit_questions.jsonl")
    yield CaseSet("blind_out_of_scope_2", "scope", HERE / "blind_out_of_scope_2.jsonl")
    yield CaseSet("blind_out_of_scope", "scope", HERE / "blind_out_of_scope.jsonl")
    yield CaseSet("out_of_scope", "scope", DEVELOPMENT / "out_of_scope.dev.jsonl")
    yield CaseSet("acts_2", "acts", HERE / "acts_2.jsonl")
    yield CaseSet("acts", "acts", HERE / "acts.jsonl")
    yield CaseSet("dialogues", "dialogues", DEVELOPMENT / "dialogues.dev.jsonl")


def worth(name: str, *, own: bool, first: bool) -> str:
    """What the figures of a set are worth; `first` where its content was not scored before."""
    if name in UNSEEN:
        return FIRST if first else AGAIN
    return FITTED if own else READ


def triage_files() -> list[str]:
    """The names of our own files of triage cases. All but "cases" were written by somebody who had not seen the rules."""
    return sorted(path.stem for path in (HERE / "triage").glob("*.jsonl"))


def triage_cases(name: str = "cases") -> list[dict[str, Any]]:
    """The cases of one file: a `text` or several `turns`, the `acceptable` levels, and what `kind` of case it is."""
    return read_lines(HERE / "triage" / f"{name}.jsonl")


def told_questions() -> list[dict[str, Any]]:
    """Questions with a story round them, `text` and `topic`. Their writer knew the answers, but no training question."""
    return read_lines(HERE / "told_questions.jsonl")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
