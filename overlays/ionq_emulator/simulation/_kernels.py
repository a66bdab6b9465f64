"""Which engine runs a task. Imports this package only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._failures import SimulationFailure
from ._lightning_kernel import load_lightning
from ._numpy_kernel import NumpyKernel

if TYPE_CHECKING:
    from ._kernel import Kernel
    from ._task import EngineName, Precision

__all__ = ["choose_kernel"]


def choose_kernel(engine: EngineName, precision: Precision) -> Kernel:
    """The engine asked for; `auto` is lightning where it works, else NumPy.

    Raises:
        SimulationFailure: `InvalidInput` for an engine that is unknown or not there.
    """
    if engine not in {"auto", "numpy", "lightning"}:
        raise SimulationFailure("InvalidInput", f"engine: {engine!r} is not known")
    if engine != "numpy":
        kernel = load_lightning(precision)
        if kernel is not None:
            return kernel
        if engine == "lightning":
            raise SimulationFailure(
                "InvalidInput", "engine: pennylane-lightning is not installed, or does not work"
            )
    return NumpyKernel()
