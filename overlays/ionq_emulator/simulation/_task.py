"""The request to the simulator: one circuit to run. Imports the standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EngineName", "Precision", "Task"]

Precision = Literal["double", "single"]
EngineName = Literal["auto", "numpy", "lightning"]


@dataclass(frozen=True, slots=True)
class Task:
    """One circuit to run; picklable, so that it can cross to a worker process.

    Attributes:
        program: `{"gateset": "qis"|"native", "qubits": n or None, "circuit": [gates]}`,
            `{"qasm": "OPENQASM 3.0; ..."}`, or `{"function": {...}}` for `evaluate`.
        shots: Number of shots to sample; None for the exact distribution (ideal only).
        noise: Name of a noise model in `NOISE_MODELS`, or `ideal`.
        seed: Any integer; fixes the errors and the shots.
        debiasing: Run as symmetrized variants and publish them (QPU backends).
        precision: Of the state vector.
        engine: `auto` takes lightning when it is installed and works.
        controlled_swap: See `read_circuit`.
    """

    program: Mapping[str, Any]
    shots: int | None
    noise: str = "ideal"
    seed: int = 0
    debiasing: bool = False
    precision: Precision = "double"
    engine: EngineName = "auto"
    controlled_swap: bool = True
