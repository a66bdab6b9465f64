"""The matrix of a whole operation, controls included. May import numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._gates import matrix_of
from ._pauli import evolution, exponential

if TYPE_CHECKING:
    from ._circuit import Operation
    from ._gates import ComplexArray

__all__ = ["operation_matrix"]


def operation_matrix(operation: Operation) -> ComplexArray:
    """The matrix on (*controls, *targets), first qubit as the high bit."""
    if operation.gate == "pauliexp":
        inner = exponential(evolution(operation), operation.targets)
    elif operation.gate == "nop":
        inner = np.eye(2 ** len(operation.targets), dtype=np.complex128)
    else:
        inner = matrix_of(operation.gate, operation.parameters)
    size = len(inner) << len(operation.controls)
    matrix = np.eye(size, dtype=np.complex128)
    matrix[size - len(inner) :, size - len(inner) :] = inner
    return matrix
