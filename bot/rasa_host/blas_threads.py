"""How the server shares the machine's cores.

Upstream: Rasa 3.6.21 leaves OpenBLAS at a thread a core in a server that computes small products only. Its test fails when
the library starts with one thread by itself.
"""

from __future__ import annotations

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn


def one_thread_for_products() -> None:
    """Lets the numeric library (OpenBLAS) work in the calling thread alone, in this process, from now on.

    Its products are small here, a third of a millisecond. Its second thread waits for the next one by spinning, and so
    takes a whole core from the action server and the database.
    """
    threadpool_limits(limits=1, user_api="blas")
