"""An independent simulator to compare with: IonQ circuits on PennyLane's default.qubit.

PennyLane knows the QIS gates itself; the native ones are typed in from IonQ's published matrices.
Imports pennylane, scipy and numpy, and nothing of this project.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pennylane as qml  # type: ignore[import-untyped]  # it has no types
from scipy.linalg import expm  # type: ignore[import-untyped]  # it has no types

Gate = dict[str, Any]
Array = npt.NDArray[Any]

PAULIS = {"I": qml.Identity, "X": qml.PauliX, "Y": qml.PauliY, "Z": qml.PauliZ}

FIXED = {
    "x": qml.PauliX,
    "not": qml.PauliX,
    "cnot": qml.PauliX,
    "y": qml.PauliY,
    "z": qml.PauliZ,
    "h": qml.Hadamard,
    "s": qml.S,
    "t": qml.T,
    "v": qml.SX,
    "swap": qml.SWAP,
}
ADJOINT = {"si": qml.S, "ti": qml.T, "vi": qml.SX}
ROTATION = {
    "rx": qml.RX,
    "ry": qml.RY,
    "rz": qml.RZ,
    "z": qml.PhaseShift,
    "xx": qml.IsingXX,
    "yy": qml.IsingYY,
    "zz": qml.IsingZZ,
}
ON_PAIRS = {"swap", "xx", "yy", "zz", "ms"}


def native_matrix(gate: Gate) -> Array:
    """IonQ docs, native gates API; phases and angles in turns, first target as the high bit."""
    turn = 2j * np.pi
    if gate["gate"] == "gpi":
        phase = gate["phase"]
        return np.array([[0, np.exp(-turn * phase)], [np.exp(turn * phase), 0]])
    if gate["gate"] == "gpi2":
        phase = gate["phase"]
        lower, upper = -1j * np.exp(turn * phase), -1j * np.exp(-turn * phase)
        matrix: Array = np.sqrt(0.5) * np.array([[1, upper], [lower, 1]])
        return matrix
    angle = gate.get("angle", 0.25)
    if gate["gate"] == "zz":
        signs = np.array([-1, 1, 1, -1])
        diagonal: Array = np.diagflat(np.exp(1j * np.pi * angle * signs))
        return diagonal
    first, second = gate["phases"]
    cosine, sine = np.cos(np.pi * angle), -1j * np.sin(np.pi * angle)
    matrix = cosine * np.eye(4, dtype=complex)
    matrix[0, 3] = sine * np.exp(-turn * (first + second))
    matrix[1, 2] = sine * np.exp(-turn * (first - second))
    matrix[2, 1] = sine * np.exp(turn * (first - second))
    matrix[3, 0] = sine * np.exp(turn * (first + second))
    return matrix


def pauliexp_matrix(gate: Gate) -> Array:
    """exp(-i t sum c P) on the targets, last target as the high bit like the words."""
    total = sum(
        coefficient * reduce(np.kron, [qml.matrix(PAULIS[letter](0)) for letter in term])
        for term, coefficient in zip(gate["terms"], gate["coefficients"], strict=True)
    )
    result: Array = expm(-1j * gate["time"] * total)
    return result


def operators(gate: Gate, native: bool = False) -> list[qml.operation.Operator]:
    """The gate as PennyLane operators, one for each application."""
    name = gate["gate"]
    if name == "nop":
        return []
    targets = gate.get("targets", [gate["target"]] if "target" in gate else [])
    controls = gate.get("controls", [gate["control"]] if "control" in gate else [])
    groups = [targets] if name in ON_PAIRS or name == "pauliexp" else [[each] for each in targets]
    if native and name == "zz":
        groups = [targets]
    result = []
    for wires in groups:
        if native:
            operator = qml.QubitUnitary(native_matrix(gate), wires=wires)
        elif name == "pauliexp":
            operator = qml.QubitUnitary(pauliexp_matrix(gate), wires=wires[::-1])
        elif "rotation" in gate:
            operator = ROTATION[name](gate["rotation"], wires=wires)
        elif name in ADJOINT:
            operator = qml.adjoint(ADJOINT[name](wires=wires[0]))
        else:
            operator = FIXED[name](wires=wires)
        result.append(qml.ctrl(operator, control=controls) if controls else operator)
    return result


def all_operators(program: dict[str, Any]) -> list[qml.operation.Operator]:
    native = program.get("gateset") == "native"
    return [operator for gate in program["circuit"] for operator in operators(gate, native)]


def probabilities(program: dict[str, Any]) -> Array:
    """All 2**qubits probabilities; qubit 0 is the least significant bit of the index."""
    wires = list(range(program["qubits"]))[::-1]
    tape = qml.tape.QuantumScript(all_operators(program), [qml.probs(wires=wires)])
    device = qml.device("default.qubit", wires=wires)
    return np.asarray(device.execute(tape))


def unitary(program: dict[str, Any]) -> Array:
    """The circuit's matrix; qubit 0 is the least significant bit of the index."""
    wires = list(range(program["qubits"]))[::-1]
    size = 2 ** len(wires)
    matrix = np.eye(size, dtype=complex)
    for operator in all_operators(program):
        matrix = qml.matrix(operator, wire_order=wires) @ matrix
    return matrix
