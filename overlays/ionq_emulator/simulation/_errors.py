"""Which errors happen in which shot, drawn before anything is simulated. May import numpy.

Depolarizing noise is a random Pauli after a gate. A Pauli that meets a Clifford gate is another
Pauli after it, so errors are carried forward as far as the gates allow: what reaches the end only
flips measured bits, and only what meets another gate has to be simulated. Equal patterns merge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, cycle, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ._counting import gate_cost
from ._gates import PAULI
from ._matrices import operation_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._circuit import Operation
    from ._gates import ComplexArray
    from ._kernel import Pause
    from ._noise_models import NoiseModel
    from ._outcome import IntArray
    from ._random import Stream

__all__ = ["ErrorPatterns", "PauliError", "draw_errors", "noise_sites"]


class PauliError(NamedTuple):
    """A Pauli just before an operation: X where `x` has a bit, Z where `z` has one, Y for both."""

    operation: int
    x: int
    z: int


@dataclass(frozen=True)
class ErrorPatterns:
    """What goes wrong in every shot.

    Attributes:
        patterns: The distinct patterns in ascending order; the first is the empty one.
        pattern_of_shot: Index into `patterns` for each shot.
        flips: Bits to flip in each shot's outcome.
    """

    patterns: tuple[tuple[PauliError, ...], ...]
    pattern_of_shot: IntArray
    flips: IntArray


class Site(NamedTuple):
    """A depolarizing channel on one or two qubits after an operation."""

    operation: int
    qubits: tuple[int, ...]
    strength: float


def noise_sites(operations: Sequence[Operation], model: NoiseModel) -> Iterator[Site]:
    """Where the model puts its channels.

    After a gate on one or two qubits there is one, on these. A wider gate gets one for each gate
    that `count_gates` counts it as, on its qubits and on its pairs of qubits in turn.
    """
    for index, operation in enumerate(operations):
        qubits = sorted({*operation.targets, *operation.controls})
        one, two = gate_cost(operation)
        for qubit in islice(cycle(qubits), one):
            yield Site(index, (qubit,), model.one_qubit)
        for pair in islice(cycle(combinations(qubits, 2)), two):
            yield Site(index, pair, model.two_qubit)


def draw_errors(
    operations: Sequence[Operation],
    model: NoiseModel,
    shots: int,
    stream: Stream,
    pause: Pause,
    *,
    most_patterns: float = float("inf"),
) -> ErrorPatterns | None:
    """Draw the errors of every shot and carry them as far forward as they go.

    Args:
        operations: The circuit.
        model: Its noise.
        shots: How many to draw for.
        stream: Where the randomness is from.
        pause: Called between steps.
        most_patterns: Give up beyond so many distinct patterns.

    Returns:
        The patterns, or None where there are too many.
    """
    sites = list(noise_sites(operations, model))
    number: dict[tuple[PauliError, ...], int] = {(): 0}
    of_shot = np.zeros(shots, np.int64)
    flips = np.zeros(shots, np.int64)
    for first in range(0, shots, _TOGETHER):
        part = slice(first, min(first + _TOGETHER, shots))
        drawn = _draw(sites, part.stop - first, stream)
        rows, row = np.unique(drawn[0], return_inverse=True)
        frames = _carry(operations, sites, (row, *drawn[1:]), pause)
        flips[part][rows] = frames.x
        for place, pattern in frames.patterns().items():
            of_shot[first + rows[place]] = number.setdefault(pattern, len(number))
        if len(number) > most_patterns:
            return None
    patterns = sorted(number)
    rank = np.zeros(len(number), np.int64)
    for place, pattern in enumerate(patterns):
        rank[number[pattern]] = place
    return ErrorPatterns(tuple(patterns), rank[of_shot], flips)


_TOGETHER = 50_000
"""Shots whose errors are in memory at the same time. Part of what a seed means: the draws of one
share come before those of the next."""


def _carry(
    operations: Sequence[Operation],
    sites: Sequence[Site],
    errors: tuple[IntArray, IntArray, IntArray],
    pause: Pause,
) -> _Frames:
    """Go through the circuit once, for all rows with errors together."""
    row, site, pauli = errors
    frames = _Frames(int(row.max()) + 1 if len(row) else 0)
    order = np.argsort(site, kind="stable")
    site, row, pauli = site[order], row[order], pauli[order]
    bounds = np.searchsorted(site, np.arange(len(sites) + 1))
    at = 0
    for index, operation in enumerate(operations):
        pause()
        frames.pass_through(index, operation)
        while at < len(sites) and sites[at].operation == index:
            these = slice(bounds[at], bounds[at + 1])
            frames.inject(sites[at].qubits, row[these], pauli[these])
            at += 1
    return frames


def _draw(sites: Sequence[Site], shots: int, stream: Stream) -> tuple[IntArray, IntArray, IntArray]:
    """Shot, site and Pauli (two bits for each qubit, not 0) of every error.

    For each kind of channel the (shot, site) pairs are one long row in which the gaps between
    errors are geometric: as many numbers are drawn as there are errors, not places for one.
    """
    shot: list[IntArray] = []
    place: list[IntArray] = []
    pauli: list[IntArray] = []
    for width in (1, 2):
        members = np.array(
            [index for index, site in enumerate(sites) if len(site.qubits) == width], dtype=np.int64
        )
        if not len(members):
            continue
        paulis = 4**width
        chance = sites[int(members[0])].strength * (paulis - 1) / paulis
        positions = _geometric_positions(len(members) * shots, chance, stream)
        shot.append(positions // len(members))
        place.append(members[positions % len(members)])
        kind = np.floor(stream.uniform(len(positions)) * (paulis - 1)).astype(np.int64)
        pauli.append(1 + kind)
    if not shot:
        nothing: IntArray = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    return np.concatenate(shot), np.concatenate(place), np.concatenate(pauli)


def _geometric_positions(length: int, chance: float, stream: Stream) -> IntArray:
    """The places of the successes among so many independent tries."""
    if chance <= 0:
        return np.zeros(0, np.int64)
    found: list[IntArray] = []
    last = -1
    while last < length:
        expected = (length - last) * chance
        uniform = stream.uniform(int(expected + 4 * expected**0.5) + 16)
        gaps = 1 + np.floor(np.log1p(-uniform) / np.log1p(-chance)).astype(np.int64)
        positions = last + np.cumsum(gaps)
        found.append(positions)
        last = int(positions[-1])
    positions = np.concatenate(found)
    return positions[positions < length]


class _Frames:
    """The Pauli that each erroneous shot carries, and those it had to leave behind."""

    def __init__(self, rows: int) -> None:
        self.x: IntArray = np.zeros(rows, np.int64)
        self.z: IntArray = np.zeros(rows, np.int64)
        self.left: list[tuple[int, IntArray, IntArray, IntArray]] = []

    def inject(self, qubits: tuple[int, ...], rows: IntArray, pauli: IntArray) -> None:
        """Multiply new errors onto the frames of the given rows."""
        for place, qubit in enumerate(qubits):
            self.x[rows] ^= (pauli >> (2 * place) & 1) << qubit
            self.z[rows] ^= (pauli >> (2 * place + 1) & 1) << qubit

    def pass_through(self, index: int, operation: Operation) -> None:
        """Move every frame to behind the operation, or leave its Paulis there in front of it."""
        qubits = (*operation.controls, *operation.targets)
        mask = sum(1 << qubit for qubit in qubits)
        rows = np.flatnonzero((self.x | self.z) & mask)
        if not len(rows) or operation.gate == "nop":
            return
        table = _conjugations(operation) if len(qubits) <= 2 else None
        if table is None:
            self._leave(index, rows, mask)
            return
        x, z = self.x[rows], self.z[rows]
        code = np.zeros(len(rows), np.int64)
        for place, qubit in enumerate(qubits):
            code |= (x >> qubit & 1) << (2 * place) | (z >> qubit & 1) << (2 * place + 1)
        after = table[code]
        passing = after >= 0
        self._leave(index, rows[~passing], mask)
        rows, after = rows[passing], after[passing]
        self.x[rows] &= ~mask
        self.z[rows] &= ~mask
        self.inject(qubits, rows, after)

    def patterns(self) -> dict[int, tuple[PauliError, ...]]:
        """Row to the Paulis it left behind, in order, for the rows that did."""
        by_row: dict[int, list[PauliError]] = {}
        for index, members, x, z in self.left:
            for row, x_mask, z_mask in zip(members.tolist(), x.tolist(), z.tolist(), strict=True):
                by_row.setdefault(row, []).append(PauliError(index, x_mask, z_mask))
        return {row: tuple(errors) for row, errors in by_row.items()}

    def _leave(self, index: int, rows: IntArray, mask: int) -> None:
        if len(rows):
            self.left.append((index, rows, self.x[rows] & mask, self.z[rows] & mask))
            self.x[rows] &= ~mask
            self.z[rows] &= ~mask


def _conjugations(operation: Operation) -> IntArray:
    """For each Pauli in front of an operation the one behind it, or -1 where it is none."""
    width = len(operation.controls) + len(operation.targets)
    places = tuple(range(width))
    controls = len(operation.controls)
    return _conjugation_table(
        operation._replace(controls=places[:controls], targets=places[controls:], position=0)
    )


_NEGLIGIBLE = 1e-9
"""Overlap with other Paulis that is put down to rounding: angles this near to Clifford are."""


@lru_cache(maxsize=1024)
def _conjugation_table(operation: Operation) -> IntArray:
    matrix = operation_matrix(operation)
    paulis = _paulis(len(operation.controls) + len(operation.targets))
    images = matrix @ paulis @ matrix.conj().T
    overlaps = np.abs(np.einsum("iab,jba->ij", paulis, images)) / len(matrix)
    best = np.argmax(overlaps, axis=0)
    rest = np.sum(overlaps, axis=0) - np.max(overlaps, axis=0)
    return np.where(rest < _NEGLIGIBLE, best, -1)


@lru_cache(maxsize=2)
def _paulis(width: int) -> ComplexArray:
    """All Pauli words by code: two bits for each qubit, X then Z, first qubit's lowest."""
    letters = [PAULI[letter] for letter in "IXZY"]
    stack = np.array(letters)
    if width == 2:
        stack = np.array([np.kron(letters[code % 4], letters[code // 4]) for code in range(16)])
    return stack
