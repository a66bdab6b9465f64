"""Any unitary matrix on a few qubits as one-qubit matrices and CNOTs. May import numpy.

The quantum Shannon decomposition (Shende, Bullock, Markov 2006): the cosine-sine decomposition
splits a matrix into multiplexed matrices, their eigenvectors into smaller ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from ._steps import Single, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._gates import ComplexArray
    from ._outcome import FloatArray
    from ._steps import Step

__all__ = ["diagonalize", "synthesize"]


def synthesize(matrix: ComplexArray, qubits: Sequence[int]) -> Iterator[Step]:
    """Steps with the matrix's effect up to a global phase, first qubit as the high bit."""
    if len(qubits) == 1:
        (a, b), (c, d) = matrix.tolist()
        yield Single(qubits[0], (a, b, c, d))
        return
    top, rest = qubits[0], qubits[1:]
    left, angles, right = _cosine_sine(matrix)
    yield from _multiplexed(right, top, rest)
    yield from _multiplexed_rotation("ry", 2 * angles, top, rest)
    yield from _multiplexed(left, top, rest)


def diagonalize(matrix: ComplexArray) -> tuple[ComplexArray, ComplexArray]:
    """Eigenvalues and orthonormal eigenvectors of a unitary matrix, equal eigenvalues included.

    The Hermitian cos(a) Re + sin(a) Im has the same eigenvectors, unless the angle a makes two of
    its eigenvalues equal that are not; the best of a few angles is taken.
    """
    hermitian = (matrix + matrix.conj().T) / 2
    other = (matrix - matrix.conj().T) / 2j
    best: tuple[float, ComplexArray, ComplexArray] | None = None
    for angle in (0.3, 0.9, 1.7, 2.3, 2.9):
        _, vectors = np.linalg.eigh(np.cos(angle) * hermitian + np.sin(angle) * other)
        turned = vectors.conj().T @ matrix @ vectors
        values = np.diagonal(turned)
        rest = float(np.abs(turned - np.diag(values)).max())
        if best is None or rest < best[0]:
            best = (rest, values / np.abs(values), vectors)
    assert best is not None  # there were angles
    return best[1], best[2]


_Pair = tuple["ComplexArray", "ComplexArray"]


def _cosine_sine(matrix: ComplexArray) -> tuple[_Pair, FloatArray, _Pair]:
    """left, angles and right of diag(left) [[cos, -sin], [sin, cos]] diag(right)."""
    half = len(matrix) // 2
    left0, cosines, right0 = np.linalg.svd(matrix[:half, :half])
    # Columns of descending length: the shortest have no direction of their own, and take what is
    # left over.
    columns = matrix[half:, :half] @ right0.conj().T
    basis, triangle = np.linalg.qr(columns[:, ::-1])
    diagonal = np.diagonal(triangle)
    signs = np.where(
        np.abs(diagonal) > 0, diagonal / np.where(diagonal == 0, 1, np.abs(diagonal)), 1
    )
    left1 = (basis * signs)[:, ::-1]
    sines = np.abs(diagonal)[::-1]
    angles = np.arctan2(sines, cosines)
    right1 = np.cos(angles)[:, None] * (left1.conj().T @ matrix[half:, half:]) - np.sin(angles)[
        :, None
    ] * (left0.conj().T @ matrix[:half, half:])
    return (left0, left1), angles, (right0, right1)


def _multiplexed(pair: _Pair, top: int, rest: Sequence[int]) -> Iterator[Step]:
    """One matrix or the other, as the top qubit is 0 or 1: (A)(D or its inverse)(B)."""
    values, vectors = diagonalize(pair[0] @ pair[1].conj().T)
    angles = np.angle(values) / 2
    turned = np.exp(1j * angles)[:, None] * (vectors.conj().T @ pair[1])
    yield from synthesize(turned, rest)
    yield from _multiplexed_rotation("rz", -2 * angles, top, rest)
    yield from synthesize(vectors, rest)


def _multiplexed_rotation(
    gate: Literal["ry", "rz"], angles: FloatArray, target: int, selectors: Sequence[int]
) -> Iterator[Step]:
    """A rotation whose angle the selectors choose, first selector as the high bit.

    A CNOT onto the target turns the rotations after it around, so each selector's part of the
    angle is undone or not as its bits say; in Gray code order one CNOT between two is enough.
    """
    transformed = angles.astype(np.float64)
    count = len(angles)
    step = 1
    while step < count:
        pairs = transformed.reshape(-1, 2, step)
        transformed = np.stack(
            [(pairs[:, 0] + pairs[:, 1]) / 2, (pairs[:, 0] - pairs[:, 1]) / 2], 1
        ).reshape(-1)
        step *= 2
    low_first = selectors[::-1]
    for place in range(count):
        angle = float(transformed[place ^ place >> 1])
        if angle:
            yield Single(target, entries_of(gate, (angle,)))
        change = min((~place & (place + 1)).bit_length() - 1, len(selectors) - 1)
        yield Single(target, entries_of("x"), (low_first[change],))
