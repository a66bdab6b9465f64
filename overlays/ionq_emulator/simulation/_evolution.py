"""exp(-i sum) on a state for Pauli sums too wide for a matrix. May import numpy."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._gates import ComplexArray
    from ._pauli import PauliSum, PauliWord

__all__ = ["apply_word", "evolve"]

_FULL_TURN = 4.0
"""Largest norm of the sum in one series: few series, and little cancellation in each (the
largest term, 4^4/4! = 11, costs one digit)."""


def apply_word(state: ComplexArray, word: PauliWord) -> None:
    """Apply a Pauli word in place, up to its global phase for each Y (i Y is used)."""
    for qubit, letter in word:
        halves = state.reshape(-1, 2, 1 << qubit)
        zero, one = halves[:, 0], halves[:, 1]
        if letter != "Z":
            kept = zero.copy()
            zero[...] = one
            one[...] = kept
        if letter != "X":  # X then Z is i Y
            np.negative(one, out=one)


def evolve(state: ComplexArray, terms: PauliSum, pause: Callable[[], None]) -> None:
    """Replace the state by exp(-i sum) state, to rounding.

    Taylor's series in as many equal parts as keep each one short; a part ends when its next
    term no longer changes the sum.
    """
    weight = sum(abs(angle) for _, angle in terms)
    parts = max(1, ceil(weight / _FULL_TURN))
    precision = float(np.finfo(state.real.dtype).eps) / 4
    factors = [
        (word, -1j * angle / parts * (-1j) ** sum(letter == "Y" for _, letter in word))
        for word, angle in terms
    ]
    for _ in range(parts):
        term = state.copy()
        bound, order = 1.0, 0  # of the term's norm, the state's being 1
        while bound > precision:
            order += 1
            bound *= weight / parts / order
            following = np.zeros_like(state)
            for word, factor in factors:
                pause()
                image = term.copy()
                apply_word(image, word)
                image *= factor / order
                following += image
            term = following
            state += term
