"""What a simulation answers: arrays inside, IonQ's dictionaries on demand. May import numpy."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ._circuit import GateCounts

__all__ = ["FloatArray", "IntArray", "Joint", "Outcome", "Register", "Variant"]

_Number = TypeVar("_Number", int, float)

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
class Joint:
    """What all qubits gave, hidden ones included: what registers are read from.

    Attributes:
        outcomes: Outcomes with non-zero weight, ascending; qubit 0 is the least significant bit.
        weights: Their probabilities.
        tallies: Their counts; None for an exact distribution.
        shot_outcomes: One outcome per shot in shot order; None for an exact distribution.
    """

    outcomes: IntArray
    weights: FloatArray
    tallies: IntArray | None = None
    shot_outcomes: IntArray | None = None


@dataclass(frozen=True, eq=False)
class Register:
    """What a register of classical bits holds. Words have bit 0 rightmost.

    Attributes:
        bits: The qubit behind each bit, bit 0 first; None for a bit that is always 0.
        joint: What the qubits gave.
    """

    bits: tuple[int | None, ...]
    joint: Joint

    @property
    def probabilities(self) -> dict[str, float]:
        """Word to probability."""
        return self._summed(self.joint.weights.tolist())

    @property
    def counts(self) -> dict[str, int] | None:
        """Word to count; None for an exact distribution."""
        tallies = self.joint.tallies
        return None if tallies is None else self._summed(tallies.tolist())

    @property
    def shots(self) -> list[str] | None:
        """One word per shot, in shot order; None for an exact distribution."""
        shots = self.joint.shot_outcomes
        return None if shots is None else self._words(shots)

    def _summed(self, values: list[_Number]) -> dict[str, _Number]:
        summed: dict[str, _Number] = {}
        for word, value in zip(self._words(self.joint.outcomes), values, strict=True):
            summed[word] = summed[word] + value if word in summed else value
        return summed

    def _words(self, outcomes: IntArray) -> list[str]:
        digits = np.zeros((len(outcomes), len(self.bits)), dtype=np.uint8)
        for place, qubit in enumerate(reversed(self.bits)):
            if qubit is not None:
                digits[:, place] = outcomes >> qubit & 1
        text = (digits + ord("0")).tobytes().decode("ascii")
        width = len(self.bits)
        return [text[start : start + width] for start in range(0, len(text), width)]


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
        register_qubits: OpenQASM registers: the qubit behind each bit, bit 0 first, hidden ones
            from `qubits` on; None for a bit that nothing was measured into, which is 0.
        engine: The engine that ran it.
        joint: With the hidden qubits of measurements and resets in the middle; None where there
            are none, and where it is too large to be kept.
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
    joint: Joint | None = None

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

    @property
    def every_qubit(self) -> Register:
        """All qubits as they are at the end, as if they were a register."""
        return Register(tuple(range(self.qubits)), self._own)

    @property
    def registers(self) -> dict[str, Register]:
        """What was measured into each register; none where that is too large to be kept."""
        joint = self.joint or self._own
        hidden = any(
            qubit is not None and qubit >= self.qubits
            for bits in self.register_qubits.values()
            for qubit in bits
        )
        if hidden and self.joint is None:
            return {}
        return {name: Register(bits, joint) for name, bits in self.register_qubits.items()}

    @property
    def _own(self) -> Joint:
        return Joint(self.outcomes, self.weights, self.tallies, self.shot_outcomes)


def _decimal(outcomes: IntArray) -> list[str]:
    return list(map(str, outcomes.tolist()))
