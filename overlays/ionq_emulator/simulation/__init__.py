"""The simulator behind the emulated cloud: circuits in, distributions and shots out.

A pure library (no HTTP, no storage) that runs in a worker process: all that goes in or out pickles.
"""

from __future__ import annotations

from ._circuit import Circuit, GateCounts, Operation
from ._compiling import compile_circuit
from ._counting import count_gates
from ._energy import Energy, Evaluation, evaluate, read_energy
from ._failures import SimulationCancelled, SimulationFailure
from ._noise_models import NOISE_MODELS, NoiseModel
from ._outcome import Outcome, Variant
from ._reading import MAX_QUBITS, MAX_WIDTH, read_circuit
from ._simulator import MAX_OUTCOMES, MAX_SHOTS, check_width, memory_needed, simulate
from ._task import EngineName, Precision, Task

__all__ = [
    "MAX_OUTCOMES",
    "MAX_QUBITS",
    "MAX_SHOTS",
    "MAX_WIDTH",
    "NOISE_MODELS",
    "Circuit",
    "Energy",
    "EngineName",
    "Evaluation",
    "GateCounts",
    "NoiseModel",
    "Operation",
    "Outcome",
    "Precision",
    "SimulationCancelled",
    "SimulationFailure",
    "Task",
    "Variant",
    "check_width",
    "compile_circuit",
    "count_gates",
    "evaluate",
    "memory_needed",
    "read_circuit",
    "read_energy",
    "simulate",
]
