"""What a simulation answers: arrays inside, IonQ's dictionaries on demand. May import numpy."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ._circuit import GateCounts

__all__ = ["FloatArray", "IntArray", "Outcome", "Variant"]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


def _keyed(keys: IntArray, values: IntArray | FloatArray) -> dict[str, float] | dict[str, int]:
    return dict(zip(map(str, keys.tolist()), values.tolist(), strict=True))


@dataclass(frozen=True)
class _Distribution:
    """Outcomes with their weight; keys ascend and carry qubit 0 as the least significant bit."""

    outcomes: IntArray
    weights: FloatArray


@dataclass(frozen=True)
class Variant:
    """One symmetrized copy of a debiased job, in the circuit's own qubit order.

    Attributes:
        qubit_map: Logical qubit i ran on qubit `qubit_map[i]`.
        shots: Shots given to this copy.
        outcomes: Observed outcomes, ascending; qubit 0 is the least significant bit.
        tallies: How often each was seen; sums to `shots`.
    """

    qubit_map: tuple[int, ...]
    shots: int
    outcomes: IntArray
    tallies: IntArray

    @cached_property
    def counts(self) -> dict[str, int]:
        """Decimal outcome to count."""
        return dict(zip(map(str, self.outcomes.tolist()), self.tallies.tolist(), strict=True))

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Decimal outcome to count / shots."""
        weights = self.tallies / self.shots
        return dict(zip(map(str, self.outcomes.tolist()), weights.tolist(), strict=True))


@dataclass(frozen=True)
class Outcome:
    """The result of one task. Every dictionary is made when it is first asked for.

    Attributes:
        qubits: Width of an outcome in bits; qubit 0 is the least significant bit of a key.
        outcomes: Outcomes with non-zero weight, ascending.
        weights: Their probabilities; for sampled runs counts / shots.
        shot_outcomes: One outcome per shot in shot order; None for an exact distribution.
        variants: The symmetrized copies of a debiased run, else empty.
        voted: Outcomes and weights after plurality voting, None unless debiased.
        gate_counts: As `count_gates` says.
        register_qubits: OpenQASM registers: the qubit behind each bit, bit 0 first.
        engine: The engine that ran it.
    """

    qubits: int
    outcomes: IntArray
    weights: FloatArray
    gate_counts: GateCounts
    shot_outcomes: IntArray | None = None
    variants: tuple[Variant, ...] = ()
    voted: tuple[IntArray, FloatArray] | None = None
    register_qubits: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    engine: str = ""

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Decimal outcome to probability; states of probability zero are absent."""
        return dict(zip(map(str, self.outcomes.tolist()), self.weights.tolist(), strict=True))

    @cached_property
    def counts(self) -> dict[str, int] | None:
        """Decimal outcome to count, summing to the shots; None for an exact distribution."""
        raise NotImplementedError

    @cached_property
    def shots(self) -> list[str] | None:
        """One decimal outcome per shot, in shot order; None for an exact distribution."""
        raise NotImplementedError

    @cached_property
    def sharpened(self) -> dict[str, float] | None:
        """The plurality vote over the variants; None unless the run was debiased."""
        raise NotImplementedError

    @cached_property
    def registers(self) -> dict[str, dict[str, str]]:
        """Register name to outcome key to that register's bits, bit 0 rightmost."""
        raise NotImplementedError
