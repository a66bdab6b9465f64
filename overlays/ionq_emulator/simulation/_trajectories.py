"""Shots of a noisy circuit: each distinct error pattern is simulated once. May import numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._sampling import sample
from ._statevector import StateVector, squared
from ._steps import Single, entries_of, lower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._circuit import Operation
    from ._errors import ErrorPatterns, PauliError
    from ._kernel import Call, Kernel, Pause
    from ._outcome import FloatArray, IntArray
    from ._steps import Step
    from ._task import Precision

__all__ = ["run_trajectories"]

_BARE_QUBITS = 13
"""Up to so many qubits preparing steps costs more than running them: they are prepared once,
gate by gate, and not merged."""

_CHECKPOINTS = 32
"""Places from which patterns start; each costs a pass over the state, and a start that is too
early repeats at most 1/32 of the circuit."""


def run_trajectories(
    operations: Sequence[Operation],
    qubits: int,
    errors: ErrorPatterns,
    uniform: FloatArray,
    *,
    kernel: Kernel,
    precision: Precision,
    pause: Pause,
) -> IntArray:
    """The outcome of every shot.

    Args:
        operations: The circuit on qubits 0 to `qubits` - 1.
        qubits: Width of the state.
        errors: What goes wrong in which shot.
        uniform: One number in [0, 1) for each shot.
        kernel: The engine.
        precision: Of the state vector.
        pause: Called between steps.
    """
    width = _Prepared if qubits <= _BARE_QUBITS else _Merged
    runner = width(operations, qubits, kernel, precision, pause)
    outcomes = np.empty(len(uniform), np.int64)
    by_pattern = np.argsort(errors.pattern_of_shot, kind="stable")
    bounds = np.searchsorted(
        errors.pattern_of_shot[by_pattern], np.arange(len(errors.patterns) + 1)
    )
    # The empty pattern is last: the state that all others branch from has then come to its end.
    for place in (*range(1, len(errors.patterns)), 0):
        shots = by_pattern[bounds[place] : bounds[place + 1]]
        if len(shots):
            pause()
            probabilities = runner.probabilities(errors.patterns[place])
            outcomes[shots] = sample(probabilities, precision, uniform[shots])
    return outcomes ^ errors.flips


class _Prepared:
    """Small states: calls are prepared once and strung together for each pattern."""

    def __init__(
        self,
        operations: Sequence[Operation],
        qubits: int,
        kernel: Kernel,
        precision: Precision,
        pause: Pause,
    ) -> None:
        self._kernel = kernel
        self._pause = pause
        self._calls: list[Call] = []
        self._start: list[int] = []
        for operation in operations:
            self._start.append(len(self._calls))
            self._calls += kernel.prepare(lower([operation]), qubits)
        self._start.append(len(self._calls))
        self._paulis: dict[tuple[int, int], list[Call]] = {}
        self._qubits = qubits
        self._ideal = StateVector(qubits, kernel, precision, pause).amplitudes
        self._work = np.empty_like(self._ideal)
        self._at = 0

    def probabilities(self, pattern: tuple[PauliError, ...]) -> FloatArray:
        """Of the circuit with the pattern's errors; patterns must come in ascending order."""
        first = self._start[pattern[0].operation] if pattern else len(self._calls)
        self._kernel.run(self._ideal, self._calls[self._at : first], self._ideal, self._pause)
        self._at = at = first
        calls: list[Call] = []
        for error in pattern:
            start = self._start[error.operation]
            calls += self._calls[at:start]
            calls += self._pauli(error)
            at = start
        calls += self._calls[at:]
        self._kernel.run(self._ideal, calls, self._work, self._pause)
        return squared(self._work)

    def _pauli(self, error: PauliError) -> list[Call]:
        key = (error.x, error.z)
        if key not in self._paulis:
            self._paulis[key] = self._kernel.prepare(_pauli_steps(error), self._qubits)
        return self._paulis[key]


class _Merged:
    """Large states: every pattern's remaining steps are merged and run in blocks."""

    def __init__(
        self,
        operations: Sequence[Operation],
        qubits: int,
        kernel: Kernel,
        precision: Precision,
        pause: Pause,
    ) -> None:
        self._operations = operations
        self._stride = 1 + len(operations) // _CHECKPOINTS
        self._ideal = StateVector(qubits, kernel, precision, pause)
        self._work = StateVector(qubits, kernel, precision, pause)
        self._at = 0

    def probabilities(self, pattern: tuple[PauliError, ...]) -> FloatArray:
        """Of the circuit with the pattern's errors; patterns must come in ascending order."""
        first = pattern[0].operation if pattern else len(self._operations)
        checkpoint = first // self._stride * self._stride
        if checkpoint > self._at:
            self._ideal.run(lower(self._operations[self._at : checkpoint]))
            self._at = checkpoint
        self._work.copy_from(self._ideal)
        return self._work.measure(self._steps(pattern))

    def _steps(self, pattern: tuple[PauliError, ...]) -> Iterator[Step]:
        at = self._at
        for error in pattern:
            yield from lower(self._operations[at : error.operation])
            yield from _pauli_steps(error)
            at = error.operation
        yield from lower(self._operations[at:])


def _pauli_steps(error: PauliError) -> Iterator[Step]:
    for qubit in range((error.x | error.z).bit_length()):
        letter = " xzy"[(error.x >> qubit & 1) + 2 * (error.z >> qubit & 1)]
        if letter != " ":
            yield Single(qubit, entries_of(letter))
