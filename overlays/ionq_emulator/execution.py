"""One circuit run and its results put into the bytes that are served. Runs in a worker process.

May import: the simulation package and orjson.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from ionq_emulator.simulation import Outcome, Task, simulate

__all__ = ["Execution", "VariantResult", "execute"]


@dataclass(slots=True)
class VariantResult:
    """One variant of a debiased run: its qubit map, shots and result bodies by kind."""

    qubit_map: list[int]
    shots: int
    bodies: dict[str, bytes]


@dataclass(slots=True)
class Execution:
    """What running a circuit gave.

    Attributes:
        bodies: Kind (`probabilities`, `histogram`, `shots`, ...) to JSON text. Keys are decimal
            numbers with qubit 0 as the least significant bit.
        variants: Of a debiased run.
    """

    bodies: dict[str, bytes]
    variants: list[VariantResult] = field(default_factory=list)


def execute(task: Task) -> Execution:
    """Simulate and encode.

    Raises:
        SimulationFailure: The circuit cannot be run.
    """
    outcome = simulate(task)
    return Execution(
        _bodies(outcome), [_variant(outcome, index) for index in range(len(outcome.variants))]
    )


def _bodies(outcome: Outcome) -> dict[str, bytes]:
    bodies = {"probabilities": _json(outcome.probabilities)}
    if outcome.counts is not None:
        bodies["histogram"] = _json(outcome.counts)
    if outcome.shots is not None:
        bodies["shots"] = _json(outcome.shots)
    if outcome.sharpened is not None:
        bodies["sharpened"] = _json(outcome.sharpened)
    return bodies


def _variant(outcome: Outcome, index: int) -> VariantResult:
    variant = outcome.variants[index]
    shots = [outcome_ for outcome_, count in variant.counts.items() for _ in range(count)]
    return VariantResult(
        list(variant.qubit_map),
        variant.shots,
        {
            "probabilities": _json(variant.probabilities),
            "histogram": _json(variant.counts),
            "shots": _json(shots),
        },
    )


def _json(value: Any) -> bytes:
    return orjson.dumps(value)
