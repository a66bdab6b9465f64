"""Where simulations run, what they may use there, and how one that runs is stopped.

May import: execution, workers, memory, settings; Dask's side only when it is asked for.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ionq_emulator.execution import Execution, Run, execute
from ionq_emulator.memory import available_bytes
from ionq_emulator.simulation import Task
from ionq_emulator.workers import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

    from ionq_emulator.settings import Settings

__all__ = ["ExecutorUnavailableError", "Workplace", "find_workplace"]

_MEMORY_SHARE = 0.75
# Something to have done once: it imports what a simulation needs.
_WARM = Run(Task({"gateset": "qis", "qubits": 1, "circuit": [{"gate": "h", "target": 0}]}, None))
_DASK = "dask://"


class ExecutorUnavailableError(RuntimeError):
    """The executor that was asked for is not installed or does not answer."""


def _cancel(future: Future[Any]) -> None:
    future.cancel()


def _unlimited() -> int:
    return 1 << 62


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where simulations run.

    Attributes:
        executor: Runs them.
        slots: How many at once.
        memory_bytes: What all that run may use together.
        largest_bytes: What one may use.
        local: Whether what they write to a file is there for this process.
        owned: Whether it ends with the emulator.
        stop: Stops a simulation as far as the executor can.
        call: What the executor is given to run.
        pids: The worker processes there are, as far as they are ours.
        free_bytes: What the machine has free at this moment.
    """

    executor: Executor
    slots: int
    memory_bytes: int
    largest_bytes: int
    local: bool = False
    owned: bool = False
    stop: Callable[[Future[Any]], object] = _cancel
    call: Callable[[Run], Execution] = execute
    pids: Callable[[], list[int]] = list
    free_bytes: Callable[[], int] = _unlimited

    def warm(self) -> None:
        """Have worker processes of our own started; does nothing to somebody else's executor."""
        for _ in range(self.slots if self.owned and self.local else 0):
            self.executor.submit(self.call, _WARM)


def find_workplace(settings: Settings, executor: Executor | str | None) -> Workplace:
    """The place that an emulator's settings name.

    Args:
        settings: `workers` and `memory_bytes` count.
        executor: None: worker processes of our own. `dask://HOST:PORT`: a Dask cluster. Anything
            else: somebody's own executor, which is left running when the emulator ends.

    Raises:
        ExecutorUnavailableError: Dask is not installed, or no scheduler answers there.
        ValueError: It is a text that is no such address.
    """
    if isinstance(executor, str):
        return _dask(settings, executor)
    slots = (os.cpu_count() or 1) if settings.workers is None else settings.workers
    memory = settings.memory_bytes or int(available_bytes() * _MEMORY_SHARE)
    if executor is not None:
        return Workplace(executor, slots, memory, memory)
    pool = WorkerPool(slots)
    return Workplace(
        pool,
        slots,
        memory,
        memory,
        local=True,
        owned=True,
        stop=pool.terminate,
        pids=lambda: pool.pids,
        # Whoever says how much may be used is taken at their word.
        free_bytes=_unlimited if settings.memory_bytes else available_bytes,
    )


def _dask(settings: Settings, address: str) -> Workplace:
    host, _, port = address.removeprefix(_DASK).rpartition(":")
    if not address.startswith(_DASK) or not host or not port.isdecimal():
        raise ValueError(f"executor must be dask://HOST:PORT, got {address!r}")
    try:
        from ionq_emulator.dask_cluster import DaskExecutor, run_on_worker  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError as error:
        raise ExecutorUnavailableError(
            f"{address} needs Dask: pip install 'ionq-direct[dask]' ({error})"
        ) from None
    try:
        executor = DaskExecutor(f"tcp://{host}:{port}")
    except OSError as error:
        message = f"no Dask scheduler answers at {host}:{port}: {error}"
        raise ExecutorUnavailableError(message) from None
    memory = settings.memory_bytes or executor.memory_per_thread()
    if memory is None:
        executor.shutdown()
        message = f"the Dask scheduler at {host}:{port} has no workers, and memory_bytes is not set"
        raise ExecutorUnavailableError(message)
    # Dask queues by itself, and no worker runs more at once than it has threads: each of them has
    # memory for the largest simulation that is let through.
    return Workplace(
        executor, _unlimited(), _unlimited(), largest_bytes=memory, owned=True, call=run_on_worker
    )
