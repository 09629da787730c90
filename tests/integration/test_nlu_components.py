"""Contract tests of the graph components: create, train, persist, load, process, through Rasa's own storage."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.conversation import codec
from bot.conversation.meaning import Meaning
from bot.conversation.state import Episode, OpenQuestion, Shown, State
from bot.model import Assertion, Finding, Urgency
from bot.nlu.message_interpreter import MEANING, SLOT, MessageInterpreter
from bot.nlu.message_reader import READ, MessageReader
from bot.nlu.payload_reader import PayloadReader
from bot.reading import Part, Read, Scored
from tests.language_kit import DANGERS, QUESTIONS


def parts(tmp_path: Path, name: str = "reader") -> tuple[LocalModelStorage, Resource, ExecutionContext]:
    folder = tmp_path / uuid.uuid4().hex
    folder.mkdir()
    return LocalModelStorage(folder), Resource(name), ExecutionContext(GraphSchema({}), "test")


def example(text: str, label: str) -> Message:
    retrieval = {"intent_response_key": label} if "/" in label else {}
    return Message(data={"text": text, "intent": label.split("/")[0], **retrieval})


def training_data() -> TrainingData:
    return TrainingData([example(text, label) for label, texts in QUESTIONS.items() for text in texts])


def tiny_config(folder: Path) -> dict[str, Any]:
    """Two flags with a few examples each, and nothing composed of them."""
    examples = folder / "content" / "examples"
    examples.mkdir(parents=True)
    for flag, texts in DANGERS.items():
        if flag:
            lines = ["[affirmed]", *texts, "[look_alike]", *(f"{flag} {text}" for text in DANGERS[""])]
            (examples / f"{flag}.txt").write_text("\n".join(lines), encoding="utf-8")
    return {**MessageReader.get_default_config(), "examples": str(examples), "composed": 0}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> MessageReader:
    """A reader that was trained, kept and loaded, from a model whose files are gone since, as Rasa has it."""
    folder = tmp_path_factory.mktemp("reader")
    config, (storage, resource, context) = tiny_config(folder), parts(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        kept = MessageReader.create(config, storage, resource, context).train(training_data())
    loaded = MessageReader.load(config, storage, kept, context)
    shutil.rmtree(storage._storage_path)
    return loaded


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> MessageInterpreter:
    return MessageInterpreter.create({}, *parts(tmp_path_factory.mktemp("interpreter"), "interpreter"))


@pytest.fixture
def payloads(tmp_path: Path) -> PayloadReader:
    return PayloadReader.create({}, *parts(tmp_path, "payloads"))


def tracker(state: State) -> DialogueStateTracker:
    found = DialogueStateTracker("somebody", [TextSlot(SLOT, mappings=[{"type": "custom"}])])
    found.update(SlotSet(SLOT, codec.dump(state)))
    return found


def read(text: str, *topics: tuple[str, float], act: str = "ask", findings: tuple[Finding, ...] = ()) -> Message:
    """A message as the reader leaves it."""
    ranked = tuple(Scored(label, probability) for label, probability in topics)
    whole = Part(text, 0, len(text), acts=(Scored(act, 0.95),), topics=ranked)
    return Message(data={"text": text, READ: Read(text=text, whole=whole, parts=(whole,), findings=findings)})


def meaning(message: Message) -> Meaning:
    """What was written, as the actions get it: through JSON."""
    return codec.meaning_from_json(json.loads(json.dumps(message.get(MEANING))))


def name(message: Message) -> str | None:
    intent: Mapping[str, Any] = message.get("intent") or {}
    return intent.get("name")


class TestMessageReader:
    @pytest.mark.parametrize(
        ("text", "topic"),
        [
            ("are my boots too small", "footwear/fit"),
            ("has my disc slipped", "causes/disc"),
            ("up a hill", "walking/hills"),
        ],
    )
    def test_it_ranks_what_it_learned(self, reader: MessageReader, text: str, topic: str) -> None:
        found: Read = reader.process([Message(data={"text": text})])[0].get(READ)
        ranking = [one.probability for one in found.whole.topics]
        assert found.whole.topics[0].label == topic
        assert ranking == sorted(ranking, reverse=True)
        assert len(ranking) == 3
        assert sum(ranking) == pytest.approx(1.0, abs=0.01)

    def test_units_follow_their_topics_and_acts_and_dangers_are_read(self, reader: MessageReader) -> None:
        text = "how much room must my toes have? And I cannot pass water."
        found: Read = reader.process([Message(data={"text": text})])[0].get(READ)
        toes, water = found.parts
        assert toes.units[0].label == "footwear/fit.toe_room"
        assert (toes.act, found.text) == ("ask", text)
        assert water.dangers[0].label == "cauda_equina"
        assert text[water.start : water.end] == water.text

    @pytest.mark.parametrize("text", ["", "   ", None])
    def test_an_empty_message_passes_through(self, reader: MessageReader, text: str | None) -> None:
        assert reader.process([Message(data={"text": text})])[0].get(READ) is None

    def test_every_message_of_several_is_read(self, reader: MessageReader) -> None:
        messages = [Message(data={"text": text}) for text in ("slopes", "", "thanks a lot")]
        found = [message.get(READ) for message in reader.process(messages)]
        assert [one.text if one else None for one in found] == ["slopes", None, "thanks a lot"]

    def test_what_was_read_is_not_kept_with_the_conversation(self, reader: MessageReader) -> None:
        message = reader.process([Message(data={"text": "is it my disc"})])[0]
        assert READ not in message.as_dict(only_output_properties=True)

    def test_what_buttons_send_is_not_learned(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        pressed = [example(f"/meta{{}}{' ' * count}", "meta/private") for count in range(5)]
        component = MessageReader.create(tiny_config(tmp_path), *parts(tmp_path))
        component.train(training_data().merge(TrainingData(pressed)))
        found: Read = component.process([Message(data={"text": "meta"})])[0].get(READ)
        assert {one.label for one in found.whole.acts} == {"ask", "social/thanks", "social/hello", "outside/foreign"}

    def test_an_untrained_component_reads_nothing(self, tmp_path: Path) -> None:
        component = MessageReader.create(MessageReader.get_default_config(), *parts(tmp_path))
        assert component.process([Message(data={"text": "my back"})])[0].get(READ) is None


class TestPayloadReader:
    @pytest.mark.parametrize(
        ("text", "intent", "entities"),
        [
            ('/causes{"topic":"causes/disc"}', "causes", [{"entity": "topic", "value": "causes/disc"}]),
            ("/check_symptoms", "check_symptoms", []),
            ("  /check_symptoms{} ", "check_symptoms", []),
            ("/causes{not json}", None, None),
            ("/ what is this", None, None),
            ("\uff0fcauses", None, None),
            ("\u200b/causes", None, None),
            ("/causes\u200b{}", None, None),
            ("plain words", None, None),
            ("", None, None),
        ],
    )
    def test_payloads_are_read_and_look_alikes_are_words(
        self, payloads: PayloadReader, text: str, intent: str | None, entities: list[dict[str, str]] | None
    ) -> None:
        message = payloads.process([Message(data={"text": text})])[0]
        assert (name(message), message.get("entities")) == (intent, entities)
        assert message.get("text") == ("" if intent else text)

    def test_a_button_reaches_the_interpreter_unread(
        self, payloads: PayloadReader, reader: MessageReader, interpreter: MessageInterpreter
    ) -> None:
        messages = [Message(data={"text": '/answer_flag{"flag":"cauda_equina","answer":"yes"}'})]
        message = interpreter.process(reader.process(payloads.process(messages)))[0]
        assert (name(message), message.get(READ)) == ("red_flag_emergency", None)
        assert meaning(message).acts[0].act == "reply/yes"


class TestMessageInterpreter:
    def test_without_a_tracker_it_is_the_first_message(self, interpreter: MessageInterpreter) -> None:
        message = interpreter.process([read("is it my disc", ("causes/disc", 0.7), ("walking/hills", 0.2))])[0]
        found = meaning(message)
        assert (name(message), found.acts[0].act, found.state.turn) == ("causes", "ask", 1)

    def test_the_ranking_is_of_intents_each_once_and_sorted(self, interpreter: MessageInterpreter) -> None:
        topics = (("causes/disc", 0.5), ("causes/stenosis", 0.3), ("walking/hills", 0.1), ("footwear/fit", 0.05))
        ranking = interpreter.process([read("my disc", *topics)])[0].get("intent_ranking")
        assert [one["name"] for one in ranking] == ["causes", "walking", "footwear"]
        confidences = [one["confidence"] for one in ranking]
        assert confidences == sorted(confidences, reverse=True)

    def test_the_topic_is_told_as_rasa_scores_it(self, interpreter: MessageInterpreter) -> None:
        message = interpreter.process([read("my disc", ("causes/disc", 0.5), ("walking/hills", 0.1))])[0]
        told = message.get("response_selector")
        assert told["all_retrieval_intents"] == ["causes"]
        assert told["default"]["response"] == {"intent_response_key": "causes/disc", "confidence": 0.5}
        thanks = interpreter.process([read("much obliged to you", act="social/thanks")])[0]
        assert thanks.get("response_selector")["default"]["response"]["intent_response_key"] == "social/thanks"

    def test_an_alert_is_told_as_no_topic(self, interpreter: MessageInterpreter) -> None:
        message = interpreter.process([read("it is numb", ("causes/disc", 0.9), findings=(Finding("saddle_change"),))])[
            0
        ]
        assert name(message) == "red_flag_emergency"
        assert message.get("response_selector") is None
        assert meaning(message).alert.level is Urgency.EMERGENCY

    def test_it_goes_on_from_the_state_of_the_tracker(self, interpreter: MessageInterpreter) -> None:
        state = State(turn=4, region="GB", shown=(Shown("list", "exercises", entries=("cat_cow", "bridge")),))
        found = meaning(interpreter.process([read("the second one", act="reference/nth")], tracker(state))[0])
        assert (found.acts[0].act, found.acts[0].entry) == ("reference/nth", "bridge")
        assert (found.state.turn, found.state.region, found.state.shown[0].id) == (5, "GB", "exercises")

    def test_what_was_told_before_counts_with_what_is_told_now(self, interpreter: MessageInterpreter) -> None:
        first = interpreter.process([read("i had cancer", findings=(Finding("cancer"),))])[0]
        later = read("weak legs", findings=(Finding("both_leg_weakness"),))
        decided = interpreter.process([later], tracker(meaning(first).state))[0]
        assert name(decided) == "red_flag_emergency"
        assert "cord_compression_cancer" in {match.flag for match in meaning(decided).assessment.matches}

    @pytest.mark.parametrize(("text", "intent"), [("yes", "red_flag_emergency"), ("nope", "reply")])
    def test_a_typed_answer_is_one_to_the_open_question(
        self, interpreter: MessageInterpreter, text: str, intent: str
    ) -> None:
        state = State(questions=(OpenQuestion("flag:cauda_equina"),))
        message = interpreter.process([read(text, act="social/hello")], tracker(state))[0]
        assert name(message) == intent
        assert meaning(message).acts[0].question == state.questions[0]

    def test_a_denial_is_a_finding_that_denies(self, payloads: PayloadReader, interpreter: MessageInterpreter) -> None:
        pressed = payloads.process([Message(data={"text": '/answer_flag{"flag":"cauda_equina","answer":"no"}'})])
        message = interpreter.process(pressed)[0]
        (found,) = meaning(message).state.person().findings
        assert (name(message), found.concept, found.assertion) == ("reply", "flag:cauda_equina", Assertion.NEGATED)

    @pytest.mark.parametrize("before", [None, State(turn=2, episode=Episode(stage="accepted"))])
    def test_an_empty_message_has_an_intent_all_the_same(
        self, interpreter: MessageInterpreter, before: State | None
    ) -> None:
        message = interpreter.process([Message(data={"text": ""})], tracker(before) if before else None)[0]
        assert name(message) == "outside"
        assert [one["name"] for one in message.get("intent_ranking")] == ["outside"]

    def test_the_message_id_is_kept_with_the_state(self, interpreter: MessageInterpreter) -> None:
        message = read("hello there")
        message.set("metadata", {"message_id": "m-7"})
        assert meaning(interpreter.process([message])[0]).state.message_id == "m-7"


def test_the_three_together_read_what_is_typed(
    payloads: PayloadReader, reader: MessageReader, interpreter: MessageInterpreter
) -> None:
    messages = [Message(data={"text": "are my boots too small?"})]
    message = interpreter.process(reader.process(payloads.process(messages)))[0]
    assert name(message) == "footwear"
    assert meaning(message).acts[0].text == "are my boots too small?"
