"""Domain, training data, rules and actions name the same things: all that is declared is there, and the reverse."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action

ROOT = Path(__file__).resolve().parents[2]
PAYLOAD_ONLY = {
    "red_flag_emergency", "red_flag_urgent", "acknowledge_alert", "answer_flag", "arranged", "set_region", "recheck_flag",
}  # fmt: skip
"""Intents that triage or a button sets, and nobody types."""


def documents(folder: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).rglob("*.yml"))]


def declared(key: str) -> set[str]:
    return set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))[key])


def trained() -> set[str]:
    return {block["intent"] for document in documents("data/nlu") for block in document["nlu"]}


def steps() -> list[dict[str, str]]:
    return [step for document in documents("data/rules") for rule in document["rules"] for step in rule["steps"]]


def classes() -> set[str]:
    names = set()
    for path in (ROOT / "actions").glob("*.py"):
        module = importlib.import_module(f"actions.{path.stem}" if path.stem != "__init__" else "actions")
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, Action) and found is not Action and not inspect.isabstract(found):
                names.add(found().name())
    return names


def test_every_action_is_declared_and_there() -> None:
    assert declared("actions") == classes()


def test_every_action_is_reached_by_a_rule() -> None:
    assert classes() - {"action_out_of_scope"} <= {step["action"] for step in steps() if "action" in step}


def test_every_intent_has_questions_or_is_a_button() -> None:
    assert declared("intents") - {name.split("/")[0] for name in trained()} == PAYLOAD_ONLY


def test_what_only_buttons_send_stands_with_the_buttons() -> None:
    blocks = yaml.safe_load((ROOT / "data/buttons.yml").read_text(encoding="utf-8"))["nlu"]
    assert {block["intent"]: block["examples"] for block in blocks} == {name: f"- /{name}\n" for name in PAYLOAD_ONLY}


def test_every_trained_intent_is_declared() -> None:
    assert {name.split("/")[0] for name in trained()} <= declared("intents")


def test_every_intent_has_one_rule() -> None:
    ruled = [step["intent"] for step in steps() if "intent" in step]
    assert sorted(ruled) == sorted(declared("intents"))


def test_every_topic_is_trained_and_its_category_is_an_intent() -> None:
    topics = {topic for topic in trained() if "/" in topic and not topic.startswith(("follow_up/", "out_of_scope/"))}
    articles = {
        path.relative_to(ROOT / "bot/content/articles").with_suffix("").as_posix()
        for path in (ROOT / "bot/content/articles").rglob("*.yml")
    }
    assert topics == articles
    assert {topic.split("/")[0] for topic in topics} <= declared("intents")
