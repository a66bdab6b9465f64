"""The compiled kernel: steps applied by pennylane-lightning's binding, which is optional.

The binding (`lightning_qubit_ops`) is not a documented interface, so the names it must have are
looked up at first use and every kind of call is checked there against the NumPy kernel.
"""

from __future__ import annotations

from cmath import phase
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ._fusion import is_diagonal
from ._numpy_kernel import NumpyKernel, apply_dense, apply_evolution
from ._steps import Dense, Evolution, Rotation, Single, Swap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ._gates import ComplexArray
    from ._kernel import Call, Pause
    from ._steps import Entries, Step
    from ._task import Precision

__all__ = ["LightningKernel", "load_lightning"]

_X: Entries = (0, 1, 1, 0)


class LightningKernel:
    """Applies steps to a contiguous vector of 2**n amplitudes; qubit 0 is the low bit."""

    name = "lightning"

    def __init__(self, vector_type: Any, dtype: type[np.complexfloating[Any, Any]]) -> None:
        self._type = vector_type
        self._dtype = dtype
        self._qubits = 0
        self._vector: Any = None
        self._pause: Pause = _no_pause

    def prepare(self, steps: Iterable[Step], qubits: int) -> list[Call]:
        """Bind steps to the engine's own vector of that width."""
        if qubits != self._qubits:
            self._vector = None  # the old one first: both may not fit
            self._vector = self._type(qubits)
            self._qubits = qubits
        return [self._call(step) for step in steps]

    def run(
        self, source: ComplexArray, calls: Sequence[Call], target: ComplexArray, pause: Pause
    ) -> None:
        """Apply the calls to `source` and leave the result in `target`, which may be the same."""
        self._pause = pause
        self._vector.updateData(source)
        for call in calls:
            pause()
            call()
        self._vector.getState(target)

    def _call(self, step: Step) -> Call:
        if isinstance(step, Dense | Evolution):
            return partial(self._elsewhere, step)
        if isinstance(step, Single):
            return self._single(step)
        if isinstance(step, Swap):
            return self._named("SWAP", step.qubits, step.controls)
        return self._named(f"Ising{step.letter * 2}", step.qubits, step.controls, step.angle)

    def _single(self, step: Single) -> Call:
        """The quickest call for the matrix; a global phase is only kept where controlled."""
        entries, controls = step.entries, step.controls
        target = (step.qubit,)
        if entries == _X:
            if len(controls) == 1:
                return self._named("CNOT", (*controls, *target), ())
            return self._named("PauliX", target, controls)
        if is_diagonal(entries):
            if not controls:
                return self._named("PhaseShift", target, (), phase(entries[3] / entries[0]))
            if entries[0] == 1:
                if len(controls) == 1:
                    pair = (*controls, *target)
                    return self._named("ControlledPhaseShift", pair, (), phase(entries[3]))
                return self._named("PhaseShift", target, controls, phase(entries[3]))
        return self._matrix(entries, target, controls)

    def _named(
        self, name: str, qubits: tuple[int, ...], controls: tuple[int, ...], *angles: float
    ) -> Call:
        method = getattr(self._vector, name)
        if controls:
            values = [True] * len(controls)
            return partial(
                method, self._wires(controls), values, self._wires(qubits), False, list(angles)
            )
        return partial(method, self._wires(qubits), False, list(angles))

    def _matrix(self, entries: Entries, qubits: tuple[int, ...], controls: tuple[int, ...]) -> Call:
        matrix = np.array(entries, dtype=self._dtype).reshape(2, 2)
        wires = self._wires(qubits)
        if not controls:
            return partial(self._vector.applyMatrix, matrix, wires, False)
        values = [True] * len(controls)
        return partial(
            self._vector.applyControlledMatrix, matrix, self._wires(controls), values, wires, False
        )

    def _wires(self, qubits: Sequence[int]) -> list[int]:
        """The binding counts its wires from the high bit."""
        return [self._qubits - 1 - qubit for qubit in qubits]

    def _elsewhere(self, step: Dense | Evolution) -> None:
        """Where NumPy is faster: the binding's wide matrices are many times slower."""
        state = np.empty(2**self._qubits, dtype=self._dtype)
        self._vector.getState(state)
        if isinstance(step, Dense):
            apply_dense(step, state, self._pause)
        else:
            apply_evolution(step, state, self._pause)
        self._vector.updateData(state)


def load_lightning(precision: Precision) -> LightningKernel | None:
    """A kernel, or None where the binding is absent or no longer what this module knows."""
    vector_type = _vector_type(precision)
    return LightningKernel(vector_type, _DTYPES[precision]) if vector_type else None


_CLASSES: dict[Precision, str] = {"double": "StateVectorC128", "single": "StateVectorC64"}
_DTYPES: dict[Precision, type[np.complexfloating[Any, Any]]] = {
    "double": np.complex128,
    "single": np.complex64,
}


@cache
def _vector_type(precision: Precision) -> Any:
    try:
        binding = import_module("pennylane_lightning.lightning_qubit_ops")
        vector_type = getattr(binding, _CLASSES[precision])
        kernel = LightningKernel(vector_type, _DTYPES[precision])
        return vector_type if _agrees(kernel, _DTYPES[precision]) else None
    except (ImportError, AttributeError, OSError, RuntimeError, TypeError, ValueError):
        # No wheel, a library that does not load, a method that is gone or takes other arguments.
        return None


def _agrees(kernel: LightningKernel, dtype: type[np.complexfloating[Any, Any]]) -> bool:
    """Whether every kind of call does what the NumPy kernel does, on five qubits."""
    index = np.arange(1, 33)
    start = np.sqrt(index) + 1j * np.sqrt(index[::-1])
    start = np.ascontiguousarray(start / np.linalg.norm(start), dtype=dtype)
    expected, state = np.empty_like(start), np.empty_like(start)
    reference = NumpyKernel()
    reference.run(start, reference.prepare(_PROBE, 5), expected, _no_pause)
    kernel.run(start, kernel.prepare(_PROBE, 5), state, _no_pause)
    distance = 1 - abs(np.vdot(expected, state))  # a global phase is allowed
    return bool(abs(distance) < 100 * np.finfo(dtype).eps)


def _no_pause() -> None:
    """Nobody interrupts."""


_TILTED: Entries = (0.6, 0.8j, 0.8j, 0.6)
_QUARTER: Entries = (1, 0, 0, 1j)
_PROBE: tuple[Step, ...] = (
    Single(1, _TILTED),
    Single(2, _QUARTER),
    Single(0, _X),
    Single(3, _X, (1,)),
    Single(4, _X, (1, 2)),
    Single(0, _QUARTER, (4,)),
    Single(2, _QUARTER, (0, 1)),
    Single(3, _TILTED, (0,)),
    Single(3, _TILTED, (2, 4)),
    Rotation("X", (0, 3), 0.3),
    Rotation("Y", (4, 1), 0.5),
    Rotation("Z", (2, 0), 0.7),
    Rotation("X", (1, 4), 0.3, (0,)),
    Rotation("Y", (3, 0), 0.5, (1, 2)),
    Rotation("Z", (2, 4), 0.7, (3,)),
    Swap((0, 4)),
    Swap((1, 3), (2,)),
)
