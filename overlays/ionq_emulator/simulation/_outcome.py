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


@dataclass(frozen=True, eq=False)
class Variant:
    """One symmetrized copy of a debiased run, its outcomes in the circuit's own qubit order.

    Attributes:
        qubit_map: Qubit i of the circuit ran on qubit `qubit_map[i]`.
        shots: Shots given to this copy.
        outcomes: Observed outcomes, ascending; qubit 0 is the least significant bit.
        tallies: How often each was seen; sums to `shots`.
        shot_outcomes: One outcome per shot in shot order.
    """

    qubit_map: tuple[int, ...]
    shots: int
    outcomes: IntArray
    tallies: IntArray
    shot_outcomes: IntArray

    @cached_property
    def counts(self) -> dict[str, int]:
        """Decimal outcome to count."""
        return dict(zip(_decimal(self.outcomes), self.tallies.tolist(), strict=True))

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Decimal outcome to count / shots."""
        weights = (self.tallies / self.shots).tolist()
        return dict(zip(_decimal(self.outcomes), weights, strict=True))


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result of one task. Every dictionary is made when it is first asked for.

    Attributes:
        qubits: Width of an outcome in bits; qubit 0 is the least significant bit of a key.
        outcomes: Outcomes with non-zero weight, ascending.
        weights: Their probabilities; for sampled runs counts / shots.
        gate_counts: As `count_gates` says.
        tallies: Their counts, which sum to the shots; None for an exact distribution.
        shot_outcomes: One outcome per shot in shot order; None for an exact distribution.
        variants: The symmetrized copies of a debiased run, else empty.
        voted: Outcomes and weights after plurality voting, None unless debiased.
        register_qubits: OpenQASM registers: the qubit behind each bit, bit 0 first; None for a bit
            that nothing was measured into, which is 0.
        engine: The engine that ran it.
    """

    qubits: int
    outcomes: IntArray
    weights: FloatArray
    gate_counts: GateCounts
    tallies: IntArray | None = None
    shot_outcomes: IntArray | None = None
    variants: tuple[Variant, ...] = ()
    voted: tuple[IntArray, FloatArray] | None = None
    register_qubits: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    engine: str = ""

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Decimal outcome to probability; states of probability zero are absent."""
        return dict(zip(_decimal(self.outcomes), self.weights.tolist(), strict=True))

    @cached_property
    def counts(self) -> dict[str, int] | None:
        """Decimal outcome to count, summing to the shots; None for an exact distribution."""
        if self.tallies is None:
            return None
        return dict(zip(_decimal(self.outcomes), self.tallies.tolist(), strict=True))

    @cached_property
    def shots(self) -> list[str] | None:
        """One decimal outcome per shot, in shot order; None for an exact distribution."""
        return None if self.shot_outcomes is None else _decimal(self.shot_outcomes)

    @cached_property
    def sharpened(self) -> dict[str, float] | None:
        """The plurality vote over the variants; None unless the run was debiased."""
        if self.voted is None:
            return None
        outcomes, weights = self.voted
        return dict(zip(_decimal(outcomes), weights.tolist(), strict=True))

    @cached_property
    def registers(self) -> dict[str, dict[str, str]]:
        """Register name to decimal outcome to the register's bits, bit 0 rightmost."""
        keys = _decimal(self.outcomes)
        return {
            name: dict(zip(keys, self.register_bits(name, self.outcomes), strict=True))
            for name in self.register_qubits
        }

    def register_bits(self, name: str, outcomes: IntArray) -> list[str]:
        """The bits of one register for each of the given outcomes, bit 0 rightmost."""
        qubits = self.register_qubits[name][::-1]
        bits = np.zeros((len(outcomes), len(qubits)), dtype=np.uint8)
        for place, qubit in enumerate(qubits):
            if qubit is not None:
                bits[:, place] = outcomes >> qubit & 1
        text = (bits + ord("0")).tobytes().decode("ascii")
        width = len(qubits)
        return [text[start : start + width] for start in range(0, len(text), width)]


def _decimal(outcomes: IntArray) -> list[str]:
    return list(map(str, outcomes.tolist()))
