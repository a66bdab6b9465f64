"""Merging neighbouring one-qubit steps into one matrix. Imports the standard library only.

Wider matrices were measured and lose: the compiled kernels apply a two-qubit matrix about ten
times slower than a one-qubit one, while their own two-qubit rotations cost the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._steps import Rotation, Single, multiply, qubits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._steps import Entries, Step

__all__ = ["axes_of", "fuse", "is_diagonal"]


def fuse(steps: Iterable[Step], *, measured: bool = False) -> Iterator[Step]:
    """Merge the one-qubit steps between other steps.

    A merged matrix waits past every step it commutes with, such as a phase past a control.

    Args:
        steps: Steps in order.
        measured: The state is only measured afterwards, so that closing phases do not matter.

    Yields:
        Steps with the same effect (up to those phases).
    """
    waiting: dict[int, Entries] = {}
    for step in steps:
        if isinstance(step, Single) and not step.controls:
            before = waiting.get(step.qubit)
            waiting[step.qubit] = multiply(step.entries, before) if before else step.entries
            continue
        for qubit, axis in axes_of(step):
            entries = waiting.get(qubit)
            if entries is not None and not _commutes(entries, axis):
                yield Single(qubit, waiting.pop(qubit))
        yield step
    for qubit, entries in waiting.items():
        if not (measured and is_diagonal(entries)):
            yield Single(qubit, entries)


def is_diagonal(entries: Entries) -> bool:
    """Whether a one-qubit matrix is diagonal."""
    return entries[1] == 0 and entries[2] == 0


def axes_of(step: Step) -> Iterator[tuple[int, str]]:
    """How a step acts on each of its qubits: along one Pauli axis, or in any way ("")."""
    if isinstance(step, Single):
        yield step.qubit, _axis(step.entries)
    elif isinstance(step, Rotation):
        yield step.qubits[0], step.letter
        yield step.qubits[1], step.letter
    else:
        count = len(step.controls)
        yield from ((qubit, "") for qubit in qubits_of(step)[: -count or None])
    yield from ((qubit, "Z") for qubit in step.controls)


def _axis(entries: Entries) -> str:
    return next((axis for axis in "ZXY" if _commutes(entries, axis)), "")


def _commutes(entries: Entries, axis: str) -> bool:
    a, b, c, d = entries
    if axis == "Z":
        return b == 0 and c == 0
    if axis == "X":
        return a == d and b == c
    return axis == "Y" and a == d and b == -c
