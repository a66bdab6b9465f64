"""The few kinds of work a kernel knows, and the gates expressed in them. May import numpy.

Global phases are dropped on the way: no probability depends on them.
"""

from __future__ import annotations

from cmath import exp as cexp
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ._gates import TURN, matrix_of
from ._pauli import DENSE_QUBITS, commuting_parts, evolution, exponential, support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._circuit import Operation
    from ._gates import ComplexArray
    from ._pauli import PauliSum, PauliWord

__all__ = [
    "Dense",
    "Entries",
    "Evolution",
    "Rotation",
    "Single",
    "Step",
    "Swap",
    "entries_of",
    "lower",
    "multiply",
    "qubits_of",
]

Entries = tuple[complex, complex, complex, complex]
"""A one-qubit matrix, row by row; plain numbers are faster here than arrays."""


class Single(NamedTuple):
    """A one-qubit matrix, where all controls are 1."""

    qubit: int
    entries: Entries
    controls: tuple[int, ...] = ()


class Rotation(NamedTuple):
    """exp(-i angle/2 P x P) on two qubits, P being X, Y or Z, where all controls are 1."""

    letter: str
    qubits: tuple[int, int]
    angle: float
    controls: tuple[int, ...] = ()


class Swap(NamedTuple):
    """Exchange two qubits, where all controls are 1."""

    qubits: tuple[int, int]
    controls: tuple[int, ...] = ()


class Dense(NamedTuple):
    """Any matrix on several qubits, the first as the high bit, where all controls are 1."""

    qubits: tuple[int, ...]
    matrix: ComplexArray
    controls: tuple[int, ...] = ()


class Evolution(NamedTuple):
    """exp(-i sum) of a Pauli sum too wide for a matrix, where all controls are 1."""

    terms: PauliSum
    controls: tuple[int, ...] = ()


Step = Single | Rotation | Swap | Dense | Evolution


def qubits_of(step: Step) -> tuple[int, ...]:
    """Every qubit a step touches, controls last."""
    if isinstance(step, Single):
        return (step.qubit, *step.controls)
    if isinstance(step, Evolution):
        return (*support(step.terms), *step.controls)
    return (*step.qubits, *step.controls)


@lru_cache(maxsize=4096)
def entries_of(gate: str, parameters: tuple[float, ...] = ()) -> Entries:
    """A one-qubit gate's matrix as plain numbers."""
    (a, b), (c, d) = matrix_of(gate, parameters).tolist()
    return (a, b, c, d)


def multiply(left: Entries, right: Entries) -> Entries:
    """The matrix product left times right: right acts first."""
    a, b, c, d = left
    e, f, g, h = right
    return (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)


def lower(operations: Iterable[Operation]) -> Iterator[Step]:
    """Express gates as steps."""
    for operation in operations:
        yield from _lower(operation)


def _lower(operation: Operation) -> Iterator[Step]:
    gate, targets, controls = operation.gate, operation.targets, operation.controls
    if gate == "pauliexp":
        yield from _lower_evolution(evolution(operation), controls)
    elif gate == "swap":
        yield Swap((targets[0], targets[1]), controls)
    elif gate in {"xx", "yy", "zz"}:
        pair = (targets[0], targets[1])
        yield Rotation(gate[0].upper(), pair, operation.parameters[0], controls)
    elif gate == "ms":
        yield from _lower_ms(operation)
    elif gate != "nop":
        yield Single(targets[0], entries_of(gate, operation.parameters), controls)


def _lower_ms(operation: Operation) -> Iterator[Step]:
    """MS is an XX rotation between phases, which then merge with their neighbours."""
    first, second = operation.targets
    phase0, phase1, angle = operation.parameters
    phases = ((first, TURN * phase0), (second, TURN * phase1))
    for qubit, phase in phases:
        if phase:
            yield Single(qubit, (1, 0, 0, cexp(-1j * phase)))
    yield Rotation("X", (first, second), TURN * angle, operation.controls)
    for qubit, phase in phases:
        if phase:
            yield Single(qubit, (1, 0, 0, cexp(1j * phase)))


def _lower_evolution(terms: PauliSum, controls: tuple[int, ...]) -> Iterator[Step]:
    for part in commuting_parts(terms):
        if len(part) == 1:
            yield from _lower_rotation(*part[0], controls)
        elif len(support(part)) <= DENSE_QUBITS:
            qubits = support(part)[::-1]
            yield Dense(qubits, exponential(part, qubits), controls)
        else:
            yield Evolution(part, controls)


# Clifford gates that turn Z into the letter: gate Z gate^-1 = letter.
_INTO = {"X": ("h", "h"), "Y": ("vi", "v")}


def _lower_rotation(word: PauliWord, angle: float, controls: tuple[int, ...]) -> Iterator[Step]:
    """exp(-i angle word): turned to Z everywhere, gathered on one qubit by a ladder."""
    if not word:  # a phase: seen only where there are controls
        if controls:
            yield Single(controls[0], (1, 0, 0, cexp(-1j * angle)), controls[1:])
        return
    qubits = [qubit for qubit, _ in word]
    letters = {letter for _, letter in word}
    if len(word) == 1:
        (letter,) = letters
        yield Single(qubits[0], entries_of(f"r{letter.lower()}", (2 * angle,)), controls)
        return
    if len(word) == 2 and len(letters) == 1:
        yield Rotation(letters.pop(), (qubits[0], qubits[1]), 2 * angle, controls)
        return
    turned = [(qubit, _INTO[letter]) for qubit, letter in word if letter != "Z"]
    flip = entries_of("x")
    ladder = [Single(high, flip, (low,)) for low, high in pairwise(qubits)]
    yield from (Single(qubit, entries_of(after)) for qubit, (_, after) in turned)
    yield from ladder
    yield Single(qubits[-1], entries_of("rz", (2 * angle,)), controls)
    yield from reversed(ladder)
    yield from (Single(qubit, entries_of(before)) for qubit, (before, _) in turned)
