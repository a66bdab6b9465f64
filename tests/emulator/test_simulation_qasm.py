"""OpenQASM 3 circuits: gates, definitions, modifiers, registers, and what is refused."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pennylane as qml  # type: ignore[import-untyped]  # it has no types
import pytest

from ionq_emulator.simulation import (
    Outcome,
    SimulationFailure,
    Task,
    count_gates,
    read_circuit,
    simulate,
)
from ionq_emulator.simulation._numpy_kernel import NumpyKernel
from ionq_emulator.simulation._steps import lower
from tests.emulator.reference_simulator import Array

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def unitary(body: str, qubits: int = 3, head: str = HEAD) -> Array:
    """The matrix of a program on q[0], q[1], ..., qubit 0 as the low bit."""
    circuit = read_circuit({"qasm": f"{head}qubit[{qubits}] q;\n{body}"})
    kernel = NumpyKernel()
    calls = kernel.prepare(lower(circuit.operations), qubits)
    columns = np.eye(2**qubits, dtype=complex)
    for column in columns:
        kernel.run(column, calls, column, lambda: None)
    return columns.T


def same(found: Array, expected: Array) -> bool:
    """Equal up to a global phase."""
    place = np.unravel_index(np.abs(expected).argmax(), expected.shape)
    phase = found[place] / expected[place]
    return np.allclose(found, expected * phase, atol=1e-12) and abs(abs(phase) - 1) < 1e-12


def pennylane(operator: qml.operation.Operator) -> Array:
    matrix: Array = qml.matrix(operator, wire_order=[2, 1, 0])
    return matrix


def run(body: str, shots: int | None = None, **options: Any) -> Outcome:
    return simulate(Task({"qasm": HEAD + body}, shots, **options))


# --- Gates ------------------------------------------------------------------------------------


def u3(theta: float, phi: float, lam: float) -> Array:
    """The usual matrix, real at the top left."""
    return np.array(
        [
            [np.cos(theta / 2), -np.exp(1j * lam) * np.sin(theta / 2)],
            [np.exp(1j * phi) * np.sin(theta / 2), np.exp(1j * (phi + lam)) * np.cos(theta / 2)],
        ]
    )


@pytest.mark.parametrize(
    ("call", "operator"),
    [
        ("x q[1];", qml.X(1)),
        ("y q[1];", qml.Y(1)),
        ("z q[1];", qml.Z(1)),
        ("h q[1];", qml.Hadamard(1)),
        ("s q[1];", qml.S(1)),
        ("sdg q[1];", qml.adjoint(qml.S(1))),
        ("t q[1];", qml.T(1)),
        ("tdg q[1];", qml.adjoint(qml.T(1))),
        ("sx q[1];", qml.SX(1)),
        ("id q[1];", qml.Identity(1)),
        ("rx(0.3) q[1];", qml.RX(0.3, 1)),
        ("ry(0.3) q[1];", qml.RY(0.3, 1)),
        ("rz(0.3) q[1];", qml.RZ(0.3, 1)),
        ("p(0.3) q[1];", qml.PhaseShift(0.3, 1)),
        ("phase(0.3) q[1];", qml.PhaseShift(0.3, 1)),
        ("u1(0.3) q[1];", qml.PhaseShift(0.3, 1)),
        ("u2(0.3, 0.4) q[1];", qml.U2(0.3, 0.4, 1)),
        ("u3(0.3, 0.4, 0.5) q[1];", qml.U3(0.3, 0.4, 0.5, 1)),
        ("U(0.3, 0.4, 0.5) q[1];", qml.U3(0.3, 0.4, 0.5, 1)),
        ("u(0.3, 0.4, 0.5) q[1];", qml.U3(0.3, 0.4, 0.5, 1)),
        ("cx q[0], q[2];", qml.CNOT([0, 2])),
        ("CX q[0], q[2];", qml.CNOT([0, 2])),
        ("cy q[0], q[2];", qml.CY([0, 2])),
        ("cz q[0], q[2];", qml.CZ([0, 2])),
        ("ch q[0], q[2];", qml.CH([0, 2])),
        ("cp(0.3) q[0], q[2];", qml.ControlledPhaseShift(0.3, [0, 2])),
        ("cphase(0.3) q[0], q[2];", qml.ControlledPhaseShift(0.3, [0, 2])),
        ("crx(0.3) q[0], q[2];", qml.CRX(0.3, [0, 2])),
        ("cry(0.3) q[0], q[2];", qml.CRY(0.3, [0, 2])),
        ("crz(0.3) q[0], q[2];", qml.CRZ(0.3, [0, 2])),
        ("swap q[0], q[2];", qml.SWAP([0, 2])),
        ("ccx q[2], q[0], q[1];", qml.Toffoli([2, 0, 1])),
        ("cswap q[1], q[0], q[2];", qml.CSWAP([1, 0, 2])),
        (
            "cu(0.3, 0.4, 0.5, 0.6) q[0], q[2];",
            qml.ctrl(qml.QubitUnitary(np.exp(0.6j) * u3(0.3, 0.4, 0.5), 2), 0),
        ),
        # The language's U is e^{i theta/2} times the usual matrix, which a control sees.
        (
            "ctrl @ U(0.3, 0.4, 0.5) q[0], q[2];",
            qml.ctrl(qml.QubitUnitary(np.exp(0.15j) * u3(0.3, 0.4, 0.5), 2), 0),
        ),
        (
            "ctrl @ u3(0.3, 0.4, 0.5) q[0], q[2];",
            qml.ctrl(qml.QubitUnitary(np.exp(-0.45j) * u3(0.3, 0.4, 0.5), 2), 0),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_standard_gates(call: str, operator: qml.operation.Operator) -> None:
    assert same(unitary(call), pennylane(operator))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ctrl @ x q[0], q[1];", "cx q[0], q[1];"),
        ("ctrl @ ctrl @ x q[0], q[1], q[2];", "ccx q[0], q[1], q[2];"),
        ("ctrl(2) @ x q[0], q[1], q[2];", "ccx q[0], q[1], q[2];"),
        ("negctrl @ x q[0], q[1];", "x q[0]; cx q[0], q[1]; x q[0];"),
        ("negctrl @ ctrl @ x q[0], q[1], q[2];", "x q[0]; ccx q[0], q[1], q[2]; x q[0];"),
        ("ctrl @ gphase(0.3) q[1];", "p(0.3) q[1];"),
        ("ctrl(2) @ gphase(0.3) q[1], q[2];", "cp(0.3) q[1], q[2];"),
        ("gphase(0.3); x q[0];", "x q[0];"),
        ("inv @ s q[0];", "sdg q[0];"),
        ("inv @ rx(0.3) q[0];", "rx(-0.3) q[0];"),
        ("inv @ U(0.3, 0.4, 0.5) q[0];", "U(-0.3, -0.5, -0.4) q[0];"),
        ("inv @ ctrl @ sx q[0], q[1];", "ctrl @ inv @ sx q[0], q[1];"),
        ("pow(3) @ t q[0];", "p(3 * pi / 4) q[0];"),
        ("pow(0) @ h q[0];", ""),
        ("pow(-2) @ t q[0];", "sdg q[0];"),
        ("pow(1/2) @ x q[0];", "sx q[0];"),
        ("pow(0.5) @ s q[0];", "t q[0];"),
        ("pow(0.5) @ z q[0];", "s q[0];"),
        ("pow(1/2) @ ctrl @ x q[0], q[1];", "ctrl @ sx q[0], q[1];"),
        ("ctrl @ pow(1/2) @ x q[0], q[1];", "ctrl @ sx q[0], q[1];"),
        ("ctrl @ pow(0.25) @ y q[0], q[1];", "pow(0.5) @ ctrl @ pow(0.5) @ y q[0], q[1];"),
        ("pow(2) @ pow(0.5) @ h q[0];", "h q[0];"),
        ("pow(0.3) @ inv @ p(1.0) q[0];", "p(-0.3) q[0];"),
    ],
)
def test_modifiers(one: str, other: str) -> None:
    assert same(unitary(one), unitary(other))


def test_a_gate_of_the_program_and_its_modifiers() -> None:
    definition = """
    gate turn(a, b) x0, x1 { rz(a / 2) x0; ctrl @ x x0, x1; barrier x0; ry(a * b) x1; gphase(a); }
    gate twice(a) x0, x1 { turn(a, 2) x0, x1; turn(-a, sin(a)) x1, x0; }
    """
    twice = "{}rz(0.35) q[{}]; cx q[{}], q[{}]; ry({}) q[{}]; "
    by_hand = twice.format("", 2, 2, 0, 1.4, 0) + twice.format("", 0, 0, 2, -0.7 * np.sin(0.7), 2)
    by_hand = by_hand.replace("rz(0.35) q[0]", "rz(-0.35) q[0]")
    assert same(unitary(f"{definition} twice(0.7) q[2], q[0];"), unitary(by_hand))
    # The phases 0.7 and -0.7 cancel, so the controlled gate is the controlled matrix.
    controlled = unitary(f"{definition} ctrl @ twice(0.7) q[1], q[2], q[0];")
    expected = pennylane(
        qml.ctrl(qml.QubitUnitary(two_qubit_block(unitary(by_hand)), [2, 0]), control=1)
    )
    assert same(controlled, expected)
    undone = f"{definition} twice(0.7) q[2], q[0]; inv @ twice(0.7) q[2], q[0];"
    assert same(unitary(undone), np.eye(8))


def two_qubit_block(matrix: Array) -> Array:
    """The part on qubits (2, 0) of a matrix that leaves qubit 1 alone."""
    places = [0, 1, 4, 5]
    return matrix[np.ix_(places, places)]


def test_a_program_may_define_a_standard_name_itself() -> None:
    definition = "gate x a { U(0, 0, 0) a; }\n"
    assert same(unitary("x q[0];", head=HEAD + definition), np.eye(8))


@pytest.mark.parametrize(
    ("angle", "value"),
    [
        ("pi/2", np.pi / 2),
        ("-π", -np.pi),
        ("2 * tau / 3", 4 * np.pi / 3),
        ("euler ** 2", np.e**2),
        ("1/2", 0.5),
        ("7 % 4", 3),
        ("sin(0.5) + cos(0.5) - tan(0.2)", np.sin(0.5) + np.cos(0.5) - np.tan(0.2)),
        ("sqrt(2) * exp(1) / log(3)", np.sqrt(2) * np.e / np.log(3)),
        ("arcsin(0.1) + arccos(0.2) * arctan(3)", np.arcsin(0.1) + np.arccos(0.2) * np.arctan(3)),
        ("float(int(2.7)) + floor(1.5) + ceiling(1.5) + mod(5, 3)", 7),
        ("third", 1 / 3),
        ("n * third", 2 / 3),
    ],
)
def test_angles_are_constant_expressions(angle: str, value: float) -> None:
    constants = "const float third = 1/3; const int n = 2; "
    assert same(unitary(f"{constants} rx({angle}) q[0];"), unitary(f"rx({float(value)!r}) q[0];"))


# --- Registers and broadcasting ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("h q;", "h q[0]; h q[1]; h q[2];"),
        ("cx q[0], q[1:2];", "cx q[0], q[1]; cx q[0], q[2];"),
        ("cx q[0:1], q[1:2];", "cx q[0], q[1]; cx q[1], q[2];"),
        ("h q[{0, 2}];", "h q[0]; h q[2];"),
        ("h q[0:2:2];", "h q[0]; h q[2];"),
        ("h q[-1];", "h q[2];"),
        ("let r = q[2] ++ q[0]; cx r[0], r[1];", "cx q[2], q[0];"),
        ("let r = q[1:2]; h r;", "h q[1]; h q[2];"),
        ("qubit a; barrier; barrier q; h q[0];", "qubit a; h q[0];"),
        ("reset q; h q[0];", "h q[0];"),
    ],
)
def test_names_of_qubits(one: str, other: str) -> None:
    assert read_circuit({"qasm": f"{HEAD}qubit[3] q; {one}"}).operations == (
        read_circuit({"qasm": f"{HEAD}qubit[3] q; {other}"}).operations
    )


def test_qubits_are_numbered_in_order_of_declaration() -> None:
    outcome = run("qubit a; qubit[2] b; qubit c; x b[1]; x c;")
    assert outcome.qubits == 4
    assert outcome.probabilities == {"12": 1.0}


def test_openqasm_2_style_registers_are_known() -> None:
    outcome = run("qreg q[2]; creg c[2]; x q[1]; measure q -> c;")
    assert outcome.registers["c"].probabilities == {"10": 1.0}


def test_registers_hold_what_was_measured_into_them() -> None:
    body = """
    qubit[3] q; bit[2] alice; bit bob; bit[2] unused;
    x q[0]; h q[2]; cx q[2], q[1];
    alice[0] = measure q[2]; alice[1] = measure q[0]; bob = measure q[1];
    """
    outcome = run(body)
    assert outcome.probabilities == {"1": 0.5, "7": 0.5}
    # bit 0 is rightmost: alice[0] is q[2], alice[1] is q[0]
    assert {name: one.probabilities for name, one in outcome.registers.items()} == {
        "alice": {"10": 0.5, "11": 0.5},
        "bob": {"0": 0.5, "1": 0.5},
        "unused": {"00": 1.0},
    }
    assert outcome.register_qubits == {"alice": (2, 0), "bob": (1,), "unused": (None, None)}


def test_registers_of_shots() -> None:
    outcome = run("qubit[2] q; h q[0]; cx q[0], q[1]; bit[2] c = measure q;", 100, seed=1)
    register = outcome.registers["c"]
    assert outcome.shots is not None
    assert register.shots == [f"{int(shot):02b}" for shot in outcome.shots]
    assert register.counts == Counter(register.shots)


def test_circuits_without_gates_or_measurements() -> None:
    assert run("qubit[2] q;").probabilities == {"0": 1.0}
    assert run("qubit q; bit c; c = measure q;").registers["c"].probabilities == {"0": 1.0}


def test_gates_are_counted() -> None:
    circuit = read_circuit({"qasm": HEAD + "qubit[3] q; h q; ccx q[0], q[1], q[2]; gphase(1);"})
    assert count_gates(circuit) == {"1q": 3, "2q": 6}


# --- What is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("qubit[2] q;\nif (true) { x q[0]; }", "line 4: loops, branches and subroutines are not"),
        ("qubit q; bit c; c = measure q;\nif (c) { x q; }", "line 4: loops, branches"),
        ("qubit[2] q;\nfor int i in [0:1] { x q[i]; }", "line 4: loops"),
        ("qubit[2] q;\nwhile (true) { x q[0]; }", "line 4: loops"),
        ("def f(qubit a) { x a; }", "line 3: loops"),
        ("\nh $0;", "line 4: physical qubits such as $0 are not accepted"),
        ("qubit $0;", "line 3: not OpenQASM 3"),
        ('include "mygates.inc";', 'line 3: only "stdgates.inc" can be included'),
        ("qubit q;\nfoo q;", "line 4: gate foo is not defined"),
        ("gate g a { g a; }\nqubit q; g q;", "line 4: gate g is not defined"),
        ("gate g a { x a; }\ngate g a { y a; }", "line 4: gate g is defined twice"),
        ("gate g a { x b; }\nqubit q; g q;", "line 4: a gate's body names the gate's own qubits"),
        ("qubit[2] q;\nrx q[0];", "line 4: gate rx takes 1 parameters, 0 given"),
        ("qubit[2] q;\nx(1) q[0];", "line 4: gate x takes 0 parameters, 1 given"),
        ("qubit[2] q;\ncx q[0];", "line 4: gate cx takes 2 qubits, 1 given"),
        ("qubit[2] q;\ncx q[0], q[0];", "line 4: a gate names a qubit twice"),
        ("qubit[2] q; qubit[3] r;\ncx q, r;", "line 4: registers of different sizes [2, 3]"),
        ("qubit[2] q;\nx q[2];", "line 4: index 2 is outside a register of 2"),
        ("qubit[2] q;\nx r;", "line 4: r is not a qubit"),
        ("qubit[2] q;\nrx(theta) q[0];", "line 4: theta is not a constant"),
        ("qubit[2] q;\nrx(1/0) q[0];", "line 4: an expression has no value"),
        ("qubit[2] q;\nrx(1e308*10) q[0];", "line 4: an expression is inf"),
        ("qubit[2] q;\nrx(sqrt(-1)) q[0];", "line 4: an expression has no value"),
        ("qubit[2] q;\nrx(f(1)) q[0];", "line 4: f with 1 arguments is not a known function"),
        ("qubit[2] q;\nrx(true) q[0];", "line 4: only constants"),
        ("qubit[1.5] q;", "line 3: 1.5 is not a whole number"),
        ("qubit[0] q;", "line 3: a size of 0 is less than 1"),
        ("qubit q; qubit q;", "line 3: q is declared twice"),
        ("qubit q; bit[2] c;\nc = measure q;", "line 4: 1 qubits are measured into 2 bits"),
        ("qubit q;\nd = measure q;", "line 4: d is not a bit register"),
        ('bit[2] c = "01";', "line 3: c: bits start as 0"),
        ("input float theta;", "line 3: input variables are not supported"),
        ("qubit q;\ndelay[100ns] q;", "line 4: DelayInstruction is not supported"),
        ("qubit[2] q;\npow(0.5) @ swap q[0], q[1];", "line 4: pow(0.5) of a gate on several"),
        ("qubit q;\nh q\nx q;", "line 5: not OpenQASM 3 at 'x'"),
        ("qubit q; \x07", "line 3: not OpenQASM 3"),
        ("qubit q;\n@@@", "line 4: not OpenQASM 3 at '@'"),
        ("", "declares no qubits"),
    ],
)
def test_a_refusal_names_the_line(body: str, words: str) -> None:
    with pytest.raises(SimulationFailure) as caught:
        read_circuit({"qasm": HEAD + body})
    assert caught.value.code == "CompilationError"
    assert words in caught.value.message


def test_standard_gates_need_their_include() -> None:
    with pytest.raises(SimulationFailure, match=r'include "stdgates\.inc"; is missing'):
        read_circuit({"qasm": "OPENQASM 3.0; qubit q; h q;"})
    assert read_circuit({"qasm": "OPENQASM 3.0; qubit q; U(0, 0, 1) q;"}).qubits == 1


@pytest.mark.parametrize("text", ["", " ", "// nothing", "\n\n"])
def test_a_text_without_a_program_is_a_compilation_error(text: str) -> None:
    with pytest.raises(SimulationFailure, match="the program is empty") as caught:
        read_circuit({"qasm": text})
    assert caught.value.code == "CompilationError"


def test_other_versions_are_refused() -> None:
    with pytest.raises(SimulationFailure, match=r"OPENQASM 2\.0 is not OpenQASM 3"):
        read_circuit({"qasm": "OPENQASM 2.0; qreg q[1];"})
    assert read_circuit({"qasm": "qubit q;"}).qubits == 1
    assert read_circuit({"qasm": "OPENQASM 3.1; qubit q;"}).qubits == 1


def test_more_than_seven_controls() -> None:
    body = f"qubit[9] q; ctrl(8) @ x {', '.join(f'q[{place}]' for place in range(9))};"
    with pytest.raises(SimulationFailure, match="line 3: 8 controls, at most 7") as caught:
        read_circuit({"qasm": HEAD + body})
    assert caught.value.code == "TooManyControls"


@pytest.mark.parametrize(
    "body",
    [
        "qubit q; pow(1000000000) @ x q;",
        "gate g0 a { x a; x a; }\n"
        + "".join(f"gate g{n} a {{ g{n - 1} a; g{n - 1} a; }}\n" for n in range(1, 40))
        + "qubit q; g39 q;",
    ],
    ids=["power", "definitions that double"],
)
def test_a_short_text_cannot_ask_for_endless_work(body: str) -> None:
    with pytest.raises(SimulationFailure, match="more than 150000 gates") as caught:
        read_circuit({"qasm": HEAD + body})
    assert caught.value.code == "TooManyGates"


def test_too_wide_for_the_backend() -> None:
    with pytest.raises(SimulationFailure, match="needs 30 qubits, there are 29") as caught:
        read_circuit({"qasm": "qubit[30] q;"})
    assert caught.value.code == "NotEnoughQubits"
