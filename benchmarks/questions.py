"""What both assistants learn from and what they are asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.language.corpus import labelled
from evaluation.cases import DEVELOPMENT

Examples = Mapping[str, tuple[str, ...]]
"""Training questions by label: a topic ("causes/sciatica"), a unit of one ("walking/poles.balance"), or an act ("meta/bot")."""

ONE_IN = 10
"""Which share of our own questions is held out where there is no development set."""


@dataclass(frozen=True)
class Case:
    """A question, and the labels of the answers that its asker would be content with."""

    text: str
    accepted: frozenset[str]


@dataclass(frozen=True)
class Questions:
    """What to train on and what to ask, and in words where the cases are from."""

    training: Examples
    cases: tuple[Case, ...]
    origin: str
    held_out: bool


def read_training(folder: Path) -> dict[str, tuple[str, ...]]:
    """What people may type: the examples of every file below nlu/ in a data folder, as written, by label."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / "nlu").rglob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            if "intent" in entry:
                lines = (line.strip() for line in entry["examples"].splitlines())
                examples = tuple(line.removeprefix("- ").strip() for line in lines if line.startswith("- "))
                found[entry["intent"]] = found.get(entry["intent"], ()) + examples
    return found


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file of lines with `text`, `topic` and `also_ok`."""
    with path.open(encoding="utf-8") as lines:
        read: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return tuple(Case(one["text"], frozenset((one["topic"], *one["also_ok"]))) for one in read)


def topic_of(label: str) -> str | None:
    """The topic that a label belongs to, or None for an act."""
    return labelled("", label).topic


def by_topic(training: Examples) -> dict[str, tuple[str, ...]]:
    """Training questions with those of a topic's units under the topic: stock Rasa has one answer a topic."""
    found: dict[str, tuple[str, ...]] = {}
    for label, examples in training.items():
        wider = topic_of(label) or label
        found[wider] = found.get(wider, ()) + examples
    return found


def hold_out(training: Examples) -> tuple[dict[str, tuple[str, ...]], tuple[Case, ...]]:
    """Training questions without every tenth of each topic or unit, and those as cases."""
    kept: dict[str, tuple[str, ...]] = {}
    cases: list[Case] = []
    for label, examples in training.items():
        topic = topic_of(label)
        mine = _every(examples) if topic else ()
        kept[label] = tuple(one for one in examples if one not in mine)
        cases += [Case(one, frozenset((topic,))) for one in mine if topic]
    return kept, tuple(cases)


def _every(examples: Iterable[str]) -> tuple[str, ...]:
    return tuple(examples)[ONE_IN - 1 :: ONE_IN]


def questions(folder: Path, path: Path | None = None) -> Questions:
    """What to train on from a data folder, and the cases of a file; by default of the development set, if it is there."""
    training = read_training(folder)
    path = path or DEVELOPMENT / "real_questions.dev.jsonl"
    if path.is_file():
        cases = read_cases(path)
        return Questions(training, cases, f"{len(cases)} real questions of {path.name}", held_out=False)
    kept, cases = hold_out(training)
    origin = f"{len(cases)} of our own training questions, one in {ONE_IN}, left out of both trainings"
    return Questions(kept, cases, origin, held_out=True)
