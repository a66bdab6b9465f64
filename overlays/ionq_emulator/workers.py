"""Worker processes behind the `concurrent.futures` interface, one call at a time each.

May import: the standard library. Why not `ProcessPoolExecutor`: it cannot stop a call that runs,
its workers outlive a server that is killed, and it imports the user's main script again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WorkerDiedError", "WorkerPool"]

P = ParamSpec("P")
T = TypeVar("T")
_Item = tuple["Future[Any]", bytes]


class WorkerDiedError(RuntimeError):
    """The process ended before it answered: it was terminated, killed or crashed."""


class WorkerPool(Executor):
    """Runs picklable calls in processes that start when first needed.

    Args:
        max_workers: Processes at most, and so calls at once.
    """

    def __init__(self, max_workers: int) -> None:
        if max_workers < 1:
            raise ValueError(f"max_workers must be at least 1, got {max_workers}")
        self.max_workers = max_workers
        self._lock = threading.Lock()
        self._items: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._waiting = 0
        self.closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args, **kwargs)` in a worker process."""
        future: Future[T] = Future()
        call = pickle.dumps((fn, args, kwargs), protocol=5)
        with self._lock:
            if self.closed:
                raise RuntimeError("the worker pool is shut down")
            self._waiting += 1
            idle = sum(worker.future is None for worker in self._workers)
            if self._waiting > idle and len(self._workers) < self.max_workers:
                self._workers.append(_Worker(self))
            self._items.put((future, call))
        return future

    @property
    def pids(self) -> list[int]:
        """The processes there are now."""
        with self._lock:
            found = [worker.pid for worker in self._workers]
        return [pid for pid in found if pid is not None]

    def terminate(self, future: Future[Any]) -> None:
        """Stop a call wherever it is: unqueued if it waits, its process killed if it runs."""
        if future.cancel():
            return
        with self._lock:
            for worker in self._workers:
                worker.kill(future)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Stop everything; calls that run are killed."""
        del cancel_futures  # nothing here is worth waiting for
        with self._lock:
            self.closed = True
            workers = list(self._workers)
            for worker in workers:
                self._items.put(None)
                worker.kill()
        if wait:
            for worker in workers:
                worker.thread.join()

    def take(self, worker: _Worker) -> _Item | None:
        """The next call for a worker; None at the end."""
        while True:
            item = self._items.get()
            if item is None:
                return None
            with self._lock:
                self._waiting -= 1
                if item[0].set_running_or_notify_cancel():
                    worker.future = item[0]
                    return item


class _Worker:
    """A thread that talks to one process."""

    def __init__(self, pool: WorkerPool) -> None:
        self.future: Future[Any] | None = None
        self._pool = pool
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._killed = False
        self.thread = threading.Thread(target=self._serve, name="ionq-emulator-worker", daemon=True)
        self.thread.start()

    @property
    def pid(self) -> int | None:
        """Its process, when it has one."""
        process = self._process
        return None if process is None else process.pid

    def kill(self, future: Future[Any] | None = None) -> None:
        """Stop the call at hand, also when its process is only just starting.

        Args:
            future: Only when it is this one's call; None: whatever it is.
        """
        with self._starting:
            if future is not None and self.future is not future:
                return
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def _serve(self) -> None:
        while (item := self._pool.take(self)) is not None:
            future, call = item
            try:
                fine, value = self._call(call)
            except Exception as error:  # noqa: BLE001 (a thread has nobody to raise to)
                fine, value = False, error
            with self._starting:
                self.future, self._killed = None, self._pool.closed
            if fine:
                future.set_result(value)
            else:
                future.set_exception(value)
        self._end()

    def _call(self, call: bytes) -> tuple[bool, Any]:
        with self._starting:
            if self._killed:
                raise WorkerDiedError("the simulation was stopped before it began")
            if self._process is None:
                self._process = _start()
            process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(call)
            process.stdin.flush()
            answer: tuple[bool, Any] = pickle.load(process.stdout)  # noqa: S301 (our own process)
        except (EOFError, OSError, pickle.UnpicklingError):
            code = self._end()
            raise WorkerDiedError(f"the simulation process ended with exit code {code}") from None
        return answer

    def _end(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        return process.wait()


def _start() -> subprocess.Popen[bytes]:
    # One thread per process: engines that use several fight each other for the cores.
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ionq_emulator.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
