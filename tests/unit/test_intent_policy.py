"""The policy does what RulePolicy does with our rules, and its work is the same after any number of turns."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from rasa.core.policies.policy import Policy, SupportedData
from rasa.core.policies.rule_policy import InvalidRule, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain, InvalidDomain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates, TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from bot.rasa_host.policy import UNSURE, IntentPolicy

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = Domain.load(str(ROOT / "domain.yml"))
INTENTS = sorted(DOMAIN.intents)
OURS = sorted(set(INTENTS) - set(DEFAULT_INTENTS))
LISTEN = "action_listen"


def rules(text: str | None = None) -> list[TrackerWithCachedStates]:
    reader = YAMLStoryReader(DOMAIN)
    if text is not None:
        steps = reader.read_from_string(text)
    else:
        steps = [step for path in sorted((ROOT / "data/rules").glob("*.yml")) for step in reader.read_from_file(path)]
    return TrainingDataGenerator(
        StoryGraph(steps), DOMAIN, augmentation_factor=0, use_story_concatenation=False
    ).generate()


def parts(tmp_path: Path) -> tuple[LocalModelStorage, Resource, ExecutionContext]:
    folder = tmp_path / uuid.uuid4().hex
    folder.mkdir()
    return LocalModelStorage(folder), Resource("policy"), ExecutionContext(GraphSchema({}), "test")


def trained(tmp_path: Path, kind: type[Policy] = IntentPolicy, **config: Any) -> Policy:
    """A policy that was trained on data/rules, kept and loaded."""
    storage, resource, context = parts(tmp_path)
    given = {**kind.get_default_config(), **config}
    kept = kind.create(given, storage, resource, context).train(rules(), DOMAIN)
    return kind.load(dict(given), storage, kept, context)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return trained(tmp_path_factory.mktemp("policy"))


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return trained(
        tmp_path_factory.mktemp("rules"), RulePolicy, core_fallback_threshold=UNSURE,
        core_fallback_action_name="action_out_of_scope", enable_fallback_prediction=True,
    )  # fmt: skip


def said(intent: str | None) -> UserUttered:
    return UserUttered("words", {"name": intent, "confidence": 1.0} if intent else {})


def conversation(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("x", [ActionExecuted(LISTEN), *events], DOMAIN.slots)


def predicted(policy: Policy, tracker: DialogueStateTracker) -> str:
    return str(DOMAIN.action_names_or_texts[policy.predict_action_probabilities(tracker, DOMAIN).max_confidence_index])


@pytest.mark.parametrize("intent", [*INTENTS, "never_heard_of", None])
def test_every_intent_has_the_action_that_rasas_rules_give_it(
    policy: Policy, upstream: Policy, intent: str | None
) -> None:
    for before in ((), (said("social"), ActionExecuted("action_talk"), ActionExecuted(LISTEN))):
        tracker = conversation(*before, said(intent))
        ours, theirs = (one.predict_action_probabilities(tracker, DOMAIN) for one in (policy, upstream))
        assert ours.max_confidence_index == theirs.max_confidence_index
        assert ours.max_confidence == theirs.max_confidence


@pytest.mark.parametrize("intent", OURS)
def test_after_its_action_it_listens(policy: Policy, intent: str) -> None:
    tracker = conversation(said(intent))
    tracker.update(ActionExecuted(predicted(policy, tracker)))
    assert predicted(policy, tracker) == LISTEN


def test_after_the_fallback_it_listens(policy: Policy) -> None:
    tracker = conversation(said("never_heard_of"), ActionExecuted("action_out_of_scope"))
    assert predicted(policy, tracker) == LISTEN


def test_it_is_the_policy_of_the_configuration() -> None:
    config = (ROOT / "config.yml").read_text(encoding="utf-8")
    assert f"- name: {IntentPolicy.__module__}.{IntentPolicy.__name__}\n" in config


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (["intent: social", "action: action_talk", "action: action_answer"], "must be one intent and one action"),
        (
            ["intent: social", "action: action_talk", "intent: meta", "action: action_answer"],
            "must be one intent",
        ),
        (["intent: social"], "must be one intent and one action"),
    ],
)
def test_a_rule_that_is_no_pair_is_refused(tmp_path: Path, steps: list[str], reason: str) -> None:
    text = 'version: "3.1"\nrules:\n  - rule: odd\n    steps:\n' + "".join(f"      - {step}\n" for step in steps)
    with pytest.raises(InvalidRule, match=reason):
        IntentPolicy.create(IntentPolicy.get_default_config(), *parts(tmp_path)).train(rules(text), DOMAIN)


def test_two_rules_that_disagree_are_refused(tmp_path: Path) -> None:
    text = 'version: "3.1"\nrules:\n' + "".join(
        f"  - rule: {action}\n    steps:\n      - intent: social\n      - action: {action}\n"
        for action in ("action_talk", "action_answer")
    )
    with pytest.raises(InvalidRule, match="two rules answer social"):
        IntentPolicy.create(IntentPolicy.get_default_config(), *parts(tmp_path)).train(rules(text), DOMAIN)


def test_a_fallback_that_is_no_action_is_refused(tmp_path: Path) -> None:
    config = {**IntentPolicy.get_default_config(), "fallback": "action_nowhere"}
    with pytest.raises(InvalidDomain, match="action_nowhere"):
        IntentPolicy.create(config, *parts(tmp_path)).train(rules(), DOMAIN)


def test_stories_teach_it_nothing() -> None:
    assert IntentPolicy.supported_data() is SupportedData.RULE_DATA


def calls(work: Callable[[], object]) -> int:
    """How many functions are called while something is done."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def long(turns: int) -> DialogueStateTracker:
    """A conversation whose last message waits for an action."""
    turn = (ActionExecuted("action_answer"), ActionExecuted(LISTEN), said("causes"))
    return conversation(said("causes"), *(event for _ in range(turns - 1) for event in turn))


def test_sixty_turns_are_as_much_work_as_one(policy: Policy, upstream: Policy) -> None:
    def work(policy: Policy, tracker: DialogueStateTracker) -> int:
        return calls(lambda: policy.predict_action_probabilities(tracker, DOMAIN))

    first, last = long(1), long(60)
    work(policy, first)
    assert work(policy, last) == work(policy, first)
    assert work(upstream, last) > 2 * work(upstream, first), "RulePolicy grows no more: is this policy still needed?"
