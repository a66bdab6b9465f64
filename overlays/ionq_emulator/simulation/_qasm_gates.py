"""What the names of `stdgates.inc` stand for, and gate modifiers. May import numpy.

A gate is a list of operations on its own qubits 0, 1, ...; `gphase` is an operation without
targets until its controls are known.
"""

from __future__ import annotations

from cmath import exp as cexp
from cmath import phase
from functools import partial
from math import atan2, pi
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ._circuit import Operation
from ._gates import inverse_of, matrix_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._gates import ComplexArray

__all__ = [
    "BUILTIN",
    "NATIVE",
    "STANDARD",
    "KnownGate",
    "controlled",
    "fractional_power",
    "inverted",
    "moved",
    "settled",
]


class KnownGate(NamedTuple):
    """A gate whose meaning is not written in the program.

    Attributes:
        parameters: How many angles it takes, in radians.
        qubits: How many qubits it takes.
        body: The angles to its operations.
    """

    parameters: int
    qubits: int
    body: Callable[..., list[Operation]]


def _u(theta: float, phi: float, lam: float) -> list[Operation]:
    """The language's own U is e^{i theta/2} times the usual matrix (OpenQASM 3, built-in gates)."""
    return [_gphase(theta / 2), Operation("u", (0,), (), (theta, phi, lam))]


def _u3(theta: float, phi: float, lam: float) -> list[Operation]:
    """U without its phase and with determinant 1 (OpenQASM 3, standard library)."""
    return [_gphase(-(phi + lam) / 2), Operation("u", (0,), (), (theta, phi, lam))]


def _cu(theta: float, phi: float, lam: float, gamma: float) -> list[Operation]:
    return controlled([_gphase(gamma), Operation("u", (0,), (), (theta, phi, lam))], 1)


def _gphase(angle: float) -> Operation:
    return Operation("gphase", (), (), (angle,))


def _plain(name: str, parameters: int = 0, controls: int = 0, targets: int = 1) -> KnownGate:
    """A gate of the table, its controls first."""
    places = tuple(range(controls + targets))

    def body(*angles: float) -> list[Operation]:
        return [Operation(name, places[controls:], places[:controls], angles)]

    return KnownGate(parameters, len(places), body)


BUILTIN: dict[str, KnownGate] = {"U": KnownGate(3, 1, _u)}

NATIVE: dict[str, KnownGate] = {
    "gpi": _plain("gpi", 1),
    "gpi2": _plain("gpi2", 1),
    "ms": _plain("ms", 3, targets=2),
}
"""IonQ's own gates, known without an include, in turns (PennyLane-IonQ sends them so)."""

STANDARD: dict[str, KnownGate] = {
    **{name: _plain(name) for name in ("x", "y", "z", "h", "s", "t")},
    **{name: _plain(name, 1) for name in ("rx", "ry", "rz")},
    "sdg": _plain("si"),
    "tdg": _plain("ti"),
    "sx": _plain("v"),
    **{name: _plain("phase", 1) for name in ("p", "phase", "u1")},
    **{name: _plain("x", controls=1) for name in ("cx", "CX")},
    **{f"c{name}": _plain(name, controls=1) for name in ("y", "z", "h")},
    **{f"c{name}": _plain(name, 1, controls=1) for name in ("rx", "ry", "rz")},
    **{name: _plain("phase", 1, controls=1) for name in ("cp", "cphase")},
    "swap": _plain("swap", targets=2),
    "ccx": _plain("x", controls=2),
    "cswap": _plain("swap", controls=1, targets=2),
    "id": KnownGate(0, 1, list),
    "u2": KnownGate(2, 1, partial(_u3, pi / 2)),
    "u3": KnownGate(3, 1, _u3),
    "cu": KnownGate(4, 2, _cu),
    # Not in the file, but widely taken to be: U in lower case.
    "u": KnownGate(3, 1, _u),
}
"""The gates of `stdgates.inc` (OpenQASM 3, standard library)."""


def moved(operations: Iterable[Operation], qubits: tuple[int, ...]) -> list[Operation]:
    """The same operations on other qubits: `qubits[i]` for i."""
    return [
        Operation(
            operation.gate,
            tuple(qubits[place] for place in operation.targets),
            tuple(qubits[place] for place in operation.controls),
            operation.parameters,
        )
        for operation in operations
    ]


def controlled(operations: Iterable[Operation], count: int) -> list[Operation]:
    """Put so many controls, which become the first qubits, on every operation."""
    return [
        operation._replace(
            targets=tuple(count + place for place in operation.targets),
            controls=(*range(count), *(count + place for place in operation.controls)),
        )
        for operation in operations
    ]


def inverted(operations: Iterable[Operation]) -> list[Operation]:
    """The inverse of a list of operations."""
    result: list[Operation] = []
    for operation in reversed(list(operations)):
        gate, parameters = inverse_of(operation.gate, operation.parameters)
        result.append(operation._replace(gate=gate, parameters=parameters))
    return result


def fractional_power(operations: list[Operation], exponent: float) -> list[Operation] | None:
    """The principal power of what acts on one qubit in all, None for anything wider."""
    controls = {operation.controls for operation in operations}
    if len(controls) == 1 and () not in controls:  # a controlled power is the power, controlled
        bare = [operation._replace(controls=()) for operation in operations]
        power = fractional_power(bare, exponent)
        shared = controls.pop()
        return None if power is None else [part._replace(controls=shared) for part in power]
    angle = sum(op.parameters[0] for op in operations if op.gate == "gphase")
    gates = [op for op in operations if op.gate != "gphase"]
    if controls - {()} or len({op.targets for op in gates}) > 1:
        return None
    if not gates:
        return [_gphase(_principal(angle) * exponent)]
    target = gates[0].targets
    if len(target) > 1:
        return None
    matrix: ComplexArray = np.eye(2) * cexp(1j * angle)
    for operation in gates:
        matrix = matrix_of(operation.gate, operation.parameters) @ matrix
    global_phase, angles = _angles(_power(matrix, exponent))
    return [_gphase(global_phase), Operation("u", target, (), angles)]


def _principal(angle: float) -> float:
    """The same angle in (-pi, pi]."""
    return phase(cexp(1j * angle))


def _power(matrix: ComplexArray, exponent: float) -> ComplexArray:
    """A unitary 2 x 2 matrix to a power, each eigenvalue's angle taken in (-pi, pi].

    It is a phase times cos(a) - i sin(a) n.sigma, so its eigenvectors are those of the Hermitian
    n.sigma, which stay orthogonal however close the eigenvalues are.
    """
    centre = np.linalg.det(matrix) ** 0.5
    special = matrix / centre
    axis = 0.5j * (special - special.conj().T)
    _, vectors = np.linalg.eigh(axis)
    values = np.diagonal(vectors.conj().T @ matrix @ vectors)
    # An eigenvalue of -1 has the angle pi, not minus pi by a rounding error.
    turned = np.where(np.abs(values + 1) < 1e-12, pi, np.angle(values))
    power: ComplexArray = (vectors * np.exp(1j * turned * exponent)) @ vectors.conj().T
    return power


def _angles(matrix: ComplexArray) -> tuple[float, tuple[float, float, float]]:
    """A phase and the parameters of `u` that make up a unitary 2 x 2 matrix."""
    (a, b), (c, d) = matrix.tolist()
    theta = 2 * atan2(abs(c), abs(a))
    if abs(a) >= abs(c):
        centre = phase(a)
        total = phase(d) - centre  # phi + lam
        phi = phase(c) - centre if abs(c) > 0 else 0.0
        return centre, (theta, phi, total - phi)
    if abs(a) > 0:
        centre = phase(a)
        return centre, (theta, phase(c) - centre, phase(-b) - centre)
    return phase(c), (theta, 0.0, phase(-b) - phase(c))


def settled(operations: Iterable[Operation]) -> list[Operation]:
    """Phases without a control dropped, those with controls turned into phase gates."""
    result: list[Operation] = []
    for operation in operations:
        if operation.gate != "gphase":
            result.append(operation)
        elif operation.controls:
            *controls, target = operation.controls
            result.append(
                operation._replace(gate="phase", targets=(target,), controls=tuple(controls))
            )
    return result
