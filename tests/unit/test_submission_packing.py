"""Many circuits in few jobs: what fits together, what does not, and whose result is whose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct import (
    ConfigurationError,
    InvalidArgument,
    InvalidJob,
    IonQError,
    JobFailed,
    Pack,
    PackLimits,
    SubmissionsFailed,
    pack_circuits,
)
from ionq_direct._tags import METADATA_KEY, with_tag
from ionq_direct.circuits import Circuit, NativeCircuit
from ionq_direct.packing import in_callers_order
from ionq_direct.validation import validate_payload
from ionq_emulator import Emulator
from tests.support.clients import KEY, Caller
from tests.support.faulty_cloud import FaultyCloud, first, one_in_three

SIMULATOR: dict[str, Any] = {"backend": "simulator", "shots": 100}


def flips(number: int, qubits: int = 4) -> Circuit:
    """A circuit whose only outcome is this number: qubit i is flipped where bit i is set."""
    circuit = Circuit(qubits, name=f"circuit {number}")
    for qubit in range(qubits):
        if number >> qubit & 1:
            circuit.x(qubit)
    return circuit if circuit.gates else circuit.x(0).x(0)


def bodies(packs: list[Pack]) -> list[dict[str, Any]]:
    """As they are sent, with the longest tag that there can be."""
    return [with_tag(pack.payload, "x" * 200) for pack in packs]


def circuits_of(pack: Pack) -> list[dict[str, Any]]:
    program = pack.payload["input"]
    return list(program["circuits"]) if pack.is_multi else [program]


# --- What goes together ---


def test_circuits_of_the_same_kind_share_a_job() -> None:
    [pack] = pack_circuits([flips(1), flips(2), flips(3)], **SIMULATOR, name="mine")
    assert pack.positions == (0, 1, 2)
    assert pack.is_multi
    assert pack.payload == {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "shots": 100,
        "input": {
            "gateset": "qis",
            "qubits": 4,
            "circuits": [
                {
                    "name": "mine",
                    "qubits": 4,
                    "gateset": "qis",
                    "circuit": flips(number).to_input()["circuit"],
                }
                for number in (1, 2, 3)
            ],
        },
    }
    validate_payload(pack.payload)


@pytest.mark.parametrize(
    "other",
    [
        {"backend": "qpu.forte-1"},
        {"shots": 200},
        {"noise": "aria-1"},
        {"settings": {"compilation": {"opt": 1}}},
        {"metadata": {"a": "1"}},
        {"session_id": "s"},
        {"dry_run": True},
        {"extra": {"novel": 1}},
    ],
)
def test_jobs_that_differ_in_anything_else_stay_apart(other: dict[str, Any]) -> None:
    same = flips(1).to_payload(**SIMULATOR)
    different = flips(2).to_payload(**{**SIMULATOR, **other})
    packs = pack_circuits([same, different, same, different])
    assert [pack.positions for pack in packs] == [(0, 2), (1, 3)]
    shared = {
        key: value for key, value in different.items() if key not in ("type", "input", "name")
    }
    assert {key: packs[1].payload[key] for key in shared} == shared


def test_names_and_widths_and_gatesets_may_differ() -> None:
    jobs = [
        flips(1, qubits=2).to_payload(**SIMULATOR, name="first"),
        NativeCircuit(5).gpi(4, 0.5).to_payload(**SIMULATOR, name="second"),
    ]
    [pack] = pack_circuits(jobs)
    assert [circuit["name"] for circuit in circuits_of(pack)] == ["first", "second"]
    assert [circuit["qubits"] for circuit in circuits_of(pack)] == [2, 5]
    assert [circuit["gateset"] for circuit in circuits_of(pack)] == ["qis", "native"]
    assert pack.payload["input"]["qubits"] == 5
    assert "name" not in pack.payload
    validate_payload(pack.payload)


def test_a_circuit_without_a_gateset_means_qis_also_beside_native_ones() -> None:
    native = NativeCircuit(1).gpi(0, 0.5).to_payload(**SIMULATOR)
    plain = flips(1).to_payload(**SIMULATOR)
    del plain["input"]["gateset"]  # type: ignore[attr-defined]
    [pack] = pack_circuits([native, plain])
    assert [circuit["gateset"] for circuit in circuits_of(pack)] == ["native", "qis"]


def test_one_alone_is_sent_as_it_is() -> None:
    job = flips(1).to_payload(**SIMULATOR)
    assert pack_circuits([job]) == [Pack(job, (0,), is_multi=False)]


def test_jobs_of_another_type_stay_alone() -> None:
    program = {"type": "ionq.qasm3.v1", "input": {"data": "OPENQASM 3.0;"}, **SIMULATOR}
    packs = pack_circuits([program, flips(1).to_payload(**SIMULATOR), program])
    assert [pack.positions for pack in packs] == [(0,), (1,), (2,)]


@pytest.mark.parametrize(
    ("job", "complaint"),
    [
        ([flips(1), flips(2)], r"payloads\[1\]\.type: is a pack already"),
        (
            {"type": "ionq.circuit.v1", "input": {}},
            r"payloads\[1\]\.input\.circuit: must be a list",
        ),
        ({"type": "ionq.circuit.v1"}, r"payloads\[1\]\.input\.circuit"),
    ],
)
def test_what_cannot_be_packed_is_named(job: Any, complaint: str) -> None:
    with pytest.raises(InvalidJob, match=complaint):
        pack_circuits([flips(1), job], **SIMULATOR)


# --- Limits ---


def test_the_limits_are_those_of_ionq() -> None:
    assert PackLimits() == PackLimits(circuits=5_000, gates=150_000, body_bytes=10_000_000)


def test_no_more_circuits_than_allowed() -> None:
    packs = pack_circuits([flips(1)] * 12_001, **SIMULATOR)
    assert [len(pack.positions) for pack in packs] == [5000, 5000, 2001]


def test_no_more_gates_than_allowed() -> None:
    long = Circuit(1).extend([{"gate": "x", "target": 0}] * 50_000)
    packs = pack_circuits([long, long, long, flips(1)], **SIMULATOR)
    assert [pack.positions for pack in packs] == [(0, 1, 2), (3,)]


def test_no_larger_body_than_allowed() -> None:
    program = {**flips(1).to_payload(**SIMULATOR), "name": "é" * 900_000}
    packs = pack_circuits([program] * 5)
    assert [pack.positions for pack in packs] == [(0,), (1,), (2,), (3,), (4,)]
    for body in bodies(packs):
        assert len(json.dumps(body).encode()) <= 10_000_000


def test_a_job_that_no_request_can_hold_is_named() -> None:
    with pytest.raises(InvalidJob, match=r"payloads\[1\]: must be smaller than 10000000 bytes"):
        pack_circuits([flips(1), {**flips(1).to_payload(), "name": "x" * 10_000_000}], **SIMULATOR)


@pytest.mark.parametrize("limit", ["circuits", "gates", "body_bytes"])
def test_a_limit_of_nothing_is_refused(limit: str) -> None:
    with pytest.raises(ConfigurationError, match="limits"):
        PackLimits(**{limit: 0})


jobs = st.lists(
    st.builds(
        lambda number, gates, backend, shots: (
            Circuit(4, name=f"n{number}")
            .extend([{"gate": "x", "target": 0}] * gates)
            .to_payload(backend=backend, shots=shots)
        ),
        st.integers(0, 99),
        st.integers(1, 12),
        st.sampled_from(["simulator", "qpu.forte-1"]),
        st.sampled_from([100, 200]),
    ),
    max_size=25,
)
limits = st.builds(
    PackLimits,
    circuits=st.integers(1, 6),
    gates=st.integers(1, 30),
    body_bytes=st.integers(1500, 4000),
)


@given(jobs, limits)
def test_every_circuit_is_packed_once_in_order_and_within_the_limits(
    jobs: list[dict[str, Any]], limits: PackLimits
) -> None:
    packs = pack_circuits(jobs, limits)
    assert sorted(place for pack in packs for place in pack.positions) == list(range(len(jobs)))
    assert [pack.positions[0] for pack in packs] == sorted(pack.positions[0] for pack in packs)
    for pack, body in zip(packs, bodies(packs), strict=True):
        assert list(pack.positions) == sorted(pack.positions)
        assert len(circuits_of(pack)) == len(pack.positions) <= limits.circuits
        gates = sum(len(circuit["circuit"]) for circuit in circuits_of(pack))
        assert gates <= limits.gates or not pack.is_multi
        assert len(json.dumps(body).encode()) <= limits.body_bytes
        for circuit, place in zip(circuits_of(pack), pack.positions, strict=True):
            assert circuit["circuit"] == jobs[place]["input"]["circuit"]
            assert pack.payload["backend"] == jobs[place]["backend"]
            assert pack.payload["shots"] == jobs[place]["shots"]
    assert packs == pack_circuits(jobs, limits), "the same jobs give the same packs"


@given(jobs, limits)
def test_results_come_back_in_the_callers_order(
    jobs: list[dict[str, Any]], limits: PackLimits
) -> None:
    packs = pack_circuits(jobs, limits)
    results = [[f"result {place}" for place in pack.positions] for pack in packs]
    assert in_callers_order(packs, results) == [f"result {n}" for n in range(len(jobs))]


def test_too_few_results_are_not_guessed_at() -> None:
    packs = pack_circuits([flips(1), flips(2)], **SIMULATOR)
    with pytest.raises(IonQError, match="1 results for the 2 circuits"):
        in_callers_order(packs, [["only one"]])


# --- Submitted ---


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def submit(caller: Caller, circuits: list[Any], **arguments: Any) -> Any:
    return caller(lambda ionq: ionq.submit_many(circuits, pack=True, **SIMULATOR, **arguments))


def test_the_results_of_packed_circuits_are_those_of_the_circuits(kind: str) -> None:
    """On the emulator: each circuit has an outcome of its own."""
    numbers = [5, 3, 3, 14, 0, 9, 1, 15]
    circuits: list[Any] = [flips(number) for number in numbers]
    circuits[2] = circuits[2].to_payload(noise="ideal")  # differs: a pack of its own
    with Emulator() as emulator, Caller(kind, emulator.url, key=emulator.api_key) as caller:
        group = submit(caller, circuits, limits=PackLimits(circuits=3))
        assert [job_pack.positions for job_pack in group.packs] == [
            (0, 1, 3),
            (2,),
            (4, 5, 6),
            (7,),
        ]
        assert len(group) == 8
        assert len(group.jobs) == 4
        results = caller(lambda _: group.result(timeout=30))
        assert [result.counts for result in results] == [
            {f"{number:04b}": 100} for number in numbers
        ]
        assert [result.probabilities for result in results] == [
            {f"{number:04b}": 1.0} for number in numbers
        ]


def test_packs_are_submitted_once_too(kind: str, tmp_path: Path) -> None:
    circuits = [flips(number) for number in range(16)] * 10
    journal = tmp_path / "journal.sqlite"
    with FaultyCloud(one_in_three(502, "drop")) as cloud, Caller(kind, cloud.url) as caller:
        limits = PackLimits(circuits=4)
        group = submit(caller, circuits, limits=limits, journal=journal)
        again = submit(caller, circuits, limits=limits, journal=journal)
        assert cloud.requests["POST jobs"] == 40
        assert (
            [job.id for job in group.jobs]
            == [job.id for job in again.jobs]
            == list(dict.fromkeys(job.id for job in group.jobs))
        )
        for job, pack in zip(group.jobs, group.packs, strict=True):
            kept = dict(cloud.jobs[job.id]["_body"])
            assert METADATA_KEY in kept.pop("metadata")
            assert kept == pack.payload


def test_a_group_that_fails_says_so_and_can_be_canceled(kind: str) -> None:
    with FaultyCloud(duration=1000) as cloud, Caller(kind, cloud.url) as caller:
        group = submit(caller, [flips(1), flips(2), flips(3)], limits=PackLimits(circuits=2))
        report = caller(lambda _: group.cancel())
        assert {job["status"] for job in cloud.jobs.values()} == {"canceled"}
        assert report.ok
        for job in cloud.jobs.values():
            job["status"] = "failed"
            job["failure"] = {"code": "InternalError", "message": "fell over"}
        with pytest.raises(JobFailed, match="fell over"):
            caller(lambda _: group.result(timeout=10))


def test_a_pack_that_is_refused_is_reported_with_the_others(kind: str) -> None:
    with FaultyCloud(first("not-400")) as cloud, Caller(kind, cloud.url, key=KEY) as caller:
        with pytest.raises(SubmissionsFailed) as caught:
            submit(caller, [flips(1), flips(2), flips(3)], limits=PackLimits(circuits=2))
        assert len(caught.value.outcomes) == 2
        assert len(cloud.jobs) == 1


def test_a_group_has_no_place_for_failures(kind: str) -> None:
    with FaultyCloud() as cloud, Caller(kind, cloud.url) as caller:
        with pytest.raises(InvalidArgument, match="return_exceptions"):
            submit(caller, [flips(1)], return_exceptions=True)
        assert not cloud.requests
