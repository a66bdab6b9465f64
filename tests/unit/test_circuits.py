"""Circuits: every gate as a method, every way of writing a job to the same payload."""

from __future__ import annotations

import copy
import enum
import inspect
import math
import pickle
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from ionq_api.v0_4.models import CircuitJobCreationPayload, MultiCircuitJobCreationPayload
from ionq_direct._language import GATESETS
from ionq_direct.circuits import Circuit, NativeCircuit, as_payload
from ionq_direct.errors import InvalidJob
from ionq_direct.validation import validate_payload

BELL: dict[str, Any] = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 1000,
    "input": {
        "qubits": 2,
        "gateset": "qis",
        "circuit": [
            {"gate": "h", "target": 0},
            {"gate": "cnot", "control": 0, "target": 1},
        ],
    },
}


class Model:
    """A model of somebody else's, which is known by its `to_dict`."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields

    def to_dict(self) -> dict[str, Any]:
        return self.fields


# --- gates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("circuit", "gate"),
    [
        *(
            (getattr(Circuit(9), method)(3), {"gate": method.rstrip("_"), "target": 3})
            for method in ("x", "not_", "y", "z", "h", "s", "si", "t", "ti", "v", "vi")
        ),
        *(
            (
                getattr(Circuit(9), method)(3, -1.5),
                {"gate": method, "target": 3, "rotation": -1.5},
            )
            for method in ("rx", "ry", "rz", "z")
        ),
        *(
            (
                getattr(Circuit(9), method)(3, 1, 0.5),
                {"gate": method, "targets": [3, 1], "rotation": 0.5},
            )
            for method in ("xx", "yy", "zz")
        ),
        (Circuit(9).cnot(0, 1), {"gate": "cnot", "control": 0, "target": 1}),
        (Circuit(9).cnot([0, 2], 1), {"gate": "cnot", "controls": [0, 2], "target": 1}),
        (Circuit(9).swap(4, 5), {"gate": "swap", "targets": [4, 5]}),
        (Circuit(9).h([0, 1, 2]), {"gate": "h", "targets": [0, 1, 2]}),
        (Circuit(9).h(range(2)), {"gate": "h", "targets": [0, 1]}),
        (Circuit(9).h(0, control=1), {"gate": "h", "target": 0, "control": 1}),
        (Circuit(9).h(0, control=None, controls=None), {"gate": "h", "target": 0}),
        (
            Circuit(9).rx(0, 0.5, controls=(1, 2)),
            {"gate": "rx", "target": 0, "controls": [1, 2], "rotation": 0.5},
        ),
        (
            Circuit(9).z(0, math.pi, control=1),
            {"gate": "z", "target": 0, "control": 1, "rotation": math.pi},
        ),
        (
            Circuit(9).pauliexp([0, 2], ["XX", "ZI"], [0.5, -1], 0.25, control=5),
            {
                "gate": "pauliexp",
                "targets": [0, 2],
                "control": 5,
                "terms": ["XX", "ZI"],
                "coefficients": [0.5, -1],
                "time": 0.25,
            },
        ),
        (NativeCircuit(9).gpi(1, 0.25), {"gate": "gpi", "target": 1, "phase": 0.25}),
        (NativeCircuit(9).gpi2(1, -1), {"gate": "gpi2", "target": 1, "phase": -1}),
        (NativeCircuit(9).ms(0, 1), {"gate": "ms", "targets": [0, 1], "phases": [0.0, 0.0]}),
        (
            NativeCircuit(9).ms(0, 1, (0.5, 0.25), 0.125),
            {"gate": "ms", "targets": [0, 1], "phases": [0.5, 0.25], "angle": 0.125},
        ),
        (NativeCircuit(9).zz(0, 1, 0.25), {"gate": "zz", "targets": [0, 1], "angle": 0.25}),
        (NativeCircuit(9).nop(), {"gate": "nop"}),
        (NativeCircuit(9).nop(0, 2), {"gate": "nop", "targets": [0, 2]}),
    ],
    ids=lambda part: part["gate"] if isinstance(part, dict) else "",
)
def test_a_method_writes_the_gate_as_ionq_reads_it(
    circuit: Circuit | NativeCircuit, gate: dict[str, object]
) -> None:
    assert circuit.gates == [gate]
    validate_payload(circuit.to_payload(backend="simulator"))


@pytest.mark.parametrize("circuit", [Circuit, NativeCircuit])
def test_every_gate_of_the_gateset_is_a_method(circuit: type[Circuit | NativeCircuit]) -> None:
    methods = {name.rstrip("_") for name, _ in inspect.getmembers(circuit, inspect.isfunction)}
    assert set(GATESETS[circuit.GATESET]) <= methods


def test_gates_chain_and_may_be_given_as_json() -> None:
    fluent = Circuit(2).h(0).cnot(0, 1)
    written = Circuit(2).append({"gate": "h", "target": 0})
    written.extend([{"gate": "cnot", "control": 0, "target": 1}])
    assert fluent == written
    assert fluent.extend(fluent) is fluent
    assert len(fluent) == 4


def test_numpy_numbers_become_plain_numbers() -> None:
    circuit = Circuit(np.int64(3))  # type: ignore[arg-type]
    circuit.rx(np.int32(1), np.float32(0.5)).h(list(np.arange(2)))  # type: ignore[arg-type]
    assert circuit.gates[0] == {"gate": "rx", "target": 1, "rotation": 0.5}
    assert type(circuit.gates[0]["rotation"]) is float
    assert type(circuit.gates[0]["target"]) is int
    assert type(circuit.qubits) is int


@pytest.mark.parametrize(
    ("write", "path"),
    [
        (lambda c: c.h(2), "$.input.circuit[1].target"),
        (lambda c: c.cnot(1, 1), "$.input.circuit[1].control"),
        (lambda c: c.rx(0, math.nan), "$.input.circuit[1].rotation"),
        (lambda c: c.h(0, control=1, controls=[1]), "$.input.circuit[1].controls"),
        (lambda c: c.pauliexp([0], ["XX"], [1], 1), "$.input.circuit[1].terms[0]"),
        (lambda c: c.append({"gate": "gpi", "target": 0, "phase": 0}), "$.input.circuit[1].gate"),
        (lambda c: c.append("h"), "$.input.circuit[1]"),
        (lambda c: c.h("0"), "$.input.circuit[1].targets[0]"),
    ],
)
def test_a_gate_that_ionq_refuses_is_refused_where_it_is_written(write: Any, path: str) -> None:
    circuit = Circuit(2).h(0)
    with pytest.raises(InvalidJob) as caught:
        write(circuit)
    assert caught.value.path == path
    assert len(circuit) == 1


def test_an_unknown_keyword_is_refused() -> None:
    with pytest.raises(TypeError, match="control= or controls=, not ctrl="):
        Circuit(2).h(0, ctrl=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="control"):
        Circuit(3).swap(0, 1, control=2)  # type: ignore[call-arg]


@pytest.mark.parametrize("qubits", [0, -1, 1.0, True, "2", None])
def test_a_width_that_is_none_is_refused(qubits: int) -> None:
    with pytest.raises(InvalidJob, match="1 or more") as caught:
        Circuit(qubits)
    assert caught.value.path == "$.input.qubits"


# --- a circuit as an object ----------------------------------------------------------------------


def test_circuits_compare_by_what_they_say() -> None:
    assert Circuit(2).h(0) == Circuit(2).h(0)
    assert Circuit(2).h(0) != Circuit(3).h(0)
    assert Circuit(2).h(0) != Circuit(2).h(1)
    assert Circuit(2, name="a") != Circuit(2)
    assert Circuit(2) != NativeCircuit(2)
    assert Circuit(2) != "Circuit(2)"
    with pytest.raises(TypeError, match="unhashable"):
        hash(Circuit(2))


@pytest.mark.parametrize(
    "duplicate",
    [Circuit.copy, copy.copy, copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))],
    ids=["copy method", "copy", "deepcopy", "pickle"],
)
def test_a_copy_is_equal_and_apart(duplicate: Any) -> None:
    circuit = Circuit(2, name="bell").h(0)
    twin = duplicate(circuit)
    assert twin == circuit
    twin.h(1)
    assert len(circuit) == 1


def test_what_a_circuit_hands_out_is_a_copy() -> None:
    circuit = Circuit(2).h([0, 1])
    circuit.gates[0]["targets"] = []
    circuit.to_input()["circuit"].clear()  # type: ignore[attr-defined]
    for gate in circuit:
        gate.clear()
    assert circuit == Circuit(2).h([0, 1])


def test_the_repr_is_short_and_an_empty_circuit_is_true() -> None:
    assert repr(Circuit(2, name="bell").h(0)) == "<Circuit(2, name='bell') of 1 gate>"
    assert repr(NativeCircuit(2)) == "<NativeCircuit(2) of 0 gates>"
    assert Circuit(2)


# --- payloads ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        Circuit(2).h(0).cnot(0, 1),
        {"type": "ionq.circuit.v1", "input": BELL["input"]},
        {"type": "ionq.circuit.v1", "input": Circuit(2).h(0).cnot(0, 1)},
        CircuitJobCreationPayload.from_dict(BELL | {"shots": 5}),
        Model({"type": "ionq.circuit.v1", "input": BELL["input"]}),
        MappingProxyType({"type": "ionq.circuit.v1", "input": Model(BELL["input"])}),
        BELL | {"backend": "qpu.aria-1", "shots": 7},
    ],
    ids=[
        "fluent",
        "dict",
        "dict around a circuit",
        "generated",
        "model",
        "mapping around a model",
        "replaced",
    ],
)
def test_every_way_of_writing_a_job_leads_to_the_same_payload(written: object) -> None:
    assert as_payload(written, backend="simulator", shots=1000) == BELL
    validate_payload(as_payload(written, backend="simulator", shots=1000))


def test_the_callers_job_is_never_changed_and_never_shared() -> None:
    mine = copy.deepcopy(BELL)
    payload = as_payload(mine, debiasing=True, metadata={"a": "b"}, extra={"settings": {"x": 1}})
    payload["input"]["circuit"][0]["target"] = 9  # type: ignore[index]
    assert mine == BELL
    settings = {"error_mitigation": {"debiasing": False}}
    as_payload(mine, settings=settings, debiasing=True)["settings"].clear()  # type: ignore[attr-defined]
    assert settings == {"error_mitigation": {"debiasing": False}}


def test_options_become_fields() -> None:
    payload = (
        Circuit(1, name="own")
        .h(0)
        .to_payload(
            backend="qpu.forte-1",
            shots=500,
            name="other",
            metadata={"a": "b"},
            session_id="s-1",
            settings={"compilation": {"opt": 0.5}},
            dry_run=True,
            debiasing=True,
        )
    )
    assert payload == {
        "type": "ionq.circuit.v1",
        "name": "other",
        "backend": "qpu.forte-1",
        "shots": 500,
        "metadata": {"a": "b"},
        "session_id": "s-1",
        "settings": {"compilation": {"opt": 0.5}, "error_mitigation": {"debiasing": True}},
        "dry_run": True,
        "input": {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]},
    }
    validate_payload(payload)


@pytest.mark.parametrize(
    ("noise", "field"),
    [
        ("aria-1", {"model": "aria-1"}),
        ({"model": "aria-1", "seed": 7}, {"model": "aria-1", "seed": 7}),
    ],
)
def test_noise_is_a_name_or_an_object(noise: Any, field: dict[str, object]) -> None:
    payload = as_payload(Circuit(1).h(0), backend="simulator", noise=noise)
    assert payload["noise"] == field


def test_an_option_that_is_none_is_left_out() -> None:
    payload = as_payload(Circuit(1).h(0), backend="simulator", shots=None, noise=None)
    assert set(payload) == {"type", "backend", "input"}
    assert as_payload(BELL, shots=None)["shots"] == 1000


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no option of a job: shot; .*shots"):
        as_payload(BELL, shot=5)  # type: ignore[call-arg]


def test_the_name_of_a_circuit_is_the_name_of_its_job() -> None:
    assert as_payload(Circuit(1, name="own").h(0))["name"] == "own"


def test_extra_adds_fields_and_merges_objects() -> None:
    extra = {"lang": "json", "settings": {"compilation": {"service_version": "v0.4"}}}
    payload = as_payload(BELL, debiasing=True, extra=extra)
    assert payload["lang"] == "json"
    assert payload["settings"] == {
        "compilation": {"service_version": "v0.4"},
        "error_mitigation": {"debiasing": True},
    }
    validate_payload(payload, extra=extra)


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ({"shots": 5}, "$.shots"),
        ({"input": {"qubits": 3}}, "$.input.qubits"),
        ({"input": 3}, "$.input"),
        ({"shots": {"a": 1}}, "$.shots"),
    ],
)
def test_extra_changes_nothing_that_is_there(extra: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidJob, match="there already") as caught:
        as_payload(BELL, extra=extra)
    assert caught.value.path == path


def test_debiasing_replaces_what_the_settings_say() -> None:
    payload = as_payload(
        BELL | {"settings": {"error_mitigation": {"debiasing": False}}}, debiasing=True
    )
    assert payload["settings"] == {"error_mitigation": {"debiasing": True}}
    with pytest.raises(InvalidJob, match="there already"):
        as_payload(BELL | {"settings": 5}, debiasing=True)


def test_text_of_an_enum_becomes_text_and_a_tuple_a_list() -> None:
    class Backend(enum.StrEnum):
        SIMULATOR = "simulator"

    payload = as_payload({"backend": Backend.SIMULATOR, "x": (1, np.float64(0.5)), "y": {1}})
    assert type(payload["backend"]) is str
    assert payload == {"backend": "simulator", "x": [1, 0.5], "y": {1}}


@pytest.mark.parametrize("job", [None, "h 0", 5, object()])
def test_what_describes_no_job_is_refused(job: object) -> None:
    with pytest.raises(InvalidJob) as caught:
        as_payload(job)
    assert caught.value.path == "$"


# --- many circuits -------------------------------------------------------------------------------


def test_many_circuits_become_one_job() -> None:
    payload = as_payload(
        [Circuit(2, name="a").h(0), Circuit(2, name="b").cnot(0, 1)], backend="simulator", shots=5
    )
    assert payload == {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "shots": 5,
        "input": {
            "gateset": "qis",
            "qubits": 2,
            "circuits": [
                {"name": "a", "circuit": [{"gate": "h", "target": 0}]},
                {"name": "b", "circuit": [{"gate": "cnot", "control": 0, "target": 1}]},
            ],
        },
    }
    validate_payload(payload)


def test_circuits_of_different_width_and_gateset_say_so_themselves() -> None:
    payload = as_payload([Circuit(2).h(0), NativeCircuit(3).gpi(2, 0.5)], backend="simulator")
    assert payload["input"] == {
        "gateset": "qis",
        "circuits": [
            {"qubits": 2, "circuit": [{"gate": "h", "target": 0}]},
            {
                "qubits": 3,
                "gateset": "native",
                "circuit": [{"gate": "gpi", "target": 2, "phase": 0.5}],
            },
        ],
    }
    validate_payload(payload)


def test_circuits_may_be_mappings_models_and_whole_jobs() -> None:
    circuit = Circuit(2, name="a").h(0)
    whole = circuit.to_payload()
    entry = {"name": "a", **circuit.to_input()}
    expected = as_payload([circuit, circuit])
    assert as_payload([entry, Model(entry)]) == expected
    generated = MultiCircuitJobCreationPayload.from_dict(expected | {"backend": "simulator"})
    assert as_payload(generated) == expected | {"backend": "simulator"}
    assert as_payload((whole, whole)) == expected
    assert entry["qubits"] == 2


@pytest.mark.parametrize(
    ("circuit", "path"),
    [
        (BELL, "$.input.circuits[1].backend"),
        ({"type": "ionq.qasm3.v1", "input": {"data": "x"}}, "$.input.circuits[1].type"),
        (5, "$.input.circuits[1]"),
    ],
)
def test_what_is_no_circuit_among_others_is_refused(circuit: object, path: str) -> None:
    with pytest.raises(InvalidJob) as caught:
        as_payload([Circuit(2).h(0), circuit])
    assert caught.value.path == path


def test_no_circuits_are_refused_by_validation() -> None:
    with pytest.raises(InvalidJob, match="1 to 5,000 circuits"):
        validate_payload(as_payload([], backend="simulator"))


# --- drawings ------------------------------------------------------------------------------------


def test_a_drawing_shows_wires_controls_and_parameters() -> None:
    circuit = Circuit(3).h(0).x(1).cnot(0, 2).rx(1, 0.5).swap(0, 1).not_(2, controls=[0, 1])
    assert str(circuit) == (
        "q0: ─H─●─────────×─●─\n"  # noqa: RUF001 - the sign for an exchange
        "q1: ─X─┼─RX(0.5)─×─●─\n"  # noqa: RUF001
        "q2: ───X───────────X─"
    )


def test_a_drawing_in_ascii() -> None:
    circuit = NativeCircuit(11).ms(0, 10, (0.5, 0)).gpi(9, 0.25).nop()
    lines = circuit.draw(ascii_only=True).splitlines()
    assert all(line.isascii() for line in lines)
    assert lines[0] == " q0: -MS(0.5,0)-----------"
    assert lines[9] == " q9: -----+-----GPI(0.25)-"
    assert lines[10] == "q10: -MS(0.5,0)-----------"


def test_a_long_drawing_continues_below_and_an_empty_one_has_wires() -> None:
    circuit = Circuit(2)
    for _ in range(30):
        circuit.rz([0, 1], 0.125)
    blocks = circuit.draw(width=40).split("\n\n")
    assert sum(block.count("RZ(0.125)") for block in blocks) == 60
    assert all(len(line) <= 40 for block in blocks for line in block.splitlines())
    assert Circuit(2).draw() == "q0: ─\nq1: ─"


def test_a_gate_wider_than_the_drawing_still_shows() -> None:
    drawn = Circuit(1).rx(0, 0.123456).rx(0, 1).draw(width=5)
    assert drawn.split("\n\n") == ["q0: ─RX(0.1235)─", "q0: ─RX(1)─"]
