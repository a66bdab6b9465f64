"""Validation: every rule lets a good job pass and names path, value and rule of a bad one."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct.circuits import Circuit
from ionq_direct.errors import InvalidJob
from ionq_direct.validation import Problem, problems, validate_payload

Job = dict[str, Any]


def job(*gates: object, **fields: object) -> Job:
    """A circuit job of three qubits; fields replace or add, None removes."""
    given_input = {"qubits": 3, "gateset": "qis", "circuit": list(gates) or [H]}
    whole = {"type": "ionq.circuit.v1", "backend": "simulator", "input": given_input} | fields
    return {name: value for name, value in whole.items() if value is not REMOVED}


def native(*gates: object, **fields: object) -> Job:
    given_input = {"qubits": 3, "gateset": "native", "circuit": list(gates)}
    return job(input=given_input, **fields)


def multi(*circuits: object, **fields: object) -> Job:
    given_input = {"qubits": 3, "gateset": "qis", "circuits": list(circuits)} | fields
    kept = {name: value for name, value in given_input.items() if value is not REMOVED}
    return job(type="ionq.multi-circuit.v1", input=kept)


REMOVED = object()
PLAIN = ("x", "y", "z", "h", "s", "si", "v", "vi", "t", "ti", "not")
H = {"gate": "h", "target": 0}
GPI = {"gate": "gpi", "target": 0, "phase": 0.5}
MS = {"gate": "ms", "targets": [0, 1], "phases": [0, 0.25]}
ZZ = {"gate": "zz", "targets": [0, 1], "angle": 0.25}
EXP = {"gate": "pauliexp", "targets": [0, 2], "terms": ["XX", "ZI"], "time": 0.5}
EXP["coefficients"] = [0.5, -1]
DEBIASED = {"error_mitigation": {"debiasing": True}}


def told(payload: Job, **options: Any) -> Problem:
    """The first problem, as the exception tells it; and the list agrees."""
    with pytest.raises(InvalidJob) as caught:
        validate_payload(payload, **options)
    error = caught.value
    first = problems(payload, **options)[0]
    assert first == (error.path, error.value, error.rule)
    assert error.path in str(error)
    assert error.rule in str(error)
    return first


# --- what passes ---------------------------------------------------------------------------------

GOOD: dict[str, Job] = {
    "the API document's own example": {
        "type": "ionq.circuit.v1",
        "name": "Sample circuit",
        "metadata": {"fizz": "buzz"},
        "shots": 500,
        "backend": "qpu.forte-1",
        "settings": {"error_mitigation": {"debiasing": False}},
        "input": {"qubits": 2, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]},
    },
    "the API document's multi-circuit example": {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "shots": 500,
        "input": {
            "gateset": "native",
            "qubits": 2,
            "circuits": [
                {
                    "name": "a",
                    "gateset": "qis",
                    "circuit": [H, {"gate": "cnot", "target": 0, "control": 1}],
                },
                {"name": "b", "circuit": [MS, {"gate": "gpi2", "target": 0, "phase": 0.75}]},
            ],
        },
    },
    "one-qubit gates": job(*({"gate": name, "target": 0} for name in PLAIN)),
    "rotations": job(*({"gate": g, "target": 0, "rotation": -7.5} for g in ("rx", "ry", "rz"))),
    "two-qubit rotations": job(
        *({"gate": g, "targets": [0, 2], "rotation": 1} for g in ("xx", "yy", "zz"))
    ),
    "a phase gate as qiskit-ionq sends it": job({"gate": "z", "targets": [0], "rotation": 0.1}),
    "a cx as qiskit-ionq sends it": job({"gate": "x", "controls": [1], "targets": [0]}),
    "targets in a list": job({"gate": "h", "targets": [0, 1, 2]}),
    "cnot with several controls": job({"gate": "cnot", "target": 0, "controls": [1, 2]}),
    "swap": job({"gate": "swap", "targets": [0, 2]}),
    "a Pauli exponential": job(EXP),
    "a Pauli exponential on one target": job(
        {"gate": "pauliexp", "target": 1, "terms": ["X"], "coefficients": [1], "time": 0}
    ),
    "a controlled Pauli exponential": job(EXP | {"control": 1}),
    "seven controls": job(
        input={
            "qubits": 8,
            "gateset": "qis",
            "circuit": [{"gate": "x", "target": 0, "controls": [1, 2, 3, 4, 5, 6, 7]}],
        }
    ),
    "native gates on the simulator": native(GPI, GPI | {"gate": "gpi2"}, MS, ZZ, {"gate": "nop"}),
    "ms at its extremes": native(MS | {"angle": 0}, MS | {"angle": 0.25, "phases": [-1, 1]}),
    "ms on Aria": native(MS, backend="qpu.aria-1"),
    "ms on the simulator as Aria": native(MS, noise={"model": "aria-2"}),
    "zz on Forte": native(ZZ, backend="qpu.forte-enterprise-1"),
    "zz on Tempo": native(ZZ, backend="qpu.tempo-1"),
    "zz on the simulator as Forte": native(ZZ, noise={"model": "forte-1"}),
    "both on the ideal simulator": native(MS, ZZ, noise={"model": "ideal"}),
    "both on a system of unknown family": native(MS, ZZ, backend="qpu.qpu"),
    "QIS zz on Aria": job({"gate": "zz", "targets": [0, 1], "rotation": 1}, backend="qpu.aria-1"),
    "a native circuit under a nop": native({"gate": "nop", "targets": [0, 1]}),
    "one shot": job(shots=1),
    "a million shots": job(shots=1_000_000),
    "debiasing from 500 shots": job(shots=500, settings=DEBIASED),
    "no debiasing below": job(shots=1, settings={"error_mitigation": {"debiasing": False}}),
    "settings that are newer than this": job(settings={"compilation": {"service_version": "v0.4"}}),
    "symmetry verification": job(settings={"error_mitigation": {"symmetry_verification": {}}}),
    "noise with a seed": job(noise={"model": "aria-1", "seed": 2**31 - 1}),
    "noise as qiskit-ionq sends it": job(noise={"model": "ideal", "seed": None}),
    "optional fields that are null": job(
        name=None, metadata=None, shots=None, noise=None, session_id=None, settings=None
    ),
    "error mitigation that is null": job(settings={"error_mitigation": None}),
    "metadata at its limits": job(metadata={f"{i:>040}": "é" * 40_000 for i in range(10)}),
    "a session, a name, a dry run": job(session_id="s-1", name="bell", dry_run=True),
    "a circuit among many with registers": multi(
        {"circuit": [H], "registers": {"meas": [0, 2, None], "none": []}, "name": "a"}
    ),
    "circuits of their own width": multi(
        {"circuit": [{"gate": "h", "target": 8}], "qubits": 9}, qubits=REMOVED
    ),
    "a circuit with null for name and registers": multi(
        {"circuit": [H], "registers": None, "name": None}
    ),
    "a name that is not ASCII": job(name="Glocke ü 🔔"),
    "OpenQASM": job(type="ionq.qasm3.v1", input={"data": "OPENQASM 3.0;"}),
    "OpenQASM as qiskit-ionq sends it": job(type="ionq.qasm3.v1", input={"qubits": 2, "data": "…"}),
    "a quantum function": job(
        type="quantum-function", input={"data": {"type": "hamiltonian-energy", "data": {}}}
    ),
    "QAOA": job(
        type="qctrl.qaoa.v1",
        input={"problem_type": "maxcut", "problem": {}},
        external_settings={"api_credentials": "q-ctrl-key"},
    ),
    "a type that does not exist yet": job(type="ionq.pulse.v1", input={"anything": [1]}, more=2),
}


@pytest.mark.parametrize("payload", GOOD.values(), ids=GOOD)
def test_a_good_job_passes_and_is_left_as_it_was(payload: Job) -> None:
    before = copy.deepcopy(payload)
    validate_payload(payload)
    assert problems(payload) == []
    assert payload == before


# --- what does not -------------------------------------------------------------------------------

G0 = "$.input.circuit[0]"
BAD_GATES: list[tuple[str, object, str, object, str]] = [
    # name, gate, path, value, words of the rule
    ("no object", "h", G0, "h", "a gate is an object"),
    ("no name", {"target": 0}, f"{G0}.gate", None, "the gates of gateset qis are"),
    ("no such gate", {"gate": "cx", "target": 0}, f"{G0}.gate", "cx", "pauliexp"),
    ("a name that is none", {"gate": ["h"], "target": 0}, f"{G0}.gate", ["h"], "gates of gateset"),
    ("a native gate", GPI, f"{G0}.gate", "gpi", "gateset native"),
    ("an identity", {"gate": "id", "target": 0}, f"{G0}.gate", "id", "gates of gateset"),
    ("no target", {"gate": "h"}, f"{G0}.target", None, "h has 1 or more targets"),
    ("no targets", {"gate": "h", "targets": []}, f"{G0}.targets", [], "h has 1 or more targets"),
    (
        "target and targets",
        {"gate": "h", "target": 0, "targets": [1]},
        f"{G0}.targets",
        [1],
        "not both",
    ),
    ("a target too high", {"gate": "h", "target": 3}, f"{G0}.target", 3, "from 0 to 2"),
    ("a target below zero", {"gate": "h", "target": -1}, f"{G0}.target", -1, "from 0 to 2"),
    ("a target of 0.0", {"gate": "h", "target": 0.0}, f"{G0}.target", 0.0, "an integer"),
    ("a target of True", {"gate": "h", "target": True}, f"{G0}.target", True, "an integer"),
    ("a target as text", {"gate": "h", "target": "0"}, f"{G0}.target", "0", "an integer"),
    ("a list as target", {"gate": "h", "target": [0]}, f"{G0}.target", [0], "an integer"),
    ("a number as targets", {"gate": "h", "targets": 0}, f"{G0}.targets", 0, "list of qubits"),
    ("one of two wrong", {"gate": "h", "targets": [0, 9]}, f"{G0}.targets[1]", 9, "from 0 to 2"),
    ("a repeated target", {"gate": "swap", "targets": [1, 1]}, f"{G0}.targets[1]", 1, "different"),
    (
        "a control that is the target",
        {"gate": "x", "target": 1, "control": 1},
        f"{G0}.control",
        1,
        "all different",
    ),
    (
        "a repeated control",
        {"gate": "x", "target": 0, "controls": [1, 1]},
        f"{G0}.controls[1]",
        1,
        "all different",
    ),
    ("swap of one", {"gate": "swap", "targets": [1]}, f"{G0}.targets", [1], "swap has 2 targets"),
    (
        "xx of three",
        {"gate": "xx", "targets": [0, 1, 2], "rotation": 1},
        f"{G0}.targets",
        [0, 1, 2],
        "xx has 2 targets",
    ),
    (
        "a controlled swap",
        {"gate": "swap", "targets": [0, 1], "control": 2},
        f"{G0}.control",
        2,
        "swap takes no controls",
    ),
    (
        "cnot without control",
        {"gate": "cnot", "target": 0},
        f"{G0}.control",
        None,
        "1 to 7 controls",
    ),
    (
        "cnot with an empty list",
        {"gate": "cnot", "target": 0, "controls": []},
        f"{G0}.controls",
        [],
        "1 to 7 controls",
    ),
    (
        "control and controls",
        {"gate": "x", "target": 0, "control": 1, "controls": [2]},
        f"{G0}.controls",
        [2],
        "not both",
    ),
    (
        "a control that is none",
        {"gate": "x", "target": 0, "control": 3},
        f"{G0}.control",
        3,
        "to 2",
    ),
    (
        "controls that are no list",
        {"gate": "x", "target": 0, "controls": 1},
        f"{G0}.controls",
        1,
        "a list of qubits",
    ),
    (
        "rx without rotation",
        {"gate": "rx", "target": 0},
        f"{G0}.rotation",
        None,
        "rx needs rotation",
    ),
    (
        "h with rotation",
        {"gate": "h", "target": 0, "rotation": 1},
        f"{G0}.rotation",
        1,
        "h takes no rotation",
    ),
    ("a typing error", {"gate": "h", "taget": 0, "target": 0}, f"{G0}.taget", 0, "target, targets"),
    (
        "a field that is no word",
        {"gate": "h", "target": 0, "a b": 1},
        f"{G0}['a b']",
        1,
        "h takes no a b",
    ),
    ("phase in QIS", {"gate": "x", "target": 0, "phase": 1}, f"{G0}.phase", 1, "takes no phase"),
    ("pauliexp without time", EXP | {"time": None}, f"{G0}.time", None, "time is finite"),
    ("time below zero", EXP | {"time": -0.1}, f"{G0}.time", -0.1, "not negative"),
    ("no terms", EXP | {"terms": []}, f"{G0}.terms", [], "one or more Pauli strings"),
    ("terms as text", EXP | {"terms": "XX"}, f"{G0}.terms", "XX", "one or more Pauli strings"),
    ("a term of letters", EXP | {"terms": ["XX", "ZA"]}, f"{G0}.terms[1]", "ZA", "I, X, Y and Z"),
    ("a term that is no text", EXP | {"terms": [1, "ZZ"]}, f"{G0}.terms[0]", 1, "I, X, Y and Z"),
    ("an empty term", EXP | {"terms": ["", "ZZ"]}, f"{G0}.terms[0]", "", "I, X, Y and Z"),
    ("a short term", EXP | {"terms": ["XX", "Z"]}, f"{G0}.terms[1]", "Z", "one letter per target"),
    (
        "too few coefficients",
        EXP | {"coefficients": [1]},
        f"{G0}.coefficients",
        [1],
        "one coefficient per term, here 2",
    ),
    (
        "a complex coefficient",
        EXP | {"coefficients": [1, 1j]},
        f"{G0}.coefficients[1]",
        1j,
        "real number",
    ),
    (
        "coefficients that are no list",
        EXP | {"coefficients": 1},
        f"{G0}.coefficients",
        1,
        "a list of real numbers",
    ),
]


@pytest.mark.parametrize(("name", "gate", "path", "value", "words"), BAD_GATES)
def test_a_bad_gate_is_named(name: str, gate: object, path: str, value: object, words: str) -> None:
    problem = told(job(gate))
    assert (problem.path, problem.value) == (path, value)
    assert words in problem.rule


@pytest.mark.parametrize("field", ["terms", "coefficients", "time"])
def test_a_pauli_exponential_needs_all_of_its_fields(field: str) -> None:
    gate = {name: value for name, value in EXP.items() if name != field}
    assert told(job(gate)) == (f"{G0}.{field}", None, f"pauliexp needs {field}")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "1", None, True, 10**30, 1j])
@pytest.mark.parametrize(
    ("gate", "field"),
    [
        ({"gate": "rx", "target": 0, "rotation": 0}, "rotation"),
        ({"gate": "z", "target": 0, "rotation": 0}, "rotation"),
        (EXP, "time"),
        (GPI, "phase"),
        (MS, "angle"),
        (ZZ, "angle"),
    ],
    ids=lambda part: part if isinstance(part, str) else part["gate"],
)
def test_a_parameter_is_a_finite_number(gate: Job, field: str, value: object) -> None:
    build = native if gate in (GPI, MS, ZZ) else job
    problem = told(build(gate | {field: value}))
    assert problem.path == f"{G0}.{field}"
    assert problem.value is value


NATIVE_BAD: list[tuple[Job, str, object, str]] = [
    (GPI | {"phase": 1.01}, "phase", 1.01, "from -1 to 1"),
    (GPI | {"phase": -1.01}, "phase", -1.01, "from -1 to 1"),
    (MS | {"phases": [0, 2]}, "phases[1]", 2, "from -1 to 1"),
    (MS | {"phases": [0]}, "phases", [0], "two numbers"),
    (MS | {"phases": 0.5}, "phases", 0.5, "two numbers"),
    (MS | {"phases": [0, math.nan]}, "phases[1]", math.nan, "from -1 to 1"),
    (MS | {"angle": 0.26}, "angle", 0.26, "from 0 to 0.25"),
    (MS | {"angle": -0.01}, "angle", -0.01, "from 0 to 0.25"),
    (ZZ | {"angle": 1.5}, "angle", 1.5, "from -1 to 1"),
    (ZZ | {"phase": 0.25}, "phase", 0.25, "zz takes no phase: its fields are"),
    ({"gate": "zz", "targets": [0, 1]}, "angle", None, "zz needs angle"),
    ({"gate": "ms", "targets": [0, 1]}, "phases", None, "ms needs phases"),
    ({"gate": "gpi2", "target": 0}, "phase", None, "gpi2 needs phase"),
    (MS | {"targets": [0]}, "targets", [0], "ms has 2 targets"),
    (GPI | {"target": 0, "rotation": 1}, "rotation", 1, "takes no rotation"),
    ({"gate": "gpi", "targets": [0, 1], "phase": 0}, "targets", [0, 1], "gpi has 1 target"),
    (GPI | {"control": 1}, "control", 1, "gpi takes no control: its fields are"),
    (H, "gate", "h", "belongs to gateset qis, and a circuit mixes none"),
]


@pytest.mark.parametrize(("gate", "field", "value", "words"), NATIVE_BAD)
def test_a_bad_native_gate_is_named(gate: Job, field: str, value: object, words: str) -> None:
    problem = told(native(GPI, gate))
    assert problem.path == f"$.input.circuit[1].{field}"
    assert problem.value is value or problem.value == value
    assert words in problem.rule


def test_eight_controls_are_too_many() -> None:
    wide = {"qubits": 9, "gateset": "qis"}
    gate = {"gate": "x", "target": 0, "controls": list(range(1, 9))}
    problem = told(job(input=wide | {"circuit": [gate]}))
    assert problem.path == f"{G0}.controls"
    assert "0 to 7 controls" in problem.rule


@pytest.mark.parametrize(
    ("gate", "device", "words"),
    [
        (MS, {"backend": "qpu.forte-1"}, "Aria and Harmony systems, not on Forte"),
        (MS, {"backend": "qpu.tempo-1"}, "not on Tempo"),
        (ZZ, {"backend": "qpu.aria-2"}, "Forte and Tempo systems, not on Aria"),
        (ZZ, {"noise": {"model": "aria-1"}}, "not on Aria"),
        (ZZ, {"noise": {"model": "harmony"}}, "not on Harmony"),
        (MS, {"noise": {"model": "forte-enterprise-1"}}, "not on Forte"),
    ],
)
def test_a_native_gate_belongs_to_a_family_of_systems(
    gate: Job, device: dict[str, object], words: str
) -> None:
    problem = told(native(GPI, gate, **device))
    assert problem.path == "$.input.circuit[1].gate"
    assert words in problem.rule
    many = multi({"circuit": [gate], "gateset": "native"}) | device
    assert told(many).path == "$.input.circuits[0].circuit[0].gate"


BAD_JOBS: dict[str, tuple[Job, str, object, str]] = {
    "no backend": (job(backend=REMOVED), "$.backend", None, "a job needs backend"),
    "backend null": (job(backend=None), "$.backend", None, "a job needs backend"),
    "no type": (job(type=REMOVED), "$.type", None, "a job needs type"),
    "no input": (job(input=REMOVED), "$.input", None, "a job needs input"),
    "a backend that is none": (job(backend=7), "$.backend", 7, "backend is text"),
    "an empty backend": (job(backend=" "), "$.backend", " ", "backend is text"),
    "a type that is none": (job(type=1), "$.type", 1, "type is text"),
    "an input that is none": (job(input=[H]), "$.input", [H], "input is an object"),
    "a field of v0.3": (job(target="simulator"), "$.target", "simulator", "has no target"),
    "no circuit": (
        job(input={"qubits": 1, "gateset": "qis"}),
        "$.input.circuit",
        None,
        "needs circuit",
    ),
    "no gateset": (
        job(input={"qubits": 1, "circuit": [H]}),
        "$.input.gateset",
        None,
        "needs gateset",
    ),
    "no qubits": (
        job(input={"gateset": "qis", "circuit": [H]}),
        "$.input.qubits",
        None,
        "needs qubits",
    ),
    "an input with a format": (
        job(input={"qubits": 1, "gateset": "qis", "circuit": [H], "format": "x"}),
        "$.input.format",
        "x",
        "has no format",
    ),
    "qubits of 0": (
        job(input={"qubits": 0, "gateset": "qis", "circuit": [H]}),
        "$.input.qubits",
        0,
        "1 or more",
    ),
    "qubits of 2.0": (
        job(input={"qubits": 2.0, "gateset": "qis", "circuit": [H]}),
        "$.input.qubits",
        2.0,
        "an integer",
    ),
    "a gateset that is none": (
        job(input={"qubits": 1, "gateset": "QIS", "circuit": [H]}),
        "$.input.gateset",
        "QIS",
        "qis or native",
    ),
    "an empty circuit": (
        job(input={"qubits": 1, "gateset": "qis", "circuit": []}),
        "$.input.circuit",
        [],
        "one gate or more",
    ),
    "a circuit that is none": (
        job(input={"qubits": 1, "gateset": "qis", "circuit": "h"}),
        "$.input.circuit",
        "h",
        "list of one gate or more",
    ),
    "no shots": (job(shots=0), "$.shots", 0, "1 to 1,000,000"),
    "too many shots": (job(shots=1_000_001), "$.shots", 1_000_001, "1 to 1,000,000"),
    "shots as text": (job(shots="100"), "$.shots", "100", "an integer"),
    "shots of 100.0": (job(shots=100.0), "$.shots", 100.0, "an integer"),
    "shots of True": (job(shots=True), "$.shots", True, "an integer"),
    "debiasing with 499 shots": (job(shots=499, settings=DEBIASED), "$.shots", 499, "500 shots"),
    "debiasing with the default": (
        job(settings=DEBIASED),
        "$.shots",
        None,
        "500 shots or more; without shots IonQ takes 100",
    ),
    "debiasing as text": (
        job(shots=500, settings={"error_mitigation": {"debiasing": "yes"}}),
        "$.settings.error_mitigation.debiasing",
        "yes",
        "true or false",
    ),
    "settings that are none": (job(settings=[]), "$.settings", [], "an object"),
    "error mitigation that is none": (
        job(settings={"error_mitigation": True}),
        "$.settings.error_mitigation",
        True,
        "an object",
    ),
    "a dry run as text": (job(dry_run="true"), "$.dry_run", "true", "true or false"),
    "a name that is none": (job(name=3), "$.name", 3, "name is text"),
    "a session that is none": (job(session_id=3), "$.session_id", 3, "session_id is text"),
    "noise on a QPU": (
        job(backend="qpu.aria-1", noise={"model": "ideal"}),
        "$.noise",
        {"model": "ideal"},
        "backend simulator",
    ),
    "noise that is none": (job(noise="aria-1"), "$.noise", "aria-1", "an object with a model"),
    "noise without model": (job(noise={"seed": 1}), "$.noise.model", None, "needs a model"),
    "noise of a number": (job(noise={"model": 1}), "$.noise.model", 1, "needs a model"),
    "noise with more": (
        job(noise={"model": "ideal", "rate": 1}),
        "$.noise.rate",
        1,
        "noise has no rate",
    ),
    "a seed of 0": (job(noise={"model": "ideal", "seed": 0}), "$.noise.seed", 0, "from 1 to"),
    "a seed too large": (
        job(noise={"model": "ideal", "seed": 2**31}),
        "$.noise.seed",
        2**31,
        "from 1 to 2,147,483,647",
    ),
    "a seed of True": (
        job(noise={"model": "ideal", "seed": True}),
        "$.noise.seed",
        True,
        "integer",
    ),
    "metadata that is none": (job(metadata="a"), "$.metadata", "a", "an object of texts"),
    "eleven keys": (
        job(metadata={str(i): "" for i in range(11)}),
        "$.metadata",
        "11 keys",
        "metadata has at most 10 keys",
    ),
    "a long name in metadata": (
        job(metadata={"k" * 41: "v"}),
        f"$.metadata.{'k' * 41}",
        "k" * 41,
        "at most 40 characters",
    ),
    "a long value in metadata": (
        job(metadata={"k": "v" * 40_001}),
        "$.metadata.k",
        "v" * 40_001,
        "at most 40,000 characters",
    ),
    "a number in metadata": (job(metadata={"a-b": 1}), "$.metadata['a-b']", 1, "are texts"),
    "circuit beside circuits": (
        multi({"circuit": [H]}, circuit=[H]),
        "$.input.circuit",
        [H],
        "has no circuit",
    ),
    "no circuits": (multi(circuits=REMOVED), "$.input.circuits", None, "needs circuits"),
    "an empty list of circuits": (multi(), "$.input.circuits", "0 circuits", "1 to 5,000"),
    "circuits that are none": (multi(circuits={}), "$.input.circuits", {}, "a list of circuits"),
    "too many circuits": (
        multi(*[{"circuit": [H]}] * 5001),
        "$.input.circuits",
        "5,001 circuits",
        "1 to 5,000 circuits",
    ),
    "too many gates": (
        multi({"circuit": [H] * 75_000}, {"circuit": [H] * 75_001}),
        "$.input.circuits",
        "150,001 gates",
        "at most 150,000 gates",
    ),
    "a circuit of a multi-circuit job that is none": (
        multi([H]),
        "$.input.circuits[0]",
        [H],
        "a circuit is an object",
    ),
    "a circuit with more": (
        multi({"circuit": [H], "shots": 5}),
        "$.input.circuits[0].shots",
        5,
        "a circuit has no shots",
    ),
    "a circuit without gates": (
        multi({"name": "a"}),
        "$.input.circuits[0].circuit",
        None,
        "needs circuit",
    ),
    "a circuit of no width": (
        multi({"circuit": [H]}, qubits=REMOVED),
        "$.input.circuits[0].qubits",
        None,
        "for each circuit or once for all",
    ),
    "a circuit of bad width": (
        multi({"circuit": [H], "qubits": True}),
        "$.input.circuits[0].qubits",
        True,
        "an integer of 1 or more",
    ),
    "a circuit with a bad name": (
        multi({"circuit": [H], "name": 1}),
        "$.input.circuits[0].name",
        1,
        "a name is text",
    ),
    "a circuit of a gateset that is none": (
        multi({"circuit": [H], "gateset": 1}),
        "$.input.circuits[0].gateset",
        1,
        "qis or native",
    ),
    "a mix within a multi-circuit job": (
        multi({"circuit": [H]}, {"circuit": [GPI, H], "gateset": "native"}),
        "$.input.circuits[1].circuit[1].gate",
        "h",
        "belongs to gateset qis",
    ),
    "a qubit beyond a circuit's own width": (
        multi({"circuit": [{"gate": "h", "target": 2}], "qubits": 2}),
        "$.input.circuits[0].circuit[0].target",
        2,
        "from 0 to 1",
    ),
    "registers that are none": (
        multi({"circuit": [H], "registers": [0]}),
        "$.input.circuits[0].registers",
        [0],
        "an object of lists",
    ),
    "a register that is none": (
        multi({"circuit": [H], "registers": {"a": 0}}),
        "$.input.circuits[0].registers.a",
        0,
        "a list of qubits or nulls",
    ),
    "a register beyond the circuit": (
        multi({"circuit": [H], "registers": {"a": [0, 3]}}),
        "$.input.circuits[0].registers.a[1]",
        3,
        "from 0 to 2",
    ),
    "OpenQASM without data": (
        job(type="ionq.qasm3.v1", input={}),
        "$.input.data",
        None,
        "needs data",
    ),
    "a quantum function without data": (
        job(type="quantum-function", input={"type": "x"}),
        "$.input.data",
        None,
        "needs data",
    ),
    "QAOA without external settings": (
        job(type="qctrl.qaoa.v1", input={"problem_type": "maxcut", "problem": {}}),
        "$.external_settings",
        None,
        "a job needs external_settings",
    ),
    "an unknown type with bad shots": (job(type="new", input={}, shots=0), "$.shots", 0, "1 to"),
    "an unknown type with an input that is none": (
        job(type="new", input=1),
        "$.input",
        1,
        "object",
    ),
}


@pytest.mark.parametrize(("payload", "path", "value", "words"), BAD_JOBS.values(), ids=BAD_JOBS)
def test_a_bad_job_is_named(payload: Job, path: str, value: object, words: str) -> None:
    problem = told(payload)
    assert (problem.path, problem.value) == (path, value)
    assert words in problem.rule


@pytest.mark.parametrize("payload", [None, [], "job", Circuit(1)])
def test_what_is_no_job_at_all_is_refused(payload: Any) -> None:
    assert told(payload).path == "$"


# --- what JSON cannot carry ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"shots": math.nan}, "$.shots"),
        ({"metadata": {"a": math.inf}}, "$.metadata.a"),
        ({"settings": {"compilation": {"opt": [0, -math.inf]}}}, "$.settings.compilation.opt[1]"),
        ({"settings": {"x": {1, 2}}}, "$.settings.x"),
        ({"settings": {"x": 2**64}}, "$.settings.x"),
        ({"settings": {"x": -(2**63) - 1}}, "$.settings.x"),
        ({"settings": {1: "x"}}, "$.settings"),
        ({"settings": {None: "x"}}, "$.settings"),
        ({"name": b"bell"}, "$.name"),
        ({"name": "half \ud800"}, "$.name"),
        ({"type": "new", "input": {"circuit": [{"angle": math.nan}]}}, "$.input.circuit[0].angle"),
    ],
)
def test_what_json_cannot_carry_is_refused_with_its_path(fields: Job, path: str) -> None:
    assert told(job(**fields)).path == path


def test_endless_nesting_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert "nested" in told(job(settings={"a": endless})).rule


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_job_with_a_nan_anywhere_is_refused(name: str, data: st.DataObject) -> None:
    payload = copy.deepcopy(GOOD[name])
    here: Any = payload
    while True:
        options = list(here) if isinstance(here, dict) else range(len(here))
        key = data.draw(st.sampled_from(list(options)))
        inner = here[key]
        if not (isinstance(inner, dict | list) and inner) or data.draw(st.booleans()):
            here[key] = math.nan
            break
        here = inner
    assert problems(payload)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_validation_never_fails_on_what_it_is_given(name: str, data: st.DataObject) -> None:
    junk = st.sampled_from(
        [None, True, 0, -1, 1.5, "", "h", [], {}, [None], {"gate": None}, {"": 0}]
    )
    payload = copy.deepcopy(GOOD[name])
    here: Any = payload
    while True:
        options = list(here) if isinstance(here, dict) else range(len(here))
        key = data.draw(st.sampled_from(list(options)))
        inner = here[key]
        if not (isinstance(inner, dict | list) and inner) or data.draw(st.booleans()):
            here[key] = data.draw(junk)
            break
        here = inner
    for problem in problems(payload):
        assert problem.path.startswith("$")
        assert problem.rule


# --- the rest ------------------------------------------------------------------------------------


def test_all_problems_are_listed() -> None:
    payload = job({"gate": "h"}, {"gate": "x", "target": 5}, shots=0, backend=REMOVED)
    assert [problem.path for problem in problems(payload)] == [
        "$.backend",
        "$.input.circuit[0].target",
        "$.input.circuit[1].target",
        "$.shots",
    ]


def test_a_circuit_without_a_width_still_has_its_qubits_checked() -> None:
    payload = job(input={"gateset": "qis", "circuit": [{"gate": "h", "target": -1}]})
    assert problems(payload)[1:] == [(f"{G0}.target", -1, "a qubit is an integer from 0")]


def test_fields_that_are_passed_as_extra_are_let_through() -> None:
    extra = {"lang": "json", "input": {"hint": {"a": 1}}}
    payload = job(lang="json")
    payload["input"]["hint"] = {"a": 1}
    validate_payload(payload, extra=extra)
    assert told(payload, extra={"lang": "json"}).path == "$.input.hint"
    assert told(payload | {"shots": 0}, extra=extra).path == "$.shots"


def test_metadata_keys_that_the_client_needs_are_counted() -> None:
    payload = job(metadata={str(i): "" for i in range(10)})
    validate_payload(payload)
    problem = told(payload, reserved_keys=1)
    assert problem.rule == "metadata has at most 10 keys, of which this client needs 1"


def test_ten_megabytes_are_the_limit_of_a_job() -> None:
    def sized(total: int) -> Job:
        payload = job(type="new", input={"data": ""})
        empty = len(json.dumps(payload, separators=(",", ":")))
        payload["input"]["data"] = "x" * (total - empty)
        return payload

    validate_payload(sized(10_000_000))
    problem = told(sized(10_000_001))
    assert (problem.path, problem.value) == ("$", "10.0 MB")


def test_credentials_of_another_service_appear_in_no_error() -> None:
    secret = "q-ctrl-0123456789"
    bad = {"api_credentials": secret, "more": math.nan}
    for payload in (
        job(external_settings=bad | {"more": 1}),
        job(type="qctrl.qaoa.v1", input={}, external_settings=bad),
        job(type="qctrl.qaoa.v1", external_settings={"api_credentials": {secret}}),
    ):
        with pytest.raises(InvalidJob) as caught:
            validate_payload(payload)
        assert secret not in repr(caught.value) + str(caught.value.value)
        assert secret not in str(problems(payload))


def test_ten_thousand_gates_are_checked_to_the_last() -> None:
    gates: list[object] = []
    for i in range(2500):
        gates += [
            {"gate": "h", "target": i % 29},
            {"gate": "rx", "target": i % 29, "rotation": i / 7},
            {"gate": "cnot", "target": i % 29, "control": (i + 1) % 29},
            {"gate": "zz", "targets": [i % 29, (i + 2) % 29], "rotation": 0.5},
        ]
    payload = job(input={"qubits": 29, "gateset": "qis", "circuit": gates})
    validate_payload(payload)
    gates[-1] = {"gate": "h", "target": 29}
    with pytest.raises(InvalidJob, match=r"circuit\[9999\]"):
        validate_payload(payload)
