"""The exact distribution under noise, from the density matrix: for few qubits. May import numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._errors import noise_sites
from ._numpy_kernel import slice_of
from ._steps import Dense, Evolution, Rotation, Single, lower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._circuit import Operation
    from ._errors import Site
    from ._gates import ComplexArray
    from ._kernel import Kernel, Pause
    from ._noise_models import NoiseModel
    from ._outcome import FloatArray
    from ._steps import Step

__all__ = ["noisy_probabilities"]

_SMALL = 1e-100


def noisy_probabilities(
    operations: Sequence[Operation], qubits: int, model: NoiseModel, kernel: Kernel, pause: Pause
) -> FloatArray:
    """All 2**n probabilities after the noisy circuit, in double precision.

    The density matrix is kept as a vector of twice the qubits, rows in the high half: a gate is the
    gate on the rows and its conjugate on the columns.
    """
    matrix = np.zeros(4**qubits, dtype=np.complex128)
    matrix[0] = 1
    scale = 1.0  # the matrix is this times the array: a channel then only touches the diagonal
    sites = list(noise_sites(operations, model))
    at = 0
    for index, operation in enumerate(operations):
        steps = [part for step in lower([operation]) for part in _both_sides(step, qubits)]
        kernel.run(matrix, kernel.prepare(steps, 2 * qubits), matrix, pause)
        while at < len(sites) and sites[at].operation == index:
            _depolarize(matrix, sites[at], qubits)
            scale *= 1 - sites[at].strength
            at += 1
        if scale < _SMALL:
            matrix *= scale
            scale = 1.0
    diagonal: FloatArray = matrix.reshape(2**qubits, -1).diagonal().real * scale
    return np.maximum(diagonal, 0)


def _depolarize(matrix: ComplexArray, site: Site, qubits: int) -> None:
    """(1 - r) rho + r I/d x tr rho, divided by 1 - r: only blocks on the diagonal change."""
    size = 2 ** len(site.qubits)
    blocks = [
        slice_of(
            matrix,
            {
                qubit + offset: state >> place & 1
                for place, qubit in enumerate(site.qubits)
                for offset in (0, qubits)
            },
        )
        for state in range(size)
    ]
    mixed = sum(blocks[1:], start=blocks[0]) * (site.strength / (1 - site.strength) / size)
    for block in blocks:
        np.add(block, mixed, out=block)


def _both_sides(step: Step, qubits: int) -> Iterator[Step]:
    yield _shifted(step, qubits)
    yield _conjugated(step)


def _shifted(step: Step, by: int) -> Step:
    controls = tuple(qubit + by for qubit in step.controls)
    if isinstance(step, Single):
        return Single(step.qubit + by, step.entries, controls)
    if isinstance(step, Evolution):
        terms = tuple(
            (tuple((qubit + by, letter) for qubit, letter in word), angle)
            for word, angle in step.terms
        )
        return Evolution(terms, controls)
    if isinstance(step, Dense):
        return Dense(tuple(qubit + by for qubit in step.qubits), step.matrix, controls)
    pair = (step.qubits[0] + by, step.qubits[1] + by)
    return step._replace(qubits=pair, controls=controls)


def _conjugated(step: Step) -> Step:
    if isinstance(step, Single):
        a, b, c, d = (complex(entry).conjugate() for entry in step.entries)
        return Single(step.qubit, (a, b, c, d), step.controls)
    if isinstance(step, Rotation):  # P x P is real for every letter P
        return step._replace(angle=-step.angle)
    if isinstance(step, Dense):
        return Dense(step.qubits, step.matrix.conj(), step.controls)
    if isinstance(step, Evolution):
        terms = tuple(
            (word, angle if sum(letter == "Y" for _, letter in word) % 2 else -angle)
            for word, angle in step.terms
        )
        return Evolution(terms, step.controls)
    return step
