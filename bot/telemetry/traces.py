"""Spans for OpenTelemetry, where OTLP_ENDPOINT names a collector; else nothing is made and nothing imported.

Names and attributes come from the code. What leaves is held to ATTRIBUTES once more, so that a later span that carries words,
or an error whose text quotes a person, still sends none of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

ATTRIBUTES = frozenset({"error.type"})
"""What a span may carry: names of kinds of errors. No ids, since they lead to a conversation, and no texts."""

RESOURCE = {"service.name": "stridewell"}

_tracer: Any = None
_provider: Any = None


def start(endpoint: str) -> None:
    """From now on spans are sent to a collector's OTLP address over HTTP. Raises ImportError without the extra `traces`."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    send_to(BatchSpanProcessor(bare(OTLPSpanExporter(endpoint=endpoint, timeout=5))))


def send_to(processor: Any) -> None:
    """From now on spans go to a processor of OpenTelemetry's."""
    global _tracer, _provider
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    # Not Resource.create: it would add settings of others, and names of this machine and its processes.
    _provider = TracerProvider(resource=Resource(RESOURCE), shutdown_on_exit=False)
    _provider.add_span_processor(processor)
    _tracer = _provider.get_tracer("stridewell")


def stop() -> None:
    """Sends what waits and makes no more spans."""
    global _tracer, _provider
    provider, _tracer, _provider = _provider, None, None
    if provider is not None:
        provider.shutdown()


@contextlib.contextmanager
def span(name: str) -> Iterator[None]:
    """A span of that name round the block, below the one that is open."""
    if _tracer is None:
        yield
        return
    # Its own handling of errors would record their texts.
    with _tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield
        except BaseException as error:
            current.set_attribute("error.type", type(error).__name__)
            raise


def bare(exporter: Any) -> Any:
    """The exporter, handed only spans that carry nothing but ATTRIBUTES."""
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

    class Bare(SpanExporter):  # type: ignore[misc, unused-ignore]
        def export(self, spans: Sequence[Any]) -> Any:
            return exporter.export([stripped(one) for one in spans]) if spans else SpanExportResult.SUCCESS

        def shutdown(self) -> None:
            exporter.shutdown()

        def force_flush(self, timeout_millis: int = 30_000) -> bool:
            return bool(exporter.force_flush(timeout_millis))

    def stripped(one: Any) -> Any:
        kept = {name: value for name, value in (one.attributes or {}).items() if name in ATTRIBUTES}
        return ReadableSpan(
            name=one.name, context=one.context, parent=one.parent, resource=one.resource, attributes=kept,
            kind=one.kind, start_time=one.start_time, end_time=one.end_time, instrumentation_scope=one.instrumentation_scope,
        )  # fmt: skip

    return Bare()
