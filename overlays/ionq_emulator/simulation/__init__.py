"""The simulator behind the emulated cloud: circuits in, distributions and shots out.

A pure library (no HTTP, no storage) that runs in a worker process: all that goes in or out pickles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ._circuit import Circuit, GateCounts, Operation
from ._failures import SimulationCancelled, SimulationFailure
from ._outcome import Outcome, Variant
from ._task import EngineName, Precision, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "Circuit",
    "EngineName",
    "GateCounts",
    "Operation",
    "Outcome",
    "Precision",
    "SimulationCancelled",
    "SimulationFailure",
    "Task",
    "Variant",
    "compile_circuit",
    "count_gates",
    "memory_needed",
    "read_circuit",
    "simulate",
]


def simulate(task: Task, *, cancelled: Callable[[], bool] | None = None) -> Outcome:
    """Run one circuit. `cancelled` is asked between gates; True raises SimulationCancelled."""
    raise NotImplementedError


def read_circuit(program: Mapping[str, Any], *, max_qubits: int = 29) -> Circuit:
    """Parse and check a program; SimulationFailure names the gate's index and the field."""
    raise NotImplementedError


def count_gates(circuit: Circuit) -> GateCounts:
    """Gates by arity as IonQ bills them."""
    raise NotImplementedError


def compile_circuit(
    circuit: Circuit,
    to: Literal["native", "qasm3"] = "native",
    family: Literal["aria", "forte"] = "aria",
) -> dict[str, Any] | str:
    """The compiled circuit: the native JSON input as a dict, or OpenQASM 3 text."""
    raise NotImplementedError


def memory_needed(qubits: int, precision: Precision = "double", *, noisy: bool = False) -> int:
    """Peak memory of a simulation of so many active qubits, in bytes."""
    raise NotImplementedError
