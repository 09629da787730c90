"""The parts of `make bench` that need no server: what is asked, the stock project, the figures and the table."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import rasa
import yaml

from benchmarks import load, processes, report, sides
from benchmarks.clients import Answer, Client, NoAnswer, our_answer, stock_answer
from benchmarks.measure import Figures
from benchmarks.questions import Case, Questions, by_topic, hold_out, questions, read_training
from benchmarks.stock_project import FALLBACK, flat, write_stock
from bot.content.reader import read_content
from bot.language import assembly

ROOT = Path(__file__).resolve().parents[2]
INITIAL = Path(rasa.__file__).parent / "cli" / "initial_project"


class TestQuestions:
    def test_all_training_questions_are_read(self) -> None:
        training = read_training(ROOT / "data")
        assert set(read_content().articles) < set(by_topic(training))
        assert all(training.values())
        assert any("." in label for label in training)

    def test_what_buttons_send_is_no_question(self) -> None:
        examples = [one for several in read_training(ROOT / "data").values() for one in several]
        assert not [one for one in examples if one.startswith("/")]

    def test_questions_of_units_count_for_their_topic(self) -> None:
        training = {"a/b": ("one",), "a/b.c": ("two",), "social/hello": ("hi",)}
        assert by_topic(training) == {"a/b": ("one", "two"), "social/hello": ("hi",)}

    def test_a_tenth_of_each_topic_is_held_out_of_training(self) -> None:
        kept, cases = hold_out({"a/b.c": tuple(map(str, range(25))), "social/hello": tuple("0123456789xy")})
        assert [(case.text, set(case.accepted)) for case in cases] == [("9", {"a/b"}), ("19", {"a/b"})]
        assert len(kept["a/b.c"]) == 23
        assert len(kept["social/hello"]) == 12

    def test_a_file_of_cases_leaves_training_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "cases.jsonl"
        path.write_text(json.dumps({"text": "why", "topic": "a/b", "also_ok": ["none"]}) + "\n")
        asked = questions(ROOT / "data", path)
        assert asked.cases == (Case("why", frozenset(("a/b", "none"))),)
        assert asked.training == read_training(ROOT / "data")
        assert not asked.held_out

    def test_without_cases_it_is_said_that_training_lacks_some(self, tmp_path: Path) -> None:
        asked = questions(ROOT / "data", tmp_path / "none.jsonl")
        assert asked.held_out
        assert "left out of both trainings" in asked.origin


class TestStockProject:
    @pytest.fixture
    def stock(self, tmp_path: Path) -> Path:
        write_stock(
            tmp_path / "stock",
            INITIAL,
            by_topic(read_training(ROOT / "data")),
            {article.id: article.short for article in read_content().articles.values()},
        )
        return tmp_path / "stock"

    @pytest.mark.parametrize("name", ["config.yml", "endpoints.yml", "credentials.yml", "data/stories.yml"])
    def test_it_is_what_rasa_init_writes(self, stock: Path, name: str) -> None:
        assert (stock / name).read_bytes() == (INITIAL / name).read_bytes()

    def test_rasa_is_left_to_choose_pipeline_and_policies(self, stock: Path) -> None:
        config = yaml.safe_load((stock / "config.yml").read_text())
        assert config["pipeline"] is None
        assert config["policies"] is None

    def test_every_label_is_an_intent_with_examples_and_an_answer(self, stock: Path) -> None:
        domain = yaml.safe_load((stock / "domain.yml").read_text())
        nlu = {one["intent"] for one in yaml.safe_load((stock / "data" / "nlu.yml").read_text())["nlu"]}
        rules = yaml.safe_load((stock / "data" / "rules.yml").read_text())["rules"]
        stories = yaml.safe_load((stock / "data" / "stories.yml").read_text())["stories"]
        spoken = [step["intent"] for flow in (*rules, *stories) for step in flow["steps"] if "intent" in step]
        ruled = [rule["steps"][0]["intent"] for rule in rules]
        assert nlu == set(domain["intents"])
        assert nlu | {FALLBACK} == set(spoken)
        assert len(ruled) == len(set(ruled))
        actions = {step["action"] for flow in (*rules, *stories) for step in flow["steps"] if "action" in step}
        assert actions <= set(domain["responses"])
        assert not any("/" in intent or "." in intent for intent in nlu)

    def test_the_answer_tells_the_label(self, stock: Path) -> None:
        labels = json.loads((stock / "answers.json").read_text())
        domain = yaml.safe_load((stock / "domain.yml").read_text())
        for text, label in labels.items():
            assert domain["responses"][f"utter_{flat(label)}"] == [{"text": text}]
        assert set(read_content().articles) < set(labels.values())

    def test_two_labels_cannot_share_an_answer(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="one and the same"):
            write_stock(tmp_path / "s", INITIAL, {"a/b": ("x",), "a/c": ("y",)}, {"a/b": "same", "a/c": "same"})


class TestAnswers:
    def test_a_topic_counts_by_the_first_message_that_has_one(self) -> None:
        answer = our_answer([{"type": "alert"}, {"type": "answer", "topic": "a/b"}, {"type": "answer", "topic": "a/c"}])
        assert answer.labels == {"a/b"}
        assert answer.offered == {"a/b", "a/c"}
        assert answer.alert

    def test_choices_are_offered_and_not_answered(self) -> None:
        answer = our_answer([{"type": "choices", "options": [{"topic": "a/b"}, {"title": "none of these"}]}])
        assert answer.labels == frozenset()
        assert answer.offered == {"a/b"}

    def test_an_alert_alone_answers_no_question(self) -> None:
        assert our_answer([{"type": "alert"}]).labels == frozenset()

    @pytest.mark.parametrize(("kind", "labels"), [("notice", {"none", "statement"}), ("text", {"statement"})])
    def test_honest_answers_fit_questions_without_a_topic(self, kind: str, labels: set[str]) -> None:
        assert our_answer([{"type": kind}]).labels == labels

    def test_an_outage_is_no_answer(self) -> None:
        with pytest.raises(NoAnswer):
            our_answer([{"type": "notice", "reason": "unavailable"}])

    @pytest.mark.parametrize(
        ("label", "labels"),
        [
            ("a/b", {"a/b"}),
            ("outside/foreign", {"outside/foreign", "none", "statement"}),
            (FALLBACK, {FALLBACK, "none", "statement"}),
            ("tell/symptom", {"tell/symptom", "statement"}),
            (None, set()),
        ],
    )
    def test_stock_answers_are_judged_alike(self, label: str | None, labels: set[str]) -> None:
        assert stock_answer(label).labels == labels


class Patient(Client):
    """Answers everything and remembers what it was asked, by conversation."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.opened = 0

    async def open(self) -> str:
        self.opened += 1
        return str(self.opened - 1)

    async def ask(self, conversation: str, text: str) -> Answer:
        self.asked.append((conversation, text))
        return Answer(frozenset())


class TestLoad:
    def test_conversations_have_the_same_length_and_an_order_that_stays(self) -> None:
        cases = [Case(str(number), frozenset()) for number in range(7)]
        talks = load.scripts(cases, 20)
        assert [len(talk) for talk in talks] == [load.TURNS] * 4
        assert talks == load.scripts(cases, 20)
        assert {text for talk in talks for text in talk} == set("0123456")
        assert [len(talk) for talk in load.scripts(cases, 100, turns=50)] == [50, 50]

    def test_the_last_message_asks_what_the_first_did(self) -> None:
        client = Patient()
        times = asyncio.run(load.first_and_last(client, [("a", "b", "c"), ("d", "e", "f")]))
        assert client.asked == [("0", "a"), ("0", "b"), ("0", "a"), ("1", "d"), ("1", "e"), ("1", "d")]
        assert len(times) == 2
        assert all(first >= 0 and last >= 0 for first, last in times)


class TestProcesses:
    def test_children_memory_and_time_are_counted_and_all_ends(self, tmp_path: Path) -> None:
        child = "import time; print(1, flush=True); time.sleep(60)"
        code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
        log = tmp_path / "log"
        with processes.started(
            [sys.executable, "-c", code], folder=tmp_path, environment=os.environ, log=log
        ) as process:
            while not log.read_text():
                assert process.poll() is None
            family = processes.tree(process.pid)
            assert family[0] == process.pid
            assert processes.memory(family) > 1_000_000
            assert processes.processor_seconds(family) >= 0
            subprocess.run(["kill", *map(str, family[1:])], check=False)
        assert process.returncode is not None
        assert processes.memory([process.pid]) == 0


class TestReport:
    def figures(self, scale: float) -> Figures:
        return Figures(
            training_seconds=100 * scale,
            accuracy={"right": 0.5 + scale / 10, "right_or_offered": 0.6, "alerts": 0.0},
            latencies=[place * scale / 1000 for place in range(1, 101)],
            first_and_last=[(0.01, 0.02 * scale), (0.03, 0.01 * scale), (0.02, 0.03 * scale)],
            first_answer_seconds=[9 * scale, 10 * scale, 30 * scale],
            messages_per_second=[10 / scale, 11 / scale, 12 / scale],
            processor_seconds_per_message=[0.01 * scale],
            memory_bytes=[int(1e9 * scale)],
        )

    @pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.51, 3), (0.95, 4), (1.0, 4), (0.01, 1)])
    def test_percentiles_are_of_the_nearest_rank(self, share: float, value: int) -> None:
        assert report.percentile([4, 1, 3, 2], share) == value

    @pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.5)])
    def test_a_percentile_of_nothing_is_refused(self, values: list[float], share: float) -> None:
        with pytest.raises(ValueError, match="percentile"):
            report.percentile(values, share)

    def test_a_summary_takes_medians_and_percentiles(self) -> None:
        told = report.summary(self.figures(1))
        assert told["p50_ms"] == pytest.approx(50)
        assert told["p99_ms"] == pytest.approx(99)
        assert told["first_answer_seconds"] == 10
        assert told["messages_per_second"] == 11
        assert told["memory_mb"] == 1000
        assert (told["turn_1_ms"], told["turn_50_ms"], told["turn_50_over_1"]) == pytest.approx((20, 20, 1))

    def test_the_table_has_ratios_and_says_what_is_reached(self) -> None:
        stock, ours = report.summary(self.figures(1)), report.summary(self.figures(0.25))
        lines = {line.split("|")[1].strip(): line for line in report.table(stock, ours).splitlines()}
        assert "| 0.25 | at most 0.33: reached |" in lines["Latency one at a time, median, ms"]
        assert "| 0.25 | at most 0.1: missed |" in lines["Training, s"]
        assert "| 4.00 | at least 4: reached |" in lines["Messages per second, 16 people at once"]
        assert "| -7.5 points | at least +12 points: missed |" in lines["Questions answered right"]
        compared = report.ratios(stock, ours)
        assert compared["memory_mb"] == {"value": 0.25, "by": "ratio", "target": 0.7, "reached": True}
        assert "target" not in compared["p99_ms"]

    def test_every_figure_has_a_row(self) -> None:
        assert {row.name for row in report.ROWS} == set(report.summary(self.figures(1)))

    def test_the_page_is_written_from_what_is_kept_as_json(self) -> None:
        told = report.summary(self.figures(1))
        results = {
            "machine": {
                "cores": 2, "processor": "a processor", "memory_gb": 24.0, "system": "Linux 6",
                "versions": {"rasa": "3.6"}, "load_before": [0.1, 0.2, 0.3], "load_after": [1, 2, 3],
            },
            "how": {
                "origin": "3 questions", "rounds": 1, "one_by_one": 2, "at_once": 3, "people": 4, "turns": 5,
                "long_turns": 50, "long_talks": 6,
                "trained": "in this run",
            },
            "stock": told,
            "ours": told,
        }  # fmt: skip
        page = report.page(json.loads(json.dumps(results)))
        assert "3 questions" in page
        assert "RATE_LIMIT" in page
        assert "{" not in page


def test_the_stock_lock_has_hashes_and_tensorflow_and_no_address() -> None:
    text = (ROOT / "benchmarks" / "stock.lock").read_text()
    assert "://" not in text
    entries = text.replace("\\\n", " ").splitlines()
    pinned = [line for line in entries if line and not line.lstrip().startswith("#")]
    assert [line[:60] for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
    names = {line.split("==")[0].strip(): line.split("==")[1].split()[0] for line in pinned}
    assert names["rasa"] == rasa.__version__
    assert "tensorflow" in names


def test_our_side_is_configured_as_make_run_configures_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "CACHE", tmp_path)
    asked = Questions(training={}, cases=(), origin="x", held_out=False)
    side = sides.ours(asked)
    written = Path(side.start[-1]).read_text(encoding="utf-8")
    assert side.start[:3] == (sys.executable, "-m", "supervisor.supervisord")
    assert f"--port {side.environment['PORT']} -i 127.0.0.1" in written
    assert written.count(f"directory={side.folder}\n") == 2
    assert "{" not in written


def test_our_side_reads_with_the_model_that_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "CACHE", tmp_path)
    monkeypatch.setattr(sides, "MODELS", tmp_path / "models")
    side = sides.ours(Questions(training={}, cases=(), origin="x", held_out=False))
    assert (side.folder / assembly.MODEL).readlink() == tmp_path / "models" / "ours.tar.gz"
    assert (side.folder / "bot" / "reading.py").samefile(ROOT / "bot" / "reading.py")
    assert {name.name for name in side.folder.iterdir()} == {*sides.HOME, "models"}


def test_a_configuration_that_names_no_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "supervisord.conf"
    path.write_text("[supervisord]\n")
    with pytest.raises(ValueError, match="where its processes run"):
        sides._move(path, tmp_path)
