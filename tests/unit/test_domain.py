"""Domain, training data, rules and actions name the same things: all that is declared is there, and the reverse."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action

from actions import door
from bot.content.reader import read_content
from bot.conversation import buttons
from bot.language.corpus import ACTS
from bot.nlu import message_interpreter

ROOT = Path(__file__).resolve().parents[2]
PAYLOAD_ONLY = {
    "red_flag_emergency", "red_flag_urgent", "red_flag_see_doctor", "acknowledge_alert", "answer_flag", "arranged",
    "set_region", "check_symptoms", "follow_up",
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
    wanted = {name: f"- /{name}\n- /{name}{{}}\n" for name in PAYLOAD_ONLY}
    assert {block["intent"]: block["examples"] for block in blocks} == wanted


def test_every_button_that_is_an_act_is_an_intent() -> None:
    assert set(buttons._BY_INTENT) <= PAYLOAD_ONLY


def test_every_trained_intent_is_declared() -> None:
    assert {name.split("/")[0] for name in trained()} <= declared("intents")


def test_every_intent_has_one_rule() -> None:
    ruled = [step["intent"] for step in steps() if "intent" in step]
    assert sorted(ruled) == sorted(declared("intents"))


def labels(*, acts: bool) -> set[str]:
    """The full intents of the training data that are acts, or that are not."""
    return {name for name in trained() if "/" in name and (name.split("/")[0] in ACTS) is acts}


def test_every_topic_and_unit_is_trained_and_its_category_is_an_intent() -> None:
    articles = read_content().articles
    topics = {label for label in labels(acts=False) if "." not in label}
    units = {label for label in labels(acts=False) if "." in label}
    assert topics == set(articles)
    assert units == {unit.id for article in articles.values() for unit in article.units}
    assert {topic.split("/")[0] for topic in topics} <= declared("intents")


def test_every_kind_of_act_is_an_intent_with_an_action() -> None:
    assert {label.split("/")[0] for label in labels(acts=True)} == ACTS
    assert declared("intents") >= ACTS


def test_the_slot_that_the_actions_write_is_the_one_that_is_read() -> None:
    assert set(declared("slots")) == {door.STATE_SLOT} == {message_interpreter.SLOT}
    assert door.MEANING == message_interpreter.MEANING
