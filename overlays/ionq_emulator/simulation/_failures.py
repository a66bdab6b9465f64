"""What a simulation can end in besides an outcome. Imports the standard library only."""

from __future__ import annotations

__all__ = ["SimulationCancelled", "SimulationFailure"]


class SimulationFailure(Exception):  # noqa: N818  (IonQ's word for it: the job object's `failure`)
    """The circuit cannot be read, compiled or run; becomes the job's `failure`.

    Attributes:
        code: IonQ's failure code, such as `NotEnoughQubits` (the enum of the v0.4 document).
        message: What is wrong, naming the gate's index and the field where there is one.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)  # both in args, so that the exception pickles
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class SimulationCancelled(Exception):  # noqa: N818  (not an error: the caller asked for it)
    """The caller's `cancelled()` said so between two steps."""
