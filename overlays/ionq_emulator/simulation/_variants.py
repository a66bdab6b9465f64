"""Debiasing: a job's shots as symmetrized variants, and the vote over them. May import numpy."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from ._outcome import Variant
from ._sampling import tally

if TYPE_CHECKING:
    from ._outcome import FloatArray, IntArray
    from ._random import Stream

__all__ = ["make_variants", "vote"]

_MOST_VARIANTS = 25
_FEWEST_SHOTS = 20
"""500 shots, the fewest that IonQ debiases, make 25 variants of 20."""


def make_variants(shots: IntArray, qubits: int, stream: Stream) -> tuple[Variant, ...]:
    """Deal a run's shots out to variants, each on its own assignment of qubits.

    The noise models treat all qubits alike, so a variant's outcomes in the circuit's own qubit
    order are distributed as the circuit's: it gets a share of the shots, in shot order, none of
    them differing by more than one from another's.

    Args:
        shots: One outcome per shot.
        qubits: Width of the circuit.
        stream: Draws the assignments; the first is the identity.
    """
    # There are no more different variants than permutations (6! is beyond the most already).
    count = min(_MOST_VARIANTS, factorial(min(qubits, 6)), max(1, len(shots) // _FEWEST_SHOTS))
    maps = [tuple(range(qubits))]
    while len(maps) < count:
        qubit_map = stream.permutation(qubits)
        if qubit_map not in maps:
            maps.append(qubit_map)
    return tuple(
        Variant(qubit_map, len(share), *tally(share), share)
        for qubit_map, share in zip(maps, np.array_split(shots, count), strict=True)
    )


def vote(variants: tuple[Variant, ...]) -> tuple[IntArray, FloatArray]:
    """Sharpening: each variant votes for the outcome it saw most often.

    A vote weighs as much as the variant has shots; a tie shares it equally (IonQ docs, error
    mitigation with qiskit: the highest-probability result from each variant is taken).

    Returns:
        Outcomes that got votes, ascending, and their share of all votes.
    """
    outcomes: list[IntArray] = []
    votes: list[FloatArray] = []
    for variant in variants:
        winners = variant.outcomes[variant.tallies == variant.tallies.max()]
        outcomes.append(winners)
        votes.append(np.full(len(winners), variant.shots / len(winners)))
    distinct, place = np.unique(np.concatenate(outcomes), return_inverse=True)
    total = np.bincount(place, weights=np.concatenate(votes))
    return distinct, total / total.sum()
