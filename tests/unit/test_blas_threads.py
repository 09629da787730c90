"""The server's arithmetic stays in one thread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from bot.rasa_host.blas_threads import one_thread_for_products


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with threadpool_limits(limits=2, user_api="blas"):
        yield


def test_products_run_in_one_thread() -> None:
    one_thread_for_products()
    np.ones((400, 400)) @ np.ones((400, 400))
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
