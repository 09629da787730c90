"""Rasa component: typed replies to what was asked or offered last ("yes", "the second one") become what its button sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Dict, List, Optional  # noqa: UP035  (Rasa reads these annotations)

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import wire
from bot.content import lexicon
from bot.language.characters import plain_text
from bot.language.patterns import any_of
from bot.nlu.payload_reader import parse_payload, set_payload
from bot.triage.dialogue import CORRECTION

TYPED_ANSWERS = {"affirm": "yes", "deny": "no"}
_LISTS = lexicon.words("replies")
PLACES: dict[str, int] = _LISTS["places"]
_PLACE = re.compile(
    rf"^\W*(?:ok(?:ay)?\W+)?(?:and\W+)?{any_of(_LISTS['place_leads'])}?\W*"
    rf"(?:the\W+)?({any_of(PLACES)})(?:\W+{any_of(_LISTS['place_ends'])})*\W*$",
    re.I,
)
_UNSURE = re.compile(
    rf"^\W*(?:{any_of(_LISTS['unsure_leads'])}\W+)*"
    rf"(?:(?:not|un) ?(?:{any_of(_LISTS['unsure_degrees'])} )?(?:sure|certain)|{any_of(_LISTS['unsure'])})"
    rf"(?: {any_of(_LISTS['unsure_ends'])})*\W*$",
    re.I,
)
_YES = re.compile(
    rf"^\W*(?:{any_of(_LISTS['yes'])}(?! {any_of(_LISTS['yes_not_before'])})|{any_of(_LISTS['yes_alone'])}\W*$)(?:\b|$)",
    re.I,
)
_NO = re.compile(
    rf"^\W*{any_of(_LISTS['no'])}(?:\W*$|[,.!]|\s+{any_of(_LISTS['no_followers'])}\b)",
    re.I,
)
_HEDGED = re.compile(rf"\b{any_of(_LISTS['hedges'])}\b", re.I)
MOST_WORDS = 8
"""Words of the longest answer in words: what is longer tells something of its own."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ReplyReader(GraphComponent):
    """Reads a message in the light of the messages before it; one that is no reply to them passes unchanged."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReplyReader:
        """A component; it has nothing to load."""
        return cls()

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:  # noqa: UP006, UP045
        """Puts the payload of the option that was meant into each message that answers with words."""
        for message in messages:
            text = plain_text(message.get(TEXT) or "")
            payload = self._meant(text, message, tracker) if tracker and text else None
            read = parse_payload(payload) if payload else None
            if read is not None:
                set_payload(message, *read)
        return messages

    def _meant(self, text: str, message: Message, tracker: DialogueStateTracker) -> str | None:
        """The payload of the option that the words name, or None."""
        said = list(_said_last(tracker))
        answer = _answer(text, message)
        for question in said if answer else ():
            options = question.get("options", ()) if question["type"] == "question" else ()
            payload = next((one["payload"] for one in options if f'"answer":"{answer}"' in one["payload"]), None)
            if payload:
                return str(payload)
        if answer == "yes":
            offered = next((one for one in said if one["type"] == "text" and one.get("quick_replies")), None)
            if offered is not None and offered["text"].rstrip().endswith("?"):
                return str(offered["quick_replies"][0]["payload"])  # what is offered first is what "yes" accepts
        place = _PLACE.match(text)
        for choices in said if place else ():
            options = choices.get("options", ()) if choices["type"] == "choices" else ()
            at = PLACES[place.group(1).lower()] if place else 0
            if -len(options) <= at < len(options):
                return str(options[at]["payload"])
        return None


def _answer(text: str, message: Message) -> str | None:
    """The answer that a text is to a yes/no question, if one was asked. A hedge ("a bit", "sometimes") is no "no"."""
    if _UNSURE.match(text):
        return "unsure"
    if len(text.split()) <= MOST_WORDS:
        findings = [wire.finding_from_json(found) for found in message.get(wire.FINDINGS, [])]
        told = any(finding.present for finding in findings if finding.concept != CORRECTION)
        if _YES.match(text):
            return "yes"
        if _NO.match(text) and not told:  # "no feeling when I wipe" is a sign, not a no
            return "no"
        if _HEDGED.search(text):
            return "unsure"
    return TYPED_ANSWERS.get(message.get(INTENT, {}).get(INTENT_NAME_KEY))


def _said_last(tracker: DialogueStateTracker) -> Iterator[dict[str, Any]]:
    """The messages that answered the last message, the latest first."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return
        if isinstance(event, BotUttered):
            data = ((event.data or {}).get("custom") or {}).get("data")
            if data:
                yield data
