"""Arithmetic on large distributions held as arrays; counts agree with `_apportion` to the shot.

Imported only where arrays are at hand. May import: numpy, errors, _json and the constants of
_apportion.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from ionq_direct._apportion import SCALE
from ionq_direct._json import dumps
from ionq_direct.errors import InvalidDistribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Integers: TypeAlias = npt.NDArray[np.int64]
    Outcomes: TypeAlias = npt.NDArray[np.uint64]
    Reals: TypeAlias = npt.NDArray[np.float64]

__all__ = [
    "bit_names",
    "decimal_names",
    "largest_remainder",
    "marginal",
    "odd_parity",
    "outcomes_of_bits",
    "sample",
]

_BITS = 64
_BLOCK = 1 << 15
"""Entries worked on at a time: a large distribution leaves no room for temporaries of its size."""


def largest_remainder(probabilities: Reals, shots: int) -> Integers:
    """Share out the shots as `_apportion.largest_remainder` does.

    Args:
        probabilities: They sum to about 1.
        shots: How many to share out, less than `Distribution.MAX_SHOTS`.

    Returns:
        One count per probability, in 32 bits where that will do; they sum to `shots`.
    """
    total = sum(int(_weights(probabilities[block]).sum()) for block in _blocks(probabilities))
    # 32 bits do, but for more shots than IonQ runs.
    counts = cast("Integers", np.empty(len(probabilities), "i4" if shots < 1 << 31 else "i8"))
    remainders = np.empty(len(probabilities), np.int64)
    for block in _blocks(probabilities):
        counts[block], remainders[block] = _divided(_weights(probabilities[block]), shots, total)
    missing = shots - int(counts.sum(dtype=np.int64))
    if missing:
        # Partitioned in place and computed anew: a copy would be the third of this size.
        remainders.partition(len(remainders) - missing)
        least = remainders[-missing]
        ties = int(np.count_nonzero(remainders[-missing:] == least))
        for block in _blocks(probabilities):
            _, remainder = _divided(_weights(probabilities[block]), shots, total)
            counts[block] += remainder > least
            served = np.flatnonzero(remainder == least)[:ties]
            counts[block][served] += 1
            ties -= len(served)
    return counts


def sample(probabilities: Reals, shots: int, seed: int | None) -> Integers:
    """Draw the shots as `_apportion.sample` does, from the same stream.

    Args:
        probabilities: They sum to about 1.
        shots: How many to draw.
        seed: Seed of the stream; None takes one from the operating system.

    Returns:
        One count per probability; they sum to `shots`.
    """
    _, state, _ = random.Random(seed).getstate()  # noqa: S311 - physics, not secrets
    # Both are the Mersenne Twister and make a double of two words alike; only the seeding differs.
    stream = np.random.RandomState()
    stream.set_state(("MT19937", np.array(state[:-1], dtype=np.uint32), state[-1], 0, 0.0))
    ends = _weights(probabilities)
    np.cumsum(ends, out=ends)
    counts = np.zeros(len(ends), np.int64)
    block = max(_BLOCK, len(ends))
    for start in range(0, shots, block):
        drawn = stream.random_sample(min(block, shots - start))
        places = (drawn * ends[-1]).astype(np.int64)
        chosen = cast("Integers", np.searchsorted(ends, places, side="right"))
        counts += np.bincount(chosen, minlength=len(ends))
    return counts


def marginal(
    outcomes: Outcomes, probabilities: Reals, qubits: Sequence[int]
) -> tuple[Outcomes, Reals]:
    """Keep some qubits and sum over the others.

    Args:
        outcomes: Outcomes, each once.
        probabilities: Their probabilities.
        qubits: At most 64 qubits; the i-th becomes bit i.

    Returns:
        The reduced outcomes, ascending, and their probabilities.
    """
    reduced = np.zeros_like(outcomes)
    for i, qubit in enumerate(qubits):
        if qubit < _BITS:  # beyond, the bit is 0
            reduced |= (outcomes >> np.uint64(qubit) & np.uint64(1)) << np.uint64(i)
    kept, places = np.unique(reduced, return_inverse=True)
    sums = np.bincount(places, weights=probabilities, minlength=len(kept))
    return kept, sums.astype(np.float64, copy=False)


def odd_parity(outcomes: Outcomes, probabilities: Reals, mask: int) -> float:
    """Sum the probabilities of outcomes with an odd number of ones under the mask."""
    bits = outcomes & np.uint64(mask & (1 << _BITS) - 1)
    for shift in (32, 16, 8, 4, 2, 1):
        bits ^= bits >> np.uint64(shift)
    return float(probabilities[(bits & np.uint64(1)).astype(bool)].sum())


def decimal_names(outcomes: Outcomes) -> list[str]:
    """Outcomes as decimal text; a JSON writer is the fastest way there."""
    return dumps(outcomes.tolist())[1:-1].decode().split(",") if len(outcomes) else []


def bit_names(outcomes: Outcomes, qubits: int, step: int) -> list[str]:
    """Outcomes as bitstrings.

    Args:
        outcomes: Outcomes that fit in `qubits` bits.
        qubits: Width of the bitstrings, at most 64.
        step: 1 to write qubit 0 rightmost, -1 to write it leftmost.
    """
    names: list[str] = []
    for block in _blocks(outcomes):
        octets = outcomes[block].astype(">u8").view(np.uint8).reshape(-1, 8)
        bits = np.unpackbits(octets, axis=1)[:, _BITS - qubits :][:, ::step]
        letters = np.add(bits, ord("0"), dtype=np.uint32, order="C")  # a str array is of UCS-4
        names += letters.view(f"U{qubits}").ravel().tolist()
    return names


def outcomes_of_bits(text: str, qubits: int, step: int) -> Outcomes:
    """Bitstrings as outcomes; the way back of `bit_names`.

    Args:
        text: Bitstrings of equal width, one after the other.
        qubits: Their width, at most 64.
        step: 1 if qubit 0 is rightmost in each, -1 if it is leftmost.

    Raises:
        InvalidDistribution: The text holds something else than zeros and ones.
    """
    letters = np.frombuffer(text.encode("ascii", "replace"), np.uint8).reshape(-1, qubits)
    outcomes = np.empty(len(letters), np.uint64)
    for block in _blocks(outcomes):
        bits = letters[block] - np.uint8(ord("0"))
        wrong = (bits > 1).any(axis=1)
        if wrong.any():
            key = letters[block][wrong.argmax()].tobytes().decode("ascii")
            raise InvalidDistribution(f"{key!r} is no bitstring", key=key)
        padded = np.zeros((len(bits), _BITS), np.uint8)
        padded[:, _BITS - qubits :] = bits[:, ::step]
        outcomes[block] = np.packbits(padded, axis=1).view(">u8").ravel()
    return outcomes


def _blocks(column: Reals | Outcomes) -> Iterator[slice]:
    for start in range(0, len(column), _BLOCK):
        yield slice(start, start + _BLOCK)


def _weights(probabilities: Reals) -> Integers:
    """Probabilities as integers, to fifteen decimals, as `_apportion.weights` makes them."""
    scaled = probabilities * SCALE
    return np.rint(scaled, out=scaled).astype(np.int64)


def _divided(weights: Integers, shots: int, total: int) -> tuple[Integers, Integers]:
    """Quotient and remainder of weights * shots by total, exact although the product overflows.

    The quotient is estimated in floating point, off by one at most. The remainder is then small,
    and integers that wrap around give it exactly.
    """
    quotients = (weights * (shots / total)).astype(np.int64)
    remainders = weights * np.int64(shots) - quotients * np.int64(total)
    correction = np.floor_divide(remainders, total)
    return quotients + correction, remainders - correction * np.int64(total)
