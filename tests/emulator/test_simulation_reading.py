"""What a circuit may look like, what is refused and how it is said, and what gates cost."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_emulator.simulation import (
    Circuit,
    SimulationFailure,
    Task,
    count_gates,
    read_circuit,
    simulate,
)
from ionq_emulator.simulation._gates import NATIVE_GATES, QIS_GATES

Gate = dict[str, Any]

H = {"gate": "h", "target": 0}


def read(*gates: Any, gateset: str = "qis", qubits: Any = None, **options: Any) -> Circuit:
    program = {"gateset": gateset, "qubits": qubits, "circuit": list(gates)}
    return read_circuit(program, **options)


def failure(*gates: Any, **program: Any) -> SimulationFailure:
    with pytest.raises(SimulationFailure) as caught:
        read(*gates, **program)
    return caught.value


# --- What is accepted -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gate",
    [
        {"gate": "h", "target": 0},
        {"gate": "h", "targets": [0]},
        {"gate": "h", "targets": [0.0]},  # the contract types qubits as doubles
        {"gate": "h", "target": 0, "rotation": None, "controls": None},
        {"gate": "h", "target": 0, "controls": []},
    ],
    ids=str,
)
def test_ways_to_write_one_gate(gate: Gate) -> None:
    (operation,) = read(gate).operations
    assert (operation.gate, operation.targets, operation.controls) == ("h", (0,), ())


def test_what_the_sdks_send_for_a_cnot() -> None:
    ways = (
        {"gate": "cnot", "control": 0, "target": 1},
        {"gate": "cnot", "controls": [0], "targets": [1]},
        {"gate": "x", "controls": [0], "targets": [1]},
    )
    assert len({read(way).operations for way in ways}) == 1


def test_gateset_is_qis_by_default() -> None:
    assert read_circuit({"circuit": [H]}).gateset == "qis"


@pytest.mark.parametrize(("qubits", "width"), [(None, 4), (4, 4), (9, 9)])
def test_width_is_as_declared_or_as_needed(qubits: int | None, width: int) -> None:
    circuit = read({"gate": "cnot", "control": 3, "target": 1}, qubits=qubits)
    assert (circuit.qubits, circuit.declared_qubits, circuit.required_qubits) == (width, qubits, 4)


def test_a_circuit_and_its_failure_cross_processes() -> None:
    circuit = read(
        H,
        {"gate": "pauliexp", "targets": [0, 1], "terms": ["XY"], "coefficients": [0.1], "time": 1},
    )
    assert pickle.loads(pickle.dumps(circuit)) == circuit
    refused = failure({"gate": "hadamard", "target": 0})
    copy = pickle.loads(pickle.dumps(refused))
    assert (copy.code, copy.message) == (refused.code, refused.message)
    assert str(copy) == f"{copy.code}: {copy.message}"


# --- What is refused --------------------------------------------------------------------------

PAULIEXP = {"gate": "pauliexp", "targets": [0, 1], "terms": ["XX"], "coefficients": [1], "time": 1}
MS = {"gate": "ms", "targets": [0, 1], "phases": [0, 0]}
NAN, INFINITE = float("nan"), float("inf")

REFUSED: list[tuple[str, Any, str, str]] = [
    # gateset, gate, code, part of the message
    ("qis", {"gate": "hadamard", "target": 0}, "UnsupportedGate", ".gate: 'hadamard' is not"),
    ("qis", {"gate": "gpi", "target": 0, "phase": 0}, "UnsupportedGate", "qis gateset"),
    ("native", {"gate": "h", "target": 0}, "UnsupportedGate", "native gateset (gpi, gpi2"),
    ("qis", {"gate": 7, "target": 0}, "UnsupportedGate", ".gate: 7 is not"),
    ("qis", {"target": 0}, "InvalidInput", ".gate: the gate's name is missing"),
    ("qis", "h 0", "InvalidInput", "a gate is an object, not 'h 0'"),
    ("qis", {"gate": "h"}, "InvalidInput", ".targets: a target needed, 0 given"),
    ("qis", {"gate": "h", "targets": []}, "InvalidInput", ".targets: a target needed, 0 given"),
    ("qis", {"gate": "swap", "targets": [0]}, "InvalidInput", ".targets: 2 targets needed, 1"),
    (
        "qis",
        {"gate": "xx", "targets": [0, 1, 2], "rotation": 1},
        "InvalidInput",
        "2 targets needed, 3",
    ),
    ("qis", {"gate": "h", "target": 0, "targets": [1]}, "InvalidInput", "either target or targets"),
    (
        "qis",
        {"gate": "x", "target": 2, "control": 0, "controls": [1]},
        "InvalidInput",
        "either control",
    ),
    ("qis", {"gate": "h", "target": -1}, "InvalidInput", ".target: -1 is negative"),
    (
        "qis",
        {"gate": "h", "target": 3},
        "InvalidInput",
        "qubit 3 is outside the circuit's 3 qubits",
    ),
    ("qis", {"gate": "h", "target": 0.5}, "InvalidInput", ".target: 0.5 is not a whole number"),
    ("qis", {"gate": "h", "target": True}, "InvalidInput", ".target: True is not a whole number"),
    ("qis", {"gate": "h", "target": "0"}, "InvalidInput", ".target: '0' is not a whole number"),
    ("qis", {"gate": "h", "targets": "01"}, "InvalidInput", ".targets: a list of qubits"),
    (
        "qis",
        {"gate": "h", "targets": [0, 0]},
        "InvalidInput",
        ".targets: [0, 0] names a qubit twice",
    ),
    (
        "qis",
        {"gate": "x", "target": 0, "controls": [1, 1]},
        "InvalidInput",
        ".controls: [1, 1] names",
    ),
    (
        "qis",
        {"gate": "x", "target": 0, "controls": [1, 0]},
        "InvalidInput",
        "qubit 0 is a target as well",
    ),
    ("qis", {"gate": "cnot", "target": 0}, "InvalidInput", ".control: a control is needed"),
    (
        "qis",
        {"gate": "h", "target": 0, "rotation": 1},
        "InvalidInput",
        ".rotation: this gate has no such",
    ),
    (
        "qis",
        {"gate": "h", "target": 0, "colour": 1},
        "InvalidInput",
        ".colour: this gate has no such",
    ),
    ("qis", {"gate": "rx", "target": 0}, "InvalidInput", ".rotation: this gate needs the field"),
    (
        "qis",
        {"gate": "rx", "target": 0, "rotation": "pi"},
        "InvalidInput",
        "'pi' is not a finite number",
    ),
    (
        "qis",
        {"gate": "rx", "target": 0, "rotation": NAN},
        "InvalidInput",
        "nan is not a finite number",
    ),
    (
        "qis",
        {"gate": "rx", "target": 0, "rotation": INFINITE},
        "InvalidInput",
        "inf is not a finite",
    ),
    (
        "qis",
        {"gate": "rx", "target": 0, "rotation": True},
        "InvalidInput",
        "True is not a finite number",
    ),
    ("native", {"gate": "gpi", "target": 0}, "InvalidInput", ".phase: this gate needs the field"),
    (
        "native",
        {"gate": "gpi", "target": 0, "phase": 1.5},
        "InvalidInput",
        ".phase: 1.5 is more than 1",
    ),
    (
        "native",
        {"gate": "gpi2", "target": 0, "phase": -1.5},
        "InvalidInput",
        "-1.5 is less than -1",
    ),
    ("native", {**MS, "phases": [0]}, "InvalidInput", ".phases: a list of 2 numbers is needed"),
    ("native", {**MS, "phases": [0, NAN]}, "InvalidInput", ".phases[1]: nan is not"),
    ("native", {**MS, "phases": 0.5}, "InvalidInput", ".phases: a list of 2 numbers is needed"),
    ("native", {**MS, "angle": 0.3}, "InvalidInput", ".angle: 0.3 is more than 0.25"),
    (
        "native",
        {"gate": "zz", "targets": [0, 1]},
        "InvalidInput",
        ".angle: this gate needs the field",
    ),
    ("qis", {**PAULIEXP, "time": -1}, "InvalidInput", ".time: -1 is less than 0"),
    ("qis", {**PAULIEXP, "time": None}, "InvalidInput", ".time: this gate needs the field"),
    ("qis", {**PAULIEXP, "terms": ["XXX"]}, "InvalidInput", ".terms[0]: 'XXX' is not a word of 2"),
    ("qis", {**PAULIEXP, "terms": ["XA"]}, "InvalidInput", ".terms[0]: 'XA' is not a word of 2"),
    ("qis", {**PAULIEXP, "terms": [1]}, "InvalidInput", ".terms[0]: 1 is not a word of 2"),
    ("qis", {**PAULIEXP, "terms": "XX"}, "InvalidInput", ".terms: a list of Pauli words is needed"),
    ("qis", {**PAULIEXP, "terms": []}, "InvalidInput", ".terms: a list of Pauli words is needed"),
    (
        "qis",
        {**PAULIEXP, "coefficients": [1, 2]},
        "InvalidInput",
        ".coefficients: 1 numbers are needed",
    ),
    ("qis", {**PAULIEXP, "coefficients": [NAN]}, "InvalidInput", ".coefficients[0]: nan is not"),
    ("qis", {**PAULIEXP, "targets": []}, "InvalidInput", ".targets: a target needed, 0 given"),
]


@pytest.mark.parametrize(("gateset", "gate", "code", "words"), REFUSED, ids=lambda v: str(v)[:70])
def test_a_refusal_names_the_gate_and_the_field(
    gateset: str, gate: Any, code: str, words: str
) -> None:
    fine = H if gateset == "qis" else {"gate": "gpi", "target": 0, "phase": 0}
    refused = failure(fine, gate, gateset=gateset, qubits=3)
    assert refused.code == code
    assert refused.message.startswith("circuit[1]")
    assert words in refused.message


@pytest.mark.parametrize(
    ("program", "code", "words"),
    [
        ({"circuit": []}, "InvalidInput", "circuit: at least one gate"),
        ({"circuit": None}, "InvalidInput", "circuit: a list of gates"),
        ({}, "InvalidInput", "circuit: a list of gates"),
        ({"circuit": "h"}, "InvalidInput", "circuit: a list of gates"),
        ({"circuit": [H], "gateset": "qasm"}, "InvalidInput", "gateset: 'qasm'"),
        ({"circuit": [H], "qubits": 0}, "InvalidInput", "qubits: 0 is less than 1"),
        ({"circuit": [H], "qubits": "2"}, "InvalidInput", "qubits: '2' is not a whole number"),
        ({"circuit": [H], "qubits": 30}, "NotEnoughQubits", "needs 30 qubits, there are 29"),
        ({"circuit": [{"gate": "h", "target": 29}]}, "NotEnoughQubits", "needs 30 qubits"),
        ({"qasm": 5}, "InvalidInput", "data: OpenQASM text"),
    ],
)
def test_a_refused_program(program: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(SimulationFailure) as caught:
        read_circuit(program)
    assert caught.value.code == code
    assert words in caught.value.message


def test_more_than_seven_controls() -> None:
    refused = failure({"gate": "x", "target": 0, "controls": list(range(1, 9))})
    assert refused.code == "TooManyControls"
    assert refused.message == "circuit[0] (x).controls: 8 controls, at most 7 are possible"


def test_controls_on_swap_are_a_choice() -> None:
    gate = {"gate": "swap", "targets": [0, 1], "controls": [2]}
    assert read(gate).operations[0].controls == (2,)
    refused = failure(gate, controlled_swap=False)
    assert (refused.code, refused.message) == (
        "UnsupportedGate",
        "circuit[0] (swap).controls: a swap cannot be controlled",
    )
    with pytest.raises(SimulationFailure, match="a swap cannot be controlled"):
        simulate(Task({"circuit": [gate]}, None, controlled_swap=False))


def test_backends_may_be_wider_than_the_simulator() -> None:
    assert read(H, qubits=36, max_qubits=36).qubits == 36
    assert failure(H, qubits=37, max_qubits=36).code == "NotEnoughQubits"
    assert failure(H, qubits=64, max_qubits=100).code == "NotEnoughQubits"  # 64-bit keys


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)
FIELDS = [
    "target",
    "targets",
    "control",
    "controls",
    "rotation",
    "phase",
    "phases",
    "angle",
    "terms",
    "coefficients",
    "time",
    "extra",
]


@given(
    gates=st.lists(
        st.fixed_dictionaries(
            {"gate": st.sampled_from([*QIS_GATES, *NATIVE_GATES]) | JSON},
            optional=dict.fromkeys(FIELDS, JSON),
        )
        | JSON,
        max_size=3,
    ),
    gateset=st.sampled_from(["qis", "native"]),
)
def test_any_input_is_read_or_refused(gates: list[Any], gateset: str) -> None:
    """Never any other exception: it would be an internal error of the emulated cloud."""
    try:
        circuit = read(*gates, gateset=gateset)
    except SimulationFailure:
        return
    assert circuit.required_qubits <= circuit.qubits <= 29


# --- Counting ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gate", "one", "two"),
    [
        (H, 1, 0),
        ({"gate": "h", "targets": [0, 1, 2]}, 3, 0),
        ({"gate": "cnot", "control": 0, "target": 1}, 0, 1),
        ({"gate": "swap", "targets": [0, 1]}, 0, 1),
        ({"gate": "zz", "targets": [0, 1], "rotation": 1}, 0, 1),
        # 6 (N - 2) two-qubit gates for N > 2 qubits
        ({"gate": "cnot", "controls": [0, 1], "target": 2}, 0, 6),
        ({"gate": "rx", "controls": [0, 1, 2], "target": 3, "rotation": 1}, 0, 12),
        ({"gate": "swap", "controls": [2], "targets": [0, 1]}, 0, 6),
        ({"gate": "h", "controls": [3, 4], "targets": [0, 1]}, 0, 12),
        # words of 1, 2, 3 letters: a rotation, a pair, a ladder of 4 around a rotation
        ({**PAULIEXP, "targets": [0], "terms": ["X"]}, 1, 0),
        ({**PAULIEXP, "terms": ["XI"]}, 1, 0),
        (PAULIEXP, 0, 1),
        ({**PAULIEXP, "targets": [0, 1, 2], "terms": ["XYZ"]}, 1, 4),
        ({**PAULIEXP, "terms": ["XX", "ZI"], "coefficients": [1, 2]}, 1, 1),
        ({**PAULIEXP, "terms": ["II"]}, 0, 0),
        # controlled: the rotation inside the ladder is a gate on its qubit and the controls
        ({**PAULIEXP, "control": 2}, 0, 3),
        ({**PAULIEXP, "controls": [2, 3]}, 0, 8),
    ],
    ids=str,
)
def test_gates_by_arity(gate: Gate, one: int, two: int) -> None:
    assert count_gates(read(gate)) == {"1q": one, "2q": two}


def test_native_gates_by_arity() -> None:
    gates = [{"gate": "gpi", "target": 0, "phase": 0}, MS, {"gate": "nop", "targets": [0, 1]}]
    assert count_gates(read(*gates, gateset="native")) == {"1q": 1, "2q": 1}
    assert simulate(Task({"gateset": "native", "circuit": gates}, None)).gate_counts == {
        "1q": 1,
        "2q": 1,
    }
