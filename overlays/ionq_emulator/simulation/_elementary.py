"""Any circuit in one-qubit matrices, CNOTs and two-qubit rotations. May import numpy.

No qubit is added, and the unitary stays the same up to its global phase.
"""

from __future__ import annotations

from cmath import exp as cexp
from typing import TYPE_CHECKING

import numpy as np

from ._failures import SimulationFailure
from ._pauli import support
from ._shannon import diagonalize, synthesize
from ._steps import Dense, Evolution, Rotation, Single, Swap, entries_of, lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ._circuit import Operation
    from ._gates import ComplexArray
    from ._outcome import FloatArray
    from ._steps import Step

__all__ = ["cnot", "elementary", "into_z"]

_X = entries_of("x")


def cnot(control: int, target: int) -> Single:
    """The one controlled step that elementary circuits have."""
    return Single(target, _X, (control,))


def into_z(letter: str) -> tuple[str, str]:
    """Gates before and after a Z rotation that make it a rotation about the letter."""
    return {"X": ("h", "h"), "Y": ("v", "vi")}[letter]


def elementary(operations: Iterable[Operation]) -> Iterator[Step]:
    """Steps without controls, but for `cnot`, and no wider than two qubits.

    Raises:
        SimulationFailure: `CompilationError` for a `pauliexp` whose non-commuting terms are too
            wide to be written out exactly.
    """
    for step in lower(operations):
        yield from _expand(step)


def _expand(step: Step) -> Iterator[Step]:
    if isinstance(step, Single):
        if not step.controls or (step.entries == _X and len(step.controls) == 1):
            yield step
        else:
            yield from _controlled_single(step)
    elif isinstance(step, Rotation):
        if step.controls:
            yield from _controlled_rotation(step)
        else:
            yield step
    elif isinstance(step, Swap):
        first, second = step.qubits
        yield cnot(second, first)
        yield from _expand(Single(second, _X, (first, *step.controls)))
        yield cnot(second, first)
    elif isinstance(step, Dense):
        yield from _dense(step)
    else:
        yield from _too_wide(step)


def _too_wide(step: Evolution) -> Iterator[Step]:
    raise SimulationFailure(
        "CompilationError",
        f"pauliexp: terms that do not commute act on {len(support(step.terms))} qubits together;"
        " only up to 8 are written out exactly",
    )


def _controlled_single(step: Single) -> Iterator[Step]:
    """In the basis of its eigenvectors a controlled matrix is phases."""
    matrix = np.array(step.entries, dtype=np.complex128).reshape(2, 2)
    values, vectors = diagonalize(matrix)
    yield _single(step.qubit, vectors.conj().T)
    phases = np.zeros(2 ** (len(step.controls) + 1))
    phases[-2:] = np.angle(values)
    yield from _diagonal(phases, (*step.controls, step.qubit))
    yield _single(step.qubit, vectors)


def _controlled_rotation(step: Rotation) -> Iterator[Step]:
    first, second = step.qubits
    before, after = into_z(step.letter) if step.letter != "Z" else ("", "")
    if before:
        yield from (Single(qubit, entries_of(before)) for qubit in step.qubits)
    yield cnot(first, second)
    yield from _expand(Single(second, entries_of("rz", (step.angle,)), step.controls))
    yield cnot(first, second)
    if after:
        yield from (Single(qubit, entries_of(after)) for qubit in step.qubits)


def _dense(step: Dense) -> Iterator[Step]:
    if not step.controls:
        yield from synthesize(step.matrix, step.qubits)
        return
    values, vectors = diagonalize(step.matrix)
    yield from synthesize(vectors.conj().T, step.qubits)
    phases = np.zeros(len(values) << len(step.controls))
    phases[-len(values) :] = np.angle(values)
    yield from _diagonal(phases, (*step.controls, *step.qubits))
    yield from synthesize(vectors, step.qubits)


def _single(qubit: int, matrix: ComplexArray) -> Single:
    (a, b), (c, d) = matrix.tolist()
    return Single(qubit, (a, b, c, d))


def _diagonal(phases: FloatArray, qubits: Sequence[int]) -> Iterator[Step]:
    """diag(e^{i phase}), first qubit as the high bit.

    Any such matrix is a product of phases on the parities of subsets of the qubits, whose angles
    are the Walsh-Hadamard transform of the phases. The subsets that end in one qubit are gathered
    on it one after another in Gray code order, one CNOT each.
    """
    angles = phases.astype(np.float64).reshape((2,) * len(qubits))
    for axis in range(len(qubits)):
        zero, one = np.take(angles, 0, axis), np.take(angles, 1, axis)
        angles = np.stack([(zero + one) / 2, (zero - one) / 2], axis)
    spectrum = angles.reshape(-1)  # phase(x) = sum over s of spectrum[s] (-1)^(s.x)
    low_first = qubits[::-1]
    for place, qubit in enumerate(low_first):
        parity = 0
        for count in range(2**place):
            angle = spectrum[1 << place | parity]
            if angle:
                yield Single(qubit, (1, 0, 0, cexp(-2j * angle)))
            if place:
                # The bit that the Gray code changes next; at the end the one that is left over.
                change = min((~count & (count + 1)).bit_length() - 1, place - 1)
                yield cnot(low_first[change], qubit)
                parity ^= 1 << change
