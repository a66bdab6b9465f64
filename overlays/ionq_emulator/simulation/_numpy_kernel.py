"""The kernel that is always there: steps applied in place to views of a NumPy vector."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ._evolution import evolve
from ._fusion import is_diagonal
from ._steps import Dense, Evolution, Rotation, Single, Swap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from ._gates import ComplexArray
    from ._kernel import Call, Pause
    from ._steps import Entries, Step

_Number = TypeVar("_Number", bound=np.generic)

__all__ = ["NumpyKernel", "apply_dense", "apply_evolution", "slice_of"]


class NumpyKernel:
    """Applies steps to a contiguous vector of 2**n amplitudes; qubit 0 is the low bit."""

    name = "numpy"

    def prepare(self, steps: Iterable[Step], qubits: int) -> list[Call]:  # noqa: ARG002
        """Calls for `run`. The width is for kernels that need it (see `Kernel`)."""
        return [partial(_APPLY[type(step)], step) for step in steps]

    def run(
        self, source: ComplexArray, calls: Sequence[Call], target: ComplexArray, pause: Pause
    ) -> None:
        """Apply the calls to `source` and leave the result in `target`, which may be the same."""
        if target is not source:
            target[...] = source
        for call in calls:
            pause()
            call(target, pause)


def slice_of(state: NDArray[_Number], bits: dict[int, int]) -> NDArray[_Number]:
    """The view of the entries whose index has the given bits."""
    shape: list[int] = []
    index: list[slice | int] = []
    size = len(state)
    for bit in sorted(bits, reverse=True):
        shape += [size >> (bit + 1), 2]
        index += [slice(None), bits[bit]]
        size = 1 << bit
    return state.reshape(*shape, size)[tuple(index)]


def _exchange(first: ComplexArray, second: ComplexArray) -> None:
    kept = first.copy()
    first[...] = second
    second[...] = kept


def _mix(first: ComplexArray, second: ComplexArray, entries: Entries) -> None:
    """The 2 x 2 matrix on two views: (first, second) <- entries (first, second)."""
    a, b, c, d = entries
    if is_diagonal(entries):
        if a != 1:
            first *= a
        if d != 1:
            second *= d
        return
    if a == 0 and d == 0:
        _exchange(first, second)
        _mix(first, second, (b, 0, 0, c))
        return
    kept = first * c
    first *= a
    first += b * second
    second *= d
    second += kept


def _apply_single(step: Single, state: ComplexArray, _: Pause) -> None:
    controls = dict.fromkeys(step.controls, 1)
    zero = slice_of(state, {step.qubit: 0, **controls})
    one = slice_of(state, {step.qubit: 1, **controls})
    _mix(zero, one, step.entries)


def _apply_rotation(step: Rotation, state: ComplexArray, _: Pause) -> None:
    """P x P joins 00 with 11 and 01 with 10; Z x Z leaves each where it is."""
    first, second = step.qubits
    controls = dict.fromkeys(step.controls, 1)

    def view(high: int, low: int) -> ComplexArray:
        return slice_of(state, {first: high, second: low, **controls})

    cosine, sine = np.cos(step.angle / 2).item(), -1j * np.sin(step.angle / 2).item()
    if step.letter == "Z":
        for bits in ((0, 0), (1, 1)):
            view(*bits)[...] *= cosine + sine
        for bits in ((0, 1), (1, 0)):
            view(*bits)[...] *= cosine - sine
        return
    outer = sine if step.letter == "X" else -sine  # Y x Y takes 00 to -11
    _mix(view(0, 0), view(1, 1), (cosine, outer, outer, cosine))
    _mix(view(0, 1), view(1, 0), (cosine, sine, sine, cosine))


def _apply_swap(step: Swap, state: ComplexArray, _: Pause) -> None:
    first, second = step.qubits
    controls = dict.fromkeys(step.controls, 1)
    _exchange(
        slice_of(state, {first: 0, second: 1, **controls}),
        slice_of(state, {first: 1, second: 0, **controls}),
    )


def apply_dense(step: Dense, state: ComplexArray, _: Pause) -> None:
    """Any matrix on some qubits: their bits first, one product, and back."""
    view = slice_of(state, dict.fromkeys(step.controls, 1)) if step.controls else state
    work = view.reshape(-1)  # a copy where there are controls
    places = _places(step.qubits, step.controls)
    width = len(work).bit_length() - 1
    axes = [width - 1 - place for place in places]
    tensor = np.moveaxis(work.reshape((2,) * width), axes, range(len(axes)))
    product = step.matrix.astype(state.dtype) @ tensor.reshape(len(step.matrix), -1)
    tensor[...] = product.reshape(tensor.shape)
    if step.controls:
        view[...] = work.reshape(view.shape)


def _places(qubits: tuple[int, ...], removed: tuple[int, ...]) -> list[int]:
    """Where qubits are once the removed ones are gone."""
    return [qubit - sum(1 for other in removed if other < qubit) for qubit in qubits]


def apply_evolution(step: Evolution, state: ComplexArray, pause: Pause) -> None:
    """exp(-i sum) by its series, on the part of the state where all controls are 1."""
    view = slice_of(state, dict.fromkeys(step.controls, 1)) if step.controls else state
    work = view.reshape(-1)
    terms = tuple(
        (
            tuple(
                zip(
                    _places(tuple(qubit for qubit, _ in word), step.controls),
                    (letter for _, letter in word),
                    strict=True,
                )
            ),
            angle,
        )
        for word, angle in step.terms
    )
    evolve(work, terms, pause)
    if step.controls:
        view[...] = work.reshape(view.shape)


_APPLY: dict[type[Any], Callable[..., None]] = {
    Single: _apply_single,
    Rotation: _apply_rotation,
    Swap: _apply_swap,
    Dense: apply_dense,
    Evolution: apply_evolution,
}
