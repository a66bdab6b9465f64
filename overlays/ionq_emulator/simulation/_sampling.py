"""From probabilities to outcomes: dust removed, shots drawn. May import numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._outcome import FloatArray, IntArray
    from ._task import Precision

__all__ = ["DUST", "distribution", "sample", "spread", "tally"]

DUST: dict[Precision, float] = {"double": 1e-20, "single": 1e-11}
"""Probabilities below this are rounding: amplitudes of 1e-10 and of 3e-6, some orders above the
rounding of a few thousand gates in the two precisions."""


_TOGETHER = 1 << 20


def distribution(probabilities: FloatArray, precision: Precision) -> tuple[IntArray, FloatArray]:
    """The states that are not dust, ascending, and their probabilities, which sum to 1."""
    states = np.flatnonzero(probabilities > DUST[precision])
    weights = probabilities[states]
    weights /= weights.sum()
    return states, weights


def sample(probabilities: FloatArray, precision: Precision, uniform: FloatArray) -> IntArray:
    """One state for each uniform number, by inversion of the cumulative distribution.

    Engines differ in the last bits of a probability. That changes a shot only if its number falls
    into the gap: about 1e-16 times the number of states per shot in double precision, 1e-7 in
    single, where one seed therefore means the same shots on one engine only.

    Args:
        probabilities: Of all states; made into their sums, as a copy may not fit.
        precision: What counts as dust.
        uniform: Numbers in [0, 1).
    """
    probabilities[probabilities <= DUST[precision]] = 0
    cumulative: FloatArray = np.cumsum(probabilities, out=probabilities)
    total = float(cumulative[-1])
    last = np.searchsorted(cumulative, total)  # the last state that is possible
    states: IntArray = np.searchsorted(cumulative, uniform * total, side="right")
    return np.minimum(states, last)


def tally(outcomes: IntArray) -> tuple[IntArray, IntArray]:
    """The distinct outcomes, ascending, and how often each is there."""
    distinct, counts = np.unique(outcomes, return_counts=True)
    return distinct, counts.astype(np.int64)


def spread(states: IntArray, qubits: Sequence[int]) -> IntArray:
    """Move bit i of every state to bit `qubits[i]` (ascending), so that order is kept."""
    if list(qubits) == list(range(len(qubits))):
        return states
    moved = np.zeros_like(states)
    for start in range(0, len(states), _TOGETHER):  # so that little is needed beside the result
        part = slice(start, start + _TOGETHER)
        for place, qubit in enumerate(qubits):
            moved[part] |= (states[part] >> place & 1) << qubit
    return moved
