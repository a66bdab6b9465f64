"""What an engine must offer: the small adapter behind which engines can be exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ._gates import ComplexArray
    from ._steps import Step

__all__ = ["Call", "Kernel", "Pause"]

Call = Callable[..., Any]
"""One prepared step; made by a kernel's `prepare` and understood by its `run` alone."""

Pause = Callable[[], None]
"""Called between steps; raises when the work is to stop."""


class Kernel(Protocol):
    """Applies steps to a contiguous vector of 2**n amplitudes; qubit 0 is the low bit."""

    @property
    def name(self) -> str:
        """What `Outcome.engine` says."""
        ...

    def prepare(self, steps: Iterable[Step], qubits: int) -> list[Call]:
        """Turn steps on so many qubits into calls; they stay valid until another width is asked."""
        ...

    def run(
        self, source: ComplexArray, calls: Sequence[Call], target: ComplexArray, pause: Pause
    ) -> None:
        """Apply the calls to `source` and leave the result in `target`, which may be the same."""
        ...
