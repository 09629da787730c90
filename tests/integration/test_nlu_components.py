"""Contract tests of the graph components: create, train, persist, load, process, through Rasa's own storage."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from bot.nlu.finding_extractor import FindingExtractor
from bot.nlu.red_flag_classifier import RedFlagClassifier
from bot.nlu.reply_reader import ReplyReader
from bot.nlu.topic_classifier import TopicClassifier
from bot.nlu.triage_classifier import TriageClassifier
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import wire
from bot.model import Assertion, Finding
from bot.nlu.payload_reader import PayloadReader

EXAMPLES = {
    "causes/disc": ["is it a slipped disc", "my disc bulges", "herniated disc in my back"],
    "footwear/fit": ["do these boots fit", "my shoes are too tight", "room for my toes in the shoe"],
    "greet": ["hello", "hi there", "good morning"],
}


def parts(tmp_path: Path) -> tuple[LocalModelStorage, Resource, ExecutionContext]:
    folder = tmp_path / uuid.uuid4().hex
    folder.mkdir()
    return LocalModelStorage(folder), Resource("topics"), ExecutionContext(GraphSchema({}), "test")


def training_data() -> TrainingData:
    return TrainingData(
        [
            Message(
                data={
                    "text": text,
                    "intent": label.split("/")[0],
                    "intent_response_key": label if "/" in label else None,
                }
            )
            for label, texts in EXAMPLES.items()
            for text in texts
        ]
    )


def read(text: str, *components: Any, tracker: DialogueStateTracker | None = None) -> Message:
    messages = [Message(data={"text": text})]
    for component in components:
        messages = (
            component.process(messages, tracker)
            if isinstance(component, TriageClassifier)
            else component.process(messages)
        )
    return messages[0]


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> FindingExtractor:
    return FindingExtractor.create({}, *parts(tmp_path_factory.mktemp("x")))


@pytest.fixture
def triage(tmp_path: Path) -> TriageClassifier:
    return TriageClassifier.create({}, *parts(tmp_path))


def test_topics_are_trained_kept_and_loaded(tmp_path: Path, extractor: FindingExtractor) -> None:
    storage, resource, context = parts(tmp_path)
    made = TopicClassifier.create({}, storage, resource, context).train(training_data())
    loaded = TopicClassifier.load({}, storage, made, context)
    message = read("are my boots too small", extractor, loaded)
    ranking = message.get(wire.TOPICS)
    assert message.get("intent")["name"] == "footwear"
    assert next(topic["topic"] for topic in ranking) == "footwear/fit"
    assert [topic["confidence"] for topic in ranking] == sorted(
        (topic["confidence"] for topic in ranking), reverse=True
    )
    assert next(one["name"] for one in message.get("intent_ranking")) == "footwear"


def test_the_best_topic_is_told_as_rasa_scores_it(tmp_path: Path, extractor: FindingExtractor) -> None:
    storage, resource, context = parts(tmp_path)
    classifier = TopicClassifier.create({"least_similarity": 0.0, "most_outside": 2.0}, storage, resource, context)
    classifier.train(training_data())
    told = read("are my boots too small", extractor, classifier).get("response_selector")
    assert told["all_retrieval_intents"] == ["footwear"]
    assert told["default"]["response"]["intent_response_key"] == "footwear/fit"
    assert 0 < told["default"]["response"]["confidence"] <= 1
    assert read("hello", extractor, classifier).get("response_selector") is None


def test_what_buttons_send_is_not_learned(tmp_path: Path, extractor: FindingExtractor) -> None:
    storage, resource, context = parts(tmp_path)
    pressed = Message(data={"text": "/arranged", "intent": "arranged"})
    classifier = TopicClassifier.create({"least_similarity": 0.0, "most_outside": 2.0}, storage, resource, context)
    classifier.train(training_data().merge(TrainingData([pressed])))
    ranking = read("arranged", extractor, classifier).get("intent_ranking")
    assert {one["name"] for one in ranking} == {"causes", "footwear", "greet"}


def test_what_is_like_no_question_is_out_of_scope(tmp_path: Path, extractor: FindingExtractor) -> None:
    storage, resource, context = parts(tmp_path)
    classifier = TopicClassifier.create({"least_similarity": 0.5}, storage, resource, context)
    classifier.train(training_data())
    assert read("the price of bananas in peru", extractor, classifier).get("intent")["name"] == "out_of_scope"


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_message_passes_through(
    tmp_path: Path, extractor: FindingExtractor, triage: TriageClassifier, text: str
) -> None:
    storage, resource, context = parts(tmp_path)
    classifier = TopicClassifier.create({}, storage, resource, context)
    classifier.train(training_data())
    assert read(text, extractor, classifier, triage).get("intent") is None


def test_findings_travel_and_come_back(extractor: FindingExtractor) -> None:
    found = read("my mum had numbness in her groin last year", extractor).get(wire.FINDINGS)
    assert [wire.finding_to_json(wire.finding_from_json(one)) for one in found] == found
    assert found[0]["relation"] == "mother"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ('/causes{"topic":"causes/disc"}', "causes"),
        ("/check_symptoms", "check_symptoms"),
        ("/causes{not json}", None),
        ("/ what is this", None),
        ("plain words", None),
    ],
)
def test_payloads_are_read_and_look_alikes_are_words(tmp_path: Path, text: str, intent: str | None) -> None:
    message = read(text, PayloadReader.create({}, *parts(tmp_path)))
    assert (message.get("intent") or {}).get("name") == intent
    assert message.get("text") == ("" if intent else text)


def said(text: str, *findings: Finding, **more: Any) -> UserUttered:
    return UserUttered(text, parse_data={wire.FINDINGS: [wire.finding_to_json(one) for one in findings], **more})


def test_triage_sees_the_whole_conversation(triage: TriageClassifier) -> None:
    tracker = DialogueStateTracker.from_events("x", [said("i had cancer", Finding("cancer")), said("shoes?")])
    message = Message(data={"text": "weak legs", wire.FINDINGS: [wire.finding_to_json(Finding("both_leg_weakness"))]})
    decided = triage.process([message], tracker)[0]
    assert decided.get("intent")["name"] == "red_flag_emergency"
    assert {"cord_compression_cancer", "bilateral_leg_neuro"} <= {
        match["flag"] for match in decided.get(wire.TRIAGE)["matches"]
    }


def test_a_typed_yes_answers_the_question_asked_last(triage: TriageClassifier) -> None:
    payload = '/answer_flag{"flag":"cauda_equina","answer":"yes"}'
    asked = {"type": "question", "flags": ["cauda_equina"], "options": [{"title": "Yes", "payload": payload}]}
    tracker = DialogueStateTracker.from_events("x", [BotUttered(data={"custom": {"data": asked}})])
    message = Message(data={"text": "yes", "intent": {"name": "affirm", "confidence": 1.0}})
    read = ReplyReader().process([message], tracker)
    assert triage.process(read, tracker)[0].get("intent")["name"] == "red_flag_emergency"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("the second one", "b"),
        ("what about the first?", "a"),
        ("2", "b"),
        ("the last one please", "b"),
        ("third", None),
    ],
)
def test_an_ordinal_names_one_of_the_choices(text: str, topic: str | None) -> None:
    options = [{"title": name, "topic": name, "payload": f'/causes{{"topic":"{name}"}}'} for name in "ab"]
    said = BotUttered(data={"custom": {"data": {"type": "choices", "options": options}}})
    tracker = DialogueStateTracker.from_events("x", [said])
    read = ReplyReader().process([Message(data={"text": text})], tracker)[0]
    assert [entity["value"] for entity in read.get("entities", [])] == ([topic] if topic else [])


def test_the_second_net_is_trained_kept_and_loaded(tmp_path: Path, extractor: FindingExtractor) -> None:
    storage, resource, context = parts(tmp_path)
    made = RedFlagClassifier.create({}, storage, resource, context).train(training_data())
    loaded = RedFlagClassifier.load({}, storage, made, context)
    message = read("his face has dropped and he talks like a drunk all of a sudden", extractor, loaded)
    heard = [found["concept"] for found in message.get(wire.FINDINGS) if found.get("source") == "net"]
    assert "sounds:stroke" in heard


def test_a_button_is_seen_by_triage(tmp_path: Path, triage: TriageClassifier) -> None:
    reader = PayloadReader.create({}, *parts(tmp_path))
    message = read('/answer_flag{"flag":"cauda_equina","answer":"no"}', reader, triage, tracker=None)
    assert message.get("intent")["name"] == "answer_flag"
    assert wire.finding_from_json(message.get(wire.FINDINGS)[0]).assertion is Assertion.NEGATED
