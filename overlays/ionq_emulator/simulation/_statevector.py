"""Running steps on a whole state vector, block by block where it outgrows the cache. Uses numpy."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ._blocks import BLOCK_QUBITS, localized, plan
from ._fusion import fuse
from ._numpy_kernel import NumpyKernel, slice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._blocks import Batch
    from ._gates import ComplexArray
    from ._kernel import Kernel, Pause
    from ._outcome import FloatArray
    from ._steps import Step
    from ._task import Precision

__all__ = ["StateVector", "squared"]

_TOGETHER = 1 << 20


class StateVector:
    """Amplitudes of so many qubits, started in |0...0>; qubit 0 is the low bit of the index.

    Args:
        qubits: Width.
        kernel: The engine.
        precision: Of the amplitudes.
        pause: Called between steps.
        block: A state of more qubits is run in blocks of so many.

    Attributes:
        amplitudes: Shape (2**qubits,), contiguous.
    """

    def __init__(
        self,
        qubits: int,
        kernel: Kernel,
        precision: Precision,
        pause: Pause,
        *,
        block: int = BLOCK_QUBITS,
    ) -> None:
        self._qubits = qubits
        self._block = block
        self._kernel = kernel
        self._pause = pause
        self.amplitudes: ComplexArray = (
            np.zeros(1 << qubits, np.complex128)
            if precision == "double"
            else np.zeros(1 << qubits, np.complex64)
        )
        self.amplitudes[0] = 1
        # Qubits that may be 1 in an amplitude other than zero: all others need no visit.
        self._touched: set[int] = set()

    def copy_from(self, other: StateVector) -> None:
        """Take over another vector's amplitudes; the widths must be the same."""
        self.amplitudes[...] = other.amplitudes
        self._touched = set(other._touched)

    def run(self, steps: Iterable[Step]) -> None:
        """Apply steps in place."""
        if self._qubits <= self._block:
            self._run_whole(list(fuse(steps)), self._kernel)
            return
        for batch in plan(list(fuse(steps)), self._qubits, self._block):
            self._run_batch(batch, None)

    def measure(self, steps: Iterable[Step]) -> FloatArray:
        """Apply steps and return all 2**n probabilities; the amplitudes are lost."""
        fused = list(fuse(steps, measured=True))
        if self._qubits <= self._block:
            self._run_whole(fused, self._kernel)
            return squared(self.amplitudes)
        last: Batch | None = None
        for batch in plan(fused, self._qubits, self._block):
            if last is not None:
                self._run_batch(last, None)
            last = batch
        if last is None or not last.local:
            if last is not None:
                self._run_batch(last, None)
            return squared(self.amplitudes)
        # The last batch leaves probabilities: one pass over memory less.
        probabilities = np.zeros(len(self.amplitudes))
        self._run_batch(last, probabilities)
        return probabilities

    def _run_whole(self, steps: list[Step], kernel: Kernel) -> None:
        if steps:
            calls = kernel.prepare(steps, self._qubits)
            kernel.run(self.amplitudes, calls, self.amplitudes, self._pause)
            self._touched = set(range(self._qubits))

    def _run_batch(self, batch: Batch, probabilities: FloatArray | None) -> None:
        """Run a batch in every block; with `probabilities` fill those and drop the amplitudes."""
        if not batch.local:  # too wide for a block: NumPy needs no second vector of this size
            self._run_whole(list(batch.steps), NumpyKernel())
            return
        places = {qubit: place for place, qubit in enumerate(batch.local)}
        buffer = np.empty(2 ** len(places), dtype=self.amplitudes.dtype)
        for values in self._blocks(batch):
            view = slice_of(self.amplitudes, values)
            block = buffer.reshape(view.shape)
            block[...] = view
            inside, factor = localized(batch.steps, places, values)
            calls = self._kernel.prepare(inside, len(places))
            self._kernel.run(buffer, calls, buffer, self._pause)
            if probabilities is not None:
                slice_of(probabilities, values)[...] = squared(buffer).reshape(view.shape)
            elif factor == 1:
                view[...] = block
            else:
                np.multiply(block, factor, out=view)
        self._touched |= set(places)

    def _blocks(self, batch: Batch) -> Iterator[dict[int, int]]:
        """The bits of the qubits that are not local, for each block that can be non-zero."""
        outside = sorted(set(range(self._qubits)) - set(batch.local), reverse=True)
        choices = [(0, 1) if qubit in self._touched else (0,) for qubit in outside]
        for bits in product(*choices):
            yield dict(zip(outside, bits, strict=True))


def squared(amplitudes: ComplexArray) -> FloatArray:
    """Probabilities of amplitudes, in double precision."""
    probabilities = np.square(amplitudes.real, dtype=np.float64)
    for start in range(0, len(amplitudes), _TOGETHER):  # or a copy of their size would be needed
        part = slice(start, start + _TOGETHER)
        probabilities[part] += np.square(amplitudes.imag[part], dtype=np.float64)
    return probabilities
