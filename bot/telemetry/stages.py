"""The stages of a call: each is one observation of the metrics and, where traces are on, one span."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator

from bot.config import Settings
from bot.telemetry import metrics, traces

logger = logging.getLogger(__name__)

STAGES = ("reading", "action", "store", "journal", "whole")


@contextlib.contextmanager
def stage(name: str) -> Iterator[None]:
    """Measures the block as one of STAGES, also where it fails."""
    began = time.perf_counter()
    try:
        with traces.span(name):
            yield
    finally:
        metrics.SECONDS.labels(name).observe(time.perf_counter() - began)


class Telemetry:
    """What is open to see inside: the listener of the metrics, and the way to a collector of traces."""

    def __init__(self, settings: Settings) -> None:
        self.listener = metrics.Listener(settings.metrics_port, settings.metrics_interface)
        if settings.otlp_endpoint:
            try:
                traces.start(settings.otlp_endpoint)
            except ImportError as error:
                logger.error("no traces: the extra `traces` is not installed: %s", type(error))

    def close(self) -> None:
        """Closes both."""
        self.listener.close()
        traces.stop()
