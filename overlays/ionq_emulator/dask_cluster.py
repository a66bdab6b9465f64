"""Simulations on a Dask cluster, through its `concurrent.futures` interface.

May import: distributed (the `dask` extra), execution, workers. The workers need this package too.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import distributed
from distributed.scheduler import KilledWorker

from ionq_emulator.execution import Execution, Run, execute
from ionq_emulator.workers import WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DaskExecutor", "run_on_worker"]

_dask: Any = distributed  # its own types are partial
P = ParamSpec("P")
T = TypeVar("T")

_CONNECT_SECONDS = 5.0
# Of a worker's memory limit: Dask pauses a worker at 80 percent of it and kills it at 95, and the
# worker itself needs some.
_MEMORY_SHARE = 0.6
_NO_LIMIT = 1 << 62


class DaskExecutor(Executor):
    """A connection to a cluster.

    Answers are handed on in a thread of their own: the client's event loop must not wait for
    whoever takes them. A future that is canceled takes its task off the cluster; what the task
    itself has to do to notice is in `run_on_worker`.

    Args:
        address: The scheduler's, such as `tcp://10.0.0.5:8786`.

    Raises:
        OSError: No scheduler answers there.
    """

    def __init__(self, address: str) -> None:
        self._client = _dask.Client(
            address, timeout=_CONNECT_SECONDS, set_as_default=False, name="ionq-emulator"
        )
        # Equal circuits are run as often as they are submitted.
        self._tasks = self._client.get_executor(pure=False)
        self._courier = ThreadPoolExecutor(1, thread_name_prefix="ionq-emulator-dask")

    def memory_per_thread(self) -> int | None:
        """What one simulation may use wherever it is put, in bytes; None: there are no workers."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        if not workers:
            return None
        limits: list[float] = [worker["memory_limit"] / worker["nthreads"] for worker in workers]
        return min((int(limit * _MEMORY_SHARE) for limit in limits if limit), default=_NO_LIMIT)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args, **kwargs)` on the cluster."""
        answer: Future[T] = Future()
        task: Future[T] = self._tasks.submit(fn, *args, **kwargs)

        def settle(_task: Future[T]) -> None:
            self._courier.submit(_hand_on, task, answer)

        def give_up(_answer: Future[T]) -> None:
            if answer.cancelled():
                task.cancel()

        answer.add_done_callback(give_up)
        task.add_done_callback(settle)
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Take all tasks off the cluster and leave it."""
        del cancel_futures  # nobody is there any more to take an answer
        self._tasks.shutdown(wait=False)
        self._client.close()
        self._courier.shutdown(wait=wait, cancel_futures=True)


def _hand_on(task: Future[T], answer: Future[T]) -> None:
    if not answer.set_running_or_notify_cancel():
        return
    if task.cancelled():
        answer.set_exception(WorkerDiedError("the Dask cluster has dropped the simulation"))
        return
    error = task.exception()
    if isinstance(error, KilledWorker):
        answer.set_exception(WorkerDiedError(str(error)))
    elif error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(task.result())


def run_on_worker(run: Run) -> Execution:
    """Simulate in a thread of a Dask worker, and stop when the task is taken off it.

    Dask cannot interrupt a thread. It does mark the task, and the simulation looks between gates.

    Raises:
        SimulationFailure: The circuit cannot be run.
    """
    worker = _dask.get_worker()
    key = worker.get_current_task()

    def cancelled() -> bool:
        task = worker.state.tasks.get(key)
        return task is None or task.state == "cancelled"

    return execute(run, cancelled)
