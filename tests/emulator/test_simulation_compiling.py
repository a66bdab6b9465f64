"""Compiled circuits do what their sources do, in the gates of the machine they are for."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

import numpy as np
import pytest

from ionq_emulator.simulation import (
    Circuit,
    SimulationFailure,
    Task,
    compile_circuit,
    read_circuit,
    simulate,
)
from ionq_emulator.simulation._gates import QIS_GATES
from tests.emulator import reference_simulator as reference
from tests.emulator.reference_simulator import Array

Program = dict[str, Any]
Family = Literal["aria", "forte"]
FAMILIES: tuple[Family, ...] = ("aria", "forte")
NATIVE = {"aria": {"gpi", "gpi2", "ms"}, "forte": {"gpi", "gpi2", "zz"}}


def same(found: Array, expected: Array) -> bool:
    """Equal up to a global phase."""
    place = np.unravel_index(np.abs(expected).argmax(), expected.shape)
    phase = found[place] / expected[place]
    return np.allclose(found, expected * phase, atol=1e-9) and abs(abs(phase) - 1) < 1e-9


def native(circuit: Circuit, family: Family) -> Program:
    compiled = compile_circuit(circuit, "native", family)
    assert isinstance(compiled, dict)
    return compiled


def qasm(circuit: Circuit) -> str:
    compiled = compile_circuit(circuit, "qasm3")
    assert isinstance(compiled, str)
    return compiled


def check_native(program: Program, family: Family) -> Program:
    """Compile, check the gates and their ranges, and compare the unitaries."""
    compiled = native(read_circuit(program), family)
    assert compiled["gateset"] == "native"
    assert compiled["qubits"] == program["qubits"]
    for gate in compiled["circuit"]:
        assert gate["gate"] in NATIVE[family]
        phases = [gate["phase"]] if "phase" in gate else gate.get("phases", [])
        assert all(-1 <= phase <= 1 for phase in phases)
        assert 0 <= gate.get("angle", 0) <= 0.25
    assert same(reference.unitary(compiled), reference.unitary(program))
    return compiled


def check_qasm(program: Program) -> None:
    """Compile to OpenQASM and through its reader to native gates, whose unitary is compared."""
    text = qasm(read_circuit(program))
    again = native(read_circuit({"qasm": text}), "forte")
    assert same(reference.unitary(again), reference.unitary(program))


def single(gate: Program) -> Program:
    return {"gateset": "qis", "qubits": 3, "circuit": [gate]}


def gates_of(name: str) -> list[Program]:
    """A gate with 0, 1 and 2 controls, at ordinary and at special angles."""
    pair = name in {"swap", "xx", "yy", "zz"}
    base: Program = {"gate": name, "targets": [2, 0] if pair else [1]}
    if name == "pauliexp":
        terms = {"targets": [2, 0], "terms": ["XY", "ZI"], "coefficients": [0.4, -0.7], "time": 1.0}
        return [{**base, **terms}, {**base, **terms, "control": 1}]
    controls = [[1], []] if pair else [[0], [2, 0], []]
    angles: list[Program] = [{}]
    if name in {"rx", "ry", "rz", "xx", "yy", "zz"}:
        turns = (0.123, -0.4, 0, 0.25, 0.5, -0.25, 0.75, 1, 2.3, 1e-9)
        angles = [{"rotation": turn * 2 * np.pi} for turn in turns]
    if name == "z":
        angles = [{}, {"rotation": 0.9}]
    return [
        {**base, **angle, "controls": some}
        for angle in angles
        for some in controls
        if some or name != "cnot"
    ]


@pytest.mark.parametrize("name", QIS_GATES)
def test_every_gate(name: str) -> None:
    for gate in gates_of(name):
        program = single(gate)
        if np.allclose(np.abs(np.diag(reference.unitary(program))), 1) and same(
            reference.unitary(program), np.eye(8)
        ):
            continue  # nothing is left of it, see below
        for family in FAMILIES:
            check_native(program, family)
        check_qasm(program)


@cache
def random_program(seed: int) -> Program:
    random = np.random.default_rng(seed)
    circuit: list[Program] = []
    names = [name for name in QIS_GATES if name != "pauliexp"]
    for _ in range(8):
        name = names[int(random.integers(len(names)))]
        gate = dict(gates_of(name)[0])
        places = random.permutation(4).tolist()
        count = len(gate["targets"])
        gate["targets"] = places[:count]
        most = 4 - count
        fewest = 1 if name == "cnot" else 0
        gate["controls"] = places[count : count + int(random.integers(fewest, most + 1))]
        if "rotation" in gate:
            gate["rotation"] = random.normal() * 3
        circuit.append(gate)
    return {"gateset": "qis", "qubits": 4, "circuit": circuit}


@pytest.mark.parametrize("seed", range(12))
def test_random_circuits(seed: int) -> None:
    for family in FAMILIES:
        check_native(random_program(seed), family)
    check_qasm(random_program(seed))


@pytest.mark.parametrize("controls", [3, 5, 7])
def test_many_controls_need_no_spare_qubit(controls: int) -> None:
    tilt = [{"gate": "ry", "target": q, "rotation": 2.0 + 0.1 * q} for q in range(controls + 1)]
    act = {"gate": "rx", "target": 0, "rotation": 1.3, "controls": list(range(1, controls + 1))}
    program = {"qubits": controls + 1, "circuit": [*tilt, act]}
    compiled = native(read_circuit(program), "aria")
    found = simulate(Task(compiled, None))
    np.testing.assert_allclose(found.weights, reference.probabilities(program), atol=1e-12)
    assert sum(gate["gate"] == "ms" for gate in compiled["circuit"]) <= 2 ** (controls + 1)


@pytest.mark.parametrize("width", [2, 3, 4])
@pytest.mark.parametrize("controls", [0, 1])
def test_terms_that_do_not_commute_are_written_out_exactly(width: int, controls: int) -> None:
    random = np.random.default_rng(width)
    words = ["".join(random.choice(list("IXYZ"), width)) for _ in range(5)]
    gate = {
        "gate": "pauliexp",
        "targets": list(range(width)),
        "controls": list(range(width, width + controls)),
        "terms": words,
        "coefficients": random.normal(size=5).tolist(),
        "time": 0.8,
    }
    program = {"gateset": "qis", "qubits": width + controls, "circuit": [gate]}
    check_native(program, "forte")
    check_qasm(program)


def test_terms_that_do_not_commute_on_nine_qubits_are_refused() -> None:
    gate: Program = {"gate": "pauliexp", "targets": list(range(9))}
    gate |= {"terms": ["X" * 9, "Z" * 8 + "I"]}
    gate |= {"coefficients": [1, 1], "time": 1}
    assert simulate(Task({"circuit": [gate, {"gate": "h", "target": 0}]}, None)).counts is None
    anticommuting = {**gate, "terms": ["X" * 9, "Z" * 9]}
    with pytest.raises(SimulationFailure, match="do not commute act on 9 qubits") as caught:
        compile_circuit(read_circuit({"circuit": [anticommuting]}))
    assert caught.value.code == "CompilationError"


def test_phases_cost_no_pulses() -> None:
    """Rotations about Z turn the phases of later pulses instead; two that remain close a frame."""
    gates = [{"gate": gate, "target": 0} for gate in ("s", "t", "h", "t", "s", "h", "t", "si")]
    compiled = check_native({"gateset": "qis", "qubits": 1, "circuit": gates}, "aria")
    assert [gate["gate"] for gate in compiled["circuit"]] in (
        ["gpi2", "gpi2", "gpi", "gpi"],
        ["gpi2", "gpi2"],
    )


def test_a_bell_pair_takes_one_entangling_gate() -> None:
    bell = [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]
    for family in FAMILIES:
        compiled = check_native({"gateset": "qis", "qubits": 2, "circuit": bell}, family)
        pairs = [gate for gate in compiled["circuit"] if gate["gate"] in {"ms", "zz"}]
        assert [gate["angle"] for gate in pairs] == [0.25]


def test_native_circuits_stay_as_they_are_on_their_own_machine() -> None:
    gates = [
        {"gate": "gpi", "target": 0, "phase": 0.1},
        {"gate": "gpi2", "target": 1, "phase": -0.2},
        {"gate": "ms", "targets": [1, 0], "phases": [0.3, -0.4], "angle": 0.1},
    ]
    program = {"gateset": "native", "qubits": 2, "circuit": gates}
    assert native(read_circuit(program), "aria") == program
    check_native(program, "forte")
    ising = {**program, "circuit": [*gates[:2], {"gate": "zz", "targets": [0, 1], "angle": 0.15}]}
    assert native(read_circuit(ising), "forte") == ising
    check_native(ising, "aria")


def test_a_circuit_that_does_nothing_still_has_a_gate() -> None:
    program = {"circuit": [{"gate": "x", "target": 0}, {"gate": "x", "target": 0}]}
    compiled = native(read_circuit(program), "aria")
    assert compiled["circuit"] == [{"gate": "nop", "targets": [0]}]
    assert simulate(Task(compiled, None)).probabilities == {"0": 1.0}


def test_openqasm_keeps_the_registers() -> None:
    source = """OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] a; bit b;
    h q[0]; cx q[0], q[1]; x q[1]; a[1] = measure q[0]; b = measure q[1];"""
    circuit = read_circuit({"qasm": source})
    again = read_circuit({"qasm": qasm(circuit)})
    assert again.registers == circuit.registers == {"a": (None, 0), "b": (1,)}
    plain = read_circuit({"circuit": [{"gate": "x", "target": 2}]})
    assert read_circuit({"qasm": qasm(plain)}).registers == {"c": (0, 1, 2)}
    names = set(re.findall(r"^(\w+)(?:\(.*\))? q\[", qasm(circuit), re.MULTILINE))
    assert names <= {"U", "rz", "cx"}
