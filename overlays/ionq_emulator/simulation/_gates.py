"""The one table of gates: names, fields and matrices. May import numpy.

A matrix acts on its targets with the first target as the high bit, as IonQ publishes them.
"""

from __future__ import annotations

from cmath import exp as cexp
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ANY_TARGETS",
    "GATES",
    "GATESETS",
    "MAX_CONTROLS",
    "NATIVE_GATES",
    "PAULI",
    "QIS_GATES",
    "TURN",
    "ComplexArray",
    "Field",
    "GateInput",
    "inverse_of",
    "matrix_of",
]

ComplexArray = npt.NDArray[np.complexfloating[Any, Any]]

MAX_CONTROLS = 7
"""Controls one gate may have (IonQ docs, writing quantum programs)."""

ANY_TARGETS = 0
"""Stands for "as many targets as the gate says" in the table."""

TURN = 2 * pi
"""One turn in radians; native phases and angles are in turns (IonQ docs, native gates API)."""


# --- Matrices -------------------------------------------------------------------------------


def _matrix(rows: list[list[complex]]) -> ComplexArray:
    array = np.array(rows, dtype=np.complex128)
    array.setflags(write=False)  # shared by every circuit
    return array


def _rotation(pauli: ComplexArray) -> Callable[[float], ComplexArray]:
    """exp(-i angle/2 P) for a Pauli word P, P squared being 1."""
    identity = np.eye(len(pauli))

    def matrix(angle: float) -> ComplexArray:
        return cos(angle / 2) * identity - 1j * sin(angle / 2) * pauli

    return matrix


def _phase(angle: float) -> ComplexArray:
    return _matrix([[1, 0], [0, cexp(1j * angle)]])


def _u(theta: float, phi: float, lam: float) -> ComplexArray:
    """The general one-qubit gate, real and non-negative at the top left for theta in [0, pi]."""
    cosine, sine = cos(theta / 2), sin(theta / 2)
    return _matrix(
        [
            [cosine, -cexp(1j * lam) * sine],
            [cexp(1j * phi) * sine, cexp(1j * (phi + lam)) * cosine],
        ]
    )


def _gpi(phase: float) -> ComplexArray:
    turn = cexp(1j * TURN * phase)
    return _matrix([[0, turn.conjugate()], [turn, 0]])


def _gpi2(phase: float) -> ComplexArray:
    turn = cexp(1j * TURN * phase)
    return _matrix([[1, -1j * turn.conjugate()], [-1j * turn, 1]]) * sqrt(0.5)


def _ms(phase0: float, phase1: float, angle: float) -> ComplexArray:
    """cos(pi angle) - i sin(pi angle) GPI(phase0) x GPI(phase1)."""
    flips: ComplexArray = np.kron(_gpi(phase0), _gpi(phase1))
    return cos(pi * angle) * np.eye(4) - 1j * sin(pi * angle) * flips


_X = _matrix([[0, 1], [1, 0]])
_Y = _matrix([[0, -1j], [1j, 0]])
_Z = _matrix([[1, 0], [0, -1]])
_V = _matrix([[0.5 + 0.5j, 0.5 - 0.5j], [0.5 - 0.5j, 0.5 + 0.5j]])

PAULI: dict[str, ComplexArray] = {"I": _matrix([[1, 0], [0, 1]]), "X": _X, "Y": _Y, "Z": _Z}

_CONSTANT: dict[str, ComplexArray] = {
    "x": _X,
    "copy": _X,  # with a control: what a measurement in the middle leaves behind
    "y": _Y,
    "z": _Z,
    "h": _matrix([[1, 1], [1, -1]]) * sqrt(0.5),
    "s": _matrix([[1, 0], [0, 1j]]),
    "si": _matrix([[1, 0], [0, -1j]]),
    "t": _phase(pi / 4),
    "ti": _phase(-pi / 4),
    "v": _V,
    "vi": _V.conj(),
    "swap": _matrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]),
}

_PARAMETRIC: dict[str, Callable[..., ComplexArray]] = {
    "rx": _rotation(_X),
    "ry": _rotation(_Y),
    "rz": _rotation(_Z),
    "phase": _phase,
    "u": _u,
    "xx": _rotation(np.kron(_X, _X)),
    "yy": _rotation(np.kron(_Y, _Y)),
    "zz": _rotation(np.kron(_Z, _Z)),
    "gpi": _gpi,
    "gpi2": _gpi2,
    "ms": _ms,
}

GATES: frozenset[str] = frozenset({*_CONSTANT, *_PARAMETRIC, "pauliexp", "nop"})
"""Names an `Operation` may have. All but `pauliexp` and `nop` have a matrix."""


@lru_cache(maxsize=4096)
def matrix_of(gate: str, parameters: tuple[float, ...] = ()) -> ComplexArray:
    """The gate's matrix, shape (2, 2) or (4, 4), complex128, first target high; read-only."""
    if gate in _CONSTANT:
        return _CONSTANT[gate]
    matrix = _PARAMETRIC[gate](*parameters)
    matrix.setflags(write=False)
    return matrix


_INVERSE_NAME = {"s": "si", "si": "s", "t": "ti", "ti": "t", "v": "vi", "vi": "v"}


def inverse_of(gate: str, parameters: tuple[float, ...]) -> tuple[str, tuple[float, ...]]:
    """Name and parameters of the inverse of a gate with a matrix (native ones included)."""
    if gate == "u":
        theta, phi, lam = parameters
        return "u", (-theta, -lam, -phi)
    if gate == "gpi":
        return gate, parameters  # its own inverse
    if gate == "gpi2":
        return gate, (parameters[0] + 0.5,)
    if gate == "ms":
        return gate, (parameters[0] + 0.5, *parameters[1:])
    return _INVERSE_NAME.get(gate, gate), tuple(-value for value in parameters)


# --- What a gate of the API looks like ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A numeric field of a gate.

    Attributes:
        name: As it is sent.
        length: Numbers in it; 0 for a plain number.
        default: What is taken when it is absent; None if it must be there.
        low: Lowest accepted value.
        high: Highest accepted value.
        alias: Another name it is sent under by public clients.
    """

    name: str
    length: int = 0
    default: float | None = None
    low: float | None = None
    high: float | None = None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class GateInput:
    """How one gate of a gateset is written in a circuit.

    Attributes:
        gate: The name in `GATES` it is read as.
        targets: 1 (a list applies the gate to each), 2, or `ANY_TARGETS`.
        fields: Its numeric fields, in the order of the matrix function's arguments.
        with_fields: Where this is given the fields are optional; with them the gate is read
            as this one.
        needs_control: At least one control must be there.
        unit: Multiplies every field: `GATES` knows the two-qubit rotations in radians only.
    """

    gate: str
    targets: int = 1
    fields: tuple[Field, ...] = ()
    with_fields: str | None = None
    needs_control: bool = False
    unit: float = 1.0


_ROTATION = (Field("rotation"),)  # radians
_PHASE = (Field("phase", low=-1, high=1),)  # turns

QIS_GATES: dict[str, GateInput] = {
    **{name: GateInput(name) for name in ("x", "y", "h", "s", "si", "t", "ti", "v", "vi")},
    "not": GateInput("x"),
    # qiskit sends its phase gates as z with a rotation.
    "z": GateInput("z", fields=_ROTATION, with_fields="phase"),
    "cnot": GateInput("x", needs_control=True),
    **{name: GateInput(name, fields=_ROTATION) for name in ("rx", "ry", "rz")},
    "swap": GateInput("swap", targets=2),
    **{name: GateInput(name, targets=2, fields=_ROTATION) for name in ("xx", "yy", "zz")},
    "pauliexp": GateInput("pauliexp", targets=ANY_TARGETS),
}

NATIVE_GATES: dict[str, GateInput] = {
    "gpi": GateInput("gpi", fields=_PHASE),
    "gpi2": GateInput("gpi2", fields=_PHASE),
    "ms": GateInput(
        "ms",
        targets=2,
        fields=(
            Field("phases", length=2, low=-1, high=1),
            Field("angle", default=0.25, low=0, high=0.25),
        ),
    ),
    # diag(e^{-i pi angle}, ...) is zz(2 pi angle); cirq calls the field `phase`.
    "zz": GateInput("zz", targets=2, fields=(Field("angle", alias="phase"),), unit=TURN),
    "nop": GateInput("nop", targets=ANY_TARGETS),
}

GATESETS: dict[Literal["qis", "native"], dict[str, GateInput]] = {
    "qis": QIS_GATES,
    "native": NATIVE_GATES,
}
