"""What an operator sees: every number moves with what happens, and no word of a person is in any of it."""

from __future__ import annotations

import asyncio
import http.server
import json
import re
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY

from bot.channel.responder import Heard
from bot.telemetry import metrics, traces
from bot.telemetry.outcomes import OUTCOMES, outcome, taken_back
from bot.telemetry.stages import STAGES, stage
from evaluation.live import free_port
from tests.channel_kit import alert, bench, message, run

ROOT = Path(__file__).resolve().parents[2]
WORDS = "xylophone quartz in my left buttock"


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def quotes(heard: Heard) -> list[dict[str, Any]]:
    """Answers with a topic, and fails on "fail" with an error that quotes the person."""
    if "fail" in heard.text:
        raise RuntimeError(heard.text)
    if "alert" in heard.text:
        return [alert(), message("Better.", stands_down=True)]
    return [message(heard.text, type="answer", topic="causes/posture", unit="causes/posture.slouch")]


@pytest.mark.parametrize(
    ("messages", "came"),
    [
        ([message("x")], "answered"),
        ([message("x", type="notice", reason="out_of_scope")], "declined"),
        ([message("x", type="notice", reason="unsure")], "unsure"),
        ([message("x", type="choices")], "unsure"),
        ([message("x", type="notice", reason="unavailable")], "unavailable"),
        ([message("x", type="choices"), alert()], "alert"),
        ([], "unavailable"),
    ],
)
def test_what_came_of_a_message(messages: list[dict[str, Any]], came: str) -> None:
    assert outcome(messages) == came
    assert came in OUTCOMES
    assert not taken_back(messages)


def test_a_conversation_moves_the_numbers() -> None:
    before = {
        "answered": value("stridewell_messages_total", outcome="answered"),
        "alert": value("stridewell_messages_total", outcome="alert"),
        "failed": value("stridewell_messages_total", outcome="unavailable"),
        "topic": value("stridewell_topics_total", topic="causes/posture"),
        "unit": value("stridewell_units_total", unit="causes/posture.slouch"),
        "level": value("stridewell_urgency_total", level="emergency"),
        "back": value("stridewell_alerts_taken_back_total"),
        "whole": value("stridewell_stage_seconds_count", stage="whole"),
        "store": value("stridewell_stage_seconds_count", stage="store"),
        "refused": value("stridewell_problems_total", kind="bad_id"),
        "feedback": value("stridewell_feedback_total", helpful="no"),
    }

    async def test() -> None:
        async with bench(quotes) as bot:
            answer = (await bot.say(WORDS))[0]
            await bot.say("alert")
            await bot.say("fail")
            assert (await bot.post("hello", message_id="no uuid")).status_code == 400
            told = {"message_id": answer["id"], "helpful": False}
            await bot.client.post("/webhooks/web/feedback", json=told, headers=bot.auth)

    run(test)
    after = {
        "answered": value("stridewell_messages_total", outcome="answered"),
        "alert": value("stridewell_messages_total", outcome="alert"),
        "failed": value("stridewell_messages_total", outcome="unavailable"),
        "topic": value("stridewell_topics_total", topic="causes/posture"),
        "unit": value("stridewell_units_total", unit="causes/posture.slouch"),
        "level": value("stridewell_urgency_total", level="emergency"),
        "back": value("stridewell_alerts_taken_back_total"),
        "whole": value("stridewell_stage_seconds_count", stage="whole"),
        "store": value("stridewell_stage_seconds_count", stage="store"),
        "refused": value("stridewell_problems_total", kind="bad_id"),
        "feedback": value("stridewell_feedback_total", helpful="no"),
    }
    moved = {name: after[name] - before[name] for name in before}
    assert moved.pop("store") > 5
    assert moved.pop("whole") == 4  # the refused one took its time too
    assert moved == dict.fromkeys(moved, 1)
    assert value("stridewell_calls_at_once") == 0


def test_words_that_wait_for_the_database_are_counted() -> None:
    async def test() -> None:
        async with bench(quotes) as bot:
            bot.store.broken = True
            await bot.say(WORDS)
            for _ in range(60):
                await asyncio.sleep(0.1)
                if value("stridewell_journal_conversations") == 1:
                    break
            assert value("stridewell_journal_conversations") == 1

    run(test)


def test_metrics_have_ports_of_their_own_on_this_machine_alone_and_no_words() -> None:
    port = free_port()

    async def test() -> None:
        async with bench(quotes, metrics_port=port) as bot, bench(quotes, metrics_port=port):
            await bot.say(WORDS)
            await bot.say(f"fail {WORDS}")
            async with httpx.AsyncClient(trust_env=False) as client:
                for one in (port, port + 1):
                    page = await client.get(f"http://127.0.0.1:{one}/metrics")
                    assert page.status_code == 200
                    assert 'stridewell_stage_seconds_count{stage="whole"}' in page.text
                    assert not [word for word in WORDS.split() if len(word) > 4 and word in page.text]
            assert (await bot.client.get("/metrics")).status_code == 404
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)

    run(test)


def test_without_a_setting_nothing_listens_and_no_trace_library_is_loaded() -> None:
    assert metrics.Listener(0, "127.0.0.1").port == 0
    code = (
        "import sys, bot.channel.api; from bot.telemetry.stages import stage\nwith stage('whole'): pass\n"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_no_words_are_in_a_span_also_when_a_turn_fails_with_them() -> None:
    kept = InMemorySpanExporter()
    traces.send_to(SimpleSpanProcessor(kept))  # as they are made, before anything is taken out

    async def test() -> None:
        async with bench(quotes) as bot:
            await bot.say(WORDS)
            await bot.say(f"fail {WORDS}")
            with pytest.raises(RuntimeError), stage("reading"):
                raise RuntimeError(WORDS)

    run(test)
    spans = kept.get_finished_spans()
    assert {one.name for one in spans} >= {"whole", "store", "reading"}
    assert {one.name for one in spans} <= set(STAGES)
    told = "".join(one.to_json() for one in spans)
    assert not [word for word in WORDS.split() if len(word) > 4 and word in told]
    assert {name for one in spans for name in one.attributes or {}} <= traces.ATTRIBUTES
    whole = {one.context.span_id for one in spans if one.name == "whole"}
    assert any(one.parent is not None and one.parent.span_id in whole for one in spans if one.name == "store")


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A collector's address, and what it was sent."""
    got: list[bytes] = []

    class Takes(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", got
    finally:
        server.shutdown()
        server.server_close()


def test_a_collector_gets_the_spans_without_anything_that_may_not_leave() -> None:
    with collector() as (address, got):

        async def test() -> None:
            async with bench(quotes, otlp_endpoint=address) as bot:
                await bot.say(WORDS)
                with traces._tracer.start_as_current_span("whole") as careless:
                    careless.set_attribute("text", WORDS)
                    careless.set_attribute("error.type", "KeyError")
                    careless.add_event(WORDS)

        run(test)
    sent = b"".join(got)
    assert not [word for word in WORDS.split() if len(word) > 4 and word.encode() in sent]
    spans = [
        span
        for body in got
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert {"whole", "store"} <= {span.name for span in spans}
    assert {one.key for span in spans for one in span.attributes} == {"error.type"}


def test_the_dashboard_asks_only_for_numbers_that_there_are() -> None:
    dashboard = json.loads((ROOT / "deploy/grafana/stridewell.json").read_text(encoding="utf-8"))
    asked = " ".join(target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ()))
    made = {one.name + ending for one in REGISTRY.collect() for ending in ("", "_total", "_bucket", "_count", "_sum")}
    wanted = set(re.findall(r"\b(?:stridewell|process)_[a-z_]+", asked))
    assert wanted - made == set()
    ours = {one.name for one in REGISTRY.collect() if one.name.startswith("stridewell_")}
    assert [name for name in ours if name not in asked] == []
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_a_message_id_is_no_label() -> None:
    made = str(uuid.uuid4())

    async def test() -> None:
        async with bench(quotes) as bot:
            await bot.say("hello", message_id=made)

    run(test)
    labels = {text for one in REGISTRY.collect() for sample in one.samples for text in sample.labels.values()}
    assert made not in labels
