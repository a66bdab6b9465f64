"""Random numbers that stay the same for ever. May import numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ._outcome import FloatArray

__all__ = ["Stream"]


class Stream:
    """Uniform numbers fixed by a seed and a purpose.

    RandomState, seeded by an array, because its stream is frozen (NEP 19); a Generator's may
    change with any NumPy release, and recorded results with it.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        seed %= 1 << 64
        words = [seed & 0xFFFFFFFF, seed >> 32, *purpose.encode()]
        self._state = np.random.RandomState(words)

    def uniform(self, count: int) -> FloatArray:
        """So many numbers in [0, 1)."""
        return self._state.random_sample(count)

    def permutation(self, size: int) -> tuple[int, ...]:
        """The numbers below `size` in random order."""
        return tuple(np.argsort(self.uniform(size), kind="stable").tolist())
