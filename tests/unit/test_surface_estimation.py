"""What is asked of an estimate: gates counted by hand here, by the library there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionq_direct._estimation import EstimateInputs, inputs_of
from ionq_direct.circuits import Circuit, as_payload
from ionq_direct.errors import InvalidArgument

DATA = Path(__file__).parent.parent / "data" / "ionq_v0_4"


def circuit(*gates: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "ionq.circuit.v1",
        "backend": "qpu.forte-1",
        "shots": 100,
        "input": {"gateset": "qis", "qubits": 4, "circuit": list(gates)},
        **fields,
    }


@pytest.mark.parametrize(
    ("gate", "one", "two"),
    [
        ({"gate": "h", "target": 0}, 1, 0),
        ({"gate": "h", "targets": [0]}, 1, 0),
        ({"gate": "h", "targets": [0, 1, 2]}, 3, 0),
        ({"gate": "rx", "target": 0, "rotation": 0.1}, 1, 0),
        ({"gate": "cnot", "target": 1, "control": 0}, 0, 1),
        ({"gate": "x", "targets": [1], "controls": [0]}, 0, 1),
        ({"gate": "swap", "targets": [0, 1]}, 0, 1),
        ({"gate": "zz", "targets": [0, 1], "rotation": 0.3}, 0, 1),
        ({"gate": "ms", "targets": [0, 1], "phases": [0, 0]}, 0, 1),
        ({"gate": "gpi2", "target": 0, "phase": 0.25}, 1, 0),
        # Azure Quantum, pricing.md: a gate on N qubits is billed as 6 (N - 2) two-qubit gates.
        ({"gate": "x", "target": 2, "controls": [0, 1]}, 0, 6),
        ({"gate": "z", "target": 3, "controls": [0, 1, 2]}, 0, 12),
        ({"gate": "swap", "targets": [0, 1], "controls": [2]}, 0, 6),
        # exp(-it XX): H on both, CNOT, RZ, CNOT, H on both; exp(-it ZI): a rotation.
        ({"gate": "pauliexp", "targets": [0, 1], "terms": ["XX"], "coefficients": [1]}, 5, 2),
        ({"gate": "pauliexp", "targets": [0, 1], "terms": ["ZI", "II"]}, 1, 0),
        ({"gate": "pauliexp", "targets": [0, 1, 2], "terms": ["ZZZ", "XYI"]}, 6, 6),
        ({"gate": "nop", "target": 0}, 0, 0),
    ],
)
def test_a_gate_counts_as_it_is_written(gate: dict[str, Any], one: int, two: int) -> None:
    inputs = inputs_of(circuit(gate))
    assert (inputs.gates_1q, inputs.gates_2q) == (one, two)


def test_a_circuit_is_the_sum_of_its_gates() -> None:
    job = circuit({"gate": "h", "target": 0}, {"gate": "cnot", "target": 1, "control": 0})
    assert inputs_of(job) == EstimateInputs(
        "qpu.forte-1", 4, 100, 1, 1, error_mitigation=False, type="ionq.circuit.v1"
    )


def test_a_multi_circuit_job_is_the_sum_of_its_circuits_and_as_wide_as_the_widest() -> None:
    payload = json.loads((DATA / "create_job_request_multi_circuit.json").read_text())["body"]
    inputs = inputs_of({**payload, "backend": "qpu.forte-1"})
    gates = [gate for one in payload["input"]["circuits"] for gate in one["circuit"]]
    assert inputs.gates_1q + inputs.gates_2q == len(gates)
    assert inputs.qubits == payload["input"]["qubits"]
    assert inputs.type == "ionq.multi-circuit.v1"


def test_a_circuit_of_the_library_counts_like_its_payload() -> None:
    bell = Circuit(2).h(0).cnot(0, 1)
    inputs = inputs_of(as_payload(bell, backend="simulator", shots=250))
    assert (inputs.gates_1q, inputs.gates_2q, inputs.shots, inputs.qubits) == (1, 1, 250, 2)


@pytest.mark.parametrize(
    ("fields", "mitigated"),
    [
        ({}, False),
        ({"shots": 499}, False),
        ({"shots": 500}, True),
        ({"shots": 500, "backend": "simulator"}, False),
        ({"shots": 500, "settings": {"error_mitigation": {"debiasing": False}}}, False),
        ({"shots": 100, "settings": {"error_mitigation": {"debiasing": True}}}, True),
        ({"settings": {"error_mitigation": {"debiasing": {"phi_chi_twirling": {}}}}}, True),
    ],
)
def test_debiasing_counts_where_ionq_turns_it_on(fields: dict[str, Any], mitigated: bool) -> None:
    assert inputs_of(circuit(**fields)).error_mitigation is mitigated


def test_shots_are_ionqs_hundred_where_a_job_names_none() -> None:
    job = circuit()
    del job["shots"]
    assert inputs_of(job).shots == 100


def test_qubits_are_those_used_where_a_job_names_none() -> None:
    job = circuit({"gate": "cnot", "target": 6, "control": 2})
    del job["input"]["qubits"]
    assert inputs_of(job).qubits == 7


def test_numbers_given_stand_in_place_of_those_counted() -> None:
    inputs = inputs_of(circuit({"gate": "h", "target": 0})).changed(
        {"shots": 5000, "gates_1q": None, "gates_2q": 0}
    )
    assert (inputs.shots, inputs.gates_1q, inputs.gates_2q) == (5000, 1, 0)


@pytest.mark.parametrize("kind", ["ionq.qasm3.v1", "quantum-function", "qctrl.qaoa.v1"])
def test_a_program_without_gates_to_count_is_refused(kind: str) -> None:
    with pytest.raises(InvalidArgument, match="dry_run") as caught:
        inputs_of(circuit(type=kind))
    assert caught.value.value == kind


def test_a_job_without_a_backend_is_refused() -> None:
    job = circuit()
    del job["backend"]
    with pytest.raises(InvalidArgument, match=r"payload\.backend: must name a backend"):
        inputs_of(job)
