"""Writes the stock project: what `rasa init` writes, and our topics added as flat intents with static responses.

Configuration, endpoints and credentials are the files of `rasa init`, unchanged: Rasa fills in its default pipeline and
policies. Its three stories stay too, so that the policies that learn from stories have any; all else has one rule an intent.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.questions import Examples

UNCHANGED = ("config.yml", "endpoints.yml", "credentials.yml", "data/stories.yml")
FALLBACK = "nlu_fallback"
"""The intent of stock Rasa's FallbackClassifier. Its documentation asks for a rule with an answer of one's own."""
ANSWERS = "answers.json"


def flat(label: str) -> str:
    """The name of the intent that stands for a label: a slash would make it a retrieval intent."""
    return label.replace("/", "__")


def write_stock(folder: Path, initial: Path, training: Examples, articles: Mapping[str, str]) -> None:
    """Writes the project into a new folder. `initial`: the folder of what `rasa init` writes; `articles`: texts by topic.

    answers.json beside it maps each answer's text to the label that it stands for.
    """
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    for name in UNCHANGED:
        shutil.copyfile(initial / name, folder / name)
    domain = _read(initial / "domain.yml")
    theirs = {entry["intent"]: entry["examples"] for entry in _read(initial / "data" / "nlu.yml")["nlu"]}
    rules = _read(initial / "data" / "rules.yml")
    settled = _spoken(rules["rules"]) | _spoken(_read(initial / "data" / "stories.yml")["stories"])
    texts = {label: articles.get(label, f"Answer to {label}.") for label in (*training, FALLBACK)}
    own = [label for label in texts if label not in settled]

    nlu = [{"intent": flat(label), "examples": _listed(examples)} for label, examples in training.items()]
    nlu += [{"intent": name, "examples": examples} for name, examples in theirs.items() if name not in training]
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    rules["rules"] += [
        {"rule": f"answer {label}", "steps": [{"intent": flat(label)}, {"action": f"utter_{flat(label)}"}]}
        for label in own
    ]
    _write(folder / "data" / "rules.yml", rules)
    domain["intents"] = list(dict.fromkeys([*domain["intents"], *(flat(label) for label in training)]))
    domain["responses"] |= {f"utter_{flat(label)}": [{"text": texts[label]}] for label in own}
    _write(folder / "domain.yml", domain)
    labels = {texts[label]: label for label in own}
    if len(labels) != len(own):
        raise ValueError("two labels have one and the same answer")
    (folder / ANSWERS).write_text(json.dumps(labels), encoding="utf-8")


def _spoken(flows: list[dict[str, Any]]) -> set[str]:
    """The intents that rules or stories have an answer to."""
    return {step["intent"] for flow in flows for step in flow["steps"] if "intent" in step}


def _listed(examples: tuple[str, ...]) -> str:
    return "".join(f"- {example}\n" for example in examples)


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000), encoding="utf-8")
