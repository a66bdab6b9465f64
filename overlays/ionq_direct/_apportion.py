"""Turns probabilities into whole counts, in integer arithmetic. May import: the standard library.

`_arrays` does the same on numpy arrays; both give the same counts.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SCALE", "largest_remainder", "sample", "weights"]

SCALE = 10**15
"""Weight of probability 1. Fifteen decimals are all that a double holds of any decimal number, so
that 0.29 weighs exactly 29 hundredths; and every weight is an integer that a double holds, too."""


def weights(probabilities: Iterable[float]) -> list[int]:
    """Probabilities as integers, to fifteen decimals."""
    return [round(probability * SCALE) for probability in probabilities]


def largest_remainder(weights: Sequence[int], shots: int) -> list[int]:
    """Share out the shots: each gets its quota rounded down, the largest remainders one more.

    Args:
        weights: Integers that are not negative, not all zero.
        shots: How many to share out.

    Returns:
        One count per weight, in order; they sum to `shots`. Of equal remainders the earlier one
        goes first.
    """
    total = sum(weights)
    shares = [divmod(weight * shots, total) for weight in weights]
    counts = [quota for quota, _ in shares]
    missing = shots - sum(counts)
    if missing:
        # sorted() is stable, hence the earlier one first.
        by_remainder = sorted(range(len(shares)), key=lambda i: -shares[i][1])
        for i in by_remainder[:missing]:
            counts[i] += 1
    return counts


def sample(weights: Sequence[int], shots: int, seed: int | None) -> list[int]:
    """Draw the shots one by one.

    The stream is Python's `random.Random(seed).random()`, which Python promises to keep: each
    number u selects the weight in which floor(u * total) falls when they are laid end to end.

    Args:
        weights: Integers that are not negative, not all zero.
        shots: How many to draw.
        seed: Seed of the stream; None takes one from the operating system.

    Returns:
        One count per weight, in order; they sum to `shots`.
    """
    ends = list(accumulate(weights))
    total = ends[-1]
    draw = random.Random(seed).random  # noqa: S311 - physics, not secrets
    drawn = Counter(bisect_right(ends, int(draw() * total)) for _ in range(shots))
    return [drawn[i] for i in range(len(ends))]
