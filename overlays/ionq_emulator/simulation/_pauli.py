"""Pauli words and their sums: what commutes, dense matrices, what `pauliexp` means. Uses numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._gates import PAULI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ._circuit import Operation
    from ._gates import ComplexArray

__all__ = [
    "DENSE_QUBITS",
    "PauliSum",
    "PauliWord",
    "commuting_parts",
    "evolution",
    "exponential",
    "has_wide_evolution",
    "support",
    "word_matrix",
]

PauliWord = tuple[tuple[int, str], ...]
"""Qubit and letter X, Y or Z, by ascending qubit; the empty word is the identity."""

PauliSum = tuple[tuple[PauliWord, float], ...]
"""Words with real coefficients."""


def evolution(operation: Operation) -> PauliSum:
    """The sum S of a `pauliexp` that means exp(-i S): time times its coefficients.

    The last character of a term is on the first target; equal terms are added up.
    """
    *coefficients, time = operation.parameters
    total: dict[PauliWord, float] = {}
    for term, coefficient in zip(operation.terms, coefficients, strict=True):
        letters = zip(operation.targets, reversed(term), strict=True)
        word = tuple(sorted((qubit, letter) for qubit, letter in letters if letter != "I"))
        total[word] = total.get(word, 0.0) + coefficient * time
    return tuple((word, angle) for word, angle in total.items() if angle != 0)


def commuting_parts(terms: PauliSum) -> list[PauliSum]:
    """Split a sum into parts that commute with each other, each as small as can be.

    The exponential of the sum is then the product of the parts' exponentials, exactly. Parts are
    the connected components of the graph that joins the words that do not commute.
    """
    parts: list[tuple[list[int], list[tuple[int, int]]]] = []  # places, and words as bits
    for place, (word, _) in enumerate(terms):
        bits = _bits(word)
        joined: tuple[list[int], list[tuple[int, int]]] = ([place], [bits])
        apart: list[tuple[list[int], list[tuple[int, int]]]] = []
        for part in parts:
            if all(_commute(bits, other) for other in part[1]):
                apart.append(part)
            else:
                joined = (part[0] + joined[0], part[1] + joined[1])
        parts = [*apart, joined]
    return [tuple(terms[place] for place in sorted(places)) for places, _ in parts]


def _bits(word: PauliWord) -> tuple[int, int]:
    """Where a word has X or Y, and where it has Z or Y."""
    x = sum(1 << qubit for qubit, letter in word if letter != "Z")
    z = sum(1 << qubit for qubit, letter in word if letter != "X")
    return x, z


def _commute(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two words commute: they clash in an even number of places."""
    return ((left[0] & right[1]).bit_count() + (left[1] & right[0]).bit_count()) % 2 == 0


DENSE_QUBITS = 8
"""Non-commuting sums on up to so many qubits are exponentiated as a matrix, larger ones by
a Taylor series on the state: 256 x 256 takes some 20 ms once, and is exact."""


def has_wide_evolution(operations: Iterable[Operation]) -> bool:
    """Whether any `pauliexp` needs the series, which takes further copies of the state."""
    return any(
        len(part) > 1 and len(support(part)) > DENSE_QUBITS
        for operation in operations
        if operation.gate == "pauliexp"
        for part in commuting_parts(evolution(operation))
    )


def support(terms: Iterable[tuple[PauliWord, float]]) -> tuple[int, ...]:
    """The qubits that a sum acts on, ascending."""
    return tuple(sorted({qubit for word, _ in terms for qubit, _ in word}))


def word_matrix(word: PauliWord, qubits: Sequence[int]) -> ComplexArray:
    """The word on the given qubits as a dense matrix, first qubit as the high bit."""
    letters = dict(word)
    matrix: ComplexArray = np.ones((1, 1), dtype=np.complex128)
    for qubit in qubits:
        matrix = np.kron(matrix, PAULI[letters.get(qubit, "I")])
    return matrix


def exponential(terms: PauliSum, qubits: Sequence[int]) -> ComplexArray:
    """exp(-i sum) as a dense matrix on the given qubits, first qubit as the high bit.

    Through the eigenvectors of the Hermitian sum, so exact to rounding for any angles.
    """
    total = np.zeros((2 ** len(qubits),) * 2, dtype=np.complex128)
    for word, angle in terms:
        total += angle * word_matrix(word, qubits)
    values, vectors = np.linalg.eigh(total)
    result: ComplexArray = (vectors * np.exp(-1j * values)) @ vectors.conj().T
    return result
