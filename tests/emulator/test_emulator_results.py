"""What jobs publish besides distributions: artifacts, compiled circuits, OpenQASM results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
import requests

from tests.emulator.support import BELL, Api, Json, bell, multi

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ionq_emulator import Emulator

    Emulate = Callable[..., tuple[Emulator, Api]]

PINNED = {"compilation": {"service_version": "v0.4"}}
CIRCUIT = [
    {"gate": "h", "target": 0},
    {"gate": "ry", "target": 1, "rotation": 0.7},
    {"gate": "cnot", "control": 0, "target": 2},
    {"gate": "zz", "targets": [1, 2], "rotation": 0.4},
    {"gate": "rx", "target": 2, "rotation": 1.1},
]
QASM = """
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
c = measure q;
"""


def qasm(**fields: object) -> Json:
    return {
        "type": "ionq.qasm3.v1",
        "backend": "simulator",
        "input": {"data": QASM, "qubits": 2},
        **fields,
    }


# -- artifacts ------------------------------------------------------------------------------------


def test_every_descriptor_leads_to_what_the_pointer_leads_to(api: Api) -> None:
    job = api.completed(bell(backend="qpu.aria-1", shots=100))
    names = {"probabilities", "histogram", "shots"}
    descriptors = {one["id"]: one for one in job["results"].values() if "format" in one}
    assert set(descriptors) == names
    for name in names:
        assert descriptors[name]["format"] == f"ionq.result.{name}.json.v1"
        assert descriptors[name]["media_type"] == "application/json"
        artifact = api.get(f"/jobs/{job['id']}/artifacts/{name}")
        assert artifact == api.follow(job, name)
    api.get(f"/jobs/{job['id']}/artifacts/nothing", expect=404)


def test_the_aggregate_of_many_circuits_is_an_artifact(api: Api) -> None:
    parent = api.completed(multi(BELL, BELL))
    descriptor = parent["results"]["ionq.result.probabilities-aggregate.json.v1"]
    assert descriptor["id"] == "probabilities-aggregate"
    path = f"/jobs/{parent['id']}/artifacts/probabilities-aggregate"
    assert api.get(path) == api.follow(parent)


def test_an_unfinished_job_has_no_artifacts(emulate: Emulate) -> None:
    _, api = emulate(progress=100)
    job_id = api.submit(bell())
    for path in (
        "artifacts/probabilities",
        "results/histogram",
        "results/shots",
        "variants/x/results/shots",
    ):
        api.get(f"/jobs/{job_id}/{path}", expect=404)


# -- compiled circuits ----------------------------------------------------------------------------


def source(backend: str = "simulator", **fields: object) -> Json:
    circuit = {"gateset": "qis", "qubits": 3, "circuit": CIRCUIT}
    return bell(backend=backend, input=circuit, **fields)


@pytest.mark.parametrize(("backend", "gates"), [
    ("qpu.aria-1", {"gpi", "gpi2", "ms"}),
    ("qpu.forte-1", {"gpi", "gpi2", "zz"}),
])  # fmt: skip
def test_the_native_circuit_gives_the_sources_distribution(
    api: Api, backend: str, gates: set[str]
) -> None:
    expected = api.follow(api.completed(source()))
    job = api.completed(source(backend))
    native = orjson.loads(api.get(f"/jobs/{job['id']}/circuits/native"))
    assert {gate["gate"] for gate in native["circuit"]} <= gates
    assert native["gateset"] == "native"
    ran = api.follow(api.completed(bell(input=native)))
    assert ran == pytest.approx(expected, abs=1e-9)


def test_the_qasm_circuit_gives_the_sources_distribution(api: Api) -> None:
    job = api.completed(source())
    text = api.get(f"/jobs/{job['id']}/circuits/qasm3")
    assert text.startswith("OPENQASM 3")
    ran = api.completed({**qasm(), "input": {"data": text}})
    assert api.follow(ran) == pytest.approx(api.follow(job), abs=1e-9)


def test_compiled_circuits_are_published_when_the_compiler_is_pinned(api: Api) -> None:
    job = api.completed(source("qpu.aria-1", settings=PINNED))
    published = job["output"]["compilation"]["compiled_circuits"]
    assert set(published) == {"ionq.native.v1", "ionq.qasm3.v1"}
    native = published["ionq.native.v1"]
    assert native["media_type"] == "application/json"
    circuit = api.get(f"/jobs/{job['id']}/artifacts/{native['id']}")
    assert circuit == orjson.loads(api.get(f"/jobs/{job['id']}/circuits/native"))
    text = api.request("GET", f"/jobs/{job['id']}/artifacts/{published['ionq.qasm3.v1']['id']}")
    assert text.headers["content-type"].startswith("text/plain")
    assert text.text.startswith("OPENQASM 3")
    plain = api.completed(source("qpu.aria-1"))
    assert "compilation" not in plain["output"]


def test_what_has_no_compiled_circuit(api: Api) -> None:
    bad = api.run(bell(input={"gateset": "qis", "qubits": 1, "circuit": []}))
    api.get(f"/jobs/{bad['id']}/circuits/native", expect=404)
    parent = api.completed(multi(BELL))
    api.get(f"/jobs/{parent['id']}/circuits/native", expect=404)
    api.get(f"/jobs/{parent['child_job_ids'][0]}/circuits/native")
    body = api.get(f"/jobs/{bad['id']}/circuits/quil", expect=400)
    assert body["validation"] == {"keys": ["lang"], "source": "params"}


def test_compiled_circuits_can_be_gone_as_ionqs_are(emulate: Emulate) -> None:
    _, api = emulate(compiled_circuits=False)
    job = api.completed(source())
    assert api.get(f"/jobs/{job['id']}/circuits/native", expect=410)["error"] == "Gone"


# -- OpenQASM -------------------------------------------------------------------------------------


def test_an_openqasm_job_on_the_ideal_simulator(api: Api) -> None:
    job = api.completed(qasm(settings=PINNED))
    assert job["type"] == "ionq.qasm3.v1"
    assert "shots" not in job
    assert api.follow(job) == pytest.approx({"0": 0.5, "3": 0.5})


def test_registers_come_back_by_name(api: Api) -> None:
    job = api.completed(qasm(shots=50, noise={"model": "aria-1"}, settings=PINNED))
    assert {"probabilities", "histogram", "shots"} <= set(job["results"])
    descriptor = job["results"]["ionq.result.shots.json.v2"]
    artifact = api.get(f"/jobs/{job['id']}/artifacts/{descriptor['id']}")
    outcomes = [int(outcome) for outcome in api.follow(job, "shots")]
    bits = [[outcome & 1, outcome >> 1 & 1] for outcome in outcomes]  # bit 0 first
    assert [shot["registers"]["c"] for shot in artifact["shots"]] == bits
    assert [shot["registers"]["output_all"] for shot in artifact["shots"]] == bits

    probabilities = job["results"]["ionq.result.probabilities.json.v2"]
    registers = api.get(f"/jobs/{job['id']}/artifacts/{probabilities['id']}")["probabilities"]
    bit_0_first = {format(int(key), "02b")[::-1]: value for key, value in api.follow(job).items()}
    assert registers["registers"]["c"] == pytest.approx(bit_0_first)


@pytest.mark.parametrize("text", ["OPENQASM 3.0; this is not a program", "", " \n", "{"])
def test_openqasm_that_does_not_compile(api: Api, text: str) -> None:
    job = api.run({**qasm(), "input": {"data": text}})
    assert job["status"] == "failed"
    assert job["failure"]["code"] == "CompilationError"


# -- estimates ------------------------------------------------------------------------------------


def test_the_documented_shape_of_an_estimate(emulate: Emulate) -> None:
    _, api = emulate(estimate_shape="documented")
    query: Json = {"backend": "qpu.aria-1", "shots": 100, "1q_gates": 10}
    estimate = api.get("/jobs/estimate", **query)
    assert estimate["input_values"]["1q_gates"] == 10
    assert estimate["rate_information"]["job_cost_minimum"] == 12.4166
    assert estimate["estimated_cost"] == 12.4166
    assert estimate["estimated_execution_time"] == 100 * (125 + 10 * 135) / 1000 // 1 + 1
    assert estimate["current_predicted_queue_time"] == 420_000


# -- large distributions ---------------------------------------------------------------------------


def uniform(qubits: int, *, fixed: int) -> Json:
    """Every qubit but one in equal superposition; that one is 1."""
    gates = [{"gate": "x" if qubit == fixed else "h", "target": qubit} for qubit in range(qubits)]
    return {"gateset": "qis", "qubits": qubits, "circuit": gates}


@pytest.mark.parametrize("fixed", [17, 0])
def test_a_distribution_too_large_for_one_piece(
    emulate: Emulate, tmp_path: Path, fixed: int
) -> None:
    """2^17 outcomes are kept in a file and turned into JSON as they are sent."""
    _, api = emulate(database=tmp_path / "jobs.sqlite")
    job = api.completed(bell(input=uniform(18, fixed=fixed)))
    probabilities = api.follow(job)
    assert len(probabilities) == 2**17
    assert {int(key) >> fixed & 1 for key in probabilities} == {1}
    assert list(probabilities.values()) == pytest.approx([2**-17] * 2**17)
    assert api.get(f"/jobs/{job['id']}/artifacts/probabilities") == probabilities
    files = list((tmp_path / "jobs.sqlite.results").iterdir())
    assert [file.stat().st_size for file in files] == [2**17 * 16]
    api.delete(f"/jobs/{job['id']}")
    assert not list((tmp_path / "jobs.sqlite.results").iterdir())


def test_a_large_dense_distribution_is_half_the_size(emulate: Emulate, tmp_path: Path) -> None:
    emulator, api = emulate(database=tmp_path / "jobs.sqlite")
    gates = [{"gate": "h", "target": qubit} for qubit in range(17)]
    circuit: Json = {"gateset": "qis", "qubits": 17, "circuit": gates}
    parent = api.completed(
        {
            "type": "ionq.multi-circuit.v1",
            "backend": "simulator",
            "input": {"gateset": "qis", "qubits": 17, "circuits": [{"circuit": gates}] * 2},
        }
    )
    first, second = api.follow(parent).values()
    assert first == second
    assert set(map(int, first)) == set(range(2**17))
    (size, _) = [file.stat().st_size for file in (tmp_path / "jobs.sqlite.results").iterdir()]
    assert size == 2**17 * 8
    emulator.control.add_fault("truncate", operation="GetJobProbabilities")
    job = api.completed(bell(input=circuit))
    with pytest.raises(requests.RequestException):
        api.follow(job)
    emulator.control.reset()
    assert not list((tmp_path / "jobs.sqlite.results").iterdir())
