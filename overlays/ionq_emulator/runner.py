"""Simulations beside the server: admission by memory, start, cancellation.

May import: execution, the simulation package's failures, workers and the workplace.
"""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionq_emulator.simulation import SimulationFailure
from ionq_emulator.workers import WorkerDiedError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ionq_emulator.execution import Execution, Run
    from ionq_emulator.workplace import Workplace

__all__ = ["Runner"]

# What may overtake: a simulation that needs less than this part of the memory.
_SMALL = 16
# Below this nobody asks the machine how much it has free.
_ALWAYS_FREE = 256 << 20

Done = Callable[[str, "Execution | BaseException"], None]


@dataclass(slots=True, eq=False)
class _Started:
    job_id: str
    run: Run
    memory: int
    done: Done
    future: Future[Execution] | None = None
    canceled: bool = False


class Runner:
    """Starts simulations, never more at once than fit into memory.

    They start in the order they came; only small ones overtake one that waits for memory. A
    simulation larger than all the memory there is must be refused before.

    Args:
        place: Where they run, how many at once, and with how much memory.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._changed = threading.Condition()
        self._waiting: deque[_Started] = deque()
        self._running: set[_Started] = set()
        self._closed = False

    def start(self, job_id: str, run: Run, memory: int, done: Done) -> None:
        """Run it as soon as there is room; does nothing when the job runs or waits already.

        Args:
            job_id: The job it belongs to.
            run: What to run.
            memory: Peak memory it needs, in bytes.
            done: Called from another thread with the job's id and what came out; not called
                after `cancel`.
        """
        with self._changed:
            if self._closed or self.knows(job_id):
                return
            self._waiting.append(_Started(job_id, run, memory, done))
        self._pump()

    def knows(self, job_id: str) -> bool:
        """Whether a job's simulation runs or waits."""
        with self._changed:
            runs = (*self._running, *self._waiting)
            return any(run.job_id == job_id and not run.canceled for run in runs)

    def runs(self, job_id: str) -> bool:
        """Whether a job's simulation runs now, and does not wait."""
        with self._changed:
            return any(run.job_id == job_id and not run.canceled for run in self._running)

    def pids(self) -> list[int]:
        """The worker processes there are now; none of somebody else's executor."""
        return self._place.pids()

    def cancel(self, job_id: str) -> None:
        """Stop a job's simulation, if there is one: its process ends, its memory is free."""
        with self._changed:
            self._waiting = deque(run for run in self._waiting if run.job_id != job_id)
            stopped = [run for run in self._running if run.job_id == job_id]
            for run in stopped:
                run.canceled = True
        for run in stopped:
            if run.future is not None:
                self._place.stop(run.future)

    def warm(self) -> None:
        """Have the worker processes ready before the first long simulation; does not wait."""
        self._place.warm()

    def close(self) -> None:
        """Stop everything. Somebody else's executor is left running."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            running = list(self._running)
            for run in running:
                run.canceled = True
        for run in running:
            if run.future is not None:
                self._place.stop(run.future)
        if self._place.owned:
            self._place.executor.shutdown(wait=True, cancel_futures=True)

    def wait_idle(self, timeout: float | None) -> bool:
        """Wait until nothing runs or waits; False when the seconds are over first."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._running and not self._waiting, timeout)

    def _pump(self) -> None:
        while (run := self._next()) is not None:
            refusal = self._refusal(run)
            if refusal is not None:
                self._ended(run)
                run.done(run.job_id, refusal)
                continue
            try:
                future = self._place.executor.submit(self._place.call, run.run)
            except Exception as error:  # noqa: BLE001 (an executor that refuses fails the job)
                self._ended(run)
                run.done(run.job_id, error)
                continue
            run.future = future
            future.add_done_callback(functools.partial(self._finished, run))
            if run.canceled:
                self._place.stop(future)

    def _next(self) -> _Started | None:
        with self._changed:
            if self._closed or len(self._running) >= self._place.slots:
                return None
            free = self._place.memory_bytes - sum(run.memory for run in self._running)
            for position, run in enumerate(self._waiting):
                # With nothing running there is no reason left to wait.
                if not self._running or (run.memory <= free and self._is_free(run.memory)):
                    del self._waiting[position]
                    self._running.add(run)
                    return run
                free = min(free, self._place.memory_bytes // _SMALL)
            return None

    def _is_free(self, memory: int) -> bool:
        """Whether the machine has so much left now, whatever else has come to run on it."""
        return memory < _ALWAYS_FREE or memory <= self._place.free_bytes()

    def _refusal(self, run: _Started) -> SimulationFailure | None:
        """Why a simulation cannot run now: better than to be killed for it half-way."""
        if self._is_free(run.memory):
            return None
        return SimulationFailure(
            "SimulationError",
            f"the simulation needs {run.memory / 2**30:.1f} GiB, and other programs have left"
            f" {self._place.free_bytes() / 2**30:.1f} GiB on this machine",
        )

    def _finished(self, run: _Started, future: Future[Execution]) -> None:
        if not run.canceled:
            run.done(run.job_id, _outcome(future))
        self._ended(run)
        self._pump()

    def _ended(self, run: _Started) -> None:
        with self._changed:
            self._running.discard(run)
            self._changed.notify_all()


def _outcome(future: Future[Execution]) -> Execution | BaseException:
    if future.cancelled():  # by whoever runs the executor: a job must not wait for it for ever
        return WorkerDiedError("the executor has canceled it")
    return future.exception() or future.result()
