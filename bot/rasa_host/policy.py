"""Rasa policy: each intent has one action, learned from data/rules.

Upstream: RulePolicy compares every rule with every state since the conversation began, so that a prediction takes longer
with every turn (1.4 ms at first, a third more after 50). Where a rule is one intent and one action, the last intent decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Dict, List, Optional  # noqa: UP035  (Rasa reads these annotations)

from rasa.core.constants import POLICY_PRIORITY, RULE_POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.core.policies.rule_policy import DEFAULT_ACTION_MAPPINGS, InvalidRule
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, RULE_SNIPPET_ACTION_NAME
from rasa.shared.core.domain import Domain, InvalidDomain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

TABLE = "intent_actions.json"
FALLBACK = "fallback"
"""Key of the configuration: the action where no rule names the intent."""
UNSURE = 0.3
"""The confidence of the fallback: any other policy that knows an action goes before it. A rule's action has 1."""
_NO_ACTIONS = frozenset({ACTION_LISTEN_NAME, RULE_SNIPPET_ACTION_NAME, None})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IntentPolicy(Policy):
    """After a message, the action of its intent; after an action, listening. It reads nothing else of the conversation."""

    def __init__(
        self,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        table: Optional[Mapping[str, str]] = None,  # noqa: UP045
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context)
        self._table = {**(table or {}), **DEFAULT_ACTION_MAPPINGS}

    @staticmethod
    def get_default_config() -> Dict[str, Any]:  # noqa: UP006
        """`fallback` is the action where no rule names the intent."""
        return {POLICY_PRIORITY: RULE_POLICY_PRIORITY, FALLBACK: "action_out_of_scope"}

    @staticmethod
    def supported_data() -> SupportedData:
        """Rules only: without a policy that wants them, Rasa would train no dialogue at all."""
        return SupportedData.RULE_DATA

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:  # noqa: UP006
        """Learns the table from the rules and keeps it.

        Raises InvalidRule for a rule that is not one intent and one action, or that contradicts another, and InvalidDomain
        where the domain lacks the fallback.
        """
        if self.config[FALLBACK] not in domain.action_names_or_texts:
            raise InvalidDomain(f"{type(self).__name__}: the domain has no action {self.config[FALLBACK]}")
        rules = SupportedData.trackers_for_supported_data(self.supported_data(), training_trackers)
        table: Dict[str, str] = {}  # noqa: UP006
        for rule in rules:
            intent, action = _pair(rule)
            if table.setdefault(intent, action) != action:
                raise InvalidRule(f"two rules answer {intent}: with {table[intent]} and with {action}")
        self._table = {**table, **DEFAULT_ACTION_MAPPINGS}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / TABLE).write_text(json.dumps(table, indent=1, sort_keys=True), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentPolicy:
        """The trained policy."""
        with model_storage.read_from(resource) as folder:
            table = json.loads((folder / TABLE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, execution_context, table)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,  # noqa: UP006, UP045
        **kwargs: Any,
    ) -> PolicyPrediction:
        """One action: after a message its intent's, else the fallback; after an action, action_listen."""
        action, confidence = self._next(tracker)
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = confidence
        return self._prediction(probabilities)

    def _next(self, tracker: DialogueStateTracker) -> tuple[str, float]:
        """The next action and how sure it is."""
        if tracker.latest_action_name != ACTION_LISTEN_NAME:
            return ACTION_LISTEN_NAME, 1.0
        message = tracker.latest_message
        intent = message.intent.get(INTENT_NAME_KEY) if message else None
        action = self._table.get(intent or "")
        return (action, 1.0) if action else (self.config[FALLBACK], UNSURE)


def _pair(rule: TrackerWithCachedStates) -> tuple[str, str]:
    """Intent and action of a rule. Raises InvalidRule where it has more or fewer of either."""
    intents = [event.intent.get(INTENT_NAME_KEY) for event in rule.events if isinstance(event, UserUttered)]
    actions = list(_actions(rule))
    if len(intents) != 1 or len(actions) != 1:
        raise InvalidRule(f"rule '{rule.sender_id}' must be one intent and one action: it has {intents} and {actions}")
    return str(intents[0]), actions[0]


def _actions(rule: TrackerWithCachedStates) -> Iterator[str]:
    """The actions that a rule names itself."""
    for event in rule.events:
        if isinstance(event, ActionExecuted) and event.action_name not in _NO_ACTIONS:
            yield str(event.action_name)
