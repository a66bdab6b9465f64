"""Version 0.3: a second face of the same jobs. What is expected is IonQ's v0.3 documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.support import BELL, Api, Json, bell, multi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ionq_emulator import Emulator

    Emulate = Callable[..., tuple[Emulator, Api]]


@pytest.fixture
def old(api: Api) -> Iterator[Api]:
    """The same project through version 0.3."""
    client = Api(api.url.replace("/v0.4", "/v0.3"), api.key)
    with client.session:
        yield client


def circuit(**fields: Any) -> Json:
    """IonQ's documented v0.3 job: a Bell pair on the simulator."""
    source = {"format": "ionq.circuit.v0", "gateset": "qis", "qubits": 2, "circuit": BELL}
    return {"target": "simulator", "input": source, **fields}


def submit(old: Api, body: Json) -> str:
    answer = old.post("/jobs", body, expect=200)
    assert answer["status"] == "ready"
    assert isinstance(answer["request"], int)
    return str(answer["id"])


def test_submit_poll_results(old: Api) -> None:
    """IonQ's own walkthrough of v0.3."""
    metadata = {"custom_key": "a string, maximum 400 chars"}
    job_id = submit(old, circuit(name="API Example Circuit", shots=100, metadata=metadata))
    job = old.get(f"/jobs/{job_id}")
    assert job["status"] == "completed"
    assert job["type"] == "circuit"
    assert job["name"] == "API Example Circuit"
    assert job["metadata"] == metadata
    assert (job["qubits"], job["circuits"], job["shots"]) == (2, 1, 100)
    assert job["gate_counts"] == {"1q": 1, "2q": 1}
    assert job["cost_usd"] == 0
    assert job["request"] <= job["start"] <= job["response"]
    assert job["results_url"] == f"/v0.3/jobs/{job_id}/results"
    assert "children" not in job
    assert old.get(f"/jobs/{job_id}/results") == pytest.approx({"0": 0.5, "3": 0.5})


def test_the_smallest_body(old: Api) -> None:
    job_id = submit(old, {"input": {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}})
    job = old.get(f"/jobs/{job_id}")
    assert job["target"] == "simulator"
    assert not {"name", "metadata", "shots", "registers"} & set(job)  # left out when unset
    assert old.get(f"/jobs/{job_id}/results") == {"1": 1.0}


def test_one_job_two_faces(api: Api, old: Api) -> None:
    body = circuit(
        target="qpu.aria-1",
        shots=600,
        error_mitigation={"debias": True},
        registers={"meas_mapped": [1, 0]},
    )
    job_id = submit(old, body)
    new, job = api.get(f"/jobs/{job_id}"), old.get(f"/jobs/{job_id}")
    assert new["backend"] == job["target"] == "qpu.aria-1"
    assert new["type"] == "ionq.circuit.v1"
    assert new["settings"] == {"error_mitigation": {"debiasing": True}}
    assert job["error_mitigation"] == {"debias": True}
    assert job["registers"] == {"meas_mapped": [1, 0]}
    assert job["submitted_by"] == new["submitter_id"]
    assert job["execution_time"] == new["execution_duration_ms"]
    assert job["cost_usd"] == api.get(f"/jobs/{job_id}/cost")["cost"]["value"]
    assert old.get(f"/jobs/{job_id}/results") == api.follow(new)
    sharpened = api.get(f"/jobs/{job_id}/results/probabilities", aggregation="voting")
    assert old.get(f"/jobs/{job_id}/results", sharpen="true") == sharpened

    later = api.submit(bell(name="from v0.4"))
    assert [one["id"] for one in old.get("/jobs")["jobs"]] == [later, job_id]
    assert old.get(f"/jobs/{later}")["name"] == "from v0.4"


def test_many_circuits(api: Api, old: Api) -> None:
    source = {
        "qubits": 2,
        "circuits": [
            {"name": "a", "circuit": [{"gate": "x", "target": 0}], "registers": {"m": [0, 1]}},
            {"name": "b", "circuit": BELL},
        ],
    }
    job_id = submit(old, {"input": source})
    job = old.get(f"/jobs/{job_id}")
    assert job["circuits"] == 2
    results = old.get(f"/jobs/{job_id}/results")
    assert list(results) == job["children"]
    assert list(results.values()) == [{"1": 1.0}, pytest.approx({"0": 0.5, "3": 0.5})]
    assert old.get(f"/jobs/{job['children'][0]}")["registers"] == {"m": [0, 1]}
    assert api.get(f"/jobs/{job_id}")["child_job_ids"] == job["children"]
    parent = api.completed(multi(BELL, BELL))
    assert len(old.get(f"/jobs/{parent['id']}/results")) == 2


def test_what_v0_2_callers_sent(old: Api) -> None:
    """cirq-ionq at v0.3: `lang`, `body` in place of `input`, shots as text."""
    body = circuit(lang="json", shots="200", target="qpu.aria-1")
    body["body"] = body.pop("input")
    job = old.get(f"/jobs/{submit(old, body)}")
    assert (job["status"], job["shots"]) == ("completed", 200)


def test_started_is_called_running(emulate: Emulate) -> None:
    emulator, api = emulate(progress="time", queue_ms={"qpu.aria-1": 1000})
    emulator.control.freeze()
    old = Api(api.url.replace("/v0.4", "/v0.3"), api.key)
    with old.session:
        job_id = submit(old, circuit(target="qpu.aria-1", shots=1000))
        emulator.control.advance(1.5)
        assert api.get(f"/jobs/{job_id}")["status"] == "started"
        assert old.get(f"/jobs/{job_id}")["status"] == "running"
        old.get(f"/jobs/{job_id}/results", expect=404)
        assert [job["id"] for job in old.get("/jobs", status="running")["jobs"]] == [job_id]
        assert old.get("/jobs", status="completed") == {"jobs": []}
        answer = old.put(f"/jobs/{job_id}/status/cancel")
        assert answer == {"id": job_id, "status": "canceled"}
        assert old.get(f"/jobs/{job_id}")["status"] == "canceled"


def test_a_failure_in_v0_3s_words(old: Api) -> None:
    source = {"qubits": 30, "circuit": BELL}
    job = old.get(f"/jobs/{submit(old, {'input': source})}")
    assert job["status"] == "failed"
    assert job["failure"]["code"] == "NotEnoughQubits"
    assert "30" in job["failure"]["error"]


def test_listing_cancel_delete(old: Api) -> None:
    ids = [submit(old, circuit()) for _ in range(3)]
    page = old.get("/jobs", limit=2)
    assert [job["id"] for job in page["jobs"]] == ids[:0:-1]
    last = old.get("/jobs", limit=2, next=page["next"])
    assert [job["id"] for job in last["jobs"]] == ids[:1]
    assert "next" not in last
    assert [job["id"] for job in old.get("/jobs", id=ids[0])["jobs"]] == ids[:1]
    canceled = old.put("/jobs/status/cancel", {"ids": ids})
    assert canceled == {"ids": ids, "status": "canceled"}
    assert old.delete(f"/jobs/{ids[0]}") == {"id": ids[0], "status": "deleted"}
    assert old.delete("/jobs", {"ids": ids[1:2]}) == {"ids": ids[1:2], "status": "deleted"}
    response = old.request("DELETE", f"/jobs?ids={ids[2]}")
    assert response.json() == {"ids": ids[2:], "status": "deleted"}


def test_fields_to_show_and_to_leave_out(old: Api) -> None:
    job_id = submit(old, circuit(shots=10))
    assert set(old.get(f"/jobs/{job_id}", include="status,shots")) == {"status", "shots"}
    query: Json = {"exclude[]": "status"}
    assert "status" not in old.get(f"/jobs/{job_id}", **query)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({}, "input"),
        (circuit(target="qpu.nowhere"), "target"),
        (circuit(shots=0), "shots"),
        (circuit(colour="red"), "colour"),
        (circuit(error_mitigation=3), "error_mitigation"),
        (circuit(error_mitigation={"debias": "yes"}), "error_mitigation.debias"),
        ({"input": {"format": "ionq.circuit.v7", "circuit": []}}, "input.format"),
        ({"input": {"qubits": 1, "circuit": [{"gate": "foo"}]}}, "input.circuit.0.gate"),
    ],
)
def test_a_bad_field_is_named_as_v0_3_names_it(old: Api, body: Json, key: str) -> None:
    answer = old.post("/jobs", body, expect=400)
    assert answer["validation"]["keys"] == [key]
    assert answer["statusCode"] == 400


def test_another_language_is_taken_and_fails(old: Api, api: Api) -> None:
    """CUDA-Q sends QIR, which is not emulated; the job says so."""
    job_id = submit(old, {"target": "simulator", "input": {"format": "qir", "data": "QkM="}})
    assert old.get(f"/jobs/{job_id}")["status"] == "failed"
    assert "qir" in api.get(f"/jobs/{job_id}")["failure"]["message"]


def test_machines(old: Api) -> None:
    response = old.request("GET", "/backends", headers={"Authorization": None})
    backends = {backend["backend"]: backend for backend in response.json()}
    assert isinstance(backends["simulator"]["last_updated"], int)
    assert "harmony" in backends["simulator"]["noise_models"]
    assert backends["qpu.aria-1"]["has_access"] is True
    path = backends["qpu.aria-1"]["characterization_url"]
    one = old.get(path)
    assert one["backend"] == "qpu.aria-1"
    assert isinstance(one["date"], int)
    assert set(one["fidelity"]["spam"]) == {"mean"}
    assert old.get("/characterizations/backends/qpu.aria-1/current") == one


def test_characterizations_between_unix_milliseconds(old: Api) -> None:
    path = "/characterizations/backends/qpu.harmony"
    day = 86_400_000
    end = 1725148800000  # 2024-09-01
    found = old.get(path, start=end - 2 * day, end=end)
    assert [one["date"] for one in found["characterizations"]] == [
        (end - day) // 1000,
        (end - 2 * day) // 1000,
    ]
    assert found["pages"] == 0
