"""IonQ's public walkthroughs, step by step with plain `requests`: only the base address is changed.

What is expected at each step is what IonQ's notebooks and documentation say of the real API.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests

from ionq_emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "the-key-of-my-project"
BELL = [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def cloud() -> Iterator[Emulator]:
    """A cloud with one known key, in which time passes and QPUs have queues."""
    with Emulator(
        api_keys=[KEY], progress="time", queue_ms={"qpu.forte-1": 300_000}, seed=11
    ) as emulator:
        yield emulator


def call(method: str, url: str, key: str | None = KEY, **more: Any) -> requests.Response:
    """One request as the walkthroughs make it: key and content type in the headers."""
    headers = {"Content-Type": "application/json"}
    if key is not None:
        headers["Authorization"] = f"apiKey {key}"
    return requests.request(method, url, headers=headers, timeout=30, **more)


def poll(url: str, key: str = KEY, *, every: float = 0.1) -> dict[str, Any]:
    """Ask for a job until it has ended."""
    while True:
        job: dict[str, Any] = call("GET", url, key).json()
        if job["status"] in {"completed", "failed", "canceled"}:
            return job
        assert job.get("results") is None
        time.sleep(every)


def test_v0_4_access(cloud: Emulator) -> None:
    base = cloud.url
    whoami = call("GET", f"{base}/whoami")
    assert whoami.status_code == 200
    assert set(whoami.json()) == {"key_id", "key_name", "project_id"}

    for key in ("not-a-key", None):
        refused = call("GET", f"{base}/whoami", key)
        assert refused.status_code == 401
        assert refused.json()["statusCode"] == 401
        assert refused.json()["error"] == "Unauthorized Error"
    bearer = requests.get(f"{base}/whoami", headers={"Authorization": f"Bearer {KEY}"}, timeout=30)
    assert bearer.status_code == 401

    # Machines are public.
    assert call("GET", f"{base}/backends", None).status_code == 200
    assert call("GET", f"{base}/jobs", None).status_code == 401
    # A path of nobody's, and a job of nobody's.
    for path in ("nothing", "jobs/0197379a-0001-78e9-8c71-43326f2833fa"):
        assert call("GET", f"{base}/{path}").status_code == 404


def test_v0_4_a_job_on_the_simulator(cloud: Emulator) -> None:
    base = cloud.url
    job = {
        "type": "ionq.circuit.v1",
        "name": "My first job",
        "metadata": {"fizz": "buzz"},
        "shots": 1000,
        "backend": "simulator",
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
    }
    cloud.control.freeze()
    created = call("POST", f"{base}/jobs", json=job)
    assert created.status_code == 201
    assert created.json()["status"] == "submitted"
    job_id = created.json()["id"]
    assert UUID.fullmatch(job_id)

    early = call("GET", f"{base}/jobs/{job_id}/results/probabilities")
    assert early.status_code == 404  # nothing at that address yet
    cloud.control.resume()

    done = poll(f"{base}/jobs/{job_id}")
    assert done["status"] == "completed"
    assert (done["name"], done["metadata"]) == ("My first job", {"fizz": "buzz"})
    assert done["backend"] == "simulator"
    assert done["failure"] is None
    assert done["submitted_at"] <= done["started_at"] <= done["completed_at"]

    # By the address the job gives, which is relative to the host, and by the path.
    host = base.removesuffix("/v0.4")
    by_url = call("GET", host + done["results"]["probabilities"]["url"])
    by_path = call("GET", f"{base}/jobs/{job_id}/results/probabilities")
    assert by_url.json() == by_path.json() == pytest.approx({"0": 0.5, "3": 0.5})

    # The notebook's own way to counts.
    counts = {state: int(value * 1000) for state, value in by_path.json().items()}
    assert counts == pytest.approx({"0": 500, "3": 500}, abs=1)
    bitstrings = {format(int(state), "02b"): count for state, count in counts.items()}
    assert set(bitstrings) == {"00", "11"}


def test_v0_4_a_noisy_simulation(cloud: Emulator) -> None:
    base = cloud.url
    job = {
        "type": "ionq.circuit.v1",
        "shots": 500,
        "backend": "simulator",
        "noise": {"model": "aria-1", "seed": 100},
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
    }
    job_id = call("POST", f"{base}/jobs", json=job).json()["id"]
    done = poll(f"{base}/jobs/{job_id}")
    assert done["noise"] == {"model": "aria-1", "seed": 100}
    probabilities = call("GET", f"{base}/jobs/{job_id}/results/probabilities").json()
    # Results are stored as probabilities, also where the original result was counts.
    counts = {state: value * 500 for state, value in probabilities.items()}
    assert sum(counts.values()) == pytest.approx(500)
    assert all(count == pytest.approx(round(count)) for count in counts.values())


def test_v0_4_a_job_on_a_qpu(cloud: Emulator) -> None:
    base = cloud.url
    job = {
        "type": "ionq.circuit.v1",
        "name": "On hardware",
        "shots": 1000,
        "backend": "qpu.forte-1",
        "settings": {"error_mitigation": {"debiasing": False}},
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
    }
    job_id = call("POST", f"{base}/jobs", json=job).json()["id"]
    cloud.control.advance(1)

    waiting = call("GET", f"{base}/jobs/{job_id}").json()
    assert waiting["status"] == "ready"
    assert waiting["results"] is None
    assert waiting["started_at"] is None
    assert waiting["predicted_wait_time_ms"] == 300_000
    assert waiting["predicted_execution_duration_ms"] > 0
    assert waiting["stats"]["gate_counts"] == {"1q": 1, "2q": 1}
    missing = call("GET", f"{base}/jobs/{job_id}/results/probabilities")
    assert missing.status_code == 404
    assert missing.json()["error"] == "Not Found Error"

    # What it would cost.
    cost = call("GET", f"{base}/jobs/{job_id}/cost").json()
    assert cost == {"dry_run": False, "estimated_cost": {"value": 25.7899, "unit": "usd"}}

    cloud.control.advance(3600)
    done = call("GET", f"{base}/jobs/{job_id}").json()
    assert done["status"] == "completed"
    assert done["execution_duration_ms"] > 0
    probabilities = call("GET", f"{base}/jobs/{job_id}/results/probabilities").json()
    assert sum(probabilities.values()) == pytest.approx(1)
    assert probabilities["0"] + probabilities["3"] > 0.95  # r2 of forte-1 is 0.005
    # A job that ran shows both.
    cost = call("GET", f"{base}/jobs/{job_id}/cost").json()
    assert cost["cost"] == cost["estimated_cost"] == {"value": 25.7899, "unit": "usd"}


def test_v0_4_a_dry_run(cloud: Emulator) -> None:
    base = cloud.url
    job = {
        "type": "ionq.circuit.v1",
        "shots": 1000,
        "backend": "qpu.forte-1",
        "dry_run": True,
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
    }
    job_id = call("POST", f"{base}/jobs", json=job).json()["id"]
    done = poll(f"{base}/jobs/{job_id}")  # it never queues
    assert done["status"] == "completed"
    assert done["dry_run"] is True
    assert done["results"] is None
    assert done["predicted_execution_duration_ms"] > 0
    cost = call("GET", f"{base}/jobs/{job_id}/cost").json()
    # 1,000 shots are debiased unless said otherwise: Azure's published minimum with mitigation.
    assert cost == {"dry_run": True, "estimated_cost": {"value": 168.195, "unit": "usd"}}


def test_v0_4_an_estimate(cloud: Emulator) -> None:
    query: dict[str, Any] = {
        "backend": "qpu.forte-1",
        "type": "ionq.circuit.v1",
        "qubits": 25,
        "shots": 1000,
        "1q_gates": 150,
        "2q_gates": 40,
        "error_mitigation": "false",
    }
    estimate = call("GET", f"{cloud.url}/jobs/estimate", params=query).json()
    assert estimate["estimated_unit"] == "usd"
    # 1000 shots x (150 x 0.0001645 + 40 x 0.001121), Azure's list.
    assert estimate["estimated_total_cost"] == pytest.approx(69.515)
    assert estimate["estimated_execution_time"] > 0
    assert estimate["current_predicted_queue_time"] >= 300_000
    assert estimate["estimate_context"]["shots"] == 1000


def test_v0_4_machines_and_their_characterizations(cloud: Emulator) -> None:
    base = cloud.url
    machines = call("GET", f"{base}/backends", None).json()
    by_name = {machine["backend"]: machine for machine in machines}
    assert by_name["simulator"]["qubits"] == 29
    forte = call("GET", f"{base}/backends/qpu.forte-1", None).json()
    assert forte == by_name["qpu.forte-1"]
    assert (forte["status"], forte["qubits"]) == ("available", 36)
    assert forte["average_queue_time"] == 300_000  # ms

    newest = call(
        "GET", f"{base}/backends/qpu.forte-1/characterizations/{forte['characterization_id']}"
    ).json()
    assert newest["backend"] == "qpu.forte-1"
    assert newest["qubits"] == 36
    assert set(newest["timing"]) >= {"t1", "t2", "1q", "2q", "readout", "reset"}
    assert 0.99 < newest["fidelity"]["spam"]["median"] < 1

    day = timedelta(days=1)
    today = datetime.now(UTC).date()
    period = {"start": str(today - 20 * day), "end": str(today - 10 * day), "limit": 5}
    history = call(
        "GET", f"{base}/backends/qpu.forte-1/characterizations", None, params=period
    ).json()
    assert len(history["characterizations"]) == 5
    assert history["pages"] >= 1
    for one in history["characterizations"]:
        assert str(today - 20 * day) <= one["date"][:10] <= str(today - 10 * day)


def test_v0_4_jobs_listed_canceled_and_deleted(cloud: Emulator) -> None:
    base = cloud.url
    job = {
        "type": "ionq.circuit.v1",
        "backend": "qpu.forte-1",
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
    }
    ids = [call("POST", f"{base}/jobs", json=job).json()["id"] for _ in range(3)]
    listed = call("GET", f"{base}/jobs", params={"limit": 2}).json()
    assert [one["id"] for one in listed["jobs"]] == ids[:0:-1]
    rest = call("GET", f"{base}/jobs", params={"limit": 2, "next": listed["next"]}).json()
    assert [one["id"] for one in rest["jobs"]] == ids[:1]
    assert rest["next"] is None

    canceled = call("PUT", f"{base}/jobs/{ids[0]}/status/cancel")
    assert canceled.json() == {"id": ids[0], "status": "canceled"}
    many = call("PUT", f"{base}/jobs/status/cancel", json={"ids": ids[1:]})
    assert many.json() == {"ids": ids[1:], "status": "canceled"}
    found = call("GET", f"{base}/jobs", params={"status": "canceled"}).json()["jobs"]
    assert {one["id"] for one in found} == set(ids)

    assert call("DELETE", f"{base}/jobs/{ids[0]}").json() == {"id": ids[0], "status": "deleted"}
    assert call("GET", f"{base}/jobs/{ids[0]}").status_code == 404
    gone = call("DELETE", f"{base}/jobs", json={"ids": ids[1:]})
    assert gone.json() == {"ids": ids[1:], "status": "deleted"}
    assert call("GET", f"{base}/jobs").json()["jobs"] == []


def test_v0_4_what_is_wrong_with_a_job_is_said(cloud: Emulator) -> None:
    base = cloud.url
    job: dict[str, Any] = {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "hadamard", "target": 0}]},
    }
    refused = call("POST", f"{base}/jobs", json=job)
    assert refused.status_code == 400
    assert refused.json()["validation"]["keys"] == ["input.circuit.0.gate"]
    # Accepted, and then found to be too much.
    job["input"]["circuit"] = [{"gate": "h", "target": 3}]
    accepted = call("POST", f"{base}/jobs", json=job)
    assert accepted.status_code == 201
    failed = poll(f"{base}/jobs/{accepted.json()['id']}")
    assert failed["status"] == "failed"
    assert set(failed["failure"]) == {"code", "message"}
    assert failed["results"] is None


def test_v0_3_submit_poll_results(cloud: Emulator) -> None:
    base = f"{cloud.origin}/v0.3"
    job = {
        "name": "API Example Circuit",
        "shots": 100,
        "target": "simulator",
        "metadata": {"custom_key": "a string, maximum 400 chars"},
        "input": {"format": "ionq.circuit.v0", "gateset": "qis", "qubits": 2, "circuit": BELL},
    }
    made = call("POST", f"{base}/jobs", json=job)
    assert made.status_code == 200  # as IonQ's notebook asserts
    assert made.json()["status"] == "ready"
    job_id = made.json()["id"]

    while (shown := call("GET", f"{base}/jobs/{job_id}").json())["status"] != "completed":
        assert shown["status"] in {"submitted", "ready", "running"}
        time.sleep(1)
    assert shown["target"] == "simulator"
    assert shown["metadata"] == job["metadata"]
    assert shown["request"] <= shown["response"] <= time.time()  # Unix seconds

    results = call("GET", f"{base}/jobs/{job_id}/results")
    assert results.status_code == 200
    assert results.json() == pytest.approx({"0": 0.5, "3": 0.5})
    # The address the job gives leads there too.
    assert call("GET", cloud.origin + shown["results_url"]).json() == results.json()


def test_v0_3_machines_and_characterizations(cloud: Emulator) -> None:
    base = f"{cloud.origin}/v0.3"
    machines = call("GET", f"{base}/backends", None).json()
    forte = next(one for one in machines if one["backend"] == "qpu.forte-1")
    assert isinstance(forte["last_updated"], int)
    current = call("GET", f"{base}{forte['characterization_url']}").json()
    assert current["backend"] == "qpu.forte-1"
    assert isinstance(current["date"], int)
    assert 0.99 < current["fidelity"]["1q"]["mean"] < 1
    now_ms = round(time.time() * 1000)
    query = {"start": now_ms - 10 * 86_400_000, "end": now_ms, "limit": 3}
    history = call("GET", f"{base}/characterizations/backends/qpu.forte-1", params=query).json()
    assert len(history["characterizations"]) == 3
